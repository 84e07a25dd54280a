"""The consonants of a reading by class: what tells quickly, and never too strictly, which readings cannot be one name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from panah.names.reading import Kind, Reading
from panah.names.sounds import sounds_of
from panah.names.syllables import readings, syllable_costs

CLASSES = ("bpf", "m", "dt", "nN", "l", "r", "gGkqxh", "jZCzsS")
"""Consonants that are taken for one another. y, w and the vowels are in none."""

_CLASS = {sound: number for number, sounds in enumerate(CLASSES) for sound in sounds}


def skeleton(reading: Reading) -> tuple[int, ...]:
    """How many consonants of each class it has; a syllable has those of the chunk that it usually stands for."""
    counts = [0] * len(CLASSES)
    for place in _places(reading):
        counts[place] += 1
    return tuple(counts)


def _places(reading: Reading) -> Iterable[int]:
    if reading.kind == Kind.SYLLABLES:
        return (place for syllable in reading.units for place in _classes()[syllable])
    return (_CLASS[sound] for sound in sounds_of(reading.units) if sound in _CLASS)


@cache
def _classes() -> list[tuple[int, ...]]:
    """Of every syllable by number; of the unknown one, none."""
    source = syllable_costs()
    usual = source.costs.argmin(axis=1)
    chunks = {column: chunk for chunk, column in source.columns.items()}
    known = [()] + [
        tuple(_CLASS[sound] for sound in chunks[int(usual[row])] if sound in _CLASS)
        for row in range(1, len(readings()[1]) + 1)
    ]
    return known
