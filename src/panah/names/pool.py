"""Many readings at once: what it costs that each of them and one other reading are one name, by whole columns.

The costs are those of `aligning`, which does the same for one pair and remembers its steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from panah.names.reading import Kind, Reading
from panah.names.sounds import NASAL, SIZE, VOWELS, Vector, numbers, sound_costs
from panah.names.syllables import LONGEST_CHUNK, signs

VOWEL_NOT_WRITTEN = 0.2
SOUND_NOT_TRANSCRIBED = 1.0
"""What is added where a sound has no part in any sign."""
SIGN_TOO_MANY = 1.5
MOST_OF_A_SIGN = 4.0

Numbers = NDArray[np.int32]
_VOWELS = list(numbers(VOWELS))


@cache
def alone(*, bare: bool) -> Vector:
    """What each sound costs that the other side does not have; a vowel little, where the other side writes none."""
    costs = sound_costs().alone.copy()
    if bare:
        costs[_VOWELS] = VOWEL_NOT_WRITTEN
    return costs


def lone_costs(units: NDArray[np.int16], costs: Vector) -> Vector:
    """What each sound of each column costs alone: little where it doubles the one before, or is the g of ng."""
    found: Vector = costs[units]
    found[1:][(units[1:] == units[:-1]) & (units[1:] > 0)] = sound_costs().doubled
    found[1:][(units[1:] == NASAL[1]) & (units[:-1] == NASAL[0])] = sound_costs().nasal
    return found


class _Lone:
    """The costs of sounds alone, for rows of which each may come from the row above."""

    def __init__(self, costs: Vector) -> None:
        self._costs = costs
        self._way = np.empty(costs.shape[1], np.float32)

    def start(self) -> Vector:
        """The rows before anything was compared."""
        rows = np.zeros((self._costs.shape[0] + 1, self._costs.shape[1]), np.float32)
        np.cumsum(self._costs, axis=0, out=rows[1:])
        return rows

    def settled(self, rows: Vector) -> Vector:
        """The least cost of every row, in place. Row by row, which is quicker than `np.minimum.accumulate`."""
        for place, costs in enumerate(self._costs):
            np.add(rows[place], costs, out=self._way)
            np.minimum(rows[place + 1], self._way, out=rows[place + 1])
        return rows


class Sounds:
    """Readings by sounds, all of one kind, a column for each."""

    def __init__(self, found: Sequence[Reading], *, bare: bool) -> None:
        self.units, self.lengths, self.prior = _columns(found)
        self.bare = bare

    def chosen(self, columns: Numbers) -> Sounds:
        """Some of the columns."""
        part = Sounds([], bare=self.bare)
        part.units, part.lengths, part.prior = _some(columns, self.units, self.lengths, self.prior)
        return part

    def costs(self, reading: Reading) -> Vector:
        """What it costs that each is `reading`."""
        row = self._by_signs(reading) if reading.kind == Kind.SIGNS else self._by_sounds(reading)
        found: Vector = row[self.lengths, np.arange(len(self.lengths))] + self.prior + np.float32(reading.cost)
        return found

    def _by_sounds(self, reading: Reading) -> Vector:
        source = sound_costs()
        lone = _Lone(lone_costs(self.units, alone(bare=True)) if reading.kind == Kind.CONSONANTS else self._alone)
        mine = lone_costs(np.array(reading.units, np.int16)[:, None], alone(bare=self.bare))[:, 0]
        row = lone.start()
        for unit, left_out in zip(reading.units, mine, strict=True):
            following = row + left_out
            np.minimum(following[1:], row[:-1] + source.between[unit][self.units], out=following[1:])
            row = lone.settled(following)
        return row

    def _by_signs(self, reading: Reading) -> Vector:
        source = signs()
        lone = _Lone(self._alone + np.float32(SOUND_NOT_TRANSCRIBED))
        chunks = self._chunks
        row = lone.start()
        for sign in reading.units:
            costs = np.ascontiguousarray(source.of(bare=self.bare)[:, sign])
            following = row + costs[1]
            for length, columns in enumerate(chunks, 1):
                np.minimum(following[length:], row[:-length] + costs.take(columns), out=following[length:])
            row = lone.settled(following)
        return row

    @cached_property
    def _alone(self) -> Vector:
        return lone_costs(self.units, alone(bare=False))

    @cached_property
    def _chunks(self) -> list[NDArray[np.intp]]:
        """For each length the column of the chunk that begins at each place."""
        lookup, found = signs().lookup, []
        units = self.units.astype(np.int32)
        codes = units
        for length in range(1, min(LONGEST_CHUNK, len(units)) + 1):
            if length > 1:
                codes = codes[:-1] * SIZE + units[length - 1 :]
            found.append(lookup[length][codes].astype(np.intp))
        return found


class Signed:
    """Readings by signs, a column for each."""

    def __init__(self, found: Sequence[Reading]) -> None:
        self.units, self.lengths, self.prior = _columns(found)

    def chosen(self, columns: Numbers) -> Signed:
        """Some of the columns."""
        part = Signed([])
        part.units, part.lengths, part.prior = _some(columns, self.units, self.lengths, self.prior)
        return part

    def costs(self, reading: Reading) -> Vector:
        """What it costs that each is `reading`."""
        last = self._by_signs(reading) if reading.kind == Kind.SIGNS else self._by_sounds(reading)
        found: Vector = last + self.prior + np.float32(reading.cost)
        return found

    def _by_signs(self, reading: Reading) -> Vector:
        source, each_alone = signs(), sign_alone()
        lone = _Lone(each_alone[self.units])
        row = lone.start()
        for sign in reading.units:
            following = row + each_alone[sign]
            np.minimum(following[1:], row[:-1] + source.between(sign)[self.units], out=following[1:])
            row = lone.settled(following)
        found: Vector = row[self.lengths, np.arange(len(self.lengths))]
        return found

    def _by_sounds(self, reading: Reading) -> Vector:
        sounds = reading.units
        costs = signs().of(bare=reading.kind == Kind.CONSONANTS)
        chunks = _chunks_of(sounds)
        lone = _Lone(np.repeat(not_transcribed(np.array(sounds, np.int16)[:, None]), len(self.lengths), axis=1))
        row = lone.start()
        whole = np.zeros(len(self.lengths), np.float32)
        for place, here in enumerate(self.units, 1):
            following = row + costs[1][here]
            for start, end, chunk in chunks:
                np.minimum(following[end], row[start] + costs[chunk][here], out=following[end])
            row = lone.settled(following)
            whole = np.where(self.lengths == place, row[-1], whole)
        return whole


def _chunks_of(sounds: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """Where each chunk begins and ends, and its column; without those that no syllable stands for."""
    spans = ((start, end) for end in range(len(sounds) + 1) for start in range(max(0, end - LONGEST_CHUNK), end))
    found = ((start, end, signs().row(sounds[start:end])) for start, end in spans)
    return [each for each in found if each[2]]


def _columns(found: Sequence[Reading]) -> tuple[NDArray[np.int16], Numbers, Vector]:
    lengths = np.array([len(each.units) for each in found], np.int32)
    units = np.zeros((int(lengths.max(initial=0)), len(found)), np.int16)
    for column, each in enumerate(found):
        units[: len(each.units), column] = each.units
    return units, lengths, np.array([each.cost for each in found], np.float32)


def _some(
    columns: Numbers, units: NDArray[np.int16], lengths: Numbers, prior: Vector
) -> tuple[NDArray[np.int16], Numbers, Vector]:
    chosen = lengths[columns]
    return units[: int(chosen.max(initial=0)), columns], chosen, prior[columns]


def not_transcribed(units: NDArray[np.int16]) -> Vector:
    """What each sound of each column costs that no sign stands for."""
    return lone_costs(units, alone(bare=False)) + np.float32(SOUND_NOT_TRANSCRIBED)


@cache
def sign_alone() -> Vector:
    """What each sign costs that the other side does not have."""
    found: Vector = np.minimum(signs().costs[1] + np.float32(SIGN_TOO_MANY), np.float32(MOST_OF_A_SIGN))
    return found
