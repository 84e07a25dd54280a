"""What a word with a capital letter may be, in Latin and Cyrillic text: a part of a name, or what stands beside one."""

from __future__ import annotations

import re
from enum import IntEnum, auto
from functools import cache
from typing import NamedTuple

from panah.names.finding.keys import key, latin
from panah.names.finding.remembering import Remembered
from panah.names.finding.tables import known, words
from panah.text import peeled
from panah.text.folding import folded
from panah.text.scripts import APOSTROPHE_LETTERS, APOSTROPHES, UNSEEN, Orthography

LONGEST = 40
"""Characters of a word that may be a part of a name."""


class Kind(IntEnum):
    """What a word is taken for."""

    ALONE = auto()
    """An element of names by which somebody is called alone."""
    FAMILY = auto()
    """It ends as family names do."""
    GIVEN = auto()
    """A given name that needs another part."""
    BESIDE = auto()
    """An element that is a word as well."""
    INITIAL = auto()
    PARTICLE = auto()
    OPEN = auto()
    """Nothing is known of it: it may be a part of a name."""
    NOUN = auto()
    """The same, but in German it ends as words do that are none."""
    PLAIN = auto()
    """An ordinary word, and somebody's name all the same: Brand, Rice."""
    CAPITALS = auto()
    """Written in capital letters alone: an abbreviation, or a name in a headline."""
    PLACE = auto()
    ADDRESS = auto()
    OFFICE = auto()
    GROUP = auto()
    NEVER = auto()


ELEMENTS = frozenset({Kind.ALONE, Kind.FAMILY, Kind.GIVEN})
TITLES = frozenset({Kind.ADDRESS, Kind.OFFICE})
PARTS = ELEMENTS | {Kind.BESIDE, Kind.INITIAL, Kind.PARTICLE, Kind.OPEN, Kind.NOUN, Kind.PLAIN, Kind.CAPITALS}


class Entry(NamedTuple):
    """What a word is, and how many of its characters belong to the name: an ending of case does not."""

    kind: Kind
    length: int
    form: str
    """Without its ending, folded."""
    is_exact: bool = False
    """Whether it is an element as it is spelled, not only as it sounds."""


_UNSEEN = dict.fromkeys(map(ord, UNSEEN))
_SIGNS = APOSTROPHES + APOSTROPHE_LETTERS
_APOSTROPHE = re.compile(f"[{_SIGNS}]")
_TAIL = re.compile(
    f"(?<=..)[{_SIGNS}](?:s|[ny]?[aeıiuü]|[dt][ae]n?|[ny]?[ıiuü]n|n[dı][ae]n?|l[ae]r?|yl[ae]|d[ae]ki|"
    "ga|ge|da|de|dan|den|ning|ni|un|a|e)$",
    re.IGNORECASE,
)
"""An ending behind an apostrophe: English and German possession, Turkish cases."""
_ELIDED = re.compile(f"(?:L[{_SIGNS}]|(?:[DJCSNMT]|Qu)[{_SIGNS}](?=[a-zà-ÿ]))")
"""The article of French words: L'Afrique, L'article, D'autres; but D'Souza."""
_HYPHEN = re.compile("[-\u2010\u2011]")
_ARTICLE = re.compile(f"(?:{'|'.join(words('around.yaml', 'articles'))})[-\u2010\u2011]", re.IGNORECASE)
_ABBREVIATIONS = frozenset({"u.s.", "u.n.", "u.k.", "d.c.", "e.u.", "u.s", "u.a.e.", "z.b."})
_TURKIC = (("ug", "Latn"), ("uz", "Latn"), ("ug", "Cyrl"), ("kk", "Cyrl"), ("ky", "Cyrl"))
_RUSSIAN = re.compile("(?<=[оеё]в|[еиы]н)(?:у|ым|е)$|(?<=ск)(?:ого|ому|им|ом)$")
"""Endings of cases of Russian family names that are no other form of the name."""
_LEAST_ENDING = 2
"""Letters of an ending that is taken off: a single one is too often a part of the name."""
_KEPT = frozenset({Kind.NEVER, Kind.GROUP, Kind.ALONE})
"""What a word is with an article before it too."""
_LEAST_FAMILY = 3
_LEAST_ELEMENT = 3


