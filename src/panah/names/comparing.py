"""Whether two written names may be spellings of one name: part by part, with reasons, in words and never in numbers.

Names are compared, persons never are: two people may bear one name, and one person several.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from panah.errors import Phrase
from panah.names.aligning import Aligned, Step, aligned
from panah.names.grading import ONLY_POSSIBLE, Grade, distance, grade_at, of_name, size, worst
from panah.names.joining import JOINED, MISSING, MOST_JOINED, TURNED, Way, ways
from panah.names.parting import NameEmpty, cut_short, parts
from panah.names.reading import readings

CUT_SHORT = 0.5
"""What it costs that the zone which machines read had no room for the end of a name."""


@dataclass(frozen=True)
class Part:
    """A part of one name beside a part of the other; either is empty where the other name has none for it."""

    left: str
    right: str
    steps: tuple[Step, ...]
    grade: Grade


@dataclass(frozen=True)
class Comparison:
    """Two names part by part. `turned`: their parts stand in another order; `missing`: parts that one of them lacks."""

    parts: tuple[Part, ...]
    grade: Grade
    turned: bool
    missing: tuple[str, ...]
    _cost: float = field(repr=False)

    @property
    def notes(self) -> tuple[Phrase, ...]:
        """What is to be said of the whole name."""
        turned = (Phrase("the parts stand in another order"),) if self.turned else ()
        return (*turned, *(Phrase("the part {part} stands in one of them only", part=part) for part in self.missing))


def compare(a: str, b: str) -> Comparison:
    """How `a` and `b` may be one name. Refuses a name without letters, and one that is too long."""
    left, right = (_readable(parts(name)) for name in (a, b))
    found = list(_ways(left, right))
    if cut_short(a):
        found += _ways_cut(left, right)
    return min(found, key=lambda way: way._cost)  # noqa: SLF001  the number is this module's own


def _readable(found: tuple[str, ...]) -> tuple[str, ...]:
    if not any(map(readings, found)):
        raise NameEmpty
    return found[:MOST_JOINED]


def _ways(left: tuple[str, ...], right: tuple[str, ...]) -> Iterator[Comparison]:
    """Part by part; and where one side writes as one what the other parts, all in one, in either order."""
    yield _part_by_part(left, right)
    if len(left) != len(right):
        for other in dict.fromkeys((left, left[::-1])):
            part, cost = _pair("".join(other), "".join(right), JOINED)
            yield Comparison((part,), worst(Grade.REGULAR, part.grade), other != left, (), cost)


def _ways_cut(left: tuple[str, ...], right: tuple[str, ...]) -> Iterator[Comparison]:
    """With the end of any part of the other name cut off where the last part of the first ends."""
    room = len(left[-1])
    for place, part in enumerate(right):
        if len(part) > room:
            yield _part_by_part(left, (*right[:place], part[:room], *right[place + 1 :]), CUT_SHORT)


def _part_by_part(left: tuple[str, ...], right: tuple[str, ...], more: float = 0.0) -> Comparison:
    """The cheapest way to find the parts of one side among those of the other."""
    pairs = [[_pair(one, two) for two in right] for one in left]
    way = min(ways(len(left), len(right)), key=lambda way: _cost_of(way, pairs))
    cost = _cost_of(way, pairs)
    chosen = [(row, column) for row, column in enumerate(way.slots) if column is not None]
    lone = _lone(left, right, chosen)
    farthest = worst(*(pairs[row][column][0].grade for row, column in chosen))
    grade = of_name(farthest, turned=way.turned, missing=way.missing + bool(more), differing=way.differing)
    missing = tuple(part.left or part.right for part in lone)
    found = (*(pairs[row][column][0] for row, column in chosen), *lone)
    return Comparison(found, grade, way.turned, missing, cost + more)


def _cost_of(way: Way, pairs: Sequence[Sequence[tuple[Part, float]]]) -> float:
    found = sum(pairs[row][column][1] for row, column in enumerate(way.slots) if column is not None)
    return found + MISSING * way.missing + TURNED * way.turned


def _lone(left: tuple[str, ...], right: tuple[str, ...], chosen: list[tuple[int, int]]) -> list[Part]:
    """The parts that have none on the other side."""
    rows, columns = {row for row, _ in chosen}, {column for _, column in chosen}
    here = [Part(part, "", (), Grade.DIFFERENT) for row, part in enumerate(left) if row not in rows]
    return here + [Part("", part, (), Grade.DIFFERENT) for column, part in enumerate(right) if column not in columns]


@lru_cache(maxsize=1_000)
def _pair(left: str, right: str, more: float = 0.0) -> tuple[Part, float]:
    """Two parts by the way that makes them nearest, and the least that any way costs. The same parts stand in many names."""
    ways = _aligned(left, right)
    if left == right:
        steps = ways[0].steps() if ways else ()
        return Part(left, right, steps, Grade.SAME_SPELLING), more
    if not ways:
        return Part(left, right, (), Grade.DIFFERENT), float("inf")
    sizes = size(left), size(right)
    far = [max(distance(way.cost + more, *sizes), ONLY_POSSIBLE * way.only_possible) for way in ways]
    nearest = min(range(len(ways)), key=far.__getitem__)
    return Part(left, right, ways[nearest].steps(), grade_at(far[nearest])), min(way.cost for way in ways) + more


def _aligned(left: str, right: str) -> list[Aligned]:
    every = product(readings(left), readings(right))
    return [aligned(one, two) for one, two in every if not (one.ending and two.ending)]
