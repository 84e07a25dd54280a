"""A reading as it is shown on a page: paragraph by paragraph, with page marks and hits, a long one in parts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from panah import text
from panah.errors import PanahError
from panah.library import queries, rules
from panah.library.concepts import asking
from panah.library.extractors.outline import contents_of
from panah.library.models import Document

PART = 250_000
"""Bytes of text that one page of the browser shows."""


class Piece(NamedTuple):
    """A stretch of a paragraph: its words, and the number of the hit that it is, or 0."""

    words: str
    hit: int


class Paragraph(NamedTuple):
    """A paragraph, where it begins, and the page that begins with it, or 0."""

    start: int
    anchor: int
    """Where a link into it leads: its first byte, or the byte inside it that was asked for."""
    page: int
    plain: str
    """Its words, where no hit is among them; most paragraphs are written in one piece."""
    pieces: list[Piece]


class Shown(NamedTuple):
    """A part of a reading, and how many parts and hits there are."""

    paragraphs: list[Paragraph]
    part: int
    parts: list[tuple[int, int]]
    """Each part's number, and how many hits stand in it."""
    hits: int
    before: int
    """How many hits stand in earlier parts."""
    place: int
    """The byte that was asked for: of a page, of a passage, or of the first hit."""


class Asked(NamedTuple):
    """What the reader wants to see of a reading."""

    words: str = ""
    """Words to mark, with what the thesaurus has for them; words that ask for nothing mark nothing."""
    quoted: str = ""
    """`START-END`: bytes to mark instead."""
    at: str = ""
    """A byte to begin near."""
    part: str = ""
    page: str = ""
    """The page to begin with."""
    exactly: bool = False
    """Whether to mark the words alone."""
    any_word: bool = False
    """Whether to mark each of the words, wherever it stands."""
    without: frozenset[str] = frozenset()
    """The concepts by which nothing is marked."""


_SAID = {"words": "q", "quoted": "quoted", "at": "at", "part": "part", "page": "page"}
"""The names that an address gives to what its reader wants to see of a reading."""


def asked_by(values_of: Callable[[str], Sequence[str]]) -> Asked:
    """What an address asks to see, of which `values_of` gives the values of a name; of several the last."""
    said = {field: next(reversed(values_of(name)), "") for field, name in _SAID.items()}
    return Asked(
        **said,
        exactly=bool(values_of("exactly")),
        any_word=bool(values_of("any")),
        without=frozenset(values_of("without")),
    )


class Line(NamedTuple):
    """A line of the table of contents: how deep it stands, its words, where it leads, and the page, or 0."""

    level: int
    title: str
    start: int
    page: int


SHORTEST_CONTENTS = 3
"""A text with fewer headings needs no table of contents."""


def contents(document: Document) -> list[Line]:
    """The table of contents of a long text, as its extractor found it."""
    reading = document.reading
    if reading is None:
        return []
    entries = contents_of(reading.options, len(reading.paragraphs))
    if len(entries) < SHORTEST_CONTENTS:
        return []
    begins = [int(reading.paragraphs[entry.paragraph][0]) for entry in entries]
    return [
        Line(entry.level, entry.title, start, rules.page_of(start, reading.pages) or 0)
        for entry, start in zip(entries, begins, strict=True)
    ]


def shown(document: Document, asked: Asked) -> Shown | None:
    """What to show of a document's reading; None where it has none."""
    reading = document.reading
    if reading is None:
        return None
    content = queries.content(reading)
    paragraphs = [(int(start), int(end)) for start, end in reading.paragraphs]
    hits = _quoted(content, paragraphs, asked.quoted) or _hits(content, paragraphs, asked)
    parts = list(_parts(paragraphs))
    at = _page(asked.page, reading.pages) or _number(asked.at) or (hits[0][0] if hits else 0)
    number = _number(asked.part)
    if not 1 <= number <= len(parts):
        number = next((number for number, bounds in enumerate(parts, start=1) if at < bounds[-1][1]), len(parts))
    chosen = parts[number - 1]
    counts = [bisect_left(hits, (bounds[-1][1], 0)) - bisect_left(hits, (bounds[0][0], 0)) for bounds in parts]
    before = sum(counts[: number - 1])
    inside = hits[before : before + counts[number - 1]]
    return Shown(
        list(_paragraphs(content, chosen, inside, before, reading.pages, at)),
        number,
        list(enumerate(counts, start=1)),
        len(hits),
        before,
        at,
    )


def _hits(content: bytes, paragraphs: Sequence[tuple[int, int]], wanted: Asked) -> list[tuple[int, int]]:
    try:
        found = asking.worded(wanted)
    except PanahError:
        return []
    return queries.marks_in(content, paragraphs, text.Finder(found.query))


def _parts(paragraphs: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    part: list[tuple[int, int]] = []
    for bounds in paragraphs:
        if part and bounds[1] - part[0][0] > PART:
            yield part
            part = []
        part.append(bounds)
    yield part


def _quoted(content: bytes, paragraphs: Sequence[tuple[int, int]], quoted: str) -> list[tuple[int, int]]:
    """The bytes that were asked for, cut at the bounds of paragraphs; a bound inside a character, before it."""
    start, end = (_before_character(content, _number(bound)) for bound in quoted.partition("-")[::2])
    if start >= end:
        return []
    return [(max(start, first), min(end, last)) for first, last in paragraphs if first < end and start < last]


def _before_character(content: bytes, at: int) -> int:
    while at < len(content) and content[at] & 0xC0 == 0x80:
        at -= 1
    return at


def _page(page: str, pages: Sequence[int]) -> int:
    """The byte at which a page begins; 0 where there is no such page."""
    number = _number(page)
    return int(pages[number - 1]) if 1 <= number <= len(pages) else 0


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _paragraphs(
    content: bytes,
    bounds: Sequence[tuple[int, int]],
    hits: Sequence[tuple[int, int]],
    before: int,
    pages: Sequence[int],
    at: int,
) -> Iterator[Paragraph]:
    number, page, at_hit = before, 0, 0
    for start, end in bounds:
        behind = bisect_left(hits, (end, 0), lo=at_hit)
        pieces = []
        if at_hit < behind:
            for words, marked in queries.pieces(content[start:end], hits[at_hit:behind], start):
                number += marked
                pieces.append(Piece(words, number if marked else 0))
        stands_on = rules.page_of(start, pages) or 0
        yield Paragraph(
            start,
            at if start < at < end else start,
            stands_on if stands_on != page else 0,
            "" if pieces else content[start:end].decode(),
            pieces,
        )
        page, at_hit = stands_on, behind
