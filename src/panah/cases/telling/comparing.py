"""Two tellings beside each other: sentence by sentence where they are of one language, else paragraph by paragraph.

`library.versions` compares; here its rows get their places in the words, and what only changed its place is said to have
moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from panah import text
from panah.library.versions.comparing import Piece, compared
from panah.text import Span

ALIKE = 0.75
"""A sentence that stands elsewhere is the same one where it shares so large a part of its words."""


class Said(NamedTuple):
    """A sentence or a paragraph: its place in the words, its pieces, and where it stands in the other telling, or 0.

    That place is a number of a row, from 1 on, where it stands elsewhere than here.
    """

    start: int
    end: int
    pieces: Sequence[Piece]
    moved_to: int = 0


class Beside(NamedTuple):
    """A row of two tellings: what the one says, and what the other says there; None where it says nothing."""

    number: int
    one: Said | None
    other: Said | None
    differs: bool
    gap_in_one: int = 0
    """Where, in the one telling, nothing is said: the character before which it would stand."""
    gap_in_other: int = 0

    @property
    def place_in_one(self) -> str:
        """The place in the one telling as `10-52`; an empty place where it says nothing."""
        return _written(self.one, self.gap_in_one)

    @property
    def place_in_other(self) -> str:
        """The place in the other telling."""
        return _written(self.other, self.gap_in_other)

    @property
    def moved(self) -> bool:
        """Whether it only stands elsewhere in the other telling, perhaps in slightly other words."""
        return any(side is not None and bool(side.moved_to) for side in (self.one, self.other))


class Comparison(NamedTuple):
    """Two tellings, row by row; `aligned` says whether their words were compared."""

    rows: Sequence[Beside]
    aligned: bool

    @property
    def differences(self) -> int:
        """How many rows differ; what moved is not counted twice."""
        moves = sum(row.moved for row in self.rows)
        return sum(row.differs for row in self.rows) - moves // 2


def comparison(one: str, other: str, *, aligned: bool) -> Comparison:
    """Two tellings beside each other; `aligned` where they are of one language."""
    return Comparison(_aligned(one, other) if aligned else _side_by_side(one, other), aligned)


def _written(side: Said | None, gap: int) -> str:
    return f"{side.start}-{side.end}" if side else f"{gap}-{gap}"


def _side_by_side(one: str, other: str) -> list[Beside]:
    ones, others = text.paragraphs(one), text.paragraphs(other)
    rows: list[Beside] = []
    for number in range(max(len(ones), len(others))):
        left, right = (
            _plain(words, spans[number]) if number < len(spans) else None
            for words, spans in ((one, ones), (other, others))
        )
        rows.append(Beside(number + 1, left, right, differs=False, gap_in_one=len(one), gap_in_other=len(other)))
    return rows


def _aligned(one: str, other: str) -> list[Beside]:
    ones, others = text.sentences(one), text.sentences(other)
    found = list(compared([one[a:b] for a, b in ones], [other[a:b] for a, b in others]))
    rows: list[Beside] = []
    at_one = at_other = 0
    for number, row in enumerate(found, start=1):
        left = None if row.old is None else _said(one, ones[row.old], row.old_pieces)
        right = None if row.new is None else _said(other, others[row.new], row.new_pieces)
        rows.append(Beside(number, left, right, row.differs, at_one, at_other))
        at_one, at_other = left.end if left else at_one, right.end if right else at_other
    return _with_moves(one, other, rows)


def _with_moves(one: str, other: str, rows: list[Beside]) -> list[Beside]:
    """The rows, in which a sentence of one telling alone is joined with the same one elsewhere in the other."""
    waiting = [row for row in rows if row.one is None and row.other is not None]
    for row in list(rows):
        if row.one is None or row.other is not None:
            continue
        match = next((each for each in waiting if each.other and _is_same(one, row.one, other, each.other)), None)
        if match is None or match.other is None:
            continue
        waiting.remove(match)
        rows[row.number - 1] = row._replace(one=row.one._replace(moved_to=match.number))
        rows[match.number - 1] = match._replace(other=match.other._replace(moved_to=row.number))
    return rows


def _is_same(one: str, left: Said, other: str, right: Said) -> bool:
    words = {atom.form for atom in text.atoms(one[left.start : left.end])}
    others = {atom.form for atom in text.atoms(other[right.start : right.end])}
    return len(words & others) >= ALIKE * max(1, len(words | others))


def _said(words: str, span: Span, pieces: Sequence[Piece]) -> Said:
    return Said(span.start, span.end, pieces or [Piece(words[span.start : span.end], differs=False)])


def _plain(words: str, span: Span) -> Said:
    return _said(words, span, ())
