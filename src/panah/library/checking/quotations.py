"""Quotations of a draft, each compared with the texts that a member may see."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import chain
from typing import NamedTuple

from panah import text
from panah.errors import Phrase
from panah.law.citations import Outcome
from panah.library.checking import comparing
from panah.library.checking.comparing import Found, Sameness
from panah.library.checking.results import CheckedQuotation, Source
from panah.library.checking.sources import Sources, Window, in_bytes, placed
from panah.library.kin import index as marks
from panah.library.models import Passage
from panah.library.versions.comparing import Piece
from panah.search import queries as search
from panah.text import Quoted

CANDIDATES = 16
"""Passages that are compared with a quotation, of each way to find them."""
LOOKED_AT = 50
"""Passages that are looked at, of all that have some words in a row."""
AROUND = 400
"""Bytes around a passage into which a quotation may run on."""
LONGEST_SEARCHED = 2_000
"""Characters of a quotation's longest stretch by which passages are looked for."""

_FULL_STOP = re.compile(r"[.!?؟۔。！？](?![.…])")

_SAME = {
    Sameness.VERBATIM: Phrase("It stands there word for word."),
    Sameness.SIGNS: Phrase("It stands there word for word, but for spaces, line ends, quotation marks or dashes."),
    Sameness.FIRST_LETTER: Phrase("It stands there word for word, but for the capital of a first letter."),
}
_OTHER_LETTERS = Phrase("The same words stand there, with other letters or signs.")
_OTHER_ORDER = Phrase("Its parts stand there in another order, or farther from each other than quoted.")
_OTHER_WORDS = Phrase("Other words stand there.")
_ENDS_EARLY = Phrase("It stands there word for word, but the sentence does not end with it.")
_NOWHERE = Phrase("No text that you may see has these words.")
_TOO_SHORT = Phrase("It is too short to be looked for: these are words, and not a quotation.")
_NEVER_CLOSED = Phrase("This quotation mark is never closed, or only far behind; nobody can say what it quotes.")


class Match(NamedTuple):
    """A passage of the library beside a quotation."""

    passage: Passage
    window: Window
    found: Found

    @property
    def is_exact(self) -> bool:
        """Whether the passage has the quotation word for word."""
        return self.found.share == 1 and self.found.in_order and self.found.sameness is not Sameness.LETTERS


class _Sought(NamedTuple):
    """A quotation, its stretches, and the longest of them."""

    quoted: Quoted
    segments: Sequence[str]
    closely: Sequence[bool]
    longest: str
    is_given_as_whole: bool
    """Whether it ends with a full stop of its own."""


def checked(
    raw: str, quotations: Sequence[Quoted], shelves: Sequence[int], sources: Sources
) -> Iterator[CheckedQuotation]:
    """What comes of each quotation of a draft, in their order. `shelves` are those that the asker may see."""
    sought = {number: one for number, each in enumerate(quotations) if (one := _sought(raw, each))}
    best = _Best(sought, sources)
    for candidates in (_by_wording, _by_all_traces, _by_traces):
        best.compare(candidates(best.left(), shelves))
    at = in_bytes(raw, (place for each in quotations for place in (each.start, each.end)))
    for number, each in enumerate(quotations):
        words = raw[each.segments[0].start : each.segments[-1].end] if each.segments else raw[each.start : each.end]
        said = _said(sought.get(number), best.matches.get(number), each, words)
        yield CheckedQuotation(each, at[each.start], at[each.end], words, *said)


class _Best:
    """The best match of each quotation so far."""

    def __init__(self, sought: Mapping[int, _Sought], sources: Sources) -> None:
        self._sought = sought
        self._sources = sources
        self._seen: set[tuple[int, int]] = set()
        self.matches: dict[int, Match] = {}

    def left(self) -> dict[int, _Sought]:
        """The quotations that were not found word for word."""
        return {
            number: one
            for number, one in self._sought.items()
            if number not in self.matches or not self.matches[number].is_exact
        }

    def compare(self, candidates: Iterable[tuple[int, Iterable[int]]]) -> None:
        """Compare quotations, by their numbers, with passages, by theirs, until one of these has all of it."""
        wanted = {number: [each for each in some if (number, each) not in self._seen] for number, some in candidates}
        self._sources.fetch(chain.from_iterable(wanted.values()))
        for number, passages in wanted.items():
            for passage in self._sources.passages(passages):
                self._seen.add((number, passage.pk))
                match = self._compared(self._sought[number], passage)
                if match and (number not in self.matches or _rank(match) > _rank(self.matches[number])):
                    self.matches[number] = match
                if match and match.is_exact:
                    break

    def _compared(self, sought: _Sought, passage: Passage) -> Match | None:
        """Beside the passage and what is around it; where something was left out, beside the whole text that has the rest."""
        around = 2 * len(sought.longest.encode()) + AROUND
        near = self._beside(sought, passage, around)
        if len(sought.segments) == 1 or (near and near.is_exact):
            return near
        longest = comparing.found([sought.longest], [False], self._sources.window(passage, around).words)
        whole = self._beside(sought, passage, passage.reading.size) if longest and longest.share == 1 else None
        return max(filter(None, (near, whole)), key=_rank, default=None)

    def _beside(self, sought: _Sought, passage: Passage, around: int) -> Match | None:
        window = self._sources.window(passage, around)
        found = comparing.found(sought.segments, sought.closely, window.words)
        return Match(passage, window, found) if found else None


