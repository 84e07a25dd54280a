"""In which paragraphs two texts differ, and in which words. Bounded: of what differs too much, it says only that it does.

Paragraphs that stand once in each text are anchors, as many as stand in the same order in both (patience sorting, by
Bram Cohen's idea); between them `difflib` compares, where there is little enough. Space between words does not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

MOST_STEPS = 40_000
"""Between two anchors, so many pairs of paragraphs are compared; of more, all are said to differ."""
MOST_WORDS = 400_000
"""Pairs of words that are compared in one pair of paragraphs."""
MOST_WORK = 4_000_000
"""Pairs of words that are compared in all; what comes after that is shown whole."""
ALIKE = 0.4
"""Two paragraphs are versions of each other where they share so large a part of their words."""
_TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\\w+|\\s+|.", re.DOTALL)


class Piece(NamedTuple):
    """Words of a paragraph, and whether the other text does not have them there."""

    words: str
    differs: bool


class Row(NamedTuple):
    """A paragraph of the older text beside its version in the newer one: their numbers, or None where there is none."""

    old: int | None
    new: int | None
    old_pieces: Sequence[Piece] = ()
    new_pieces: Sequence[Piece] = ()

    @property
    def differs(self) -> bool:
        """Whether there is something to see in it."""
        return self.old is None or self.new is None or bool(self.old_pieces)


def compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Every paragraph of both texts, in their order, each beside its version."""
    keys = tuple([" ".join(paragraph.split()) for paragraph in side] for side in (old, new))
    work = MOST_WORK
    for first, last, other_first, other_last in _stretches(*keys):
        if keys[0][first:last] == keys[1][other_first:other_last]:
            yield from (Row(first + step, other_first + step) for step in range(last - first))
            continue
        for one, other in _paired(keys[0], keys[1], range(first, last), range(other_first, other_last)):
            if one is None or other is None:
                yield Row(one, other, _whole(old, one), _whole(new, other))
                continue
            pieces, cost = words_compared(old[one], new[other], work)
            work -= cost
            yield Row(one, other, *pieces)


def _whole(side: Sequence[str], number: int | None) -> Sequence[Piece]:
    return () if number is None else [Piece(side[number], differs=True)]


_Stretch = tuple[int, int, int, int]


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[_Stretch]:
    """Both texts cut into stretches that follow each other: each is the same in both, or differs as a whole."""
    waiting: list[_Stretch] = [(0, len(old), 0, len(new))]
    while waiting:
        first, last, other, end = waiting.pop()
        begun = first, other
        while first < last and other < end and old[first] == new[other]:
            first, other = first + 1, other + 1
        if first > begun[0]:
            yield begun[0], first, begun[1], other
        if (first, other) == (last, end):
            continue
        anchors = _anchors(old, new, (first, last, other, end))
        if anchors:
            bounds = [(first, other), *anchors, (last, end)]
            parts = [(a, c, b, d) for (a, b), (c, d) in pairwise(bounds)]
            waiting += [part for part in reversed(parts) if part[0] < part[1] or part[2] < part[3]]
        elif (last - first) * (end - other) <= MOST_STEPS:
            matcher = SequenceMatcher(None, old[first:last], new[other:end], autojunk=False)
            for _, a, b, c, d in matcher.get_opcodes():
                yield first + a, first + b, other + c, other + d
        else:
            yield first, last, other, end


def _anchors(old: Sequence[str], new: Sequence[str], within: _Stretch) -> list[tuple[int, int]]:
    """The longest row of paragraphs that stand once on either side, in the same order; not one that begins both."""
    first, last, other, end = within
    once = {key for key, often in Counter(old[first:last]).items() if often == 1}
    once &= {key for key, often in Counter(new[other:end]).items() if often == 1}
    at = {key: number for number, key in enumerate(new[other:end], start=other) if key in once}
    tops: list[int] = []
    """The place of the last paragraph of the best row of each length."""
    ends: list[int] = []
    """Which of `found` that is."""
    found: list[tuple[int, int, int]] = []
    """A paragraph's number, its place in the other text, and which of `found` stands before it in its row."""
    for number in (number for number in range(first, last) if old[number] in once):
        place = at[old[number]]
        length = bisect_left(tops, place)
        found.append((number, place, ends[length - 1] if length else -1))
        tops[length : length + 1] = [place]
        ends[length : length + 1] = [len(found) - 1]
    row: list[tuple[int, int]] = []
    step = ends[-1] if ends else -1
    while step >= 0:
        number, place, step = found[step]
        row.append((number, place))
    return row[::-1]


def _paired(
    old: Sequence[str], new: Sequence[str], ones: range, others: range
) -> Iterator[tuple[int | None, int | None]]:
    """Paragraphs that differ, each beside the first that has much of its words, in order; the rest beside nothing."""
    bags = {number: set(_TOKEN.findall(new[number])) for number in others}
    at = others.start
    for one in ones:
        bag = set(_TOKEN.findall(old[one]))
        near = range(at, min(at + 20, others.stop))
        match = next((other for other in near if _share(bag, bags[other]) >= ALIKE), None)
        if match is None:
            yield one, None
            continue
        yield from ((None, passed) for passed in range(at, match))
        yield one, match
        at = match + 1
    yield from ((None, rest) for rest in range(at, others.stop))


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def words_compared(old: str, new: str, left: int = MOST_WORDS) -> tuple[tuple[Sequence[Piece], Sequence[Piece]], int]:
    """Both paragraphs in pieces, and what it cost to tell them apart."""
    ones, others = _TOKEN.findall(old), _TOKEN.findall(new)
    cost = len(ones) * len(others)
    if cost > min(left, MOST_WORDS):
        return (([Piece(old, differs=True)], [Piece(new, differs=True)]), 0)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, ones, others, autojunk=False).get_opcodes():
        for side, words in zip(sides, ("".join(ones[a:b]), "".join(others[c:d])), strict=True):
            if words:
                side.append(Piece(words, differs=kind != "equal" and bool(words.strip())))
    return sides, cost
