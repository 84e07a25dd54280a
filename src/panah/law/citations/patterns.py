"""The patterns by which provisions are found, made of the words of the grammar and the names of the instruments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from panah.law.citations.loading import grammar, instruments
from panah.law.citations.model import Grammar, Unit

DASH = "[-‐‑‒–—−]"
_SECTION = r"\d{1,3}(?:\s?[a-z](?!\w))?"
_ROW = rf"{_SECTION}(?:(?:\s?{DASH}\s?|,\s?|\s(?:och|samt|eller)\s){_SECTION}){{0,6}}"
_NO = r"(?:[Nn]o\.?|[Nn]r\.?|[Nn][°º])"


class Patterns(NamedTuple):
    """What is looked for, compiled once."""

    act: re.Pattern[str]
    """An act of the Union: its `kind`, and its two numbers."""
    unit: re.Pattern[str]
    """The `word` for a unit up to its number, with its `chapter` before it."""
    unit_words: tuple[str, ...]
    row: re.Pattern[str]
    """The numbers of Swedish sections up to their sign, with their `chapter` before them."""
    number: re.Pattern[str]
    paragraph: re.Pattern[str]
    point: re.Pattern[str]
    passed: re.Pattern[str]
    """What is more precise than a point and passed over: a sentence, “and following”."""
    link: re.Pattern[str]
    """What stands between two provisions of a list; in its group `to` where all between them are meant."""
    again: re.Pattern[str]
    """The word for a unit, once more."""
    behind: re.Pattern[str]
    """The instrument behind its provisions: an act, or the `name` of one."""
    before: re.Pattern[str]
    """The instrument before its provisions."""
    unit_of: Mapping[str, Unit]
    letters: Mapping[str, str]
    """The letter that CELEX has for a kind of act."""
    named: Mapping[str, Sequence[str]]
    """The ids of the instruments that are called so."""


@cache
def patterns() -> Patterns:
    """Those of what is shipped. Raises `CitationsBroken`."""
    words = grammar()
    named: dict[str, list[str]] = {}
    for one in instruments().values():
        for name in one.names:
            named.setdefault(plain(name), []).append(one.id)
    known = rf"(?:{_act(words)}|(?P<name>{_any(named)})(?!\w))"
    units = _any(word for kind in words.units.values() for word in kind)
    of, before, tail = (_any(words.words[kind]) for kind in ("of", "before", "behind"))
    return Patterns(
        act=re.compile(_act(words)),
        unit=re.compile(rf"(?:ch(?:apter|\.)\s?(?P<chapter>\d{{1,2}}[a-z]?),?\s{{0,2}})?(?P<word>{units})\s{{0,2}}\Z"),
        unit_words=tuple({word for kind in words.units.values() for word in kind}),
        row=re.compile(rf"(?:(?P<chapter>\d{{1,2}}(?:\s?[a-z])?)\s{{0,2}}[Kk]ap\.?\s{{1,2}})?(?P<row>{_ROW})\s?\Z"),
        number=re.compile(r"(1\s?[A-F](?![a-z])|\d{1,3}(?:bis|ter|quater|[a-zA-F])?)(?![\w/])(?!\s?kap\b)"),
        paragraph=_paragraph(words),
        point=_point(words),
        passed=re.compile(rf",?\s?(?:{_any(words.words['passed'])})(?!\w)(?:\s?\d{{1,2}}(?!\w))?"),
        link=_link(words),
        again=re.compile(rf"(?P<word>{units})\s{{0,2}}(?=\d)"),
        behind=re.compile(rf"[\s,]{{0,3}}\(?(?:(?:{of})\s{{0,3}})?[“”\"„«]?{known}"),
        before=re.compile(rf"{known}[“”\"»]?(?:\s(?:{tail})){{0,2}}[\s,:;(]{{0,4}}(?:(?:{before})\s{{1,3}})?\Z"),
        unit_of={word: kind for kind in reversed(Unit) for word in words.units[kind]},
        letters={called: letter for letter, kinds in words.acts.items() for called in kinds},
        named=named,
    )


def plain(words: str) -> str:
    """Words with one kind of space and of apostrophe."""
    return " ".join(words.split()).replace("'", "’")


def _any(words: Iterable[str]) -> str:
    """Any of some words, the longest first; a space in one stands for any space."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}").replace("’", "['’]") for word in ordered)


def _act(words: Grammar) -> str:
    kinds = _any(called for kinds in words.acts.values() for called in kinds)
    community = r"\((?:EU|EC|EG|EEC|EWG|EEG|CE|CEE|UE|EF|EØF)(?:,\s?Euratom)?\)"
    suffix = r"/(?:EU|EC|EG|EEC|EWG|EEG|CE|CEE|UE|EF|EØF|JHA|JI|RIF|GASP|CFSP)"
    numbers = r"(?P<one>\d{1,4})/(?P<other>\d{1,4})"
    return rf"(?P<kind>{kinds})\s{{1,3}}(?:{community}\s{{0,2}})?(?:(?P<no>{_NO})\s{{0,2}})?{numbers}(?:{suffix})?(?![\w/])"


def _paragraph(words: Grammar) -> re.Pattern[str]:
    """In brackets, behind a point, behind its word, or by an ordinal before it."""
    called = _any(words.words["paragraph"])
    return re.compile(
        rf"\s?\(\s?(\d{{1,2}}[a-z]?)\s?\)|\.(\d{{1,2}})(?![\w/])|,?\s?(?:{called})\s?(\d{{1,2}}[a-z]?)(?!\w)"
        rf"|,?\s({_any(words.ordinals)})\s(?:{called})(?!\w)|\s(\d)\s(?:st\.|stycket)(?!\w)"
    )


def _point(words: Grammar) -> re.Pattern[str]:
    """In brackets, behind its word, or a letter alone before “in” and “of”."""
    called = _any(words.words["point"])
    return re.compile(
        rf"\s?\(\s?([a-z]{{1,4}})\s?\)|,?\s?(?:{called})\s?\(?([a-z]{{1,2}}|\d{{1,2}})\)?(?!\w)"
        r"|\s([a-h])(?=\s(?:i|av|of|der|och|EMRK|AsylG)\s)"
    )


def _link(words: Grammar) -> re.Pattern[str]:
    to, both = _any(words.words["to"]), _any(words.words["and"])
    return re.compile(rf"(?:,?\s{{0,2}}(?:(?P<to>(?:{to})(?!\w)|{DASH})|(?:{both})(?!\w)|[&/])|,)\s{{0,2}}")
