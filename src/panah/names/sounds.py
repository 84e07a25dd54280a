"""The hub: the sounds into which every script is read, a letter for each, and what it costs to take one for another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from panah.names.tables import Costs, table

VOWELS = "aeéioöuü"
AMBIGUOUS = "XQKJ"
"""Sounds that depend on a convention which nobody states; `tables/sounds.yaml` says which they may be."""

SOUNDS = VOWELS + "bptjCxdrzZsSGfqkglmnhwy" + AMBIGUOUS
"""C is ch, Z is zh, S is sh, G is gh; ng is two; e is the open vowel of ULY, é the closed one."""

SIZE = len(SOUNDS) + 1
"""Of an alphabet whose letter 0 stands for none."""

Vector = NDArray[np.float32]
_NUMBERS = {sound: number for number, sound in enumerate(SOUNDS, 1)}
_AS_WRITTEN = str.maketrans(
    {"C": "ch", "Z": "zh", "S": "sh", "G": "gh", "é": "ë", "X": "x", "Q": "q", "K": "c", "J": "zh"}
)


def numbers(sounds: str) -> tuple[int, ...]:
    """The letters of the hub as numbers from 1."""
    return tuple(_NUMBERS[sound] for sound in sounds)


NASAL = numbers("ng")
"""One sound in most scripts, two letters in some."""


def sounds_of(units: tuple[int, ...]) -> str:
    """The letters of the hub that these numbers stand for."""
    return "".join(SOUNDS[unit - 1] for unit in units)


def as_written(sounds: str) -> str:
    """Sounds of the hub in the letters of Uyghur Latin, which people read."""
    return sounds.translate(_AS_WRITTEN)


@dataclass(frozen=True)
class SoundCosts:
    """What it costs to take one sound for another (`between`), and to leave one out or put one in (`alone`)."""

    between: Vector
    alone: Vector
    doubled: float
    nasal: float

    def lone(self, before: int, sound: int, alone: Vector) -> float:
        """What a sound costs alone after another."""
        if sound == before:
            return self.doubled
        return self.nasal if (before, sound) == NASAL else float(alone[sound])


@cache
def sound_costs() -> SoundCosts:
    """The costs of `tables/sounds.yaml`."""
    source = table("sounds.yaml")
    between = np.full((SIZE, SIZE), source.number("other"), np.float32)
    np.fill_diagonal(between, 0)
    for pair, cost in source.costs("between").items():
        one, other = numbers(pair.replace(" ", ""))
        between[one, other] = between[other, one] = cost
    alone = np.full(SIZE, source.number("other_alone"), np.float32)
    alone[0] = 0
    for sound, cost in source.costs("alone").items():
        alone[numbers(sound)[0]] = cost
    costs = SoundCosts(between, alone, source.number("doubled"), source.number("nasal"))
    for sound in AMBIGUOUS:
        _as_any_of(costs, sound)
    return costs


@cache
def meant(sound: str) -> Costs:
    """The sounds that an ambiguous one may be, and what each costs."""
    return table("sounds.yaml").costs("ambiguous", sound)


def _as_any_of(costs: SoundCosts, sound: str) -> None:
    """An ambiguous sound costs as little as any of those that it may be."""
    own = numbers(sound)[0]
    others = [numbers(other)[0] for other in meant(sound)]
    rows = costs.between[others] + np.array(list(meant(sound).values()), np.float32)[:, None]
    costs.between[own] = costs.between[:, own] = rows.min(axis=0)
    costs.between[own, own] = 0
    costs.alone[own] = costs.alone[others].min()
