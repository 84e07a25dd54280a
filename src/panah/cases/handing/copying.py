"""A redacted copy of a case: its papers and its record with placeholders, and a report. The Originals stay as they are.

No digest, size or file name of an Original goes along, and no place of a quotation: whoever guesses a name could try it
against them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from panah import proof
from panah.cases.cited import cited_documents
from panah.cases.folder.exporting import Export, as_yaml
from panah.cases.folder.values import Value
from panah.cases.handing.reporting import PaperReport, Report, report_text
from panah.cases.models import Case, Name, Relative, Statement
from panah.dossier.redacting import Redactor, painted_over
from panah.errors import PanahError
from panah.library.extractors.kinds import PDF
from panah.library.extractors.result import Refusal
from panah.library.models import Document, Quotation
from panah.library.queries import content
from panah.team.models import Member
from panah.vault.data_keys import store_of

RECORD, REPORT = "record.yaml", "report.txt"
FORMAT = "redacted-case/1"
_OURS = frozenset(
    {"panah", "frameworks", "framework", "element", "stance", "files", "paper", "opened_at", "written_at"}
    | {
        "indicator",
        "factor",
        "slot",
        "presence",
        "judged",
        "accepted",
        "mode",
        "at",
        "recording",
        "transcript",
        "kind",
        "item",
        "status",
        "decision",
        "rule",
        "authority",
        "outcome",
        "concludes",
    }
)
"""What the program wrote itself, and nobody's words."""
_NO_TEXT_LAYER = "pages without text"


class NothingReplaced(PanahError):
    """No copy was made: nothing that the profile names stands anywhere in the case."""


class Copied(NamedTuple):
    """A file of the copy."""

    name: str
    content: bytes


class Standing(NamedTuple):
    """Where an entry of a profile stands: how often in each paper, by title, and how often in what was written."""

    placeholder: str
    spellings: tuple[str, ...]
    papers: list[tuple[str, int]]
    written: int

    @property
    def total(self) -> int:
        """How often it would be replaced in texts."""
        return self.written + sum(often for _, often in self.papers)


class Preview(NamedTuple):
    """What a profile would replace, the longer words that it would not, and the names of the applicant that it misses."""

    standing: list[Standing]
    inside: Mapping[str, int]
    missed: list[str]
    unsearched: list[str]


