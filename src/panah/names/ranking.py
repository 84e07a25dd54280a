"""Many names beside one, by the judgement of `compare`: for measuring, and for a handful of candidates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from panah.names.grading import GRADES, Grade, grades_at, of_name
from panah.names.joining import JOINED, MOST_JOINED, Near, joined, ways
from panah.names.parting import NameEmpty, parts, parts_if_any
from panah.names.pool import Numbers
from panah.names.reading import readings
from panah.names.sounds import Vector
from panah.names.vocabulary import Vocabulary


class Ranked(NamedTuple):
    """One of the candidates, its place among them, and how near it is."""

    name: str
    place: int
    grade: Grade


class Judged(NamedTuple):
    """Of many names what each costs beside the asked one, and the number of its grade."""

    costs: Vector
    grades: NDArray[np.int8]


def rank(query: str, candidates: Iterable[str]) -> list[Ranked]:
    """The candidates, best first; those that cost the same in their own order.

    What has no letters or is too long is among the candidates last, as different; as a query it is refused.
    """
    asked = parts(query)[:MOST_JOINED]
    if not any(map(readings, asked)):
        raise NameEmpty
    names = tuple(candidates)
    costs, grades = _candidates(names).judged(asked)
    best_first = np.argsort(costs, kind="stable").tolist()
    words = [GRADES[number] for number in grades.tolist()]
    return [*map(Ranked, map(names.__getitem__, best_first), best_first, map(words.__getitem__, best_first))]


def judged(near: Sequence[Near], tokens: Numbers) -> Judged:
    """Names by their tokens, by slot and name, beside the asked parts."""
    found, known = joined(near, tokens), ways(len(near), len(tokens))
    by_way = [
        [GRADES.index(of_name(far, turned=way.turned, missing=way.missing, differing=way.differing)) for far in GRADES]
        for way in known
    ]
    return Judged(found.costs, np.array(by_way, np.int8)[found.ways, grades_at(found.far)])


class _Candidates:
    """Names by the number of their parts, with the parts as tokens, and with all of them written as one."""

    def __init__(self, names: Sequence[str]) -> None:
        self._vocabulary = Vocabulary()
        found = [parts_if_any(name)[:MOST_JOINED] for name in names]
        self._size = len(names)
        self._places = {
            size: np.array([place for place, own in enumerate(found) if len(own) == size], np.int32)
            for size in sorted({len(own) for own in found} - {0})
        }
        self._tokens = {
            size: np.array([self._vocabulary.add(found[place]) for place in places], np.int32).T
            for size, places in self._places.items()
        }
        self._solid = Vocabulary()
        self._wholes = {
            size: np.array(self._solid.add("".join(found[place]) for place in places), np.int32)
            for size, places in self._places.items()
        }

    def judged(self, asked: tuple[str, ...]) -> Judged:
        """Every name beside the asked one."""
        costs = np.full(self._size, np.inf, np.float32)
        grades = np.full(self._size, GRADES.index(Grade.DIFFERENT), np.int8)
        near = [self._vocabulary.costs(part, every=True) for part in asked]
        for size, places in self._places.items():
            costs[places], grades[places] = judged(near, self._tokens[size])
        for places, found in self._as_one(asked):
            better = found.costs < costs[places]
            costs[places[better]], grades[places[better]] = found.costs[better], found.grades[better]
        grades[self._spelled(asked)] = 0
        return Judged(costs, grades)

    def _spelled(self, asked: tuple[str, ...]) -> Numbers:
        """The names that have just the asked parts."""
        own = [self._vocabulary.number(part) for part in asked]
        if None in own or len(own) not in self._places:
            return np.zeros(0, np.int32)
        same = (self._tokens[len(own)] == np.array(own, np.int32)[:, None]).all(axis=0)
        places: Numbers = self._places[len(own)][same]
        return places

    def _as_one(self, asked: tuple[str, ...]) -> Iterable[tuple[Numbers, Judged]]:
        """What the one side writes as one, and the other in parts."""
        others = [size for size in self._places if size != len(asked)]
        for order in {asked, asked[::-1]} if others else ():
            near = self._solid.costs("".join(order), every=True, more=JOINED)
            for size in others:
                tokens = self._wholes[size]
                found = Judged(near.costs[tokens], grades_at(near.distances[tokens]))
                yield self._places[size], found


@lru_cache(maxsize=2)
def _candidates(names: tuple[str, ...]) -> _Candidates:
    return _Candidates(names)
