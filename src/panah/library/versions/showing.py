"""Two texts as a page shows them: where they differ, with a little of what is the same; or paragraph beside paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from panah.library import queries, rules
from panah.library.models import Reading
from panah.library.versions.comparing import Piece, Row, compared

AROUND = 1
"""Paragraphs that are the same and are shown before and after what differs."""
MOST = 200
"""Differences on one page."""
SIDE_BY_SIDE = 300
"""Paragraphs of each text on one page."""


class Side(NamedTuple):
    """A paragraph of one of the texts: the byte at which it begins, its page or 0, and its words."""

    start: int
    page: int
    pieces: Sequence[Piece]


class Pair(NamedTuple):
    """Two paragraphs beside each other; or, where neither is there, so many that are the same and are not shown."""

    old: Side | None
    new: Side | None
    differs: bool
    left_out: int = 0


class Differences(NamedTuple):
    """What is shown of them, how many there are, and where the next page begins; 0 where there is none."""

    pairs: list[Pair]
    found: int
    following: int


class _Text(NamedTuple):
    reading: Reading
    content: bytes
    paragraphs: Sequence[str]

    def side(self, number: int | None, pieces: Sequence[Piece]) -> Side | None:
        if number is None:
            return None
        start = int(self.reading.paragraphs[number][0])
        page = rules.page_of(start, self.reading.pages) or 0
        return Side(start, page, pieces or [Piece(self.paragraphs[number], differs=False)])


def differences(old: Reading, new: Reading, begin: int = 0) -> Differences:
    """In what two readings differ, from one difference on."""
    ones, others = _text(old), _text(new)
    rows = list(compared(ones.paragraphs, others.paragraphs))
    at = [number for number, row in enumerate(rows) if row.differs]
    shown = at[begin : begin + MOST]
    first, last = (shown[0], shown[-1]) if shown else (0, -1)
    near = {step for number in shown for step in range(number - AROUND, number + AROUND + 1)}
    around = range(max(0, first - AROUND), min(len(rows), last + AROUND + 1))
    within = [number for number in around if number in shown or not rows[number].differs]
    pairs = list(_pairs(rows, within, near, ones, others))
    following = begin + MOST if begin + MOST < len(at) else 0
    return Differences(pairs, len(at), following)


def _pairs(rows: Sequence[Row], within: Sequence[int], near: set[int], ones: _Text, others: _Text) -> Iterator[Pair]:
    left_out = 0
    for number in within:
        if number not in near:
            left_out += 1
            continue
        if left_out:
            yield Pair(None, None, differs=False, left_out=left_out)
            left_out = 0
        row = rows[number]
        yield Pair(ones.side(row.old, row.old_pieces), others.side(row.new, row.new_pieces), row.differs)


def beside(one: Reading, other: Reading, begin: int = 0) -> tuple[list[Pair], int]:
    """Two texts paragraph beside paragraph, from one paragraph on, and where the next page begins; 0 where there is none."""
    ones, others = _text(one), _text(other)
    longest = max(len(ones.paragraphs), len(others.paragraphs))
    pairs = [
        Pair(
            ones.side(number, ()) if number < len(ones.paragraphs) else None,
            others.side(number, ()) if number < len(others.paragraphs) else None,
            differs=False,
        )
        for number in islice(range(begin, longest), SIDE_BY_SIDE)
    ]
    return pairs, begin + SIDE_BY_SIDE if begin + SIDE_BY_SIDE < longest else 0


def _text(reading: Reading) -> _Text:
    content = queries.content(reading)
    return _Text(reading, content, [content[start:end].decode() for start, end in reading.paragraphs])
