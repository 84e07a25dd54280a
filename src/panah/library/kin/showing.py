"""What pages show of shared wording: two passages side by side, and the tree of roots as a picture and as a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from panah import text
from panah.library.kin import rules
from panah.library.kin.queries import Place, words_at
from panah.library.kin.roots import Key, Rooted
from panah.library.kin.rules import Node, Why
from panah.library.models import Document

ROW, COLUMN, HEIGHT = 44, 28, 32
"""Of the picture of a tree, in its own units: from one box to the next, from one degree to the next, and of a box."""
WIDTH = 640
LONGEST_LABEL = 60
"""Characters of a title that fit into a box."""


class Beside(NamedTuple):
    """Two passages, each in pieces with whether both have them."""

    one: Place
    ones: list[tuple[str, bool]]
    other: Place
    others: list[tuple[str, bool]]


class Line(NamedTuple):
    """A text, or a named root, in the list of a tree."""

    document: Document | None
    name: str
    why: Why
    children: list[Line]


class Drawn(NamedTuple):
    """A box in the picture of a tree: its corner, its width, what it says, and the path of the line that leads to it."""

    left: int
    top: int
    width: int
    label: str
    why: Why
    line: str


class Shown(NamedTuple):
    """A tree as a list and as a picture; in words, it is so many texts and so many roots."""

    texts: int
    roots: int
    lines: list[Line]
    boxes: list[Drawn]
    height: int


def beside(pairs: Sequence[tuple[Place, Place]]) -> Iterator[Beside]:
    """Passages that share wording, with the words marked that follow each other in both. Raises `SealBroken`."""
    for one, other in pairs:
        ones, others = words_at(one), words_at(other)
        here, there = rules.stretches(ones, others)
        yield Beside(one, list(_pieces(ones, here)), other, list(_pieces(others, there)))


def shown(rooted: Rooted) -> Shown:
    """A tree as a page shows it."""
    boxes = rooted.boxes
    lines = [_line(node, rooted) for node in rooted.tree.roots]
    drawn = [_drawn(box, boxes, rooted) for box in boxes]
    return Shown(rooted.tree.texts, len(lines), lines, drawn, ROW * len(boxes))


def _pieces(words: str, spans: Sequence[text.Span]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in sorted(spans):
        yield words[at:start], False
        yield words[start:end], True
        at = end
    yield words[at:], False


def _line(node: Node[Key], rooted: Rooted) -> Line:
    children = [_line(child, rooted) for child in node.children]
    return Line(rooted.documents.get(node.key), _name(node.key, rooted), node.why, children)


def _name(key: Key, rooted: Rooted) -> str:
    document = rooted.documents.get(key)
    return (document.title or document.path) if document else str(key)


def _drawn(box: rules.Box[Key], boxes: Sequence[rules.Box[Key]], rooted: Rooted) -> Drawn:
    left, top, middle = COLUMN * box.column, ROW * box.row, ROW * box.row + HEIGHT // 2
    line = ""
    if box.above >= 0:
        above = boxes[box.above]
        line = f"M{COLUMN * above.column + COLUMN // 2} {ROW * above.row + HEIGHT}V{middle}H{left}"
    name = _name(box.key, rooted)
    document = rooted.documents.get(box.key)
    said = f"{name[:LONGEST_LABEL]}…" if len(name) > LONGEST_LABEL else name
    label = f"{document.date} · {said}" if document and document.date else said
    return Drawn(left, top, max(WIDTH - left, COLUMN), label, box.why, line)
