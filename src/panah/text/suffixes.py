"""Endings of Uyghur, Kazakh, Kyrgyz and Uzbek taken off words: case, possession and plural, and nothing else.

Written from the grammars of these languages, which agree on the order: stem, plural, possessive, case. Letters are those
that folding leaves. Three letters of a word stay at least, and an ending with a back vowel is not taken off a stem whose
last vowel is a front one, nor the other way round, where the language has that harmony.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

LEAST = 3
"""So many letters of a word are left; one more where the ending is a single letter."""
_ROUNDS = 2
"""A case may stand behind a case, as in “of those in the camp”: so often is the order gone through."""


class Endings(NamedTuple):
    """What a language puts behind its words, in one script."""

    groups: tuple[tuple[str, ...], ...]
    """The last endings first. Of each group at most one is taken off, the longest that fits."""
    vowels: str
    back: str = ""
    front: str = ""
    """Vowels that do not stand with those of `back` in one word."""
    devoiced: Mapping[int, str | None] = {}
    """Last letters of a stem that has an ending, and what they are without one; a soft sign has no place before one."""
    raised: Mapping[int, str | None] = {}
    """Vowels of the last syllable of a stem that has no ending, and what they are with one."""


def stripped(word: str, endings: Endings) -> str:
    """The stem of a folded word: no dictionary may have it, but the forms of one word share it."""
    stem = word
    for _ in range(_ROUNDS):
        for group in endings.groups:
            stem = _without(stem, group, endings)
    stem = stem[:-1] + stem[-1].translate(endings.devoiced)
    if endings.raised and sum(letter in endings.vowels for letter in stem) > 1:
        stem = stem[:-2] + stem[-2:].translate(endings.raised)
    return stem


def peeled(form: str, language: str, script: str) -> list[str]:
    """A folded word with one ending after the other taken off, in the order of `stripped`: each is its beginning.

    `language` and `script` are codes of ISO 639-1 and 15924. Where no endings of a language are known, nothing is taken off.
    """
    endings = ENDINGS.get((language, script))
    if endings is None:
        return []
    found = [form]
    for group in endings.groups * _ROUNDS:
        stem = _without(found[-1], group, endings)
        if stem != found[-1]:
            found.append(stem)
    return found[1:]


def _without(word: str, group: tuple[str, ...], endings: Endings) -> str:
    for ending in group:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            if len(stem) >= LEAST + (len(ending) == 1) and _agree(stem, ending, endings):
                return stem
    return word


def _agree(stem: str, ending: str, endings: Endings) -> bool:
    """Whether a stem has a vowel at all, and its last one goes together with the ending's first."""
    last = next((letter for letter in reversed(stem) if letter in endings.vowels), None)
    first = next((letter for letter in ending if letter in endings.vowels), None)
    if last is None or first is None:
        return last is not None
    return not ((last in endings.back and first in endings.front) or (last in endings.front and first in endings.back))


def _groups(written: str) -> tuple[tuple[str, ...], ...]:
    """Groups parted by strokes, of endings parted by spaces; [ae] stands for either. The longest stand first."""
    return tuple(
        tuple(
            sorted({each for ending in group.split() for each in _either(ending)}, key=lambda each: (-len(each), each))
        )
        for group in written.split("|")
    )


def _either(ending: str) -> list[str]:
    bracket = re.search(r"\[(.+?)\]", ending)
    if bracket is None:
        return [ending]
    return [each for letter in bracket[1] for each in _either(ending.replace(bracket[0], letter, 1))]


def _letters(these: str, those: str) -> dict[int, str | None]:
    return {ord(one): other for one, other in zip(these, those, strict=True)}


_NO_SOFT_SIGN: dict[int, str | None] = {ord("ь"): None}

