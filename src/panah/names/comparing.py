"""Whether two written names may be spellings of one name: part by part, with reasons, in words and never in numbers.

Names are compared, persons never are: two people may bear one name, and one person several.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

from panah.names.aligning import Aligned, Step, aligned
from panah.names.joining import JOINED, MISSING, TURNED
from panah.names.parting import NameEmpty, parts
from panah.names.reading import Reading, length, readings


class Grade(StrEnum):
    """How near two spellings are, the nearest first."""

    SAME_SPELLING = "same-spelling"
    REGULAR = "regular"
    POSSIBLE = "possible"
    WEAK = "weak"
    DIFFERENT = "different"


GRADES = tuple(Grade)
_RANKS = {grade: rank for rank, grade in enumerate(GRADES)}
LIMITS = (0.16, 0.33, 0.5)
"""The most that a sound may cost on average: regular, possible, weak. Set on val.tsv alone: docs/reference/names.md."""


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


def compare(a: str, b: str) -> Comparison:
    """How `a` and `b` may be one name. Refuses a name without letters, and one that is too long."""
    left, right = parts(a), parts(b)
    if not (left and right and all(map(_readable, (left, right)))):
        raise NameEmpty
    return min(_ways(left, right), key=lambda way: way._cost)  # noqa: SLF001  the number is this module's own


def _readable(found: Sequence[str]) -> bool:
    return any(map(readings, found))


def _ways(left: tuple[str, ...], right: tuple[str, ...]) -> Iterator[Comparison]:
    """Part by part; and where one side writes as one what the other parts, all in one, in either order."""
    yield _part_by_part(left, right)
    if len(left) == len(right):
        return
    for other in (right, right[::-1]):
        one, two = "".join(left), "".join(other)
        pair = _pair(one, two, JOINED)
        yield Comparison((pair[0],), pair[0].grade, other != right, (), pair[1])


def _part_by_part(left: tuple[str, ...], right: tuple[str, ...]) -> Comparison:
    """The cheapest assignment of the parts of one side to those of the other."""
    costs = [[_aligned(one, two).cost for two in right] for one in left]
    chosen = assigned(costs)
    pairs = [_pair(left[row], right[column]) for row, column in chosen]
    lone_left = [part for row, part in enumerate(left) if row not in {each[0] for each in chosen}]
    lone_right = [part for column, part in enumerate(right) if column not in {each[1] for each in chosen}]
    turned = [column for _, column in chosen] != sorted(column for _, column in chosen)
    cost = sum(cost for _, cost in pairs) + MISSING * (len(lone_left) + len(lone_right)) + TURNED * turned
    alone = [Part(part, "", (), Grade.DIFFERENT) for part in lone_left] + [
        Part("", part, (), Grade.DIFFERENT) for part in lone_right
    ]
    worst = max((pair.grade for pair, _ in pairs), key=GRADES.index)
    grade = lowered(worst, turned=turned, missing=len(alone))
    return Comparison((*(pair for pair, _ in pairs), *alone), grade, turned, (*lone_left, *lone_right), cost)


def lowered(worst: Grade, *, turned: bool, missing: int) -> Grade:
    """Names of which a part is missing are at most possibly one; of which the order is turned, at most regularly."""
    return GRADES[max(_RANKS[worst], floor(turned=turned, missing=missing))]


def floor(*, turned: bool, missing: int) -> int:
    """The number of the best grade that such names can have."""
    return _RANKS[Grade.POSSIBLE if missing else Grade.REGULAR if turned else Grade.SAME_SPELLING]


def assigned(costs: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Which row goes with which column at the least sum: every row has one, or every column where those are fewer."""
    if len(costs) > len(costs[0]):
        return sorted((row, column) for column, row in assigned(list(zip(*costs, strict=True))))
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for row in costs:
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for (taken, (cost, columns)), column in product(best.items(), range(len(row))):
            if not taken & (bit := 1 << column):
                way = (cost + row[column], (*columns, column))
                following[taken | bit] = min(way, following.get(taken | bit, way))
        best = following
    return list(enumerate(min(best.values())[1]))


def _pair(left: str, right: str, more: float = 0.0) -> tuple[Part, float]:
    found = _aligned(left, right)
    same = left == right
    grade = Grade.SAME_SPELLING if same else graded(found.cost + more, length(left), length(right))
    return Part(left, right, found.steps, grade), found.cost + more


def graded(cost: float, *lengths: float) -> Grade:
    """The word for a cost between parts of these lengths."""
    return by_average(cost / (max(lengths) + 1))


def by_average(average: float) -> Grade:
    """The word for what a sound costs on average."""
    return GRADES[1 + bisect_left(LIMITS, average)]


def _aligned(left: str, right: str) -> Aligned:
    pairs = list(product(readings(left), readings(right)))
    if left == right and pairs:
        return Aligned(0.0, aligned(_free(pairs[0][0]), _free(pairs[0][0])).steps)
    return min((aligned(one, two) for one, two in pairs), key=lambda way: way.cost, default=Aligned(float("inf"), ()))


def _free(reading: Reading) -> Reading:
    return reading._replace(cost=0.0)
