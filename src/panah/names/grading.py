"""Words for how near two spellings are. The number that is behind them stays in this package."""

from __future__ import annotations

from bisect import bisect_left
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from panah.names.reading import Kind, readings
from panah.names.sounds import Vector


class Grade(StrEnum):
    """How near two spellings are, the nearest first."""

    SAME_SPELLING = "same-spelling"
    REGULAR = "regular"
    POSSIBLE = "possible"
    WEAK = "weak"
    DIFFERENT = "different"


GRADES = tuple(Grade)
_RANKS = {grade: rank for rank, grade in enumerate(GRADES)}

Limits = tuple[float, float, float]
LETTERS: Limits = (0.55, 1.1, 1.6)
TRANSCRIPTION: Limits = (1.35, 2.3, 3.0)
CHARACTERS: Limits = (0.9, 1.5, 2.1)
"""The most that two parts may cost, divided by the root of their length, to be regular, possible or weak: two in letters,
one in letters and one in characters, two in characters. Set on val.tsv alone: docs/reference/names.md."""


ONLY_POSSIBLE = 1.001
"""The least distance of parts of which one lacks an ending, or is another form of the name."""


class Size(NamedTuple):
    """How many sounds a part has, where a character counts for two, and whether it is in characters."""

    length: float
    characters: bool


def size(part: str) -> Size:
    """Of a part, by its usual reading."""
    read = readings(part)[:1]
    characters = any(each.kind == Kind.SIGNS for each in read)
    return Size(max((len(each.units) * (2.0 if characters else 1.0) for each in read), default=1.0), characters)


def distance(cost: float, left: Size, right: Size) -> float:
    """From what a pair of parts costs: up to 1 it is regular, up to 2 possible, up to 3 weak, more is different."""
    lengths, characters = np.array([right.length], np.float32), np.array([right.characters])
    return float(distances(np.array([cost], np.float32), left, lengths, characters)[0])


def distances(costs: Vector, own: Size, lengths: Vector, characters: NDArray[np.bool_]) -> Vector:
    """The same for one part beside many."""
    average: Vector = (costs / np.sqrt(np.maximum(lengths, np.float32(own.length)))).astype(np.float32)
    same, other = (CHARACTERS, TRANSCRIPTION) if own.characters else (LETTERS, TRANSCRIPTION)
    alike = _on_the_scale(average, same)
    return np.where(characters == own.characters, alike, _on_the_scale(average, other)).astype(np.float32)


def _on_the_scale(average: Vector, limits: Limits) -> Vector:
    return np.interp(average, (0, *limits, 4 * limits[2]), (0, 1, 2, 3, 12)).astype(np.float32)


def grade_at(distance: float) -> Grade:
    """The word for a distance."""
    return GRADES[1 + bisect_left((1, 2, 3), round(distance, 4))]


def grades_at(distances: Vector) -> NDArray[np.int8]:
    """The numbers of the words for many."""
    return (1 + np.searchsorted((1, 2, 3), np.round(distances, 4))).astype(np.int8)


def worst(*grades: Grade) -> Grade:
    """The one that is farthest."""
    return max(grades, key=_RANKS.__getitem__)


def of_name(farthest: Grade, *, turned: bool, missing: int, differing: bool = False) -> Grade:
    """Of a name, by its farthest part: with a part missing it is at most possible, in another order at most regular.

    Where either side has a part that the other has not, they share a given name or a father's: that is weak, and nothing
    where the part that they share is weak itself.
    """
    if differing:
        return Grade.WEAK if _RANKS[farthest] <= _RANKS[Grade.POSSIBLE] else Grade.DIFFERENT
    return worst(farthest, Grade.POSSIBLE if missing else Grade.REGULAR if turned else Grade.SAME_SPELLING)
