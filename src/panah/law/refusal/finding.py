"""Words of the reasons of a decision that a rule looks for, and not where they are denied or of another subject.

They show a place and ask: what they mean is for a human to say. That none is found says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from panah.law.checklist.finding import Place, pattern, phrases, places
from panah.law.checklist.model import Found
from panah.law.refusal.model import Paragraph, Part, Refusal
from panah.law.refusal.plain import plain

BEFORE, AFTER = 8, 6
"""Words before and behind a place in which it may be denied."""
JUDGED = frozenset({Part.REASONS, Part.ORDER})
"""The parts in which the authority itself speaks on the case."""

_SENTENCE_END = re.compile(r"[.!?;:](?=\s|$)|\n\s*\n")
_CLAUSE_END = re.compile(r"[,–—]|\b(?:and|und|och|et)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Side(StrEnum):
    """Where a negation denies words: before them, behind them."""

    BEFORE = "before"
    BEHIND = "behind"


class Stretch(NamedTuple):
    """What was found in a paragraph."""

    paragraph: Paragraph
    words: tuple[Found, ...]


def judged(refusal: Refusal, parts: Collection[Part] = JUDGED) -> tuple[Paragraph, ...]:
    """The paragraphs of these parts, and those in which a human marked a reason; all, where no reasons are headed so."""
    if not reasons_are_headed(refusal):
        return refusal.paragraphs
    marked = {each.paragraph for each in refusal.reasons} if Part.REASONS in parts else set()
    return tuple(each for each in refusal.paragraphs if each.part in parts or each.number in marked)


def reasons_are_headed(refusal: Refusal) -> bool:
    """Whether a heading says where the reasons begin."""
    return any(each.part is Part.REASONS for each in refusal.paragraphs)


def stretches(
    refusal: Refusal, paragraphs: Iterable[Paragraph], finder: str, denied: Collection[Side] = ()
) -> Iterator[Stretch]:
    """Of each of these paragraphs in which phrases of a finder stand and are not denied, where they stand."""
    for paragraph in paragraphs:
        if found := tuple(_found(refusal, paragraph, finder, denied)):
            yield Stretch(paragraph, found)


def _found(refusal: Refusal, paragraph: Paragraph, finder: str, denied: Collection[Side]) -> Iterator[Found]:
    known, tongue = phrases(), refusal.language
    bare = plain(paragraph.words)
    unless = known.unless.get(finder, {}).get(tongue, ())
    for place in places(bare.words, known.finders[finder].get(tongue, ())):
        start, end = _sentence(bare.words, place)
        sentence = bare.words[start:end]
        if any(pattern(each).search(sentence) for each in unless) or _is_denied(bare.words, place, tongue, denied):
            continue
        first, last = bare.place(place.start), bare.place(place.end - 1) + 1
        before = paragraph.start + len(paragraph.words[:first].encode())
        words = paragraph.words[first:last]
        yield Found(refusal.decision.number, before, before + len(words.encode()), words, place.phrase)


def _sentence(words: str, place: Place) -> tuple[int, int]:
    """From where to where the sentence goes in which a place stands."""
    start = max((end.end() for end in _SENTENCE_END.finditer(words, 0, place.start)), default=0)
    found = _SENTENCE_END.search(words, place.end)
    return start, found.start() if found else len(words)


def _is_denied(words: str, place: Place, tongue: str, denied: Collection[Side]) -> bool:
    """Whether an odd number of negations stands on one of these sides of a place; two of them affirm."""
    start, end = _sentence(words, place)
    if Side.BEFORE in denied:
        before = list(_WORD.finditer(words, start, place.start))[-BEFORE:]
        first = before[0].start() if before else place.start
        parted = max((each.end() for each in _parting(tongue).finditer(words, first, place.start)), default=first)
        inside = _negations(words[place.start : place.end], tongue) - _negations(place.phrase, tongue)
        if (_negations(words[parted : place.start], tongue) + inside) % 2:
            return True
    if Side.BEHIND in denied:
        stop = _CLAUSE_END.search(words, place.end, end)
        behind = list(_WORD.finditer(words, place.end, stop.start() if stop else end))[:AFTER]
        return bool(behind) and _negations(words[place.end : behind[-1].end()], tongue) % 2 == 1
    return False


def _negations(words: str, tongue: str) -> int:
    return sum(1 for _ in _negating(tongue).finditer(words))


@cache
def _negating(tongue: str) -> re.Pattern[str]:
    contracted = r"|\w+n['’]t\b" if tongue == "en" else ""
    return re.compile(_any_of(phrases().negating.get(tongue, ())) + contracted, re.IGNORECASE)


@cache
def _parting(tongue: str) -> re.Pattern[str]:
    return re.compile(_any_of(phrases().parting.get(tongue, ())), re.IGNORECASE)


def _any_of(known: Iterable[str]) -> str:
    return "|".join(pattern(each).pattern for each in known) or "(?!)"