@cache
def entries() -> dict[str, Entry]:
    """What a word with a capital letter is, by the word as it is written."""
    return Remembered(_entry)


def small(word: str) -> str:
    """A word in small letters without accents and signs."""
    return folded(word, Orthography.ARABIC)


def _entry(word: str) -> Entry:
    if len(word) > LONGEST or any(map(str.isdigit, word)) or "_" in word:
        return Entry(Kind.NEVER, len(word), "")
    if word[-1] == ".":
        is_initial = word.lower() not in _ABBREVIATIONS
        return Entry(Kind.INITIAL if is_initial else Kind.NEVER, len(word), word.lower())
    if _HYPHEN.search(word):
        return _compound(word)
    if _ELIDED.match(word):
        return Entry(Kind.NEVER, len(word), "")
    if (tail := _TAIL.search(word)) and element(key(small(word))) is None:
        return _simple(word[: tail.start()])
    return _simple(word)


def _simple(word: str) -> Entry:
    """A word without a hyphen."""
    form = small(word)
    kind = listed(form) or _element(form)
    if kind in {Kind.NEVER, Kind.PLACE} and form in _spelled_in("given", "beside_others", "alone"):
        kind = Kind.BESIDE
    if kind is None and (shorter := _without_ending(word, form)):
        return shorter
    if kind is None:
        kind = _by_shape(word.translate(_UNSEEN), form)
    return Entry(kind, len(word), form, form in _spelled_in("alone"))


def _compound(word: str) -> Entry:
    """One with hyphens: al-Suhaimi, Ming-Che, Rizwan-ur-Rehman; or Außenamts-Sprecher, London-based."""
    if article := _ARTICLE.match(word):
        rest = _entry(word[article.end() :])
        kind = rest.kind if rest.kind in _KEPT else Kind.OPEN
        return Entry(kind, article.end() + rest.length, small(article[0]) + "-" + rest.form)
    *first, last = _HYPHEN.split(word)
    if not first[0] or not last or last in words("around.yaml", "compounds"):
        return Entry(Kind.NEVER, len(word), "")
    end = _entry(last)
    if end.kind in {Kind.ADDRESS, Kind.OFFICE, Kind.GROUP, Kind.NEVER, Kind.NOUN}:
        return Entry(Kind.OFFICE if end.kind == Kind.ADDRESS else end.kind, len(word), "")
    kinds = [_simple(part).kind for part in first if part] + [end.kind]
    if Kind.CAPITALS in kinds and kinds[-1] != Kind.CAPITALS:
        return Entry(Kind.NEVER, len(word), "")
    kind = next((kind for kind in kinds if kind in ELEMENTS), Kind.OPEN)
    return Entry(kind, len(word) - len(last) + end.length, small(word))


@cache
def _lists() -> dict[str, Kind]:
    """Every word that stands in a list by itself, folded; what is said first counts."""
    found: dict[str, Kind] = {}
    for kind, key_ in (
        (Kind.ADDRESS, "address"),
        (Kind.OFFICE, "office"),
        (Kind.PARTICLE, "leading"),
        (Kind.PARTICLE, "inside"),
        (Kind.NEVER, "roles"),
        (Kind.NEVER, "ordinary"),
        (Kind.GROUP, "groups"),
    ):
        for word in words("around.yaml", key_):
            found.setdefault(small(word), kind)
    for form in known().places | words("around.yaml", "places"):
        found.setdefault(form, Kind.PLACE)
    return found


