"""From the costs of parts to the costs of names: which part stands for which, by whole columns of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from panah.names.pool import Numbers
from panah.names.sounds import Vector

MISSING = 3.0
"""What a part costs that one side does not have."""
TURNED = 0.6
"""What it costs that the parts stand in another order."""
JOINED = 0.3
"""What it costs that parts are written as one."""

MOST_JOINED = 5
"""Of the parts of a name, those after this many are not looked for."""


class Near(NamedTuple):
    """An asked part beside every token: what it costs, and how far that makes them."""

    costs: Vector
    distances: Vector


class Way(NamedTuple):
    """Which slot each asked part is found in, or None."""

    slots: tuple[int | None, ...]
    turned: bool
    missing: int
    differing: bool
    """Whether either side has parts that are not found in the other."""


class Joined(NamedTuple):
    """For every name: its cost, the distance of its farthest part, and the number of the way."""

    costs: Vector
    far: Vector
    ways: NDArray[np.int16]


@cache
def ways(asked: int, slots: int) -> tuple[Way, ...]:
    """Every way to find `asked` parts among `slots`: as many as can be first, and one at least."""
    found = dict.fromkeys(_ways(asked, slots))
    return tuple(sorted(found, key=lambda way: (way.missing, way.turned)))


def _ways(asked: int, slots: int) -> Iterator[Way]:
    places: list[int | None] = [*range(slots), *([None] * asked)]
    for chosen in dict.fromkeys(permutations(places, asked)):
        used = [slot for slot in chosen if slot is not None]
        if used:
            lone, left = asked - len(used), slots - len(used)
            yield Way(chosen, used != sorted(used), lone + left, bool(lone and left))


def joined(near: Sequence[Near], tokens: Numbers) -> Joined:
    """The best way for each name: `tokens` are by slot and name."""
    costs = [[part.costs[slot] for slot in tokens] for part in near]
    distances = [[part.distances[slot] for slot in tokens] for part in near]
    names = tokens.shape[1]
    best, far = np.full(names, np.inf, np.float32), np.full(names, np.inf, np.float32)
    chosen = np.zeros(names, np.int16)
    for number, way in enumerate(ways(len(near), len(tokens))):
        pairs = [(part, slot) for part, slot in enumerate(way.slots) if slot is not None]
        cost = sum((costs[part][slot] for part, slot in pairs), np.float32(TURNED * way.turned + MISSING * way.missing))
        better = cost < best
        farthest = np.max([distances[part][slot] for part, slot in pairs], axis=0)
        best, far = np.where(better, cost, best), np.where(better, farthest, far)
        chosen[better] = number
    return Joined(best, far, chosen)
