"""Which page of an Original is shown beside its text, and where one can go from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from panah import proof
from panah.library import rules
from panah.library.extractors.kinds import DRAWN, HEIC
from panah.library.extractors.picture import opens_heic
from panah.library.models import Document
from panah.library.pages.album import ALBUM, Marked
from panah.vault.data_keys import store_of

AROUND = 12
"""Small pictures of so many pages stand in the strip, this one among them."""
LONGEST_MARK = 4_000
"""Bytes of a quotation of which the place is shown."""


class Beside(NamedTuple):
    """The page that is shown, of how many, the ones before and after it (0: none), and those in the strip."""

    page: int
    pages: int
    previous: int
    following: int
    strip: Sequence[int]


def beside(document: Document, page: int) -> Beside | None:
    """What stands beside the text of a document; None where the Original is not made of pages, or cannot be drawn."""
    pages = pages_of(document)
    if not pages:
        return None
    shown = min(max(page, 1), pages)
    first = max(1, min(shown - AROUND // 2 + 1, pages - AROUND + 1))
    strip = range(first, min(first + AROUND, pages + 1))
    return Beside(shown, pages, shown - 1, shown + 1 if shown < pages else 0, strip)


def pages_of(document: Document) -> int:
    """How many pages the Original has that can be drawn: as it was read, else as it is."""
    if document.original.media_type not in DRAWN or lacks_opener(document):
        return 0
    if document.reading and document.reading.pages:
        return len(document.reading.pages)
    return ALBUM.pages(document.original)


def lacks_opener(document: Document) -> bool:
    """Whether nothing stands beside the text only because what opens such photographs is not installed here."""
    return document.original.media_type == HEIC and not opens_heic()


def marked(document: Document, page: int, *, q: str, quoted: str) -> Marked:
    """The words to mark on a page: those of a quotation (`START-END`, bytes) that stand on it, else those of a question."""
    start, end = (int(bound) if bound.isdecimal() and len(bound) < 16 else 0 for bound in quoted.partition("-")[::2])
    reading = document.reading
    if not reading or start >= end or page > len(reading.pages):
        return Marked(q)
    bounds = [*reading.pages, reading.size]
    start, end = max(start, bounds[page - 1]), min(end, bounds[page])
    if end - start <= 0:
        return Marked()
    with store_of(reading.original.compartment_id).opened(proof.Digest(reading.digest)) as stored:
        words = stored.read(start, min(end, start + LONGEST_MARK)).decode("utf-8", "ignore")
    return Marked(words, exact=True)


def page_at(document: Document, place: int) -> int:
    """The page on which a byte of the reading stands; the first where there are none."""
    return (rules.page_of(place, document.reading.pages) if document.reading else None) or 1
