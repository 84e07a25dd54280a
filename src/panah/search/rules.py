"""How much a match weighs: BM25, as numbers."""

from __future__ import annotations

from math import log
from typing import NamedTuple

STEEPNESS = 2.2
"""What a phrase scores at most, as a multiple of its rarity: k + 1, for k = 1.2."""
ONCE = 1 / STEEPNESS
"""How much of that a phrase has which stands once in an entry of mean length."""
LEAST = 1e-6
"""What a word weighs that stands in more than half of all entries. FTS5 takes the same."""


class Size(NamedTuple):
    """How many entries there are, and how many tokens in them."""

    entries: int
    tokens: int


class Seen(NamedTuple):
    """Up to where something has followed the index: the numbers of the last entry and the last change."""

    entry: int
    change: int


def rarity(having: int, entries: int) -> float:
    """What it says that an entry has a phrase, which `having` of so many entries have (inverse document frequency)."""
    weight = log((entries - having + 0.5) / (having + 0.5)) if entries > having else 0.0
    return max(weight, LEAST)
