"""The consonants of a reading by class: what tells quickly, and never too strictly, which readings cannot be one name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from panah.names.reading import Kind, Reading
from panah.names.sounds import sounds_of
from panah.names.syllables import signs

CLASSES = ("bpf", "m", "dt", "n", "l", "r", "gGkqxhXQK", "jZCzsSJ")
"""Consonants that are taken for one another. y, w and the vowels are in none."""

FIRST = 2

_CLASS = {sound: number for number, sounds in enumerate(CLASSES) for sound in sounds}


def skeleton(reading: Reading) -> tuple[int, ...]:
    """How many consonants of each class it has, and how many of the first two are of each.

    A sign has those of the chunk that it usually stands for.
    """
    counts, first = [0] * len(CLASSES), [0] * len(CLASSES)
    for number, place in enumerate(_places(reading)):
        counts[place] += 1
        first[place] += number < FIRST
    return (*counts, *first)


def _places(reading: Reading) -> Iterable[int]:
    if reading.kind == Kind.SIGNS:
        return (place for sign in reading.units for place in _of_signs()[sign])
    return (_CLASS[sound] for sound in sounds_of(reading.units) if sound in _CLASS)


@cache
def _of_signs() -> list[tuple[int, ...]]:
    """Of every sign by number; of the unknown one, none."""
    source = signs()
    usual = [source.chunks[row] for row in source.seen[1:].argmin(axis=0)]
    return [(), *(tuple(_CLASS[sound] for sound in chunk if sound in _CLASS) for chunk in usual[1:])]