class RedactedCopy(Export):
    """Makes the files of a copy one after the other, so that never more than one paper is held in memory."""

    def __init__(self, case: Case, by: Member, redactor: Redactor) -> None:
        super().__init__(case, by, lambda *_: None)
        self._redactor = redactor
        self._fields: Counter[str] = Counter()
        self.report = Report([], {})

    def files(self) -> Iterator[Copied]:
        """Every file, sorted by name; the report is whole after the last.

        Raises `PaperWithheld`, `PlaceholderTaken`, `SpellingLeft`, `PictureNotClean`, `NothingReplaced`.
        """
        entries: list[Value] = []
        documents = list(cited_documents(self._by, self._case))
        for number, document in enumerate(documents, start=1):
            self._papers[document.pk] = f"papers/{number:03}"
        for document in documents:
            files, reported = self._copied(document)
            yield from files
            self.report.papers.append(reported)
            said: dict[str, Value] = {"paper": reported.paper, "files": [file.name for file in files]}
            entries.append(said | self._described(document))
        record = self._redacted(self.page(entries) | {"panah": FORMAT})
        self.report = self.report._replace(written=dict(self._fields))
        if not self.report.total:
            raise NothingReplaced
        yield self._checked(RECORD, as_yaml(record).decode())
        yield self._checked(REPORT, report_text(self.report))

    def written(self, documents: list[Document]) -> dict[str, Value]:
        """What people wrote in the case and of its papers, as it is."""
        self._papers |= {document.pk: "" for document in documents}
        return self.page([self._described(document) for document in documents])

    def _copied(self, document: Document) -> tuple[list[Copied], PaperReport]:
        """The files of one paper, and what was done to it."""
        name = self._papers[document.pk]
        reported = PaperReport(name, self._redactor.text(document.title).text, {}, [], "")
        files: list[Copied] = []
        counts: Counter[str] = Counter()
        if document.original.media_type == PDF:
            reported, painted, counts = self._painted(document, reported)
            files += [Copied(f"{name}.pdf", painted)] if painted else []
        if document.reading:
            text, in_text = self._redactor.text(content(document.reading).decode())
            counts = counts | in_text  # the larger number: both are of the same words
            files.append(self._checked(f"{name}.txt", text))
        if files and not files[0].name.endswith(".pdf"):
            reported.notes.append(f"its text stands in place of the Original ({document.original.media_type})")
        elif not files and not reported.left_out:
            reported = reported._replace(
                left_out=f"it has no text that could be searched ({document.original.media_type})"
            )
        return files, reported._replace(counts=dict(counts), left_out="" if files else reported.left_out)

    def _painted(self, document: Document, reported: PaperReport) -> tuple[PaperReport, bytes, Counter[str]]:
        original = document.original
        pieces = store_of(original.compartment_id).pieces(proof.Digest(original.digest))
        painted = painted_over(pieces, self._redactor)
        if isinstance(painted, Refusal):
            reported.notes.append(f"the PDF is left out: {painted.sentence}")
            return reported._replace(left_out=painted.sentence), b"", Counter()
        if painted.notes.get(_NO_TEXT_LAYER) == painted.pages:
            return reported._replace(left_out="no page of it has a text layer: it cannot be searched"), b"", Counter()
        reported.notes.extend(f"{name}: {often}" for name, often in sorted(painted.notes.items()))
        return reported, painted.content, painted.counts

    def _relatives(self) -> list[Relative]:
        return []  # they are in no copy: no placeholder is as good as nothing

    def _profile(self) -> Value:
        return {}  # nor are the words by which it is looked for who she is

    def _spellings(self) -> list[Name]:
        return [row for row in super()._spellings() if not row.out_at]  # it may be the name of somebody else

    def _naming(self) -> Value:
        return {}  # nor whose names were looked for

    def _research(self) -> Value:
        return []

    def _places_of_searches(self) -> dict[object, int]:
        return {}

    def _quote(self, quotation: Quotation) -> Value:
        return {"paper": self._papers[quotation.document_id], "words": quotation.words}

    def _place(self, statement: Statement, start: int, end: int) -> dict[str, Value]:
        del start, end  # a stretch may cut a name in two, and no half of it would be found
        return {"statement": statement.number}

    def _part(self, part: str) -> str:
        del part  # it may be a place, or the id of a paper
        return ""

    def _checked(self, name: str, text: str) -> Copied:
        self._redactor.require_clean(text, where=name)
        return Copied(name, text.encode())

    def _redacted(self, said: Mapping[str, Value]) -> dict[str, Value]:
        """An entry of the record with everything replaced that a person wrote."""
        return {key: value if key in _OURS else self._replaced(value) for key, value in said.items()}

    def _replaced(self, value: Value) -> Value:
        if isinstance(value, dict):
            return self._redacted(value)
        if isinstance(value, list):
            return [self._replaced(each) for each in value]
        if not isinstance(value, str):
            return value
        text, counts = self._redactor.text(value)
        self._fields.update(counts)
        return text


def preview(case: Case, by: Member, redactor: Redactor) -> Preview:
    """What a profile would replace in a case. Raises `PaperWithheld`."""
    looked = RedactedCopy(case, by, redactor)
    documents = list(cited_documents(by, case))
    texts = [(each.title, content(each.reading).decode() if each.reading else "") for each in documents]
    written = "\n\n".join(_words_in(looked.written(documents)))
    inside: Counter[str] = Counter(redactor.inside(written))
    for _, text in texts:
        inside.update(redactor.inside(text))
    counts = [(title, redactor.counted(text)) for title, text in texts]
    in_writing = redactor.counted(written)
    standing = [
        Standing(
            entry.placeholder,
            entry.spellings,
            [(title, often) for title, count in counts if (often := count[entry.placeholder])],
            in_writing[entry.placeholder],
        )
        for entry in redactor.profile.entries
    ]
    names = [case.called, *(name.name for name in case.names.filter(out_at=None).order_by("pk"))]
    missed = [name for name in names if not redactor.counted(name)]
    return Preview(standing, inside, missed, [title for title, text in texts if not text])


def _words_in(value: Value, key: str = "") -> Iterator[str]:
    """Everything in a record that a person wrote."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _words_in(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _words_in(each, key)
    elif isinstance(value, str) and key not in _OURS:
        yield value
