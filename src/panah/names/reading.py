"""How a part of a name may sound: its letters by the conventions of its script, its characters by their readings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from panah.names.parting import HAN
from panah.names.sounds import numbers, sounds_of
from panah.names.syllables import ELSEWHERE, as_pinyin, sign_of, signs, spelled
from panah.names.tables import Letters, table
from panah.text.folding import simplified


class Kind(StrEnum):
    """What a reading is made of."""

    SOUNDS = "sounds"
    CONSONANTS = "consonants"
    SIGNS = "signs"


LONGEST_READING = 40
"""Sounds or signs: what follows is not compared."""

AS_ELSEWHERE = 0.5
"""What it costs to take characters for a transcription that was not made in Xinjiang."""

AS_PINYIN = 0.5
"""What it costs to take Latin letters for the spelling of Chinese characters."""

READ_ELSEWHERE = 0.5
"""What it costs to read Latin letters as nobody does who writes Uyghur."""

SELDOM_LETTERS = 0.02
"""What letters cost that are not those of Uyghur for a sound: so little that it only decides between equals."""

WITHOUT_ENDING = 2.4
"""What it costs that one side has an ending which the other lacks."""

BY_ANOTHER_FORM = 1.4
"""What it costs to lead a form of a name to another that no rule of spelling leads to."""

MAY_BE_RUSSIAN = 0.03
"""What Cyrillic letters cost of which none was made for a Turkic language: this too only decides between equals."""

SHORTEST_STEM = {Kind.SOUNDS: 3, Kind.CONSONANTS: 3, Kind.SIGNS: 2}

MOST_WAYS_TO_CUT = 2

_USUAL_LATIN = frozenset({*"abcdefghijklmnopqrstuvwxyzéëöü'", "ch", "gh", "sh", "zh"})
_USUAL_CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшыэюяёәғқңөүһҗ")
_TURKIC = re.compile("[әғқңөүһҗіұ]")
_HAN = re.compile(f"[{HAN}]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_UYGHUR = re.compile("[ئەېۆۇۈۋڭ]")
_ALIKE = str.maketrans({"ی": "ى", "ے": "ى", "ک": "ك"})
_H_BEFORE_A_VOWEL = re.compile("ه(?=[اەوۇۆۈېىي])")
_NG_IN_TWO = "نگ"
_FRONT = {"a": "e", "o": "ö", "u": "ü"}


class Reading(NamedTuple):
    """One way to read a part. `units` are sounds of the hub, or signs; `written` is what stands there for each of them."""

    kind: Kind
    units: tuple[int, ...]
    written: tuple[str, ...]
    cost: float
    ending: str = ""
    """What was left away at its end, and is often left out."""
    form: str = ""
    """The part, where it was led to another form of one name."""

    @property
    def only_possible(self) -> bool:
        """Whether what rests on it is at most possible."""
        return bool(self.ending or self.form)


@lru_cache(maxsize=8192)
def readings(part: str) -> tuple[Reading, ...]:
    """The ways to read a part, the usual one first. There is none where it has no letter that is known."""
    ways = [way for way in _ways(part) if way.units]
    return (*ways, *(less for way in ways for less in _without_ending(way)), *_by_another_form(part, ways))


def _ways(part: str) -> Iterator[Reading]:
    if _HAN.search(part):
        shown = tuple(part[:LONGEST_READING])
        traditional = SELDOM_LETTERS * sum(each in simplified() for each in shown)
        yield Reading(Kind.SIGNS, tuple(map(sign_of, shown)), shown, traditional)
        yield Reading(Kind.SIGNS, tuple(sign_of(each, ELSEWHERE) for each in shown), shown, AS_ELSEWHERE + traditional)
    elif _ARABIC.search(part):
        yield _of_arabic(part.translate(_ALIKE))
    elif _CYRILLIC.search(part):
        found = _by_letters(Kind.SOUNDS, part, "cyrillic")
        russian = 0.0 if _TURKIC.search(part) else MAY_BE_RUSSIAN
        yield found._replace(cost=SELDOM_LETTERS * _seldom(part, found, _USUAL_CYRILLIC) + russian)
    else:
        found = _by_letters(Kind.SOUNDS, part, "latin")
        yield found._replace(cost=SELDOM_LETTERS * _seldom(part, found, _USUAL_LATIN))
        other = _by_letters(Kind.SOUNDS, part, "latin-elsewhere", "latin")
        if other.units != found.units:
            yield other._replace(cost=READ_ELSEWHERE)
        yield from _of_pinyin(part.replace("'", ""))


def _seldom(part: str, found: Reading, usual: frozenset[str]) -> int:
    """How many groups of letters are not usual for their sound in Uyghur, and how many letters have no sound."""
    groups = [letters for letters in found.written if letters]
    return sum(letters not in usual for letters in groups) + len(part) - len("".join(groups))


def _by_another_form(part: str, ways: list[Reading]) -> Iterator[Reading]:
    """The form to which a shortened or borrowed one is led: memet to muhemmet."""
    sounds = {sounds_of(way.units) for way in ways if way.kind == Kind.SOUNDS}
    for name in dict.fromkeys(_forms()[form] for form in (part, *sorted(sounds)) if form in _forms()):
        yield _by_letters(Kind.SOUNDS, name, "latin")._replace(cost=BY_ANOTHER_FORM, form=part)


@cache
def _forms() -> Letters:
    """Forms, as they sound or as they are written in characters, and the form to which each is led."""
    source = table("kinds.yaml")
    found: dict[str, str] = {}
    for name in source.named():
        for form in source.texts(name):
            sounds = sounds_of(_by_letters(Kind.SOUNDS, form, "latin").units)
            found[form if _HAN.search(form) else sounds] = name
    return found


def _without_ending(way: Reading) -> Iterator[Reading]:
    """The same without -jan, -gül, -ov: where enough is left to be a name."""
    if way.cost >= AS_ELSEWHERE:
        return
    spelled_out = "".join(way.written) if way.kind == Kind.SIGNS else sounds_of(way.units)
    for ending in _endings("characters" if way.kind == Kind.SIGNS else "sounds"):
        if spelled_out.endswith(ending) and len(way.units) - len(ending) >= SHORTEST_STEM[way.kind]:
            rest = len(way.units) - len(ending)
            left_away = "".join(way.written[rest:])
            yield Reading(way.kind, way.units[:rest], way.written[:rest], way.cost + WITHOUT_ENDING, left_away)
            return


@cache
def _endings(name: str) -> tuple[str, ...]:
    return tuple(sorted(table("endings.yaml").texts(name), key=len, reverse=True))


def _of_arabic(part: str) -> Reading:
    if "ٴ" in part:
        return _by_letters(Kind.SOUNDS, _with_e(part), "kazakh", turned=_FRONT)
    if _UYGHUR.search(part):
        seldom = part.count(_NG_IN_TWO)
        return _by_letters(Kind.SOUNDS, _with_e(part), "uyghur")._replace(cost=SELDOM_LETTERS * seldom)
    return _by_letters(Kind.CONSONANTS, part, "abjad")._replace(cost=SELDOM_LETTERS)


def _with_e(part: str) -> str:
    """Where the Arabic h was typed: for h before a vowel, else for the open e."""
    return _H_BEFORE_A_VOWEL.sub("ھ", part).replace("ه", "ە").replace("ة", "ە")


def _by_letters(kind: Kind, part: str, *names: str, turned: Letters | None = None) -> Reading:
    """By the tables of these names; a letter that they do not have has no sound. `turned`: sounds that are said otherwise."""
    letters, longest_first = _letters(*names)
    shown: list[str] = []
    sounds: list[str] = []
    for group in longest_first.findall(part):
        for number, sound in enumerate(letters[group]):
            sounds.append((turned or {}).get(sound, sound))
            shown.append(group if number == 0 else "")
    return Reading(kind, numbers("".join(sounds[:LONGEST_READING])), tuple(shown[:LONGEST_READING]), 0)


@cache
def _letters(*names: str) -> tuple[Letters, re.Pattern[str]]:
    """The letters of tables, the first of which goes before the others, and a pattern that finds the longest group first."""
    source = table("letters.yaml")
    known = {group: sound for name in reversed(names) for group, sound in source.letters(name).items()}
    return known, re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))


def _of_pinyin(letters: str) -> Iterator[Reading]:
    """Latin letters that are nothing but Mandarin syllables: the characters of a paper, spelled on a passport."""
    if len(letters) > LONGEST_READING or not _may_be_pinyin(letters):
        return
    for shown in islice(as_pinyin(letters), MOST_WAYS_TO_CUT):
        numbers = signs().numbers
        yield Reading(Kind.SIGNS, tuple(numbers[spelled(each)[0]] for each in shown), shown, AS_PINYIN)


def _may_be_pinyin(letters: str) -> bool:
    """Whether it can be cut into syllables at all: asked first, so that no long word is cut in every way."""
    ends = [True] + [False] * len(letters)
    for end in range(1, len(letters) + 1):
        ends[end] = any(ends[start] and spelled(letters[start:end]) for start in range(max(0, end - 6), end))
    return ends[-1]
