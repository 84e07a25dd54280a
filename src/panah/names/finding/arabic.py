"""Names in Uyghur and Kazakh text in Arabic script, which has no capital letters: by the elements that they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

from panah.names.finding.keys import key, latin
from panah.names.finding.mention import Mention, mention
from panah.names.finding.remembering import Remembered
from panah.names.finding.tables import known, words
from panah.names.finding.words import LONGEST, Kind, element
from panah.names.finding.wrapping import BETWEEN_ELEMENTS, is_full
from panah.text import Orthography, orthography, peeled
from panah.text.folding import folded
from panah.text.scripts import UNSEEN

_INSIDE = "".join(sign for sign in UNSEEN if sign <= "\uffff")
_LETTERS = "\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06ee\u06ef\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc"
_WORD = re.compile(f"[{_LETTERS}][{_LETTERS}{_INSIDE}]++")
_ENDINGS = (("ug", "Arab"), ("kk", "Arab"))
_GAPS = frozenset({" ", "\u00a0", "-", "·"})
_NUMBER = re.compile(r"\d[-–]\Z")
"""A word behind a number is what is counted, and mostly the month, which sounds like names."""
_LEAST_ALONE = 4
"""Sounds of an element by which somebody is called alone."""


class _Sort(Enum):
    ALONE = auto()
    BESIDE = auto()
    FAMILY = auto()
    TITLE = auto()
    OTHER = auto()


class _Word(NamedTuple):
    """A word: what it is, how many of its characters are the name's, and whether it has an ending behind them."""

    sort: _Sort
    length: int
    ends: bool
    is_long: bool


@cache
def _known() -> Remembered[_Word]:
    return Remembered(_word)


def names_in(raw: str) -> list[Mention]:
    """The names in a text that has letters of Uyghur or Kazakh; in Arabic or Persian text none is looked for."""
    if orthography(raw) is not Orthography.UYGHUR:
        return []
    return [mention(raw, start, end) for start, end in _names(raw)]


def _names(raw: str) -> Iterator[tuple[int, int]]:
    row: list[tuple[int, int, _Word]] = []
    entitled = False
    for found in _WORD.finditer(raw):
        word = _known()[found[0]]
        start, end = found.start(), found.start() + word.length
        if row and (row[-1][2].ends or not _goes_on(raw, row[-1][1], start)):
            yield from _judged(row, entitled=entitled)
            row, entitled = [], False
        if word.sort in {_Sort.ALONE, _Sort.BESIDE, _Sort.FAMILY} and not _NUMBER.search(raw, max(0, start - 3), start):
            row.append((start, end, word))
            continue
        yield from _judged(row, entitled=entitled or word.sort is _Sort.TITLE)
        row, entitled = [], word.sort is _Sort.TITLE
    yield from _judged(row, entitled=entitled)


def _goes_on(raw: str, end: int, start: int) -> bool:
    """Whether what stands between two words may stand between two parts of a name."""
    gap = raw[end:start]
    return gap in _GAPS or (gap.strip(" \r") == "\n" and is_full(raw, end, BETWEEN_ELEMENTS))


def _judged(row: list[tuple[int, int, _Word]], *, entitled: bool) -> Iterator[tuple[int, int]]:
    """A row of elements as one name, where one of them is a name by itself, or a title stands beside them."""
    alone = any(word.sort in {_Sort.ALONE, _Sort.FAMILY} for *_, word in row)
    if row and len(row) <= _MOST and (entitled or (alone and (len(row) > 1 or row[0][2].is_long))):
        yield row[0][0], row[-1][1]


_MOST = 4
"""Elements of a name: its own, the father's, the grandfather's, and an ending written apart."""


def _word(word: str) -> _Word:
    form = folded(word, Orthography.UYGHUR)
    if not form or len(word) > LONGEST:
        return _Word(_Sort.OTHER, len(word), ends=False, is_long=False)
    stems = [form, *(stem for language, script in _ENDINGS for stem in peeled(form, language, script))]
    if not any(stem in known().arabic or _lists().get(stem) is _Sort.OTHER for stem in stems):
        for stem in stems:
            if (sort := _sort(stem)) is not _Sort.OTHER:
                length = len(word) - (len(form) - len(stem) if len(form) == len(word) else 0)
                return _Word(sort, length, ends=stem != form, is_long=len(key(stem)) >= _LEAST_ALONE)
    return _Word(_Sort.OTHER, len(word), ends=False, is_long=False)


def _sort(form: str) -> _Sort:
    if form in _lists():
        return _lists()[form]
    found = element(key(form))
    if found in {Kind.ALONE, Kind.BESIDE}:
        return _Sort.ALONE if found is Kind.ALONE else _Sort.BESIDE
    return _Sort.FAMILY if _family().search(latin(form)) else _Sort.OTHER


@cache
def _lists() -> dict[str, _Sort]:
    lists = {"arabic_ordinary": _Sort.OTHER, "arabic_beside": _Sort.BESIDE, "arabic_titles": _Sort.TITLE}
    return {
        folded(word, Orthography.UYGHUR): sort for key_, sort in lists.items() for word in words("around.yaml", key_)
    }


@cache
def _family() -> re.Pattern[str]:
    return re.compile("^o[gk]h?li$|^[kg]i?zi$|.{3}(?:ov|ova|ev|eva|yev|yeva)$")
