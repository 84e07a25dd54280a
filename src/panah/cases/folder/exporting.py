"""From a case to a folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

import yaml

from panah import proof
from panah.cases import queries
from panah.cases.cited import cited_documents
from panah.cases.entering import line
from panah.cases.evidence.laid import laid_beside
from panah.cases.folder.building import building
from panah.cases.folder.established import of_case, of_fact
from panah.cases.folder.naming import Naming
from panah.cases.folder.procedure import of_procedure
from panah.cases.folder.reading import FILE, FORMAT
from panah.cases.folder.refusal import of_refusal
from panah.cases.folder.spelling import of_naming, of_spellings
from panah.cases.folder.texts import described
from panah.cases.folder.values import Value, said, standing
from panah.cases.models import Case, Fact, Finding, LaidBeside, Name, Outcome, Relative, Statement, Support
from panah.cases.naming.queries import spellings
from panah.cases.regime import queries as regime
from panah.cases.research.queries import Made, trail
from panah.law import Box
from panah.library.models import Document, Quotation, Reading
from panah.library.queries import said_of
from panah.team import queries as team
from panah.team.actions import Verb
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.data_keys import store_of
from panah.vault.files import write_new

LONGEST_NAME = 80
_CHANGED = re.compile("[\r\x85\u2028\u2029\ufeff]")

Pieces = Callable[[], Iterable[bytes]]
Put = Callable[[str, Pieces], None]
"""Puts a file somewhere: its name, and a way to its bytes."""


def export_case(case: Case, target: Path, *, by: Member, now: datetime) -> int:
    """Write a case into a new folder, in plain; the number of files. The folder comes whole or not.

    The relatives are in it: where there are any, it takes a member who may be shown them.

    Raises `NotAllowed`, `ApprovalNeeded`, `PaperWithheld`, `FolderTaken`, `FolderMissing`, and `NotWritable` or
    `DiskFull` where nothing can be written.
    """
    team.require(by, case.compartment, May.EXPORT)
    queries.require_free(case)
    with building(target) as folder:
        export = Export(case, by, into_folder(folder))
        written = export.write()
    details: dict[str, proof.Canonical] = {"files": written, "relatives": len(export.relatives)}
    line(Verb.EXPORTED, case, details, by=by, now=now)
    return written


class _Dumper(yaml.SafeDumper):
    """Writes texts so that they are read as they were, whatever YAML takes for the end of a line."""

    def represent_str(self, text: str) -> yaml.ScalarNode:
        """A text, quoted and escaped where YAML would change a character of it."""
        return self.represent_scalar("tag:yaml.org,2002:str", text, '"' if _CHANGED.search(text) else None)


_Dumper.add_representer(str, _Dumper.represent_str)


def as_yaml(page: Mapping[str, Value]) -> bytes:
    """A page as it is written."""
    text: str = yaml.dump(page, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return text.encode()


def into_folder(folder: Path) -> Put:
    """Puts files into a folder."""

    def put(name: str, pieces: Pieces) -> None:
        path = folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_new(path, pieces())

    return put


class Export:
    """A case as files, each put somewhere under its name."""

    def __init__(self, case: Case, by: Member, put: Put) -> None:
        self._case = case
        self._by = by
        self._put = put
        self._papers: dict[object, str] = {}
        self._readings: dict[str, str] = {}
        self._written = 0
        self.relatives = self._relatives()
        searches = {made.search.pk: place for place, made in enumerate(trail(by, case), start=1)}
        self._names = Naming(self._quote, self._in_order, self._name_of, self._place, self._part, searches)

    def write(self) -> int:
        """Put every file; the number of files. Raises `PaperWithheld`."""
        page = self.page(self._paper_entries())
        page.setdefault("frameworks", [])  # under no law: left out, it would mean the usual ones
        self._file(FILE, lambda: [as_yaml(page)])
        return self._written

    def page(self, entries: list[Value]) -> dict[str, Value]:
        """Everything that `case.yaml` says, with these entries for the papers."""
        case = self._case
        page: dict[str, Value] = {
            "panah": FORMAT,
            "reference": case.reference,
            "called": case.called,
            "note": case.note,
            "opened_at": case.opened_at.isoformat(),
            "frameworks": [each.framework.id for each in queries.chosen_laws(case)],
            "proceedings": self._proceedings(),
            "names": of_spellings(self._spellings(), self._names),
            "profile": self._profile(),
            "relatives": [self._relative(relative) for relative in self.relatives],
            "papers": entries,
            "statements": [self._statement(statement) for statement in queries.statements(case)],
            "facts": [self._fact(fact) for fact in queries.facts(case)],
            "findings": [self._finding(finding) for finding in queries.all_findings(case)],
            "beside": [self._laid(one) for one in laid_beside(case)],
            "research": self._research(),
            "procedure": of_procedure(self._by, case, self._names),
            **of_case(case, self._names),
            "refusal": of_refusal(self._by, case, self._names),
            "naming": self._naming(),
        }
        return said(page)

    def _paper_entries(self) -> list[Value]:
        documents = list(cited_documents(self._by, self._case))
        for number, document in enumerate(documents, start=1):
            self._papers[document.pk] = f"papers/{number:03}-{safe_name(document.path)}"
        return [self._paper(document) for document in documents]

    def _paper(self, document: Document) -> Value:
        file = self._papers[document.pk]
        original = document.original
        store = store_of(original.compartment_id)
        self._file(file, partial(store.pieces, proof.Digest(original.digest)))
        own_shelf = document.collection_id == self._case.papers_id
        return said(
            {
                "file": file,
                "path": document.path,
                "collection": "" if own_shelf else document.collection.name,
                **self._described(document),
                "supersedes": self._name_of(document.supersedes),
                "reading": self._reading(document.reading) if document.reading else "",
            }
        )

    def _described(self, document: Document) -> dict[str, Value]:
        """What is said of a paper."""
        return said(dict(said_of(document)))

    def _reading(self, reading: Reading) -> str:
        name = f"readings/{proof.hexadecimal(proof.Digest(reading.digest))}"
        if reading.digest not in self._readings:
            self._readings[reading.digest] = f"{name}.json"
            self._file(f"{name}.json", lambda: [described(reading)])
            store = store_of(reading.original.compartment_id)
            self._file(f"{name}.txt", partial(store.pieces, proof.Digest(reading.digest)))
        return self._readings[reading.digest]

    def _relatives(self) -> list[Relative]:
        return list(queries.relatives(self._by, self._case)) if self._case.relatives.exists() else []

    def _relative(self, relative: Relative) -> Value:
        return said({field: getattr(relative, field) for field in ("name", "relation", "whereabouts", "note")})

    def _proceedings(self) -> Value:
        """Those that stand; what stood before stays where it was written."""
        proceedings = regime.proceedings(self._case)
        if proceedings is None:
            return {}
        told: dict[str, Value] = {"state": proceedings.state}
        told |= {day: on.isoformat() for day, on in vars(regime.dates(proceedings)).items() if on}
        told |= {"choice": list(regime.chosen(proceedings)), "reason": proceedings.regime_reason}
        return said(told | {"by": proceedings.by, "at": proceedings.at.isoformat()})

    def _profile(self) -> Value:
        rows = self._case.profile_words.select_related("case").order_by("about")
        return said({row.about: row.words for row in rows})

    def _spellings(self) -> list[Name]:
        return spellings(self._by, self._case)

    def _naming(self) -> Value:
        return of_naming(self._by, self._case, self._names)

    def _research(self) -> Value:
        return [self._search(made) for made in trail(self._by, self._case)]

    def _search(self, made: Made) -> Value:
        search = made.search
        entry: dict[str, Value] = {
            "through": search.through, "made_at": search.made_at.isoformat(), "by": search.by, "asked": search.asked,
        }  # fmt: skip
        return said(entry | {"outcomes": [self._outcome(each) for each in (*made.opened, *made.used)]})

    def _outcome(self, outcome: Outcome) -> Value:
        entry: dict[str, Value] = {"title": outcome.title, "words": outcome.words, "by": outcome.by}
        return said(entry | {"at": outcome.at.isoformat(), "paper": self._name_of(outcome.document)})

    def _statement(self, statement: Statement) -> Value:
        fields = ("words", "told_on", "occasion", "language", "interpreter")
        entry: dict[str, Value] = {field: getattr(statement, field) for field in fields}
        return said(entry | {"paper": self._name_of(statement.paper)})

    def _fact(self, fact: Fact) -> Value:
        return said(
            {
                "words": fact.words,
                "statement": fact.statement.number if fact.statement else 0,
                "supports": [self._support(support) for support in fact.supports.all()],
                "doubt": said({box.value: getattr(fact, box.value) for box in Box}),
                **of_fact(fact, self._names),
            }
        )

    def _support(self, support: Support) -> Value:
        return said(
            {
                "stance": str(support.stance),
                "quote": self._quote(support.quotation) if support.quotation else "",
                "paper": self._name_of(support.paper),
                "note": support.note,
                "put_at": support.put_at,
                "her_answer": support.her_answer,
            }
        )

    def _quote(self, quotation: Quotation) -> Value:
        of_paper = quotation.document.reading_id == quotation.reading_id
        entry: dict[str, Value] = {"paper": self._papers[quotation.document_id], "words": quotation.words}
        entry |= {"start": quotation.start}
        return entry if of_paper else entry | {"reading": self._reading(quotation.reading)}

    def _in_order(self, quotations: Iterable[Quotation]) -> list[Quotation]:
        """Paper by paper as they are listed, and in each as the words stand in it: no order of making travels."""
        listed = {paper: number for number, paper in enumerate(self._papers)}
        return sorted(quotations, key=lambda each: (listed[each.document_id], each.start, each.end))

    def _finding(self, finding: Finding) -> Value:
        entry = said(
            {
                "framework": finding.framework,
                "element": finding.element,
                "words": finding.words,
                "reasons": finding.reasons,
                "facts": [*sorted(fact.number for fact in finding.facts.all())],
                "quotes": [self._quote(quotation) for quotation in self._in_order(finding.quotations.all())],
                "by": finding.by,
                "written_at": finding.written_at.isoformat(),
            }
        )
        return standing(entry, stands=finding.current)

    def _laid(self, laid: LaidBeside) -> Value:
        place: dict[str, Value] = {"framework": laid.framework, "element": laid.element}
        return place | {"quote": self._quote(laid.quotation), "laid_at": laid.laid_at.isoformat()}

    def _place(self, statement: Statement, start: int, end: int) -> dict[str, Value]:
        return {"statement": statement.number, "start": start, "end": end}

    def _part(self, part: str) -> str:
        return next((name for paper, name in self._papers.items() if str(paper) == part), part)

    def _name_of(self, document: Document | None) -> str:
        return self._papers.get(document.pk, "") if document else ""

    def _file(self, name: str, pieces: Pieces) -> None:
        self._put(name, pieces)
        self._written += 1


def safe_name(path: str) -> str:
    """The name of a file without anything that a file system or a terminal could take amiss."""
    name = path.rpartition("/")[2]
    plain = "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in name).lstrip(".-")
    stem, dot, ending = (plain or "paper").rpartition(".")
    shortened = (stem or ending).encode()[:LONGEST_NAME].decode("utf-8", "ignore")
    return shortened + (dot + ending.encode()[:12].decode("utf-8", "ignore") if stem else "")
