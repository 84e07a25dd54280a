"""`case.yaml`, understood: strictly, before anything is imported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

import yaml

from panah import law
from panah.cases.evidence.laid import Place
from panah.cases.folder.establishing import (
    ContradictionEntry,
    DistortionEntry,
    EstablishedEntry,
    Establishing,
    InterviewEntry,
    InventoriedEntry,
)
from panah.cases.folder.parts import QuoteEntry
from panah.cases.folder.proceeding import ProcedureEntry, Proceeding
from panah.cases.folder.refusing import RefusalEntry, Refusing
from panah.cases.folder.spelling import NameEntry, NamingEntry, Spelling
from panah.cases.models import ProfileWords, Search
from panah.cases.regime.queries import DAYS
from panah.cases.research import record
from panah.errors import PanahError
from panah.law import Box, CaseDates, Stance
from panah.library.record import Details, refused
from panah.text.strict_yaml import Page

FILE = "case.yaml"
FORMAT = "case/1"


_SAID = (
    "frameworks", "names", "profile", "relatives", "papers", "statements", "facts", "findings", "beside", "research",
    "proceedings", "procedure", "refusal", "distortions", "inventory", "contradictions", "interviews", "naming",
)  # fmt: skip
"""The lists and parts of a case that it may have."""


class CaseFileBroken(PanahError):
    """{file}: {where}: {reason}. Nothing was imported."""


class RelativeEntry(NamedTuple):
    """Somebody who belongs to the applicant; empty where nothing was said."""

    name: str
    relation: str
    whereabouts: str
    note: str


class PaperEntry(NamedTuple):
    """A paper and where it lies; empty where nothing was said."""

    file: str
    path: str
    collection: str
    details: Details
    supersedes: str
    reading: str


class StatementEntry(NamedTuple):
    """One telling."""

    words: str
    told_on: str
    occasion: str
    language: str
    interpreter: str
    paper: str


class SupportEntry(NamedTuple):
    """What bears on a fact: a quotation, or a whole paper."""

    stance: Stance
    quote: QuoteEntry | None
    paper: str
    note: str
    put_at: str
    her_answer: str


class FactEntry(NamedTuple):
    """A material fact."""

    words: str
    statement: int | None
    supports: list[SupportEntry]
    doubt: dict[Box, str]
    established: EstablishedEntry


class FindingEntry(NamedTuple):
    """An answer to an element."""

    framework: str
    element: str
    words: str
    reasons: str
    facts: list[int]
    quotes: list[QuoteEntry]
    by: str
    written_at: datetime | None
    current: bool


class LaidEntry(NamedTuple):
    """Words that lie beside an element."""

    place: Place
    quote: QuoteEntry
    laid_at: datetime | None


class OutcomeEntry(NamedTuple):
    """What came of a search: a document that was opened, or words that were used; `paper` where it came along."""

    title: str
    words: str
    by: str
    at: datetime
    paper: str


class SearchEntry(NamedTuple):
    """A search that was made for the case; `asked` as `research.record` writes it."""

    through: Search.Through
    made_at: datetime
    by: str
    asked: str
    outcomes: list[OutcomeEntry]


class ProceedingsEntry(NamedTuple):
    """Where and when protection was asked for, and what was chosen where the law leaves a question."""

    state: str
    dates: CaseDates
    choice: list[str]
    reason: str
    by: str
    at: datetime


class CaseFile(NamedTuple):
    """Everything that `case.yaml` says."""

    called: str
    reference: str
    note: str
    opened_at: datetime | None
    frameworks: list[str]
    proceedings: ProceedingsEntry | None
    names: list[NameEntry]
    relatives: list[RelativeEntry]
    papers: list[PaperEntry]
    statements: list[StatementEntry]
    facts: list[FactEntry]
    findings: list[FindingEntry]
    beside: list[LaidEntry]
    profile: dict[str, str]
    research: list[SearchEntry]
    distortions: list[DistortionEntry]
    inventory: list[InventoriedEntry]
    contradictions: list[ContradictionEntry]
    interviews: list[InterviewEntry]
    procedure: ProcedureEntry
    refusal: RefusalEntry
    naming: NamingEntry


def read_case_file(source: bytes) -> CaseFile:
    """The case that the bytes of a `case.yaml` describe. Raises `CaseFileBroken`, with the line."""
    return _Reading(Page(FILE, CaseFileBroken)).case(source)


class _Reading(Establishing, Proceeding, Refusing, Spelling):
    def case(self, source: bytes) -> CaseFile:
        page = self._page
        root = page.opened(source)
        own = page.entries(root, ("panah", "called"), ("reference", "note", "opened_at", *_SAID))
        if page.text(own["panah"]) != FORMAT:
            raise page.refused(own["panah"], f"only {FORMAT} is known")
        papers = [self._paper(node) for node in page.items(own.get("papers"))]
        statements = [self._statement(node) for node in page.items(own.get("statements"))]
        self._statements = len(statements)
        facts = [self._fact(node) for node in page.items(own.get("facts"))]
        self._facts = len(facts)
        self._supports = {number: len(fact.supports) for number, fact in enumerate(facts, start=1)}
        research = [self._search(node) for node in page.items(own.get("research"))]
        contradictions = [self._contradiction(node) for node in page.items(own.get("contradictions"))]
        procedure = self._procedure(own.get("procedure"), len(research))
        return CaseFile(
            called=self._line(own["called"]),
            reference=self._flat(own, "reference"),
            note=self._words(own, "note"),
            opened_at=self._moment(own.get("opened_at")),
            frameworks=self._frameworks(own.get("frameworks")),
            proceedings=self._proceedings(own["proceedings"]) if "proceedings" in own else None,
            names=[self._name(node) for node in page.items(own.get("names"))],
            relatives=[self._relative(node) for node in page.items(own.get("relatives"))],
            papers=papers,
            statements=statements,
            facts=facts,
            findings=[self._finding(node) for node in page.items(own.get("findings"))],
            beside=[self._laid(node) for node in page.items(own.get("beside"))],
            profile=self._profile(own),
            research=research,
            distortions=[self._distortion(node) for node in page.items(own.get("distortions"))],
            inventory=self._inventory(own.get("inventory")),
            contradictions=contradictions,
            interviews=[self._interview(node) for node in page.items(own.get("interviews"))],
            procedure=procedure,
            refusal=self._refusal(own.get("refusal"), len(contradictions), len(procedure.records)),
            naming=self._naming(own.get("naming")),
        )

    def _frameworks(self, node: yaml.Node | None) -> list[str]:
        """Those that are named, which may be none; the usual ones, where nothing is said."""
        return list(law.USUAL) if node is None else [self._framework(item) for item in self._page.items(node)]

    def _proceedings(self, node: yaml.Node) -> ProceedingsEntry:
        own = self._page.entries(node, ("state", "by", "at"), (*DAYS, "choice", "reason"))
        return ProceedingsEntry(
            state=self._page.text(own["state"]),
            dates=CaseDates(**{day: self._day(own[day]) for day in DAYS if day in own}),
            choice=[self._framework(item) for item in self._page.items(own.get("choice"))],
            reason=self._words(own, "reason"),
            by=self._line(own["by"]),
            at=self._at(own["at"]),
        )

    def _day(self, node: yaml.Node) -> date:
        written = self._page.text(node)
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise self._page.refused(node, f"“{written}” is not a day as in 2026-06-12") from None

    def _paper(self, node: yaml.Node) -> PaperEntry:
        said = ("path", "collection", "supersedes", "reading", *Details._fields)
        own = self._page.entries(node, ("file",), said)
        file = self._page.text(own["file"])
        if file in self._papers:
            raise self._page.refused(node, f"the paper {file} stands here twice")
        entry = PaperEntry(
            file=file,
            path=self._words(own, "path") or file.rpartition("/")[2],
            collection=self._line_of(own, "collection"),
            details=self._details(own),
            supersedes=self._of_paper(own, "supersedes"),
            reading=self._flat(own, "reading"),
        )
        self._papers.add(file)
        return entry

    def _details(self, own: Mapping[str, yaml.Node]) -> Details:
        details = Details(**{field: self._words(own, field) for field in Details._fields})
        for field, error in refused(details):
            raise self._page.refused(own[field], error.sentence.rstrip("."))
        return details

    def _relative(self, node: yaml.Node) -> RelativeEntry:
        own = self._page.entries(node, (), RelativeEntry._fields)
        lines = {key: self._line_of(own, key) for key in ("name", "relation", "whereabouts")}
        if not lines["name"] and not lines["relation"]:
            raise self._page.refused(node, "a name or a relation is expected")
        return RelativeEntry(note=self._words(own, "note"), **lines)

    def _statement(self, node: yaml.Node) -> StatementEntry:
        own = self._page.entries(node, (), StatementEntry._fields)
        lines = {key: self._line_of(own, key) for key in ("told_on", "occasion", "language", "interpreter")}
        return StatementEntry(words=self._words(own, "words"), paper=self._of_paper(own, "paper"), **lines)

    def _fact(self, node: yaml.Node) -> FactEntry:
        established = ("assessments", "explanations", "acceptances")
        own = self._page.entries(node, ("words",), ("statement", "supports", "doubt", *established))
        doubt = self._page.entries(own["doubt"], (), [box.value for box in Box]) if "doubt" in own else {}
        return FactEntry(
            words=self._words(own, "words"),
            statement=self._counted(own["statement"], self._statements, "statement") if "statement" in own else None,
            supports=[self._support(item) for item in self._page.items(own.get("supports"))],
            doubt={Box(key): self._words(doubt, key) for key in doubt},
            established=self._established(own),
        )

    def _support(self, node: yaml.Node) -> SupportEntry:
        own = self._page.entries(node, ("stance",), ("quote", "paper", "note", "put_at", "her_answer"))
        if ("quote" in own) == ("paper" in own):
            raise self._page.refused(node, "either a quote or a paper is expected")
        return SupportEntry(
            stance=self._page.one_of(own["stance"], Stance),
            quote=self._quote(own["quote"]) if "quote" in own else None,
            paper=self._of_paper(own, "paper"),
            note=self._words(own, "note"),
            put_at=self._line_of(own, "put_at"),
            her_answer=self._words(own, "her_answer"),
        )

    def _finding(self, node: yaml.Node) -> FindingEntry:
        may = ("reasons", "facts", "quotes", "by", "written_at", "current")
        own = self._page.entries(node, ("framework", "element", "words"), may)
        return FindingEntry(
            **self._beside(own)._asdict(),
            words=self._words(own, "words"),
            reasons=self._words(own, "reasons"),
            facts=[self._counted(item, self._facts, "fact") for item in self._page.items(own.get("facts"))],
            quotes=[self._quote(item) for item in self._page.items(own.get("quotes"))],
            by=self._line_of(own, "by"),
            written_at=self._moment(own.get("written_at")),
            current=self._stands(own),
        )

    def _laid(self, node: yaml.Node) -> LaidEntry:
        own = self._page.entries(node, ("framework", "element", "quote"), ("laid_at",))
        return LaidEntry(self._beside(own), self._quote(own["quote"]), self._moment(own.get("laid_at")))

    def _profile(self, own: Mapping[str, yaml.Node]) -> dict[str, str]:
        if "profile" not in own:
            return {}
        said = self._page.entries(own["profile"], (), ProfileWords.About.values)
        return {about: self._words(said, about) for about in said}

    def _search(self, node: yaml.Node) -> SearchEntry:
        own = self._page.entries(node, ("through", "made_at", "by", "asked"), ("outcomes",))
        asked = self._page.verbatim(own["asked"])
        try:
            record.read(asked)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise self._page.refused(own["asked"], "this is not what a search asked") from None
        return SearchEntry(
            through=self._page.one_of(own["through"], Search.Through),
            made_at=self._at(own["made_at"]),
            by=self._line(own["by"]),
            asked=asked,
            outcomes=[self._outcome(item) for item in self._page.items(own.get("outcomes"))],
        )

    def _outcome(self, node: yaml.Node) -> OutcomeEntry:
        own = self._page.entries(node, ("title", "by", "at"), ("words", "paper"))
        return OutcomeEntry(
            title=self._line(own["title"]),
            words=self._page.verbatim(own.get("words")),
            by=self._line(own["by"]),
            at=self._at(own["at"]),
            paper=self._of_paper(own, "paper"),
        )
