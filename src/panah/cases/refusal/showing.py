"""A decision as it is shown beside its examination: paragraph by paragraph, with its reasons and with what was found in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from panah.cases.refusal.filed import places
from panah.cases.refusal.queries import Audited
from panah.law.refusal import Part


class Stretch(NamedTuple):
    """Bytes of a decision that are marked: by a reason of that number, or, with no number, because a rule found words there."""

    start: int
    end: int
    reason: int


class Piece(NamedTuple):
    """A stretch of a paragraph."""

    words: str
    reasons: tuple[int, ...]
    """The numbers of the reasons that were marked there."""
    begins: tuple[int, ...]
    """Those of them that begin with it."""
    found: bool
    """Whether a rule found words there."""


class Shown(NamedTuple):
    """A paragraph: its number, its first byte, what it is a part of where that changes, and its pieces."""

    number: int
    start: int
    part: Part | None
    pieces: list[Piece]


def shown(audited: Audited) -> Iterator[Shown]:
    """The decision, from its first paragraph to its last."""
    found = places(each for defect in audited.audit.defects for each in defect.words)
    stretches = [Stretch(start, end, 0) for start, end in found]
    stretches += [Stretch(each.quotation.start, each.quotation.end, each.number) for each in audited.marks]
    content, part = audited.refusal.text.encode(), None
    for paragraph in audited.refusal.paragraphs:
        inside = [each for each in stretches if each.start < paragraph.end and paragraph.start < each.end]
        pieces = list(_pieces(content, paragraph.start, paragraph.end, inside))
        yield Shown(paragraph.number, paragraph.start, paragraph.part if paragraph.part is not part else None, pieces)
        part = paragraph.part


def paragraph_at(audited: Audited, byte: int) -> int:
    """The number of the paragraph in which a byte of the decision stands, or that begins last before it; 0 before all."""
    paragraphs = audited.refusal.paragraphs
    at = bisect_right(paragraphs, byte, key=lambda each: each.start)
    return paragraphs[at - 1].number if at else 0


def _pieces(content: bytes, start: int, end: int, stretches: Sequence[Stretch]) -> Iterator[Piece]:
    """A paragraph cut wherever something that is marked begins or ends."""
    cuts = {start, end}.union(*({each.start, each.end} for each in stretches))
    bounds = sorted(cut for cut in cuts if start <= cut <= end)
    for first, last in pairwise(bounds):
        over = [each for each in stretches if each.start <= first and last <= each.end]
        yield Piece(
            content[first:last].decode("utf-8", "replace"),
            tuple(each.reason for each in over if each.reason),
            tuple(each.reason for each in over if each.reason and max(each.start, start) == first),
            any(not each.reason for each in over),
        )
