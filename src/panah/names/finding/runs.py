"""Runs of words with capital letters, and the segments of them that may be names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from panah.names.finding.tables import words
from panah.names.finding.words import ELEMENTS, PARTS, TITLES, Kind, entries, small, title_before
from panah.names.finding.wrapping import BETWEEN_ELEMENTS, WRAPPED, is_full
from panah.text.scripts import UNSEEN

_RANGES = ((0x41, 0x5B), (0xC0, 0x250), (0x370, 0x530), (0x1E00, 0x1F00), (0x2C60, 0x2C80), (0xA720, 0xA800))
_CAPITAL = "".join(sign for first, last in _RANGES for sign in map(chr, range(first, last)) if sign.isupper())
_LETTERS = (
    "0-9_A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0373\u0376-\u037d\u0386-\u0481\u0483-\u052f"
    "\u1c80-\u1c8f\u1d00-\u1fff\u2c60-\u2c7f\ua640-\ua69f\ua720-\ua7ff\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a"
)
"""Of Latin, Greek and Cyrillic script, with their marks, and digits: other scripts often follow without a space."""
_INSIDE = _LETTERS + "".join(sign for sign in UNSEEN if sign <= "\uffff")
_APOSTROPHE = "['`´‘’‛′＇](?=[^\\W\\d_])"
_HYPHEN = "[-\u2010\u2011]"
_ARTICLES = "|".join(sorted(words("around.yaml", "articles")))
_TOKEN = re.compile(
    f"(?<![{_LETTERS}])(?:[{_CAPITAL}]\\.(?:-?[{_CAPITAL}]\\.)*+(?!\\w\\w)"
    f"|(?:(?:{_ARTICLES}){_HYPHEN})?[{_CAPITAL}][{_INSIDE}]*+(?:{_APOSTROPHE}[{_INSIDE}]++)*+"
    f"(?:{_HYPHEN}(?:[{_INSIDE}]|{_APOSTROPHE})++)*+)"
)
"""A word with a capital letter, what is joined to it by hyphens, or initials."""
_SPACES = " \t\u00a0\u2009\u202f"
_LONGEST_GAP = 16
_BREAKS = frozenset(".!?:…\n•–—|/;")
"""Behind such a sign a word may have its capital letter because it is the first one."""
_AROUND = 24
"""Characters before a run that are looked at."""


class Word(NamedTuple):
    """A word of a run: where it stands without its ending, and what it may be."""

    start: int
    end: int
    kind: Kind
    form: str
    is_exact: bool = False
    bound: str = ""
    """The small word of names that stands before it: von, bin."""


@dataclass
class Segment:
    """Words beside one another that may be a name."""

    words: list[Word] = field(default_factory=list)
    called: Kind | None = None
    """What stands before it: a form of address, or an office."""
    starts: bool = False
    """Whether its first word begins a sentence, and would have a capital letter in any case."""
    is_group: bool = False
    """Whether it is a part of what an organisation or a place is called."""


def runs(raw: str) -> Iterator[list[Word]]:
    """Words with capital letters that stand beside one another, with the small words of names between them."""
    known, run, end = entries(), list[Word](), 0
    for token in _TOKEN.finditer(raw):
        written, start = token[0], token.start()
        kind, length, form, is_exact = known[written]
        bound = _bound(raw, run[-1], end, start, kind) if run else ""
        if bound is None:
            yield run
            run, bound = [], ""
        run.append(Word(start, start + length, kind, form, is_exact, bound))
        end = start + len(written)
    if run:
        yield run


def _bound(raw: str, last: Word, end: int, start: int, following: Kind) -> str | None:
    """What small word stands between the end of a run and the next word, of this kind; None where the run ends."""
    if start - end > _LONGEST_GAP or end != last.end:
        return None
    gap = raw[end:start]
    if gap == " " or (not gap and last.kind == Kind.INITIAL):
        return ""
    if gap == ". " and last.form in words("around.yaml", "shortened"):
        return ""
    if gap.strip(" \r") == "\n":
        least = BETWEEN_ELEMENTS if following in ELEMENTS else WRAPPED
        return "" if last.kind in ELEMENTS and is_full(raw, end, least) else None
    return _small_words(gap)


@cache
def _inside() -> tuple[frozenset[str], frozenset[str]]:
    """Small words inside names, and those that stand behind some of them."""
    return words("around.yaml", "inside"), words("around.yaml", "second")


def _small_words(gap: str) -> str | None:
    if gap[0] not in _SPACES or gap[-1] not in _SPACES:
        return None
    inside, second = _inside()
    match gap.split():
        case []:
            return ""
        case [one] if one in inside:
            return one
        case [one, other] if one in inside and other in second:
            return one
    return None


def segments(raw: str, run: list[Word]) -> Iterator[Segment]:
    """The parts of a run between offices, places and words that are no names."""
    segment = _first(raw, run[0]) if run[0].kind in PARTS or run[0].kind == Kind.PLACE else Segment()
    for word in run:
        if word.bound and segment.called == Kind.OFFICE and word.bound not in words("around.yaml", "leading"):
            segment.called = None  # ministre de la Défense
        if word.kind in PARTS or (word.kind == Kind.PLACE and _is_named(segment)):
            segment.words.append(word)
            continue
        segment.is_group = word.kind == Kind.GROUP
        if segment.words:
            yield segment
        segment = Segment(called=word.kind if word.kind in TITLES else None)
    if segment.words:
        yield segment


def _is_named(segment: Segment) -> bool:
    """Whether a place in it is what somebody is called: behind a form of address, a given name or an initial."""
    if segment.words:
        return segment.words[-1].kind in {Kind.GIVEN, Kind.INITIAL}
    return segment.called == Kind.ADDRESS


def _first(raw: str, word: Word) -> Segment:
    """The segment that begins a run: with a small word that leads it, the office before it, and whether it begins a sentence."""
    before = raw[max(0, word.start - _AROUND) : word.start].rstrip(" \u00a0")
    segment = Segment()
    last = _last_word(before)
    if last in words("around.yaml", "leading") and len(before) + 1 == min(word.start, _AROUND):
        at = word.start - 1 - len(last)
        segment.words.append(Word(at, at + len(last), Kind.PARTICLE, last))
        before = before[: -len(last)].rstrip(" \u00a0")
        last = _last_word(before)
    segment.called = title_before(small(last)) if last else None
    bare = before.rstrip("\"“„«'‘’(\u201a[*- ")
    segment.starts = not bare or bare[-1] in _BREAKS or (bare[-1] in ')]"”’»' and bare[-2:-1] in {".", "!", "?"})
    return segment


def _last_word(before: str) -> str:
    """The word at the end of what stands before a run; a full stop belongs to a short title."""
    tail = before.removesuffix(".")
    start = len(tail)
    while start and tail[start - 1].isalpha():
        start -= 1
    return tail[start:]
