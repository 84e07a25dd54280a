"""How many made-up cases a test tries: few each time, and many in `make attack`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
DEEPER = 10


def tried(few: int) -> int:
    """So many; or ten times as many where `PANAH_TESTS=deep`."""
    return few * DEEPER if _deep() else few


def some(values: Sequence[T]) -> Sequence[T]:
    """Every third of some values; or all of them where `PANAH_TESTS=deep`."""
    return values if _deep() else values[::3]


def _deep() -> bool:
    return os.environ.get("PANAH_TESTS") == "deep"
