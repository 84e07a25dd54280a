"""Where names stand: mentions by number, found by their parts in any order, with a missing part at a cost that is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from panah.names.grading import Grade, best_possible, grade_at, worst
from panah.names.joining import Near, joined, ways
from panah.names.parting import NameEmpty
from panah.names.pool import Numbers
from panah.names.reading import readings
from panah.names.vocabulary import Vocabulary

MOST_TOKENS = 400
"""Of the tokens near an asked part, those whose mentions are looked at."""

SLOTS = 4
"""The parts of a mention that are kept."""


class Hit(NamedTuple):
    """A mention that may be spelled for the asked name. `cost` orders hits, and is shown to no one."""

    mention: int
    grade: Grade
    turned: bool
    missing: int
    cost: float


class Roll:
    """Mentions, numbered from 0 in the order in which they were added, over the tokens of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self._tokens = np.zeros((0, SLOTS), np.int32)
        self._added: list[list[int]] = []
        self._starts = np.zeros(1, np.int64)
        self._mentions: Numbers = np.zeros(0, np.int32)

    def __len__(self) -> int:
        return len(self._tokens) + len(self._added)

    def add(self, mentions: Iterable[Sequence[str]]) -> None:
        """Mentions by their parts, which `parts` has made; of one with more than `SLOTS` parts the first are kept."""
        for found in mentions:
            tokens = self.vocabulary.add(found[:SLOTS])
            self._added.append(tokens + [-1] * (SLOTS - len(tokens)))

    def find(self, asked: Sequence[str], most: int = 50) -> list[Hit]:
        """At most `most` mentions that may be spelled for the asked parts, the nearest first. Refuses parts without letters."""
        asked = tuple(asked)[:SLOTS]
        if not any(map(readings, asked)):
            raise NameEmpty
        self._settle()
        near = [self.vocabulary.costs(part) for part in asked]
        candidates = self._candidates(near)
        hits = [hit for size in range(1, SLOTS + 1) for hit in self._hits(near, candidates, size, most)]
        return sorted(hits, key=lambda hit: (hit.cost, hit.mention))[:most]

    def _candidates(self, near: list[Near]) -> Numbers:
        """The mentions of the tokens nearest to any asked part."""
        found = []
        for costs, _distances in near:
            tokens = np.argsort(costs, kind="stable")[:MOST_TOKENS]
            tokens = tokens[np.isfinite(costs[tokens])]
            found.extend(self._mentions[self._starts[token] : self._starts[token + 1]] for token in tokens)
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int32)

    def _hits(self, near: list[Near], candidates: Numbers, size: int, most: int) -> list[Hit]:
        rows = self._tokens[candidates]
        chosen = candidates[(rows >= 0).sum(axis=1) == size]
        if not len(chosen):
            return []
        found = joined(near, self._tokens[chosen, :size].T)
        known = ways(len(near), size)
        order = np.argsort(found.costs, kind="stable")[:most]
        return [
            Hit(
                int(chosen[row]),
                worst(grade_at(float(found.far[row])), best_possible(turned=way.turned, missing=way.missing)),
                way.turned,
                way.missing,
                float(found.costs[row]),
            )
            for row in order
            if np.isfinite(found.costs[row]) and (way := known[int(found.ways[row])])
        ]

    def _settle(self) -> None:
        """Sort the mentions by token, where some were added since."""
        if not self._added:
            return
        self._tokens = np.concatenate([self._tokens, np.array(self._added, np.int32)])
        self._added = []
        mention, slot = np.nonzero(self._tokens >= 0)
        tokens = self._tokens[mention, slot]
        order = np.argsort(tokens, kind="stable")
        self._mentions = mention[order].astype(np.int32)
        self._starts = np.searchsorted(tokens[order], np.arange(len(self.vocabulary) + 1))
