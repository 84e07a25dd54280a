"""Which characters make words, and in which scripts words are not parted by spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from itertools import chain


def _characters(*codes: Iterable[int]) -> str:
    return "".join(map(chr, chain(*codes)))


def _as_ranges(characters: Iterable[str]) -> str:
    """For a class of a pattern. Beyond the Basic Multilingual Plane characters are compared one by one, ranges at once."""
    ranges: list[list[int]] = []
    for code in sorted(map(ord, set(characters))):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


_LAST_NEAR = "\uffff"
"""The last character of the Basic Multilingual Plane."""

UNSEEN = _characters(
    (0x00AD, 0x034F, 0x061C, 0x2060, 0xFEFF),
    (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)),
)
"""What nobody sees inside a word: soft hyphen, joiners, marks of direction, selectors of another shape of a letter."""

APOSTROPHES = "'`´‘’‛′＇"
"""What people type for an apostrophe, and for a quotation mark that hangs on a word."""

APOSTROPHE_LETTERS = "ʹʻʼʽʾʿˈˊˋ՚"
"""Letters that look like an apostrophe, and that are often typed as one or not at all: Oʻzbekiston, Qurʾān."""


@cache
def marks() -> str:
    """The marks that stand on, under or in a letter, of every script."""
    return "".join(sign for sign in map(chr, range(0x300, 0x20000)) if unicodedata.category(sign)[0] == "M")


_UNSPACED_NEAR = (
    "\u0e01-\u0e4e\u0e81-\u0edf\u1000-\u109f\u1780-\u17d3"  # Thai, Lao, Myanmar, Khmer
    "\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3041-\u30ff\u31f0-\u31ff"  # radicals, numerals, kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"  # Han, half-width kana
)
_UNSPACED_FAR = "\U0001b000-\U0001b16f\U00020000-\U0003fffd"  # kana and Han beyond the Basic Multilingual Plane
_UNSPACED = _UNSPACED_NEAR + _UNSPACED_FAR

UNSPACED = re.compile(f"[{_UNSPACED}][{_UNSPACED}{_as_ranges(UNSEEN)}]*")
"""A run of a script written without spaces, whose words are found by single characters and by overlapping pairs."""


LINE_END = (
    r"(?=[-\u2010\r\n])(?<=[^\W\d_])(?<!\b[Nn]on)(?<!\b[Ss]elf)(?<!\b[Aa]nti)(?:(?<=\u00ad)|[-\u2010])\r?\n[ \t]*"
    r"(?=[^\W\d_])(?![A-Z\u00c0-\u00de\u0400-\u042f])"
)
"""A hyphen at the end of a line inside a word, which goes on with a small letter. What is written with one anyway keeps it."""


@cache
def run() -> re.Pattern[str]:
    """A run of characters without a space or a sign between them; `words.pieces` parts it further.

    A class whose characters are all in the Basic Multilingual Plane is looked up, one with others is tried range by range:
    so the others stand apart, and are tried only where such a character is. Made when it is first needed: a command that
    takes no words apart need not wait for it.
    """
    inside = marks() + UNSEEN + APOSTROPHES + APOSTROPHE_LETTERS
    near = rf"[\w{_as_ranges(c for c in inside if c <= _LAST_NEAR)}{_UNSPACED_NEAR}]"
    far = rf"(?=[^\u0000-{_LAST_NEAR}])[{_as_ranges(c for c in inside if c > _LAST_NEAR)}{_UNSPACED_FAR}]"
    solid = f"(?:{near}|{far}){near}*(?:{far}{near}*)*"
    return re.compile(f"{solid}(?:{LINE_END}{solid})*")


class Orthography(StrEnum):
    """Whose Arabic letters these are. One shape can be two letters: ه is h in Arabic, and in Uyghur often typed for ە."""

    ARABIC = "arabic"
    UYGHUR = "uyghur"


_UYGHUR_LETTERS = re.compile("[\u06c6-\u06c8\u06cb\u06d0\u06d5\u06ad\ufbd3-\ufbdf\ufbe4-\ufbe7]")
"""ۆ ۇ ۈ ۋ ې ە ڭ and their presentation forms: no Arabic or Persian text has them."""


def orthography(raw: str) -> Orthography:
    """Whose Arabic letters `raw` is written in, told by letters that only Uyghur (and Kazakh, Kyrgyz, Kurdish) has."""
    return Orthography.UYGHUR if not raw.isascii() and _UYGHUR_LETTERS.search(raw) else Orthography.ARABIC
