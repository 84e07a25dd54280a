"""The key under which the spellings of one element of a name meet, whatever script they are in.

It leaves out what spellings of one name differ in most: which a or e, which o or u, whether h is written x, whether a letter
is doubled, whether the last one is voiced. It says only that a word may be an element of a name; whether two names are one,
`names.compare` says.
"""

from __future__ import annotations

import re
from itertools import chain

from panah.names.finding.tables import words

_CYRILLIC = dict(
    zip(
        map(ord, "абвгғдеёжҗзийкқлмнңоөпрстуұүфхһцчшщъыьэюяәіўҳӣӯҷѓѝ"),
        "a b v g g d e e j j z i i k k l m n n o o p r s t u u u f h h ts c sh sh . i . e yu ya e i u h i u j g i".split(),
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        map(ord, "اەبپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىعحهٵەۅئ"),
        "a e b p t j c h d r z j s sh g f k k g n l m n h o u o u v e i g h h a e o .".split(),
        strict=True,
    )
)
_LATIN = {ord(letter): other for letter, other in zip("xqwäëéöüñğçşžıİəøåıə", "hkveeeouxgcsjiieoaie", strict=True)}
_TO_LATIN: dict[int, str | None] = {
    code: None if letters == "." else letters for code, letters in chain(_CYRILLIC.items(), _ARABIC.items())
}
_TO_LATIN |= _LATIN
_GROUPS = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("gh|g'", "g"), ("[kh]h", "h"), ("zh|dj|dzh", "j"), ("ph", "f"), ("ck", "k"), ("ch|tch", "c"), ("ou|oo", "u"),
        ("ee", "i"), ("yy|iy|yi|ij", "i"), ("sh|sch", "s"), ("ng", "n"),
    )
]  # fmt: skip
_SIGNS = re.compile("[^a-z]")
_VOWELS = str.maketrans("eoy", "aui")
_DOUBLED = re.compile(r"(.)\1+")
_LAST = {"b": "p", "f": "p", "v": "p", "d": "t", "g": "k"}


def latin(form: str) -> str:
    """A word in small letters of any of these scripts, letter by letter in Latin ones."""
    return form if form.isascii() else form.translate(_TO_LATIN).translate(_LATIN)


def key(form: str) -> str:
    """The key of a word in small letters; empty where it has none of these scripts' letters."""
    plain = latin(form)
    for pattern, letters in _GROUPS:
        plain = pattern.sub(letters, plain)
    plain = _DOUBLED.sub(r"\1", _SIGNS.sub("", plain.translate(_LATIN)).translate(_VOWELS))
    return plain[:-1] + _LAST.get(plain[-1:], plain[-1:])
