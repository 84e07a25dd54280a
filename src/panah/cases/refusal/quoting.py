"""What a decision quotes, compared word for word with what the member may see."""

from __future__ import annotations

from panah.cases.models import Case
from panah.law.checklist import Found
from panah.law.citations import Outcome
from panah.law.refusal import Quoted
from panah.library.checking.queries import compared
from panah.library.checking.results import CheckedQuotation
from panah.library.models import Collection, Document
from panah.team.models import Member

PHRASE = "quotation"


def quoted_in(asker: Member, asked: Case, paper: Document, text: str, decision: int) -> tuple[Quoted, ...]:
    """The words that a decision gives as those of somebody else; a few words in quotation marks are none.

    They are compared with the papers of this case and with the library, never with the papers of another case. Raises
    `DraftTooLong`, `SealBroken`.
    """
    others = Collection.objects.exclude(case=None).exclude(pk=asked.papers_id)
    found = compared(asker, paper, text, leaving_out=set(others.values_list("pk", flat=True)))
    return tuple(_quoted(each, text, decision) for each in found if _is_one(each))


def _quoted(each: CheckedQuotation, text: str, decision: int) -> Quoted:
    """The words without their marks, and how they stand in the source, where they stand there otherwise."""
    segments = each.quoted.segments
    start, end = (segments[0].start, segments[-1].end) if segments else (each.quoted.start, each.quoted.end)
    first, words = each.start_byte + len(text[each.quoted.start : start].encode()), text[start:end]
    place = Found(decision, first, first + len(words.encode()), words, PHRASE)
    where = f" ({each.source.document.title})" if each.source else ""
    theirs = " ".join("".join(piece.words for piece in each.theirs).split())
    said = f"{each.reason.rstrip('.')}{where}" + (f": “{theirs}”" if theirs else "")
    return Quoted(place, each.outcome, f"{said}.")


def _is_one(each: CheckedQuotation) -> bool:
    """Whether it is long enough to be looked for, or its end is missing."""
    return not each.quoted.is_closed or each.outcome is not Outcome.NOT_CHECKABLE
