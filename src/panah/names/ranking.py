"""Many names beside one, by the judgement of `compare`: for measuring, and for a handful of candidates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from panah.names.comparing import Grade, by_average, length, lowered
from panah.names.joining import JOINED, MOST_JOINED, Near, joined, ways
from panah.names.parting import NameEmpty, NameTooLong, parts
from panah.names.pool import Numbers
from panah.names.reading import readings
from panah.names.vocabulary import Vocabulary


class Ranked(NamedTuple):
    """One of the candidates, its place among them, and how near it is."""

    name: str
    place: int
    grade: Grade


class _Judged(NamedTuple):
    cost: float
    place: int
    grade: Grade


def rank(query: str, candidates: Iterable[str]) -> list[Ranked]:
    """The candidates, best first; those that cost the same in their own order.

    What has no letters or is too long is among the candidates last, as different; as a query it is refused.
    """
    asked = parts(query)[:MOST_JOINED]
    if not any(map(readings, asked)):
        raise NameEmpty
    names = tuple(candidates)
    judged = sorted(_candidates(names).judged(asked))
    return [Ranked(names[place], place, grade) for _, place, grade in judged]


class _Candidates:
    """Names by the number of their parts, with the parts as tokens, and with all of them written as one."""

    def __init__(self, names: Sequence[str]) -> None:
        self._vocabulary = Vocabulary()
        found = [_parts(name) for name in names]
        self._unreadable = [place for place, own in enumerate(found) if not own]
        self._places: dict[int, list[int]] = {}
        for place, own in enumerate(found):
            if own:
                self._places.setdefault(len(own), []).append(place)
        self._tokens = {
            size: np.array([self._vocabulary.add(found[place]) for place in places], np.int32).T
            for size, places in self._places.items()
        }
        self._wholes = {
            size: np.array(self._vocabulary.add("".join(found[place]) for place in places), np.int32)
            for size, places in self._places.items()
        }
        self._lengths = np.array([length(form) for form in self._vocabulary], np.float32)

    def judged(self, asked: tuple[str, ...]) -> list[_Judged]:
        """Every name beside the asked one, in no order."""
        best = {place: _Judged(float("inf"), place, Grade.DIFFERENT) for place in self._unreadable}
        near = [self._vocabulary.costs(part, length(part), self._lengths) for part in asked]
        for size, places in self._places.items():
            for judged in self._by_parts(asked, near, places, self._tokens[size]):
                best[judged.place] = judged
        for judged in self._as_one(asked):
            best[judged.place] = min(judged, best[judged.place])
        return list(best.values())

    def _by_parts(
        self, asked: tuple[str, ...], near: list[Near], places: list[int], tokens: Numbers
    ) -> Iterable[_Judged]:
        found = joined(near, tokens)
        known = ways(len(near), len(tokens))
        same = self._spelled(asked, tokens)
        columns = zip(places, found.costs.tolist(), found.worst.tolist(), found.ways.tolist(), same, strict=True)
        for place, cost, worst, number, exact in columns:
            way = known[number]
            grade = Grade.SAME_SPELLING if exact else max(by_average(worst), Grade.REGULAR, key=list(Grade).index)
            yield _Judged(cost, place, lowered(grade, turned=way.turned, missing=way.missing))

    def _spelled(self, asked: tuple[str, ...], tokens: Numbers) -> list[bool]:
        """Which names have just the asked parts."""
        own = [self._vocabulary.number(part) for part in asked]
        if len(own) != len(tokens) or None in own:
            return [False] * tokens.shape[1]
        same: list[bool] = (tokens == np.array(own, np.int32)[:, None]).all(axis=0).tolist()
        return same

    def _as_one(self, asked: tuple[str, ...]) -> Iterable[_Judged]:
        """What the one side writes as one, and the other in parts."""
        for order in {asked, asked[::-1]}:
            whole = "".join(order)
            near = self._vocabulary.costs(whole, length(whole), self._lengths)
            for size, tokens in self._wholes.items():
                if size != len(asked):
                    costs = (near.costs[tokens] + np.float32(JOINED)).tolist()
                    grades = map(by_average, near.averages[tokens].tolist())
                    yield from map(_Judged, costs, self._places[size], grades)


def _parts(name: str) -> tuple[str, ...]:
    try:
        return parts(name)[:MOST_JOINED]
    except NameTooLong:
        return ()


@lru_cache(maxsize=2)
def _candidates(names: tuple[str, ...]) -> _Candidates:
    return _Candidates(names)
