"""The distinct parts of many names, and which of them may be written for another.

A part is a token, and has a number. Most of those that cannot be meant are told by their consonants, counted by class;
the others are compared sound by sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from panah.names.grading import ONLY_POSSIBLE, distances, size
from panah.names.joining import Near
from panah.names.pool import Numbers, Signed, Sounds
from panah.names.reading import Kind, Reading, readings
from panah.names.skeletons import skeleton
from panah.names.sounds import Vector

MOST_COMPARED = 1_500
"""Readings of one kind that are compared sound by sound with one part, where not all are asked for."""

AT_ONCE = 1_000
"""Readings of like length that are compared at once."""


class Vocabulary:
    """Distinct parts by number, in the order in which they were added."""

    def __init__(self, forms: Iterable[str] = ()) -> None:
        self._numbers: dict[str, int] = {}
        self._forms: list[str] = []
        self._shelves: list[_Shelf] = []
        self._lengths: Vector = np.zeros(0, np.float32)
        self._characters = np.zeros(0, bool)
        self._shelved = 0
        self.add(forms)

    def __len__(self) -> int:
        return len(self._forms)

    def __getitem__(self, token: int) -> str:
        return self._forms[token]

    def add(self, forms: Iterable[str]) -> list[int]:
        """The numbers of these parts, which `parts` has made; those that are new are kept."""
        known, kept = self._numbers, self._forms
        found = []
        for form in forms:
            number = known.setdefault(form, len(kept))
            if number == len(kept):
                kept.append(form)
            found.append(number)
        return found

    def number(self, form: str) -> int | None:
        """The number of a part that is here."""
        return self._numbers.get(form)

    def costs(self, part: str, *, every: bool = False, more: float = 0.0) -> Near:
        """Every token by number beside `part`; those that are unlikely cost infinitely much, unless `every` one is compared.

        `more` is added to each.
        """
        self.read()
        plain, led = (np.full(len(self), np.inf, np.float32) for _ in range(2))
        for reading in readings(part):
            for shelf in self._shelves:
                shelf.compare(reading, led if reading.only_possible or shelf.only_possible else plain, every=every)
        if (same := self.number(part)) is not None:
            plain[same] = 0
        plain, led = plain + np.float32(more), led + np.float32(more)
        own = size(part)
        far = distances(plain, own, self._lengths, self._characters)
        at_most_possible = np.maximum(distances(led, own, self._lengths, self._characters), np.float32(ONLY_POSSIBLE))
        return Near(np.minimum(plain, led), np.minimum(far, at_most_possible))

    def read(self) -> None:
        """Read the parts that were added since, which the next question would do otherwise."""
        if self._shelved == len(self):
            return
        alike: dict[tuple[Kind, bool, bool], list[tuple[int, Reading]]] = {}
        sizes = []
        for token, form in enumerate(self._forms):
            sizes.append(size(form))  # here, where its readings are still known by heart
            for reading in readings(form):
                alike.setdefault((reading.kind, bool(reading.ending), bool(reading.form)), []).append((token, reading))
        self._shelves = [_Shelf(found) for found in alike.values()]
        self._lengths = np.array([each.length for each in sizes], np.float32)
        self._characters = np.array([each.characters for each in sizes], bool)
        self._shelved = len(self)


class _Shelf:
    """Readings of one kind, all or none without an ending or by another form; the short ones first, with the token of each."""

    def __init__(self, found: Sequence[tuple[int, Reading]]) -> None:
        kind, *_, self._ending, form = found[0][1]
        self.only_possible = bool(self._ending or form)
        found = sorted(found, key=lambda each: len(each[1].units))
        self._tokens = np.array([token for token, _ in found], np.int32)
        self._pool = _pool(kind, [reading for _, reading in found])
        self._skeletons = np.array([skeleton(reading) for _, reading in found], np.int8)

    def compare(self, reading: Reading, least: Vector, *, every: bool) -> None:
        """Lower `least` of every token that is compared with `reading` to what that costs. Of two endings none is left away."""
        if reading.ending and self._ending:
            return
        few = every or len(self._tokens) <= MOST_COMPARED
        for tokens, pool in self._whole if few else self._blocks(self._likely(reading)):
            np.minimum.at(least, tokens, pool.costs(reading))

    def _blocks(self, columns: Numbers) -> list[tuple[Numbers, Signed | Sounds]]:
        """These columns, those of like length together."""
        parted = np.array_split(columns, len(columns) // AT_ONCE + 1)
        return [(self._tokens[some], self._pool.chosen(some)) for some in parted]

    @cached_property
    def _whole(self) -> list[tuple[Numbers, Signed | Sounds]]:
        return self._blocks(np.arange(len(self._tokens), dtype=np.int32))

    def _likely(self, reading: Reading) -> Numbers:
        """The columns whose consonants differ least from those of `reading`, in their order."""
        differing = np.abs(self._skeletons - np.array(skeleton(reading), np.int8)).sum(axis=1, dtype=np.int16)
        return np.sort(np.argpartition(differing, MOST_COMPARED)[:MOST_COMPARED]).astype(np.int32)


def _pool(kind: Kind, read: Sequence[Reading]) -> Signed | Sounds:
    return Signed(read) if kind == Kind.SIGNS else Sounds(read, bare=kind == Kind.CONSONANTS)
