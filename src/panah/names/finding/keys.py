"""The key under which the spellings of one element of a name meet, whatever script they are in.

It leaves out what spellings of one name differ in most: which a or e, which o or u, whether h is written x, whether a letter
is doubled, whether the last one is voiced. It says only that a word may be an element of a name; whether two names are one,
`names.compare` says.
"""

from __future__ import annotations

import re
from functools import cache

from panah.names.tables import table

_SIGNS = re.compile("[^a-z]")
_VOWELS = str.maketrans("eoy", "aui")
_DOUBLED = re.compile(r"(.)\1+")
_LAST = {"b": "p", "f": "p", "v": "p", "d": "t", "g": "k"}


@cache
def _letters() -> tuple[dict[int, str], dict[int, str]]:
    """Letters of other scripts in Latin ones, and Latin letters as those that they are taken for."""
    source = table("sounding.yaml")
    others = {**source.letters("cyrillic"), **source.letters("arabic")}
    return {ord(letter): said for letter, said in others.items()}, {
        ord(letter): said for letter, said in source.letters("latin").items()
    }


@cache
def _groups() -> list[tuple[str, str]]:
    return list(table("sounding.yaml").letters("groups").items())


def latin(form: str) -> str:
    """A word in small letters of any of these scripts, letter by letter in Latin ones."""
    if form.isascii():
        return form
    others, accented = _letters()
    return form.translate(others).translate(accented)


def key(form: str) -> str:
    """The key of a word in small letters; empty where it has none of these scripts' letters."""
    plain = latin(form)
    for group, letter in _groups():
        plain = plain.replace(group, letter)
    plain = _SIGNS.sub("", plain.translate(_letters()[1])).translate(_VOWELS)
    plain = _DOUBLED.sub(r"\1", plain)
    return plain[:-1] + _LAST.get(plain[-1:], plain[-1:])
