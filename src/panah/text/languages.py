"""In which language a passage is written: CLD2 where it is right, rules of our own for letters where it is not.

CLD2 has no class for Uyghur in Latin letters and takes it for Uzbek or Turkmen; it has none for Uyghur in Cyrillic, and
does not say in which script Kazakh is. Simplified and traditional Chinese are told apart by characters that only one has.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

import pycld2

from panah.text.commonest import COMMONEST
from panah.text.folding import simplified

MOST = 400
"""Characters that are looked at: those behind them seldom say anything else."""
LEAST, LEAST_HAN = 36, 4
"""Bytes of letters, and Chinese characters: of fewer nothing is said."""
LEAST_GUESSED = 24
"""Bytes of letters of which at least a guess is made."""
LEAST_UNSURE = 60
"""Bytes of letters of which CLD2's best guess is taken, where it is not sure."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]+")
_KANA = re.compile("[\u3041-\u30ff\uff66-\uff9f]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\ufb50-\ufdff\ufe70-\ufefc]")
_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_REFUSED = re.compile(f"[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_NO_CHARACTERS}]")
"""What CLD2 takes for no text."""

_TURKIC = frozenset({"", "az", "kk", "ky", "tg", "tk", "tr", "tt", "ug", "uz", "qu", "sq"})
"""Languages near Uyghur, and what it is taken for in letters that CLD2 does not know it in."""
_UYGHUR_LATIN = re.compile(r"gh|[öüëé]|liri|liq\b|luq\b|\b(?:we|hem|bilen|bolup|bolghan)\b")
_OTHER_LATIN = re.compile(r"[şçğıəňžɵ]|[og][ʻʼ‘’'`]|\b(?:va|bilan|ham|ve)\b")
_UYGHUR_CYRILLIC = re.compile("[қғ]")
_OTHER_CYRILLIC = re.compile("[іұыўҳӣӯҷ]")
"""Kazakh, Karakalpak, Tatar, Uzbek and Tajik have one of these in nearly every line, Uyghur none."""
_UYGHUR_1965 = re.compile("[ⱪⱨⱬƣ]")
"""Letters of the Latin alphabet that Uyghur had from 1965 to 1982."""
_RUSSIAN = re.compile("[ыэ]")
_NOT_RUSSIAN = re.compile("[ҐґІіЇїЄєЎўЈјЉЊЋЂљњћђѓќ\u0460-\u052f]")
_PLAINLY_ENGLISH = (" the ", " and ", " that ", " with ", " from ", " were ", " to ", " by ")
_LEAST_PLAIN, _RARELY = 100, 70
"""Where such a word stands in every so many characters, of so many or more, CLD2 was never seen to say anything but English."""
_FAR = re.compile("[^\x00-\u036f\u2000-\u206f]")
"""What is neither a Latin letter nor one of its signs."""
_SURELY_ENGLISH = re.compile(r"\b(?:the|of|and|to|is|was|that|for|with)\b")
_MISTAKEN = frozenset({"da", "en", "nb", "nn", "sr", "uk"})
"""What is said of Swedish, of Russian, and of a line full of English names."""
_SWEDISH, _DANISH = re.compile("[äö]"), re.compile("[æø]")
_LATIN_TONGUES = ("en", "de", "fr", "sv", "nl")

_TAGS = {"un": "", "iw": "he", "no": "nb", "zh": "zh-Hans", "zh-Hant": "zh-Hant"}


def language(raw: str) -> str:
    """The language of a passage as a BCP 47 tag, with its script where one language has several here; "" where not known.

    `ug-Arab`, `ug-Latn`, `ug-Cyrl`, `kk-Cyrl`, `kk-Arab`, `zh-Hans`, `zh-Hant` (`zh` where only characters of both
    stand); else the bare language: `en`. Of a mixed passage it is that of most of it.
    """
    return _tongue(raw[:MOST]).told


def likeliest(raw: str) -> str:
    """The language in which the words of a text are stemmed: where `language` would say nothing, the best guess there is.

    A wrong guess costs little: words are found as they stand in any case. "" where there is none: then all languages count.
    """
    return _tongue(raw[:MOST]).likeliest


class _Tongue(NamedTuple):
    """What is said of the language of a text, and what is guessed."""

    told: str
    likeliest: str


