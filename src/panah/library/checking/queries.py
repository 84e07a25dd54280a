"""Whether a draft quotes and cites what is there. The first argument is who asks: what she may not see is not found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from panah.errors import PanahError
from panah.law.citations import recognise
from panah.library import sight
from panah.library.checking import citations, quotations
from panah.library.checking.results import Checked, CheckedQuotation
from panah.library.checking.sources import Sources
from panah.library.models import Document
from panah.library.queries import collection_named
from panah.team.models import Member
from panah.text import quoted_in

LONGEST = 3_000_000
"""Characters of a draft: some thousand pages."""
MOST = 5_000
"""Quotations, and citations, of a draft."""


class DraftTooLong(PanahError):
    """A draft has at most {longest} characters, {most} quotations and {most} citations; check this one in parts."""

    status = 413


def check(asker: Member, words: str, *, on: date, collection: str = "") -> Checked:
    """Every quotation and citation in the words of a draft, each with what came of checking it; nothing is kept.

    Quotations are compared with the library as far as the asker sees it, or with one collection; citations are looked up
    in the law as it is on a day, and in the library. Raises `DraftTooLong`, `CollectionUnknown`, `SealBroken`.
    """
    _require_short(len(words), LONGEST)
    quoted, cited = quoted_in(words), recognise(words)
    _require_short(max(len(quoted), len(cited)), MOST)
    with sight.once(asker):
        shelves = [collection_named(asker, collection).pk] if collection else list(sight.numbers(asker))
        sources = Sources()
        return Checked(
            tuple(quotations.checked(words, quoted, shelves, sources)),
            tuple(citations.checked(asker, words, cited, shelves, sources, on)),
        )


def compared(
    asker: Member, document: Document, words: str, *, leaving_out: Collection[int] = ()
) -> list[CheckedQuotation]:
    """Every quotation in the words of a document, each compared with the other documents that the asker sees.

    The collections of some numbers are left out. Raises `DraftTooLong`, `SealBroken`.
    """
    _require_short(len(words), LONGEST)
    quoted = quoted_in(words)
    _require_short(len(quoted), MOST)
    shelves = [number for number in sight.numbers(asker) if number not in leaving_out]
    return list(quotations.checked(words, quoted, shelves, Sources(but=document)))


def _require_short(size: int, most: int) -> None:
    """Raises `DraftTooLong`."""
    if size > most:
        raise DraftTooLong(longest=LONGEST, most=MOST)
