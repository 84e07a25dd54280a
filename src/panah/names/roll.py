"""Where names stand: mentions by number, found by their parts in any order, with a missing part at a cost that is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from panah.names.grading import Grade, grade_at, of_name
from panah.names.joining import JOINED, Near, joined, ways
from panah.names.parting import NameEmpty
from panah.names.pool import Numbers
from panah.names.reading import readings
from panah.names.vocabulary import Vocabulary

FAR = 3.0
"""The distance from which two parts are different."""

MOST_TOKENS = 200
"""Of the tokens near an asked part, those whose mentions are looked at."""

MOST_LOOKED_AT = 120_000
"""Mentions that are looked at for one asked part: those of the nearest tokens first."""

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
        self._tokens: Numbers = np.zeros((SLOTS, 0), np.int32)
        self._added: list[tuple[int, ...]] = []
        self._starts = np.zeros(1, np.int64)
        self._solid = False
        self._widest = 0
        self._mentions: Numbers = np.zeros(0, np.int32)

    def __len__(self) -> int:
        return int(self._tokens.shape[1]) + len(self._added)

    @property
    def memory(self) -> int:
        """How many bytes the mentions take, beside the vocabulary."""
        self._settle()
        return self._tokens.nbytes + self._mentions.nbytes + self._starts.nbytes

    def parts_of(self, mention: int) -> tuple[str, ...]:
        """The parts of a mention that are kept."""
        self._settle()
        return tuple(self.vocabulary[token] for token in self._tokens[:, mention].tolist() if token >= 0)

    def add(self, mentions: Iterable[Sequence[str]]) -> None:
        """Mentions by their parts, which `parts` has made; of one with more than `SLOTS` parts the first are kept."""
        for found in mentions:
            self._added.append(tuple(self.vocabulary.add(found[:SLOTS])))

    def add_tokens(self, mentions: Numbers) -> None:
        """Mentions by the numbers that the vocabulary has for their parts: a row for each, with -1 after its last part."""
        self._settle()
        added = np.full((SLOTS, len(mentions)), -1, np.int32)
        added[: mentions.shape[1]] = mentions[:, :SLOTS].T
        self._take_in(added)

    def find(self, asked: Sequence[str], most: int = 50) -> list[Hit]:
        """At most `most` mentions that may be spelled for the asked parts, the nearest first. Refuses parts without letters.

        Also those that have the parts in another order, lack one, or write them as one.
        """
        asked = tuple(asked)[:SLOTS]
        if not any(map(readings, asked)):
            raise NameEmpty
        self._settle()
        near = [self.vocabulary.costs(part) for part in asked]
        hits = self._hits(near, self._candidates(near), most)
        for order in {asked, asked[::-1]} if len(asked) > 1 and self._solid else ():
            whole = self.vocabulary.costs("".join(order), more=JOINED)
            alone = self._candidates([whole])
            hits += self._hits([whole], alone[self._sizes(alone) == 1], most)
        return _nearest(hits, most)

    def _candidates(self, near: list[Near]) -> Numbers:
        """The mentions of the tokens nearest to any asked part, where all are not too many."""
        found = [self._mentions_of(part) for part in near]
        if len(found) > 1 and sum(map(len, found)) > MOST_LOOKED_AT:
            found = [self._with_another(own, part, near) for own, part in zip(found, near, strict=True)]
        return self._each_once(found)

    def _each_once(self, found: list[Numbers]) -> Numbers:
        """By marking them, which is quicker than to sort them."""
        marked = np.zeros(len(self), bool)
        for mentions in found:
            marked[mentions] = True
        return np.flatnonzero(marked).astype(np.int32)

    def _with_another(self, mentions: Numbers, part: Near, near: list[Near]) -> Numbers:
        """Those of the mentions that have something near to another asked part too."""
        others = np.min([other.distances for other in near if other is not part], axis=0)
        is_near = np.append(others <= FAR, False)  # the last for slot -1, in which no part is
        both = np.zeros(len(mentions), bool)
        for tokens in self._tokens[: self._widest]:
            both |= is_near[tokens[mentions]]
        chosen: Numbers = mentions[both]
        return chosen

    def _mentions_of(self, part: Near) -> Numbers:
        count = min(MOST_TOKENS, len(part.costs) - 1)
        nearest = np.argpartition(part.costs, count)[: count + 1]
        nearest = nearest[np.argsort(part.costs[nearest], kind="stable")]
        nearest = nearest[part.distances[nearest] <= FAR]
        until = int(np.searchsorted(np.cumsum(self._starts[nearest + 1] - self._starts[nearest]), MOST_LOOKED_AT)) + 1
        spans = [self._mentions[self._starts[token] : self._starts[token + 1]] for token in nearest[:until]]
        return np.concatenate(spans) if spans else np.zeros(0, np.int32)

    def _sizes(self, mentions: Numbers) -> Numbers:
        sizes = np.zeros(len(mentions), np.int32)
        for tokens in self._tokens[: self._widest]:
            sizes += tokens[mentions] >= 0
        return sizes

    def _hits(self, near: list[Near], candidates: Numbers, most: int) -> list[Hit]:
        sizes = self._sizes(candidates)
        groups = ((size, candidates[sizes == size]) for size in range(1, SLOTS + 1))
        return [hit for size, own in groups if len(own) for hit in self._hits_of(near, own, size, most)]

    def _hits_of(self, near: list[Near], own: Numbers, size: int, most: int) -> Iterator[Hit]:
        found, known = joined(near, self._tokens[:size, own]), ways(len(near), size)
        best_first = np.argsort(found.costs, kind="stable")[:most]
        for row in best_first[np.isfinite(found.costs[best_first])]:
            way = known[int(found.ways[row])]
            farthest = grade_at(float(found.far[row]))
            grade = of_name(farthest, turned=way.turned, missing=way.missing, differing=way.differing)
            yield Hit(int(own[row]), grade, way.turned, way.missing, float(found.costs[row]))

    def _settle(self) -> None:
        """Sort the mentions by token, where some were added since."""
        if not self._added:
            return
        added = np.full((SLOTS, len(self._added)), -1, np.int32)
        for slot in range(SLOTS):
            added[slot] = [tokens[slot] if slot < len(tokens) else -1 for tokens in self._added]
        self._added = []
        self._take_in(added)

    def _take_in(self, added: Numbers) -> None:
        self._tokens = np.concatenate([self._tokens, added], axis=1) if len(self) else added
        standing = [np.flatnonzero(slot >= 0).astype(np.int32) for slot in self._tokens]
        tokens = np.concatenate([slot[own] for slot, own in zip(self._tokens, standing, strict=True)])
        self._mentions = np.concatenate(standing)[np.argsort(tokens, kind="stable")]
        counts = np.bincount(tokens, minlength=len(self.vocabulary))
        self._starts = np.concatenate([[0], np.cumsum(counts)])
        self._solid = bool((self._tokens[1] < 0).any())
        self._widest = int((self._tokens >= 0).any(axis=1).sum())


def _nearest(hits: list[Hit], most: int) -> list[Hit]:
    """Of each mention the nearest, and of all of them the nearest."""
    best: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.cost, hit.mention)):
        best.setdefault(hit.mention, hit)
    return list(best.values())[:most]