def _tongue(beginning: str) -> _Tongue:
    if _is_plainly_english(beginning):
        return _Tongue("en", "en")
    some = _plain_letters(beginning)
    if not some.isascii() and (han := "".join(_HAN.findall(some))) and _is_chinese(han, some):
        told = _chinese(han)
        return _Tongue(told, told)
    guess, unsure = _by_cld2(some)
    told = _by_letters(some.lower(), guess)
    return _Tongue(told, told or unsure)


def _is_plainly_english(some: str) -> bool:
    """Whether there is no need to ask CLD2, for which a passage takes longer than for all its words.

    Each third of it is looked at: a passage in another language may quote an English sentence.
    """
    if len(some) < _LEAST_PLAIN or (not some.isascii() and _FAR.search(some)):
        return False
    third = len(some) // 3
    thirds = (some[:third], some[third : 2 * third], some[2 * third :])
    counts = [sum(map(part.count, _PLAINLY_ENGLISH)) for part in thirds]
    return min(counts) > 0 and sum(counts) * _RARELY >= len(some)


def _plain_letters(some: str) -> str:
    """Old presentation forms of letters as the letters themselves."""
    return some if some.isascii() else normalize("NFKC", some)


def _is_chinese(han: str, some: str) -> bool:
    """Whether most of a text is Chinese: one character says about as much as three letters."""
    return len(han) >= LEAST_HAN and 4 * len(han) >= len(some) and not _KANA.search(some) and not _HANGUL.search(some)


def _chinese(han: str) -> str:
    table = simplified()
    traditional = sum(map(table.__contains__, han))
    plain = sum(map(_plain().__contains__, han))
    return "zh" if traditional == plain else "zh-Hant" if traditional > plain else "zh-Hans"


@cache
def _plain() -> frozenset[str]:
    """Characters that only simplified Chinese has, or that stand for several there."""
    return frozenset(simplified().values()) - simplified().keys()


def _by_cld2(some: str) -> tuple[str, str]:
    """What CLD2 says, "" where it is not sure enough; and its best guess, "" where there are too few letters for one."""
    text = some if some.isascii() and some.isprintable() else _REFUSED.sub(" ", some)
    sure, letters, guesses = pycld2.detect(text, bestEffort=True)
    tag = str(guesses[0][1])
    guess = _TAGS.get(tag, tag)
    is_told = letters >= LEAST and (sure or letters >= LEAST_UNSURE)
    return guess if is_told else "", guess if letters >= LEAST_GUESSED else ""


def _by_letters(some: str, guess: str) -> str:
    """What CLD2 may have mistaken, looked at once more."""
    if guess in _TURKIC:
        return _turkic(some, guess)
    return _european(some, guess) if guess in _MISTAKEN else guess


def _turkic(some: str, guess: str) -> str:
    """What is in a Turkic language, or may be, by the letters that tell them apart."""
    if guess in {"ug", "kk", "ky"} and _ARABIC.search(some):
        return ("kk" if guess == "ky" else guess) + "-Arab"
    if _UYGHUR_CYRILLIC.search(some) and "ә" in some and not _OTHER_CYRILLIC.search(some):
        return "ug-Cyrl"
    if guess in {"ug", "kk"}:
        return "kk-Cyrl" if guess == "kk" else "ug-Cyrl"
    return "ug-Latn" if _is_uyghur_latin(some) else guess or _european(some, guess)


def _is_uyghur_latin(some: str) -> bool:
    if len(some) < LEAST or not ("q" in some or "gh" in some):
        return bool(_UYGHUR_1965.search(some))
    return len(_UYGHUR_LATIN.findall(some)) > 2 * len(_OTHER_LATIN.findall(some)) + len(some) / 80


def _european(some: str, guess: str) -> str:
    """What CLD2 was not sure of, or may have taken for a neighbour: by letters, then by the commonest words."""
    if _RUSSIAN.search(some):
        return guess if _NOT_RUSSIAN.search(some) else "ru"
    if guess == "en":
        if _SURELY_ENGLISH.search(some):
            return guess
        if "gh" in some and _is_uyghur_latin(some):
            return "ug-Latn"
    elif _SWEDISH.search(some) and not _DANISH.search(some):
        return "sv"
    elif guess:
        return guess
    words = some.split()
    count, tag = max((sum(map(COMMONEST[each].__contains__, words)), each) for each in _LATIN_TONGUES)
    return tag if count > 1 and len(some) >= LEAST else guess