_KAZAKH = (
    "[дт][ае] нд[ае] [дт]а[ғ]ы [дт]егі ндағы ндегі [днт][ае]н [ғқ]а [гк]е н[ае] [дтн][ыі]ң [дтн][ыі]"
    " ын ін сын сін [мбп]ен [мбп]енен|"
    "[ыі]м[ыі]з м[ыі]з [ыі]ң[ыі]з ң[ыі]з [ыі]м [ыі]ң с[ыі] [ыі]|"
    "[лдт][ае]р"
)
_KYRGYZ = (
    "[дт][аеоө] нд[аеоө] [дт]агы [дт]еги [дт]огу [дт]өгү ндагы ндеги [днт][аеоө]н [гкн][аеоө] [дтн][ыиуү]н [дтн][ыиуү]"
    " [ыиуү]н с[ыиуү]н|"
    "[ыиуү]б[ыиуү]з б[ыиуү]з [ыиуү]ң[ыиуү]з [ыиуү]м [ыиуү]ң с[ыиуү] [ыиуү]|"
    "[лдт][аеоө]р"
)
_UZBEK = "da dan [gkq]a ni ning dagi gacha|imiz miz ingiz ngiz im ing si i|lar"
_UYGHUR = (
    "[دت][اە] [دت]ىن غا گە ق[اە] كە نى نىڭ [دت]ىكى غىچە گىچە قىچە كىچە دەك تەك|"
    "ىمىز مىز ىڭىز ىڭلار [ىۇۈ]م [ىۇۈ]ڭ سى ى|"
    "ل[اەى]ر"
)
_UYGHUR_TO_LATIN = str.maketrans(
    dict(
        zip(
            "اەىۇۈدتنكقگلرمسزڭغچ",
            ["a", "e", "i", "u", "u", "d", "t", "n", "k", "q", "g", "l", "r", "m", "s", "z", "ng", "gh", "ch"],
            strict=True,
        )
    )
)
_UYGHUR_TO_CYRILLIC = str.maketrans("اەىۇۈدتنكقگلرمسزڭغچ", "аәиуүдтнкқглрмсзңғч")
_UZBEK_TO_CYRILLIC = str.maketrans("adegikqlmnrsczo", "адегикқлмнрсчзо")
_KAZAKH_TO_ARABIC = str.maketrans("аеыіғгқкңндтлрмбпсз", "اەىىعگقكڭندتلرمبپسز")

ENDINGS: Mapping[tuple[str, str], Endings] = {
    ("kk", "Cyrl"): Endings(
        _groups(_KAZAKH), vowels="аәеёиоөуұүыіэюя", back="аоұы", front="әеөүі", devoiced=_letters("бгғ", "пкқ") | _NO_SOFT_SIGN
    ),
    ("kk", "Arab"): Endings(
        _groups(_KAZAKH.translate(_KAZAKH_TO_ARABIC)), vowels="اەىوۇۋ", devoiced=_letters("بگع", "پكق")
    ),
    ("ky", "Cyrl"): Endings(
        _groups(_KYRGYZ), vowels="аеёиоөуүыэюя", back="аоуы", front="еиөүэ", devoiced=_letters("бг", "пк") | _NO_SOFT_SIGN
    ),
    ("uz", "Latn"): Endings(_groups(_UZBEK), vowels="aeiou"),
    ("uz", "Cyrl"): Endings(
        _groups(_UZBEK.replace("ng", "нг").replace("ch", "ч").translate(_UZBEK_TO_CYRILLIC)), vowels="аеиоуўэюя",
        devoiced=_NO_SOFT_SIGN,
    ),
    ("ug", "Arab"): Endings(
        _groups(_UYGHUR), vowels="اەېىوۇۆۈ", back="اوۇ", front="ەۆۈ", raised=_letters("اە", "ىى")
    ),
    ("ug", "Latn"): Endings(
        _groups(_UYGHUR.translate(_UYGHUR_TO_LATIN)), vowels="aeiou", raised=_letters("ae", "ii")
    ),
    ("ug", "Cyrl"): Endings(
        _groups(_UYGHUR.translate(_UYGHUR_TO_CYRILLIC)), vowels="аәеиоуүө", back="аоу", front="әөү",
        raised=_letters("аә", "ии"), devoiced=_NO_SOFT_SIGN,
    ),
}  # fmt: skip
"""By language and script (ISO 639-1, ISO 15924)."""
