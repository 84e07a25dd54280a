"""The note for courts that several spellings of one name are usual: facts with their sources, and the applicant's spellings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from panah.cases import queries as cases
from panah.cases.cited import cited_documents
from panah.cases.entering import entered
from panah.cases.models import Case, Name
from panah.cases.naming import queries
from panah.cases.outlining.names import borne, names_of
from panah.cases.outlining.papers import citation_of, paper_of
from panah.dossier import actions as dossiers
from panah.dossier.exporters.wording import NOT_VERIFIED, isolated, script
from panah.dossier.outline import Block, Citation, Kind, Outline, Section
from panah.errors import PanahError
from panah.team.actions import Verb
from panah.team.models import Member
from panah.team.rules import May
from panah.text.strict_yaml import Page

HERS = "The spellings of this applicant"
BEFORE = "Earlier names of this applicant"
OF_BEFORE = (
    "These she bore before, and papers of that time still have them. They are names of the same person, changed since, and "
    "no further spellings of the name she bears today."
)
SHE_SAID = "as she writes it herself"
UNCHECKED = (
    "Nobody has yet compared what bears the mark " + NOT_VERIFIED + " with its source: check it before you file it."
)


class NoSpellings(PanahError):
    """No spelling of the applicant's name is written down yet."""

    status = 409


class NoteUnreadable(PanahError):
    """The facts of the note cannot be read: {file}, {where}: {reason}."""

    status = 500


class Fact(NamedTuple):
    """Something that is known of how names are written, and where it says so."""

    says: str
    source: str
    verified: bool

    @property
    def authority(self) -> str:
        """Its source, as it is printed."""
        return self.source if self.verified else f"{self.source} {NOT_VERIFIED}"


class Facts(NamedTuple):
    """What the note says whoever it is about."""

    title: str
    introduction: str
    facts: tuple[Fact, ...]


@cache
def facts() -> Facts:
    """What `note.yaml` has. Raises `NoteUnreadable`."""
    page = Page("note.yaml", NoteUnreadable)
    opened = page.opened(files(__package__).joinpath("note.yaml").read_bytes())
    own = page.entries(opened, ("title", "introduction", "facts"))
    each = (page.entries(node, ("says", "source", "verified")) for node in page.items(own["facts"]))
    known = tuple(Fact(page.text(one["says"]), page.text(one["source"]), page.truth(one["verified"])) for one in each)
    return Facts(page.text(own["title"]), page.text(own["introduction"]), known)


def note_of(*, case: Case, by: Member, now: datetime) -> bytes:
    """The note as DOCX, with a footnote for each spelling that is quoted from a paper; the ledger says who took it.

    Raises `NotAllowed`, `ApprovalNeeded`, `NoSpellings`, `PaperWithheld`, `QuotationDiffers`, `PrintFailed`.
    """
    cases.require_free(case)
    rows = [row for row in queries.spellings(by, case) if not row.out_at]
    if not rows:
        raise NoSpellings
    cited_documents(by, case)
    known = facts()
    outline = Outline(
        title=known.title,
        reference=case.reference,
        called=case.called,
        names=names_of(case),
        frameworks=(),
        sections=(Section(known.title, tuple(_known(known))), *_hers(rows)),
        gaps=(UNCHECKED,) if any(not fact.verified for fact in known.facts) else (),
    )
    printed = dossiers.draft(outline=outline, by=by, now=now)
    entered(Verb.EXPORTED, case, {"spellings": len(rows)}, may=May.EXPORT, by=by, now=now)
    return printed


def _known(known: Facts) -> Iterator[Block]:
    yield Block(Kind.TEXT, known.introduction)
    for fact in known.facts:
        yield Block(Kind.QUESTION, fact.says, note=fact.authority)


def _hers(rows: Sequence[Name]) -> Iterator[Section]:
    today, before = ([row for row in rows if row.earlier is earlier] for earlier in (False, True))
    if today:
        yield Section(HERS, tuple(block for row in today for block in _spelling(row)))
    if before:
        told = Block(Kind.TEXT, OF_BEFORE)
        yield Section(BEFORE, (told, *(block for row in before for block in _spelling(row))))


def _spelling(row: Name) -> Iterator[Block]:
    label = "; ".join(filter(None, (script(row.script), borne(row))))
    if row.quotation:
        yield Block(Kind.LABEL, f"{label}, {isolated(row.quotation.document.title)}")
        yield Block(Kind.QUOTE, row.name, cites=(citation_of(row.quotation),))
    elif row.paper:
        yield Block(Kind.LABEL, label)
        yield Block(Kind.TEXT, row.name, cites=(Citation(paper_of(row.paper)),))
    else:
        yield Block(Kind.LABEL, f"{label}, {SHE_SAID}")
        yield Block(Kind.TEXT, row.name)
