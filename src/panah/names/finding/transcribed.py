"""Transcriptions of foreign names in Chinese: 阿不都热依木·吐尔逊 with its dot, 伊力哈木 without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

from panah.names.finding.tables import known, signs, words
from panah.names.parting import HAN

LONGEST_PART = 8
"""Characters of one part of a transcribed name, and of a name without a dot."""
_DOTS = "·•‧・･∙⋅"
_FULL_STOPS = ".．"
"""Typed for a dot: taken for one between two known elements only."""
_AND = "和"
"""A character that stands between two names more often than in one."""
_LEAST = 3
"""Characters of a name without a dot, where nothing stands around it."""
_HAN_SIGN = re.compile(f"[{HAN}]")


class _Sort(Enum):
    DOT = auto()
    ELEMENT = auto()
    SOUND = auto()
    WORD = auto()


class _Bit(NamedTuple):
    """A dot, an element, a character that stands for a sound, or a word that is no name."""

    sort: _Sort
    start: int
    end: int


@cache
def _runs() -> re.Pattern[str]:
    """Characters that stand for sounds, with dots between them."""
    sounds = "".join(
        sorted(frozenset().union(*(signs("han.yaml", key) for key in ("strong", "weak", "region", "elements"))))
    )
    return re.compile(
        f"[{sounds}]{{2,}}+(?:[{_DOTS}{_FULL_STOPS}][{sounds}]++)*+|[{sounds}](?:[{_DOTS}][{sounds}]++)++"
    )


class _Words(NamedTuple):
    """The words that begin with one character: how long they are, the longest first, and what each is."""

    lengths: tuple[int, ...]
    sorts: dict[str, _Sort]


@cache
def _vocabulary() -> dict[str, _Words]:
    """Elements, and words that are no names, by their first characters."""
    sorts: dict[str, dict[str, _Sort]] = {}
    for word in words("han.yaml", "not_names") | known().han:
        if len(word) > 1:
            sorts.setdefault(word[0], {})[word] = _Sort.WORD
    for word in words("han.yaml", "elements"):
        sorts.setdefault(word[0], {})[word] = _Sort.ELEMENT
    return {first: _Words(tuple(sorted(set(map(len, some)), reverse=True)), some) for first, some in sorts.items()}


def transcriptions(plain: str) -> Iterator[tuple[int, int]]:
    """Where they stand in a text in simplified characters."""
    for run in _runs().finditer(plain):
        for row in _rows(plain, run.start(), run.end()):
            yield from _names(plain, row)


def _rows(plain: str, start: int, end: int) -> Iterator[list[_Bit]]:
    """Elements, sounds and dots beside one another, cut at words that are no names."""
    row: list[_Bit] = []
    at = start
    while at < end:
        bit = _bit(plain, at)
        if bit.sort is not _Sort.WORD:
            row.append(bit)
        elif row:
            yield row
            row = []
        at = bit.end
    if row:
        yield row


def _bit(plain: str, at: int) -> _Bit:
    """The longest word that begins there, or one character."""
    if plain[at] in _DOTS or plain[at] in _FULL_STOPS:
        return _Bit(_Sort.DOT, at, at + 1)
    if starting := _vocabulary().get(plain[at]):
        for length in starting.lengths:
            word = plain[at : at + length]
            if sort := starting.sorts.get(word):
                return _Bit(sort, at, at + len(word))
    return _Bit(_Sort.WORD if plain[at] in _AND else _Sort.SOUND, at, at + 1)


def _names(plain: str, row: list[_Bit]) -> Iterator[tuple[int, int]]:
    """The names in a row: what dots join, and what has none."""
    parts: list[list[_Bit]] = [[]]
    dots: list[str] = []
    for bit in row:
        if bit.sort is _Sort.DOT:
            parts.append([])
            dots.append(plain[bit.start])
        else:
            parts[-1].append(bit)
    parts = [_without_grammar(plain, part) for part in parts]
    joined: list[list[_Bit]] = [parts[0]]
    for dot, part in zip(dots, parts[1:], strict=True):
        if _joins(dot, joined[-1], part):
            joined.append(part)
        else:
            yield from _name(plain, joined)
            joined = [part]
    yield from _name(plain, joined)


def _joins(dot: str, before: Sequence[_Bit], after: Sequence[_Bit]) -> bool:
    """Whether a dot stands between two parts of one name."""
    return bool(before and after) and (dot in _DOTS or (_has_element(before) and _has_element(after)))


def _has_element(part: Sequence[_Bit]) -> bool:
    return any(bit.sort is _Sort.ELEMENT for bit in part)


def _without_grammar(plain: str, part: list[_Bit]) -> list[_Bit]:
    """A part without the characters at its ends that join words."""
    first, last = 0, len(part)
    while first < last and _is_grammar(plain, part[first]):
        first += 1
    while first < last and _is_grammar(plain, part[last - 1]):
        last -= 1
    return part[first:last]


def _is_grammar(plain: str, bit: _Bit) -> bool:
    return bit.sort is _Sort.SOUND and plain[bit.start] in signs("han.yaml", "grammar")


def _name(plain: str, joined: list[list[_Bit]]) -> Iterator[tuple[int, int]]:
    if len(joined) > 1:
        first, last = _near(plain, joined[0], from_end=True), _near(plain, joined[-1], from_end=False)
        yield first[0].start, last[-1].end
    elif joined[0] and (found := _undotted(plain, joined[0])):
        yield found


def _near(plain: str, part: list[_Bit], *, from_end: bool) -> list[_Bit]:
    """Of a part at the end of a name, what belongs to it: up to its farthest element, with sounds around; else up to eight."""
    bits = part[::-1] if from_end else part
    known_to = max((at for at, bit in enumerate(bits) if bit.sort is _Sort.ELEMENT), default=None)
    end = len(bits)
    if known_to is not None:
        end = known_to + 1
        while end < len(bits) and plain[bits[end].start] in signs("han.yaml", "tight"):
            end += 1
    size, kept = 0, 0
    while kept < end and size + bits[kept].end - bits[kept].start <= LONGEST_PART:
        size += bits[kept].end - bits[kept].start
        kept += 1
    near = bits[: max(kept, 1)]
    return near[::-1] if from_end else near


def _undotted(plain: str, part: list[_Bit]) -> tuple[int, int] | None:
    """The name in a part without a dot; None where there is none."""
    at = [place for place, bit in enumerate(part) if bit.sort is _Sort.ELEMENT]
    if not at:
        start, end = part[0].start, part[-1].end
        return (start, end) if _sounds_foreign(plain, start, end) else None
    first, last = at[0], at[-1]
    tight = signs("han.yaml", "tight")
    while first and plain[part[first - 1].start] in tight:
        first -= 1
    while last + 1 < len(part) and plain[part[last + 1].start] in tight | signs("han.yaml", "ends"):
        last += 1
    start, end = part[first].start, part[last].end
    is_long = _LEAST <= end - start <= 2 * LONGEST_PART
    return (start, end) if is_long or (end - start < _LEAST and _is_bare(plain, start, end)) else None


def _sounds_foreign(plain: str, start: int, end: int) -> bool:
    """Whether characters of which no element is known stand for sounds, nearly all of them."""
    tight = sum(map(signs("han.yaml", "tight").__contains__, plain[start:end]))
    return _LEAST <= end - start <= LONGEST_PART and tight > 1 and 4 * tight >= 3 * (end - start)


def _is_bare(plain: str, start: int, end: int) -> bool:
    """Whether no Chinese character stands beside a short element, but a title or a word of saying may."""
    before, after = plain[max(0, start - 4) : start], plain[end : end + 4]
    is_open = (
        not before or not _HAN_SIGN.match(before[-1]) or before.endswith(tuple(words("han.yaml", "titles_before")))
    )
    said = tuple(words("han.yaml", "said") | words("han.yaml", "titles_after"))
    return is_open and (not after or not _HAN_SIGN.match(after[0]) or after.startswith(said))