def listed(form: str) -> Kind | None:
    """What a folded word is by the lists; None where it stands in none."""
    found = _lists().get(form)
    if found is None and len(form) >= LEAST_COMPOUND and form.endswith(_endings("office_endings")):
        return Kind.OFFICE
    return found


LEAST_COMPOUND = 8
"""Letters of a German word that ends in an office."""


@cache
def _endings(key_: str) -> tuple[str, ...]:
    return tuple(words("around.yaml", key_))


@cache
def _elements() -> dict[str, Kind]:
    """The other elements, by their keys."""
    found = {key(small(word)): Kind.BESIDE for word in words("elements.yaml", "beside_others")}
    return found | {
        sound: Kind.ALONE for word in words("elements.yaml", "alone") if (sound := key(small(word))) not in found
    }


@cache
def _spelled_in(*lists: str) -> frozenset[str]:
    """Elements as they are listed, folded."""
    return frozenset(small(word) for key_ in lists for word in words("elements.yaml", key_))


@cache
def _affixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before elements and behind them, as keys; the longest first."""
    before, behind = (
        tuple(sorted({key(small(word)) for word in words("elements.yaml", where)}, key=lambda each: (-len(each), each)))
        for where in ("before", "behind")
    )
    return before, behind


def element(sound: str) -> Kind | None:
    """What the key of a word says: whether it is an element, or one with something before or behind it."""
    found = _elements().get(sound)
    if found or len(sound) <= _LEAST_ELEMENT:
        return found
    before, behind = _affixes()
    for affix in behind:
        if sound.endswith(affix) and _is_element(sound[: -len(affix)]):
            return Kind.ALONE
    for affix in before:
        if sound.startswith(affix) and _is_element(sound[len(affix) :]):
            return Kind.ALONE
    return None


def _is_element(sound: str) -> bool:
    return len(sound) >= _LEAST_ELEMENT and _elements().get(sound) in {Kind.ALONE, Kind.BESIDE}


def _element(form: str) -> Kind | None:
    found, given = element(key(form)), _spelled_in("given")
    is_given = form in given or (not form.isascii() and latin(form).replace("ii", "i") in given)
    return Kind.GIVEN if is_given and found != Kind.ALONE else found


def _without_ending(word: str, form: str) -> Entry | None:
    """An element, or a family name, with endings of case or possession behind it; None where it has none."""
    if len(word) != len(form):
        return None
    if case := _RUSSIAN.search(word):
        return Entry(Kind.FAMILY, case.start(), form[: case.start()]) if _is_family(form[: case.start()]) else None
    for language, script in _TURKIC:
        for stem in peeled(form, language, script):
            if len(form) - len(stem) >= _LEAST_ENDING:
                kind = Kind.FAMILY if _is_family(stem) else element(key(stem))
                if kind in {Kind.FAMILY, Kind.ALONE}:
                    return Entry(kind, len(stem), stem)
    return None


def _is_family(form: str) -> bool:
    return _family().search(latin(form)) is not None


def _by_shape(seen: str, form: str) -> Kind:
    if len(seen) == 1:
        return Kind.NEVER
    if sum(map(str.isupper, seen[:3])) > 1 and not seen.startswith(("Mc", "Di", "De", "Mac")):
        return Kind.CAPITALS
    if form in known().ordinary:
        return Kind.PLAIN
    if _is_family(form):
        return Kind.FAMILY
    return Kind.NOUN if len(form) > 5 and form.endswith(_endings("ordinary_endings")) else Kind.OPEN


@cache
def _family() -> re.Pattern[str]:
    endings = "|".join(map(re.escape, words("elements.yaml", "family")))
    return re.compile(f".{{{_LEAST_FAMILY},}}(?:{endings})$")


def title_before(form: str) -> Kind | None:
    """What a word before a name is, where it is a title or, with a small letter, what somebody is: journalist, citizen."""
    if form in words("around.yaml", "roles"):
        return Kind.OFFICE
    found = listed(form)
    return found if found in TITLES else None
