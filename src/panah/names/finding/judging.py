"""Which words of a segment are a name: by elements that they are made of, by their shape, and by what stands around them."""

from __future__ import annotations

import re
from enum import Enum, auto

from panah.names.finding.runs import Segment, Word
from panah.names.finding.tables import words
from panah.names.finding.words import ELEMENTS, Kind, small
from panah.text.commonest import COMMONEST

_LONGEST_ABBREVIATION = 2
MOST_WORDS = 6
"""A longer row of words with capital letters is a headline, or a list."""
_LEAST_ALONE = 4
"""Letters of an element by which somebody is called alone."""
_TONGUES = ("en", "de", "fr", "sv", "nl", "tr")
_BLOCK = 1024
_SPARSE = 12
"""One of the commonest words of a language is among so many."""
_ENGLISH_SHAPE = re.compile(
    r"\w{3}(?:ing|ed|tions?|ments?|ness|ity|ities|ies|ous|ive|ful|less|ly|isms?|ists?|ances?|ences?|ships?|ical|ese|ish|ers|ants?|ents|ages?|ures?)$"
)
_AFTER = re.compile(r"(?:[’'`]s?)?[ \u00a0]([^\W\d_]+)")
_PARTY = re.compile(r" \[[^\W\d_]|, \[")
_SYLLABLE = (
    "(?:[zcs]h|ts'?|hs|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|iao|ian|ang|eng|ing|ong|uai|uan|ueh|ieh|ien|ung|ih|"
    "ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|er|a|e|i|o|u)"
)
_PINYIN = re.compile(f"{_SYLLABLE}(?:-?{_SYLLABLE})?")


class Tongue(Enum):
    """What is asked of the language of a text."""

    GERMAN = auto()
    """All nouns have capital letters."""
    ENGLISH = auto()
    """Words with capital letters side by side are names of something, and ordinary ones are known."""
    OTHER = auto()