def _rank(match: Match) -> tuple[bool, float, bool, int]:
    found = match.found
    return match.is_exact, found.share, found.in_order, -list(Sameness).index(found.sameness)


def _sought(raw: str, each: Quoted) -> _Sought | None:
    """A quotation as it is looked for; None where it is too short, or never closed."""
    segments = [raw[segment.start : segment.end] for segment in each.segments]
    if not segments or comparing.is_short(" ".join(segments)):
        return None
    longest = max(segments, key=len)[:LONGEST_SEARCHED]
    whole = _FULL_STOP.match(raw, each.segments[-1].end, each.end) is not None
    return _Sought(each, segments, [segment.closely for segment in each.segments], longest, whole)


def _by_wording(left: Mapping[int, _Sought], shelves: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """The passages that share marks of wording with quotations, those with the most of them first: of long ones, it finds all."""
    numbers = list(left)
    lines = [marks.line(text.as_quoted(left[number].longest)) for number in numbers]
    shared: dict[int, list[marks.Shared]] = defaultdict(list)
    for one in marks.sharing(lines, beside=None, shelves=shelves, fewest=1):
        shared[one.number].append(one)
    for at, several in shared.items():
        several.sort(key=lambda one: (-one.shared, one.passage))
        yield numbers[at], [one.passage for one in several[:CANDIDATES]]


def _by_all_traces(left: Mapping[int, _Sought], shelves: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Passages that have every trace of a quotation: the one that has it word for word, among many that are like it."""
    traces = ((number, tuple(comparing.traces(one.longest))) for number, one in left.items())
    return _asked(((number, text.All(each)) for number, each in traces if each), shelves)


def _by_traces(left: Mapping[int, _Sought], shelves: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Passages that have most of the traces of a quotation."""
    return _asked(((number, node) for number, one in left.items() for node in comparing.traces(one.longest)), shelves)


def _asked(asked: Iterable[tuple[int, text.Node]], shelves: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """For each quotation the passages that have most of what is asked for it, that which few have counting more."""
    asked = list(asked)
    found = search.some_of_each([node for _, node in asked], kind=Passage.KIND, shelves=shelves, limit=LOOKED_AT)
    worth: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (number, _), some in zip(asked, found, strict=True):
        for passage in some:
            worth[number][passage] += 1 / len(some)
    for number, each in worth.items():
        yield number, nlargest(CANDIDATES, each, key=each.__getitem__)


class _Answer(NamedTuple):
    outcome: Outcome
    reason: str
    source: Source | None = None
    ours: Sequence[Piece] = ()
    theirs: Sequence[Piece] = ()


def _said(sought: _Sought | None, match: Match | None, each: Quoted, words: str) -> _Answer:
    if sought is None:
        return _Answer(Outcome.NOT_CHECKABLE, _TOO_SHORT if each.is_closed else _NEVER_CLOSED)
    if match is None:
        return _Answer(Outcome.NOT_FOUND, _NOWHERE)
    around, span = match.window.words, match.found.span
    source = placed(match.passage, match.window, span)
    rest = comparing.left_of_its_sentence(around, span) if sought.is_given_as_whole and match.is_exact else None
    if match.is_exact and not rest:
        return _Answer(Outcome.EXACT, _SAME[match.found.sameness], source)
    there = around[span.start : rest.end if rest else span.end]
    return _Answer(Outcome.DIFFERS, _differing(match), source, *comparing.side_by_side(words, there))


def _differing(match: Match) -> str:
    if match.is_exact:
        return _ENDS_EARLY
    return _OTHER_WORDS if match.found.share < 1 else _OTHER_LETTERS if match.found.in_order else _OTHER_ORDER
