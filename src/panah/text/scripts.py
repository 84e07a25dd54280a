"""Which characters make words, and in which scripts words are not parted by spaces."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

JOINERS = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""Unseen inside words: soft hyphen, joiners, marks of direction. Written as the inside of a character class."""

APOSTROPHES = "'\u0060\u00b4\u02b9\u02bb-\u02bf\u02c8\u02ca\u02cb\u2018\u2019\u201b\u2032\u055a\uff07"
"""What people type for an apostrophe inside a word. Written as the inside of a character class."""

_MARKS = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)).startswith("M"))

RUN = re.compile(rf"[\w{re.escape(_MARKS)}{JOINERS}{APOSTROPHES}]+")
"""A run of characters without a space or a sign between them; `words.pieces` parts it further."""

UNSPACED = re.compile(
    "["
    "\u0e01-\u0e4e\u0e81-\u0edf\u1000-\u109f\u1780-\u17d3"  # Thai, Lao, Myanmar, Khmer
    "\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3041-\u30ff\u31f0-\u31ff"  # radicals, numerals, kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"  # Han, half-width kana
    "\U0001b000-\U0001b16f\U00020000-\U0003fffd"  # kana and Han beyond the Basic Multilingual Plane
    "]+"
)
"""A run of a script written without spaces, whose words are found by single characters and by overlapping pairs."""


class Orthography(StrEnum):
    """Whose Arabic letters these are. One shape can be two letters: ه is h in Arabic, and in Uyghur often typed for ە."""

    ARABIC = "arabic"
    UYGHUR = "uyghur"


_UYGHUR_LETTERS = re.compile("[\u06c6-\u06c8\u06cb\u06d0\u06d5\u06ad\ufbd3-\ufbdf\ufbe4-\ufbe7]")
"""ۆ ۇ ۈ ۋ ې ە ڭ and their presentation forms: no Arabic or Persian text has them."""


def orthography(raw: str) -> Orthography:
    """Whose Arabic letters `raw` is written in, told by letters that only Uyghur (and Kazakh, Kyrgyz, Kurdish) has."""
    return Orthography.UYGHUR if _UYGHUR_LETTERS.search(raw) else Orthography.ARABIC