class Tongues:
    """The languages of the stretches of a text, told by their commonest words, so that it takes no longer than finding names."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._block, self._is = -1, Tongue.OTHER

    def at(self, place: int) -> Tongue:
        """What it is there."""
        if place // _BLOCK != self._block:
            self._block = place // _BLOCK
            around = self._raw[self._block * _BLOCK : (self._block + 1) * _BLOCK].lower().split()
            counts = {tongue: sum(map(COMMONEST[tongue].__contains__, around)) for tongue in _TONGUES}
            likeliest = max(counts, key=counts.__getitem__)
            often = counts[likeliest] * _SPARSE >= max(len(around), 1)
            self._is = {"en": Tongue.ENGLISH, "de": Tongue.GERMAN}.get(likeliest if often else "", Tongue.OTHER)
        return self._is


def judged(segment: Segment, raw: str, tongues: Tongues) -> list[Word]:
    """The words of a segment that are a name; none where nothing says so."""
    found = _trimmed(segment, raw)
    if not found or len(found) > MOST_WORDS:
        return []
    if segment.called:
        return _behind_title(segment, found)
    if segment.is_group:
        return []
    tongue = tongues.at(found[0].start)
    if tongue == Tongue.GERMAN:
        return _among_nouns(found, raw)
    if _count(found) == 1:
        return found if _stands_alone(found, raw) else []
    if _is_strong(found):
        return _without_plain(found)
    return found if tongue == Tongue.ENGLISH and not any(map(_is_plain, found)) and not _is_placed(found, raw) else []


def _without_plain(found: list[Word]) -> list[Word]:
    """A name without ordinary words before it, and behind two of its parts."""
    first = 0
    while _is_plain(found[first]) and _is_strong(found[first + 1 :]):
        first += 1
    last = len(found)
    while last - first > 2 and found[last - 1].kind in _PLAIN:
        last -= 1
    return found[first:last]


def _is_placed(found: list[Word], raw: str) -> bool:
    """Whether what stands around words of which nothing is known says that they are a place, a paper or a body."""
    after = _AFTER.match(raw, found[-1].end)
    before = raw[max(0, found[0].start - 12) : found[0].start].split()
    return bool(before and before[-1] in words("around.yaml", "where")) or (
        after is not None and small(after[1]) in words("around.yaml", "groups")
    )


def _behind_title(segment: Segment, found: list[Word]) -> list[Word]:
    """Behind an office an ordinary word is none of a name; behind a form of address it is."""
    if segment.called == Kind.OFFICE and found[0].kind in _PLAIN:
        return []
    plain = next(
        (at for at, word in enumerate(found) if at and word.kind in _PLAIN and found[at - 1].kind not in ELEMENTS), None
    )
    return found[:plain]


_PLAIN = frozenset({Kind.PLAIN, Kind.NOUN})


def _trimmed(segment: Segment, raw: str) -> list[Word]:
    """Without abbreviations before and behind, and small words behind. Capitals behind a given name are a family name."""
    found = list(segment.words)
    while found and found[0].kind == Kind.CAPITALS and not segment.called:
        del found[0]
    if (
        len(found) > 1
        and found[0].kind == Kind.INITIAL
        and segment.starts
        and not (found[1].kind in ELEMENTS or len(found) > 2)
    ):
        return []  # the number of a paragraph
    while found and _is_loose_end(segment, found, raw):
        del found[-1]
    return found


def _is_loose_end(segment: Segment, found: list[Word], raw: str) -> bool:
    """Whether the last word is none of a name: a small one, an abbreviation, an initial that follows no family name."""
    last = found[-1]
    if last.kind == Kind.CAPITALS:
        return not _may_shout(segment, found, raw)
    return last.kind == Kind.PARTICLE or (
        last.kind == Kind.INITIAL and (len(found) < 2 or found[-2].kind != Kind.FAMILY)
    )


def _may_shout(segment: Segment, found: list[Word], raw: str) -> bool:
    """Whether a word in capital letters is a family name: MR. GIBBS, Ilham TOHTI."""
    last = found[-1]
    if last.bound or last.end - last.start <= _LONGEST_ABBREVIATION:
        return False
    before = found[-2] if len(found) > 1 else None
    return segment.called is not None if before is None else before.kind in ELEMENTS and not _is_shouted(before, raw)


def _is_shouted(word: Word, raw: str) -> bool:
    return raw[word.start : word.end].isupper()


def _count(found: list[Word]) -> int:
    return sum(word.kind != Kind.PARTICLE for word in found)


def _is_strong(found: list[Word]) -> bool:
    """Whether one of its words, or how they are joined, says that several words are a name."""
    if any(
        word.kind in ELEMENTS or word.bound in words("around.yaml", "fathers") or word.kind == Kind.INITIAL
        for word in found
    ):
        return True
    return sum(word.kind == Kind.BESIDE for word in found) > 1 or _is_chinese(found)


def _is_chinese(found: list[Word]) -> bool:
    """A Chinese family name in Latin letters, and one or two syllables behind it."""
    return (
        len(found) == 2 and found[0].form in words("around.yaml", "pinyin") and bool(_PINYIN.fullmatch(found[1].form))
    )


def _stands_alone(found: list[Word], raw: str) -> bool:
    """Whether a single word is a name."""
    word = found[-1]
    if len(found) > 1:  # with a small word before it
        return found[0].form in words("around.yaml", "fathers") and word.kind not in {Kind.NOUN, Kind.CAPITALS}
    if word.kind in {Kind.ALONE, Kind.FAMILY}:
        return len(word.form) >= _LEAST_ALONE
    return (
        word.kind in {Kind.OPEN, Kind.GIVEN, Kind.BESIDE}
        and not _is_plain(word)
        and word.form[-1] != "s"
        and _speaks(raw, word.end)
    )


def _speaks(raw: str, end: int) -> bool:
    """Whether a word of saying stands behind a place."""
    after = _AFTER.match(raw, end)
    return after is not None and small(after[1]) in words("around.yaml", "said")


def _is_plain(word: Word) -> bool:
    """Whether it is an ordinary word, or has the shape of an English one that is no name."""
    return word.kind in _PLAIN or (word.kind == Kind.OPEN and bool(_ENGLISH_SHAPE.match(word.form)))


def _among_nouns(found: list[Word], raw: str) -> list[Word]:
    """In German: from the first word on that is an element, and before the first one that is a noun."""
    if _PARTY.match(raw, found[-1].end) and 1 < len(found) < 5:
        return found
    first = next(
        (at for at, word in enumerate(found) if word.kind in ELEMENTS or _is_chinese(found[at : at + 2])), None
    )
    if first is None:
        return []
    found = found[first:]
    found = found[: next((at for at, word in enumerate(found) if _ends(found, at)), len(found))]
    return found if _count(found) > 1 or (found and (found[0].is_exact or found[0].kind == Kind.FAMILY)) else []


def _ends(found: list[Word], at: int) -> bool:
    """Whether a name in German ends before a word: a noun, what “von” joins to two parts, or more than a name has."""
    word = found[at]
    return at > 3 or (at > 1 and (word.kind in _PLAIN or bool(word.bound))) or (at == 1 and word.kind == Kind.NOUN)
