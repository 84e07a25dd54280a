"""Which characters the fonts in `dossier/fonts` can draw. `tools/fonts.py` writes the table."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

FOLDER = files("panah.dossier") / "fonts"


class Family(NamedTuple):
    """A family of fonts: where the ranges begin that all its cuts can draw, and where they end."""

    name: str
    first: tuple[int, ...]
    last: tuple[int, ...]

    def has(self, character: str) -> bool:
        """Whether it can draw the character."""
        code = ord(character)
        place = bisect_right(self.first, code) - 1
        return place >= 0 and code <= self.last[place]


@cache
def families() -> tuple[Family, ...]:
    """The shipped families, as they stand in the table."""
    found = []
    for line in (FOLDER / "coverage.txt").read_text(encoding="utf-8").splitlines():
        name, _, ranges = line.partition(": ")
        bounds = [bound.partition("-") for bound in ranges.split()]
        first = tuple(int(low, 16) for low, _, _ in bounds)
        found.append(Family(name, first, tuple(int(high or low, 16) for low, _, high in bounds)))
    return tuple(found)


@lru_cache(maxsize=100_000)
def drawable(cluster: str) -> bool:
    """Whether one family can draw all of it: a letter and its marks must come from the same font."""
    return any(all(family.has(character) for character in cluster) for family in families())
