"""What the forms of one word have in common, language by language.

Snowball's stems for languages that it knows well; for Uyghur, Kazakh, Kyrgyz and Uzbek our own `suffixes`. Stems are taken
of folded forms, so that what is typed without its marks has the same one. A German, Swedish or Dutch word is found by its
last parts too: Lager in Umerziehungslager.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

import Stemmer

from panah.text.suffixes import ENDINGS, stripped

MARK = "·"
"""Stands between a language and a stem."""
MOST_KNOWN = 100_000
"""So many words are known by heart, of each language."""
LONGEST_KNOWN = 40
"""Characters of what is worth being known so: longer ones seldom come again."""

_SNOWBALL = {
    "en": "english", "de": "german", "fr": "french", "sv": "swedish", "nl": "dutch", "ru": "russian", "tr": "turkish",
    "ar": "arabic",
}  # fmt: skip
_SCRIPTS = {
    "Latn": ("en", "de", "fr", "sv", "nl", "tr", "uz", "ug"),
    "Cyrl": ("ru", "kk", "ky", "uz", "ug"),
    "Arab": ("ar", "ug", "kk"),
}
_STEMMED = frozenset(language for languages in _SCRIPTS.values() for language in languages)
_LONGEST = 60
"""Letters of a word that may be a compound: a longer one is none."""

_COMPOUNDING = frozenset({"de", "sv", "nl"})
"""Languages that write a compound as one word."""
_VOWELS = "aeiouy"
_FIRST_PART = re.compile(f"[^{_VOWELS}]*[{_VOWELS}]+.")
_ONSET = re.compile(f"([^{_VOWELS}]*)[{_VOWELS}]")
_ONSETS = frozenset(
    re.findall(
        r"\w+",
        "b bl br c ch chr d dr f fl fr g gl gn gr h j k kl kn kr l m n p pf pl pr qu r s sch schl schm schn schr"
        " schw sj sk skj skr sl sm sn sp spr st str sv t tr v vr w wr z zw",
    )
)
"""Consonants that words of these languages begin with."""
_BEFORE_VOWEL = "sdr"
"""Consonants after which a part may begin with a vowel: Zwangsarbeit, Jugendarrest, Kinderarbeit."""
_LEAST_PART = 4


class Stems:
    """The stems of one language in one script."""

    def __init__(self, language: str, script: str) -> None:
        self._language = language
        self._stem = _stemmer(language, script)

    def term(self, form: str) -> str:
        """`LANG·stem` of a folded word."""
        return self._language + MARK + (self._stem(form) or form)

    def terms(self, form: str) -> Iterator[str]:
        """That of a word of a text, and those of the parts that it may end in."""
        yield self.term(form)
        if self._language in _COMPOUNDING and len(form) <= _LONGEST:
            yield from map(self.term, _last_parts(form))


@cache
def stems_in(language: str, script: str) -> Stems:
    """The stems of a language in a script."""
    return Stems(language, script)


def languages_of(form: str, language: str) -> Iterator[Stems]:
    """In which languages a word has stems: in that of its text, or where that is not known, in each of its script."""
    script = _script(form)
    for each in _SCRIPTS.get(script, ()):
        if not language or each == language:
            yield stems_in(each, script)


def stems_of(forms: Iterable[str], language: str) -> list[str]:
    """The terms of all these words of a text in this language (BCP 47), "" where it is not known."""
    primary = language.partition("-")[0]
    if primary and primary not in _STEMMED:
        return []
    return " ".join(map(_known(primary).__getitem__, forms)).split()


def stems_meant(form: str) -> tuple[str, ...]:
    """The stem that a word which somebody types would have, in each language of its script."""
    return tuple(stems.term(form) for stems in languages_of(form, ""))


class Stemmed(dict[str, str]):
    """The terms of what stands between two spaces in a text of a language (BCP 47), parted by spaces, by its words."""

    def __init__(self, language: str, words: Mapping[str, str]) -> None:
        self._language = language
        self._words = words

    def __missing__(self, solid: str) -> str:
        terms = " ".join(stems_of(self._words[solid].split(), self._language))
        if len(solid) <= LONGEST_KNOWN:
            if len(self) >= MOST_KNOWN:
                self.clear()
            self[solid] = terms
        return terms


class _Known(dict[str, str]):
    """The terms of words of a text, whichever script each of them is in."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __missing__(self, form: str) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        found = (term for stems in languages_of(form, self._language) for term in stems.terms(form))
        self[form] = terms = " ".join(dict.fromkeys(found))
        return terms


@cache
def _known(language: str) -> _Known:
    return _Known(language)


def _script(form: str) -> str:
    """By its first letter; "" for what has no stems: numbers, and all other scripts."""
    first = form[0]
    if "a" <= first <= "z":
        return "Latn"
    if "\u0400" <= first <= "\u052f":
        return "Cyrl"
    return "Arab" if "\u0620" <= first <= "\u06d5" else ""


def _stemmer(language: str, script: str) -> Callable[[str], str]:
    if language not in _SNOWBALL:
        endings = ENDINGS[language, script]
        return lambda form: stripped(form, endings)
    snowball = Stemmer.Stemmer(_SNOWBALL[language], 0)
    if language == "ar":  # folding has made one letter of ي and ى; Snowball knows endings by the first
        return lambda form: str(snowball.stemWord(form.replace("ى", "ي")))
    return lambda form: str(snowball.stemWord(form))


def _last_parts(form: str) -> list[str]:
    """What a compound may end in: four letters or more, as words begin, behind as many that have a vowel."""
    found = []
    for at in range(_LEAST_PART, len(form) - _LEAST_PART + 1):
        onset = _ONSET.match(form, at)
        if (
            onset
            and _FIRST_PART.match(form, 0, at)
            and (onset[1] in _ONSETS or (not onset[1] and form[at - 1] in _BEFORE_VOWEL))
        ):
            found.append(form[at:])
    return found
