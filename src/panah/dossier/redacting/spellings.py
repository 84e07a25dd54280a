"""Finding what was typed in a profile, however it is written: in any case, with other marks, broken at the end of a line.

It compares words as search does (`panah.text`). Beyond that, a word may be broken by a hyphen or by the end of a line,
its letters may stand apart, and the digits of a number may be grouped in any way.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from panah.text import Piece, Span, atoms, phrase

_HYPHENS = "\\-\u2010\u2011\ufe63\uff0d"
_BROKEN = re.compile(f"[{_HYPHENS}\u00ad\ufffe\x02]\\s*|\\s*[\n\r\x0b\x0c\x85\u2028\u2029]\\s*|[\u00ad\ufffe\x02]")
"""What may stand inside a word that was broken: a hyphen, the end of a line, or the sign that pdfium puts there."""
_APART = re.compile(r"[^\S\n\r]{1,3}")
"""Between the letters of a word that are set apart."""
_DIGITS = {
    code: str(unicodedata.decimal(chr(code)))
    for code in range(0x80, sys.maxunicode)
    if unicodedata.decimal(chr(code), None) is not None
}
_BETWEEN_DIGITS = r"[\s().\-/\u2010-\u2015\u00a0\u200e\u200f\u202a-\u202e\u2066-\u2069]{0,4}"
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
SHORTEST_NUMBER = 5
"""Digits. A number of so many is found however its digits are grouped."""
SHORTEST_INSIDE = 3
"""Letters of a spelling that is looked for inside longer words, to warn."""


class Spelling(NamedTuple):
    """What to find: the forms of each of its words, or, of a number, a pattern."""

    words: tuple[frozenset[str], ...] = ()
    open: int | None = None
    """Which of its words may go on; None where none may."""
    number: re.Pattern[str] | None = None


class Found(NamedTuple):
    """Where a spelling stands, and whose it is."""

    start: int
    end: int
    of: int


class Finder:
    """Finds the spellings of several entries at once; what it finds says of which entry it is."""

    def __init__(self, entries: Iterable[Iterable[str]]) -> None:
        self._numbers: list[tuple[int, re.Pattern[str]]] = []
        self._by_first: dict[str, list[tuple[int, Spelling]]] = {}
        self._begun: list[tuple[int, Spelling]] = []
        self._longest = 0
        self._whole: dict[str, int] = {}
        for number, spellings in enumerate(entries):
            for typed in spellings:
                for spelling in _understood(typed):
                    self._take(number, spelling)
        inside = sorted((form for form in self._whole if len(form) >= SHORTEST_INSIDE), key=len, reverse=True)
        self._inside = re.compile("|".join(map(re.escape, inside))) if inside else None

    def found(self, raw: str) -> list[Found]:
        """Every place in `raw`, the longer before the shorter that begins there; they may overlap."""
        found = set(self._in_words(raw, atoms(raw)))
        if self._numbers:
            digits = raw.translate(_DIGITS)
            found |= {Found(*each.span(), of) for of, number in self._numbers for each in number.finditer(digits)}
        return sorted(found, key=lambda place: (place.start, -place.end, place.of))

    def inside(self, raw: str) -> dict[str, int]:
        """The longer words in which a spelling stands, and how often each: they are not found, for they may be others."""
        if not self._inside:
            return {}
        taken = [(place.start, place.end) for place in self.found(raw)]
        within: dict[str, int] = {}
        for word in atoms(raw):
            if self._inside.search(word.form) and not any(s <= word.start and word.end <= e for s, e in taken):
                written = raw[word.start : word.end]
                within[written] = within.get(written, 0) + 1
        return within

    def _take(self, number: int, spelling: Spelling) -> None:
        if spelling.number:
            self._numbers.append((number, spelling.number))
            return
        if spelling.open == 0:
            self._begun.append((number, spelling))
        else:
            for form in spelling.words[0]:
                self._by_first.setdefault(form, []).append((number, spelling))
        self._longest = max(self._longest, *(len(form) for word in spelling.words for form in word))
        self._whole |= {"".join(parts): number for parts in zip(*map(sorted, spelling.words), strict=False)}

    def _in_words(self, raw: str, words: list[Piece]) -> Iterator[Found]:
        steps = _Steps(raw, words, self._longest)
        for at, word in enumerate(words):
            for form, after in steps.from_(at):
                wanted = [*self._by_first.get(form, [])]
                wanted += [(of, begun) for of, begun in self._begun if form.startswith(tuple(begun.words[0]))]
                for of, spelling in wanted:
                    for end in _ends(spelling, steps, after):
                        yield Found(word.start, words[end - 1].end, of)


class _Steps:
    """Which forms may begin at a word of a text, and which word follows then: itself, or it and what it was broken from."""

    def __init__(self, raw: str, words: list[Piece], longest: int) -> None:
        self._raw = raw
        self._words = words
        self._longest = longest

    def from_(self, at: int) -> Iterator[tuple[str, int]]:
        if at >= len(self._words):
            return
        form, after = self._words[at].form, at + 1
        yield form, after
        while after < len(self._words) and len(form) < self._longest and self._is_broken(after):
            form += self._words[after].form
            after += 1
            yield form, after

    def _is_broken(self, at: int) -> bool:
        before, word = self._words[at - 1], self._words[at]
        if before.unspaced or word.unspaced:
            return False
        between = self._raw[before.end : word.start]
        apart = len(before.form) == 1 == len(word.form) and _APART.fullmatch(between)
        return bool(apart or not between or _BROKEN.fullmatch(between))


def _ends(spelling: Spelling, steps: _Steps, after: int, word: int = 1) -> Iterator[int]:
    """Where a spelling whose words before `word` were found may end."""
    if word == len(spelling.words):
        yield after
        return
    for form, beyond in steps.from_(after):
        wanted = spelling.words[word]
        if form in wanted or (word == spelling.open and form.startswith(tuple(wanted))):
            yield from _ends(spelling, steps, beyond, word + 1)


def _understood(typed: str) -> Iterator[Spelling]:
    """What was typed, and, where a hyphen joins its words, the same without it. Nothing where it has no word.

    Words from right to left on a line that goes from left to right come out of a PDF in the order in which they stand on
    the paper: so they are looked for the other way round too.
    """
    digits = [digit for digit in typed.translate(_DIGITS) if digit.isdigit() and digit.isascii()]
    if len(digits) >= SHORTEST_NUMBER and not any(letter.isalpha() for letter in typed):
        yield Spelling(number=re.compile(rf"(?<!\d)\+?{_BETWEEN_DIGITS.join(digits)}(?!\d)"))
        return
    for written in dict.fromkeys([typed, re.sub(f"(?<=\\w)[{_HYPHENS}](?=\\w)", "", typed)]):
        if wanted := phrase(written):
            words: list[frozenset[str]] = []
            for word in wanted.words:
                words += [frozenset(each) for each in word.forms[0]] if word.unspaced else [frozenset(word.forms)]
            last = len(words) - 1
            yield Spelling(tuple(words), last if wanted.prefix else None)
            if last and _FROM_THE_RIGHT.search(written):
                yield Spelling(tuple(words[::-1]), 0 if wanted.prefix else None)


def spans(found: Iterable[Found]) -> Iterator[tuple[Span, list[int]]]:
    """Stretches that do not overlap, and whose entries' they are; one that stands within a longer one is not named."""
    reach: list[Found] = []
    for place in found:
        if reach and place.start >= max(each.end for each in reach):
            yield _joined(reach)
            reach = []
        if not any(each.start <= place.start and place.end <= each.end for each in reach):
            reach.append(place)
    if reach:
        yield _joined(reach)


def _joined(places: list[Found]) -> tuple[Span, list[int]]:
    stretch = Span(places[0].start, max(place.end for place in places))
    return stretch, list(dict.fromkeys(place.of for place in places))
