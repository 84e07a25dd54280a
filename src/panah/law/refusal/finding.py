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
FARTHEST = 500
"""Characters before and behind a place that may be of its sentence."""
JUDGED = frozenset({Part.REASONS, Part.ORDER})
"""The parts in which the authority itself speaks on the case."""

_SENTENCE_END = re.compile(r"[.!?;:](?=\s|$)|\n\s*\n")
_CLAUSE_END = re.compile(r"[,–—]|\b(?:and|und|och|et)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Side(StrEnum):
    """Where a negation denies words: before them, where they leave a gap, behind them."""

    BEFORE = "before"
    WITHIN = "within"
    BEHIND = "behind"


class Stretch(NamedTuple):
    """What was found in a paragraph."""

    paragraph: Paragraph
    words: tuple[Found, ...]


def judged(refusal: Refusal) -> tuple[Paragraph, ...]:
    """The reasons and the order, and where else a human marked a reason; all, where no heading says where reasons begin."""
    if not is_headed(refusal, Part.REASONS):
        return refusal.paragraphs
    marked = {each.paragraph for each in refusal.reasons}
    return tuple(each for each in refusal.paragraphs if each.part in JUDGED or each.number in marked)


def is_headed(refusal: Refusal, part: Part) -> bool:
    """Whether a heading says where a part begins."""
    return any(each.part is part for each in refusal.paragraphs)


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
    first, last = max(0, place.start - FARTHEST), min(len(words), place.end + FARTHEST)
    start = max((end.end() for end in _SENTENCE_END.finditer(words, first, place.start)), default=first)
    found = _SENTENCE_END.search(words, place.end, last)
    return start, found.start() if found else last


def _is_denied(words: str, place: Place, tongue: str, denied: Collection[Side]) -> bool:
    """Whether an odd number of negations stands before a place and in it, or behind it; two of them affirm."""
    start, end = _sentence(words, place)
    before = _last(words, start, place.start)
    supposed = _one_of("supposing", tongue).search(words, before, place.start)
    parts = (*_one_of("parting", tongue).finditer(words, before, place.start), *([supposed] if supposed else ()))
    scope = max((each.end() for each in parts), default=before)
    so_far = _negations(words, scope, place.start, tongue) if Side.BEFORE in denied else 0
    if Side.WITHIN in denied:
        so_far += _negations(words, place.start, place.end, tongue)
        so_far -= _negations(place.phrase, 0, len(place.phrase), tongue)
    if so_far % 2:
        return True
    behind = Side.BEHIND in denied and not supposed
    parted = _one_of("parting", tongue).search(words, place.end, end)
    stop = _next(words, place.end, parted.start() if parted else end)
    return behind and _negations(words, place.end, stop, tongue) % 2 == 1


def _last(words: str, start: int, end: int) -> int:
    """Where the last few words of a stretch begin."""
    found = list(_WORD.finditer(words, start, end))[-BEFORE:]
    return found[0].start() if found else end


def _next(words: str, start: int, end: int) -> int:
    """Where the first few words of a stretch end, and its clause at the latest."""
    clause = _CLAUSE_END.search(words, start, end)
    found = list(_WORD.finditer(words, start, clause.start() if clause else end))[:AFTER]
    return found[-1].end() if found else start


def _negations(words: str, start: int, end: int, tongue: str) -> int:
    return sum(1 for _ in _one_of("negating", tongue).finditer(words, start, end))


@cache
def _one_of(kind: str, tongue: str) -> re.Pattern[str]:
    """What negates, parts or supposes in a language."""
    known = [pattern(each).pattern for each in getattr(phrases(), kind).get(tongue, ())]
    if kind == "negating" and tongue == "en":
        known.append(r"\w+n['’]t\b")
    return re.compile("|".join(known) or "(?!)", re.IGNORECASE)
