"""Search engines. Each answers the same questions (`panah.text.Node`) over the same terms, and weighs matches alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from panah import text

MOST_WEIGHED = 64
"""By so many of its runs, of those that stand anywhere, the matches of a question are ordered. All of them are looked for."""


class Filter(NamedTuple):
    """Which entries may match."""

    kind: str
    shelves: Sequence[int]
    language: str = ""
    """A BCP 47 range, in any case: `zh` takes zh-Hant too; empty takes all."""
    groups: frozenset[int] | None = None
    """Only what belongs to these; None takes all."""


class Match(NamedTuple):
    """A thing that matches, and how well: a greater score is better."""

    object_id: int
    score: float


class Best(NamedTuple):
    """The best matches, best first, and how many there are in all."""

    matches: list[Match]
    total: int


class Engine(Protocol):
    """What answers questions."""

    def best(self, query: text.Node, chosen: Filter, *, limit: int) -> Best:
        """The best things, best first; `limit` is at least 1."""
        ...

    def best_of_each(self, queries: Iterable[text.Node], chosen: Filter, *, limit: int) -> list[Best]:
        """The same for many questions, with what they have in common counted once."""
        ...

    def some_of_each(self, queries: Iterable[text.Node], chosen: Filter, *, limit: int) -> list[list[int]]:
        """Things that match each of many questions, weighed by nothing: all of them, or any `limit` where there are more."""
        ...

    def counted(self, query: text.Node, chosen: Filter) -> dict[int, int]:
        """How many things match, of each group that has any."""
        ...
