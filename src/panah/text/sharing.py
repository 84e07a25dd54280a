"""Marks of the wording of a text: two texts with the same marks have the same words, one after the other.

The marks are those of winnowing (Schleimer, Wilkerson and Aiken 2003): of every so many words that follow each other, one
place is chosen by the words alone, and what stands there gives the mark. So a stretch that two texts share is marked at the
same places in both, whatever stands around it. Words of up to three letters do not count: articles and particles come and
go between copies.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import chain
from struct import pack

from panah.text.folding import folded
from panah.text.scripts import UNSPACED, Orthography, orthography, run
from panah.text.words import pieces_of

LONG = 4
"""A word counts from so many letters on."""
_WORDS = (6, 16)
_CHARACTERS = (12, 24)
"""So many words, or characters of unspaced scripts, make one mark; of so many places, at least one is marked."""
SURELY = _WORDS[0] + _WORDS[1] - 1
"""A shared stretch of so many long words has a mark in common, wherever it stands."""
SURELY_UNSPACED = _CHARACTERS[0] + _CHARACTERS[1] - 1
"""The same in characters of unspaced scripts."""

_PRIME = (1 << 61) - 1
_BITS = (1 << 40) - 1
_REMEMBERED = 500_000
"""Words of which it is remembered what they are to a mark."""


class _Known(dict[str, tuple[int, ...]]):
    """What stands between two spaces, as numbers of its long words: texts repeat themselves, and so it is told once."""

    def __init__(self, whose: Orthography) -> None:
        self._whose = whose

    def __missing__(self, between_spaces: str) -> tuple[int, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        forms = (piece.form for solid in run().findall(between_spaces) for piece in pieces_of(solid, self._whose))
        found = self[between_spaces] = tuple(zlib.crc32(form.encode()) for form in forms if len(form) >= LONG)
        return found


class _Characters(dict[str, int]):
    """Each character as a number that says nothing of its frequency."""

    def __missing__(self, character: str) -> int:
        form = folded(character, Orthography.ARABIC)
        found = self[character] = zlib.crc32(form.encode())
        return found


_KNOWN = {whose: _Known(whose) for whose in Orthography}
_CHARACTER = _Characters()


def marks_of(raw: str) -> list[int]:
    """The marks of the wording of `raw`, of 40 bits each, in their order: those of unspaced scripts first.

    They say nothing of what the words are, but whoever has the words can tell that these are their marks.
    """
    found: list[int] = []
    if not raw.isascii() and (unspaced := UNSPACED.findall(raw)):
        found = _marks([_CHARACTER[character] for character in "".join(unspaced)], *_CHARACTERS)
        raw = UNSPACED.sub(" ", raw)
    known = _KNOWN[orthography(raw)]
    return found + _marks(list(chain.from_iterable(map(known.__getitem__, raw.split()))), *_WORDS)


def _marks(units: Sequence[int], length: int, window: int) -> list[int]:
    """A mark for each chosen place: the units from there on, as digits of one number, modulo a prime."""
    octets, number = pack(f"<{len(units)}I", *units), int.from_bytes
    size = 4 * length
    return [
        number(octets[4 * place : 4 * place + size], "little") % _PRIME & _BITS
        for place in _chosen(units, len(units) - length + 1, window)
    ]


def _chosen(units: Sequence[int], places: int, window: int) -> list[int]:
    """Of each `window` places that follow each other the one with the least unit, the first of equals; in their order."""
    if places <= 0:
        return []
    first = units[: min(window, places)]
    least = min(first)
    best = first.index(least)
    found = [best]
    for place in range(window, places):
        unit = units[place]
        if unit < least:
            best, least = place, unit
            found.append(best)
        elif place - best >= window:
            left = units[best + 1 : place + 1]
            least = min(left)
            best += 1 + left.index(least)
            found.append(best)
    return found
