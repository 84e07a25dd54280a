"""How a part of a name may sound: its letters read by the conventions of its script, its characters by their syllables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from panah.names.parting import HAN
from panah.names.sounds import numbers
from panah.names.syllables import as_pinyin, read_as
from panah.names.tables import Letters, table

MOST_READINGS = 6
LONGEST_READING = 40
"""Sounds or syllables: what follows is not compared."""

BY_ANOTHER_CONVENTION = 0.3
BY_AN_UNUSUAL_READING = 0.7
AS_PINYIN = 0.5

_HAN = re.compile(f"[{HAN}]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_UYGHUR = re.compile("[ەېۆۇۈۋڭ]")
_ALIKE = str.maketrans({"ی": "ى", "ے": "ى", "ک": "ك"})
_H_BEFORE_A_VOWEL = re.compile("ه(?=[اەوۇۆۈېىي])")
_FRONT = str.maketrans("aou", "eöü")


class Kind(StrEnum):
    """What a reading is made of."""

    SOUNDS = "sounds"
    CONSONANTS = "consonants"
    SYLLABLES = "syllables"


class Reading(NamedTuple):
    """One way to read a part. `units` are sounds of the hub, or Mandarin syllables; `cost` is how unusual the way is."""

    kind: Kind
    units: tuple[int, ...]
    cost: float


@lru_cache(maxsize=4096)
def readings(part: str) -> tuple[Reading, ...]:
    """The ways to read a part, the usual one first. There is none where it has no letter that is known."""
    found: dict[tuple[Kind, tuple[int, ...]], float] = {}
    for kind, units, cost in _ways(part):
        if units:
            key = (kind, units[:LONGEST_READING])
            found[key] = min(cost, found.get(key, cost))
    return tuple(Reading(*key, cost) for key, cost in islice(found.items(), MOST_READINGS))


def _ways(part: str) -> Iterator[Reading]:
    if _HAN.search(part):
        yield from _of_characters(part[:LONGEST_READING])
    elif _ARABIC.search(part):
        yield from _of_arabic(part.translate(_ALIKE))
    elif _CYRILLIC.search(part):
        yield from _by_conventions(part, "cyrillic.yaml")
    else:
        yield from _by_conventions(part, "latin.yaml")
        yield from _of_pinyin(part)


def _of_characters(part: str) -> Iterator[Reading]:
    """The usual readings of all, then one after the other another reading of one."""
    known = [read_as(character) or (0,) for character in part]
    usual = tuple(each[0] for each in known)
    yield Reading(Kind.SYLLABLES, usual, 0)
    for place, each in enumerate(known):
        for other in each[1:]:
            yield Reading(Kind.SYLLABLES, (*usual[:place], other, *usual[place + 1 :]), BY_AN_UNUSUAL_READING)


def _of_pinyin(part: str) -> Iterator[Reading]:
    """A part in Latin letters that is nothing but Mandarin syllables: the characters of a paper, spelled on a passport."""
    letters = part.replace("'", "")
    if len(letters) > LONGEST_READING or not _may_be_pinyin(letters):
        return
    for syllables in islice(as_pinyin(letters), 3):
        yield Reading(Kind.SYLLABLES, syllables, AS_PINYIN)


def _may_be_pinyin(letters: str) -> bool:
    """Whether it can be cut into syllables at all, asked from the end so that no long word is tried in every way."""
    from panah.names.syllables import spelled

    ends = [True] + [False] * len(letters)
    for end in range(1, len(letters) + 1):
        ends[end] = any(ends[start] and spelled(letters[start:end]) for start in range(max(0, end - 6), end))
    return ends[-1]


def _of_arabic(part: str) -> Iterator[Reading]:
    if not _UYGHUR.search(part) and "ئ" not in part:
        yield Reading(Kind.CONSONANTS, numbers(sounded(part, "arabic.yaml", "abjad")), 0)
        if "ٴ" not in part:
            return
    written = _H_BEFORE_A_VOWEL.sub("ھ", part).replace("ه", "ە").replace("ة", "ە")
    kazakh = sounded(written, "arabic.yaml", "kazakh")
    yield Reading(Kind.SOUNDS, numbers(sounded(written, "arabic.yaml", "uyghur")), 0)
    yield Reading(Kind.SOUNDS, numbers(kazakh.translate(_FRONT) if "ٴ" in part else kazakh), BY_ANOTHER_CONVENTION)


def _by_conventions(part: str, name: str) -> Iterator[Reading]:
    yield Reading(Kind.SOUNDS, numbers(sounded(part, name, "common")), 0)
    for convention in table(name).keys("conventions"):
        if set(part) & set(_signs(name, convention)):
            sounds = sounded(part, name, "conventions", convention, "letters")
            yield Reading(Kind.SOUNDS, numbers(sounds), BY_ANOTHER_CONVENTION)


@cache
def _signs(name: str, convention: str) -> str:
    return table(name).text("conventions", convention, "signs")


@cache
def _letters(name: str, *keys: str) -> tuple[Letters, re.Pattern[str]]:
    """The letters of a convention over those that are common, and a pattern that finds the longest group first."""
    source = table(name)
    known = dict(source.letters("common")) if keys[0] == "conventions" else {}
    known |= source.letters(*keys)
    longest_first = sorted(known, key=len, reverse=True)
    return known, re.compile("|".join(map(re.escape, longest_first)))


def sounded(part: str, name: str, *keys: str) -> str:
    """The sounds of its letters by one convention. A letter that the table does not have has no sound."""
    known, pattern = _letters(name, *keys)
    return "".join(known[letters] for letters in pattern.findall(part))
