"""One form for words that a reader takes for the same word.

Marks are never stripped after a canonical decomposition: that would take the hamza off ئ and the breve off й. What is
folded is listed here, letter by letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from panah.text.scripts import APOSTROPHE_LETTERS, APOSTROPHES, UNSEEN, Orthography

_TATWEEL = "\u0640"
_FOOTNOTE_NUMBERS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_UNSEEN = dict.fromkeys(map(ord, UNSEEN + _TATWEEL + _FOOTNOTE_NUMBERS))
_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES + APOSTROPHE_LETTERS))
_POINTS = dict.fromkeys(
    chain(
        (*range(0x0610, 0x061B), *range(0x064B, 0x0653), *range(0x0656, 0x0660), 0x0670, *range(0x06D6, 0x06DD)),
        range(0x0300, 0x0370),  # vowel points; accents that no composed letter took up
    )
)

_ARABIC_LETTERS = {
    "ي": "ى", "ی": "ى", "ے": "ى",
    "ک": "ك",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
    "ؤ": "و",
}  # fmt: skip
"""Letters that are one letter to a reader, in every language."""

_H = {
    Orthography.ARABIC: {"ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه"},
    Orthography.UYGHUR: {"ة": "ە", "ه": "ە", "ہ": "ھ"},
}

_LEGACY_H = {0xFEE9: "ە", 0xFEEA: "ە", 0xFEEB: "ھ", 0xFEEC: "ھ"}
"""Old Uyghur fonts: the isolated and final shapes of ه stand for ە, the initial and medial ones for ھ."""

_LATIN_ALONE = {
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ħ": "h",
    "ŋ": "ng",
    "ə": "e",
}
_CYRILLIC = {"ё": "е", "ѐ": "е", "ѝ": "и"}


def _latin() -> dict[str, str]:
    """Every composed Latin letter and the letter it is typed as without its marks."""
    letters = {}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        bare = unicodedata.normalize("NFD", chr(code).casefold())
        letters[chr(code)] = "".join(character for character in bare if not unicodedata.combining(character))
    return letters | _LATIN_ALONE


@cache
def simplified() -> dict[str, str]:
    """Traditional Chinese characters, and the simplified ones that they are folded into. Made by `make data` from OpenCC."""
    traditional, plain = Path(__file__).with_name("simplified.txt").read_text(encoding="utf-8").splitlines()
    return dict(zip(traditional, plain, strict=True))


def _table(orthography: Orthography) -> Mapping[int, str | None]:
    letters = _latin() | _ARABIC_LETTERS | _CYRILLIC | _H[orthography] | simplified()
    return {ord(letter): folded for letter, folded in letters.items()} | _UNSEEN | _APOSTROPHES | _POINTS


_TABLES = {orthography: _table(orthography) for orthography in Orthography}
_BEFORE = {
    Orthography.ARABIC: _UNSEEN,
    Orthography.UYGHUR: _UNSEEN | _LEGACY_H,
}


def folded(word: str, orthography: Orthography) -> str:
    """The form under which `word` is found: NFKC, case-folded, one letter for each group of equivalent letters.

    It may be empty, where nothing but marks was given, and of another length than `word`.
    """
    if word.isascii():
        return word.lower().translate(_APOSTROPHES) if "'" in word or "`" in word else word.lower()
    plain = unicodedata.normalize("NFKC", word.translate(_BEFORE[orthography]))
    return plain.casefold().translate(_TABLES[orthography]).replace(" ", "")


def forms(word: str) -> tuple[str, ...]:
    """Every form that `word` may have in a text whose language is not known yet: the likeliest first."""
    meant = dict.fromkeys([folded(word, Orthography.UYGHUR)])
    if "ه" in (plain := unicodedata.normalize("NFKC", word)):
        meant[folded(plain.replace("ه", "ھ"), Orthography.UYGHUR)] = None
    meant[folded(word, Orthography.ARABIC)] = None
    return tuple(form for form in meant if form)
