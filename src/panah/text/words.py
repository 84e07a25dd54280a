"""Words of a text, each with its place in the raw text, so that whatever is found can be quoted exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from panah.text.folding import folded
from panah.text.scripts import APOSTROPHES, UNSPACED, Orthography, orthography, run

BREAK = "\ue000"
"""Stands between runs of pairs: a pair before it and a pair after it are not neighbours."""

_ELISION = re.compile(f"(?i:[cdjlmnost]|qu|jusqu|lorsqu|puisqu)[{APOSTROPHES}](?=.)")
"""l'asile, d'origine, O'Brien: a word that ends in an apostrophe. In G'ulja it is a part of the letter."""
_POSSESSIVE = re.compile(f"[{APOSTROPHES}](?=[sS]$)")
"""China's: a word, and its ending."""


class Piece(NamedTuple):
    """A word, or a run of an unspaced script: its folded form, and where it stands (character offsets)."""

    form: str
    start: int
    end: int
    unspaced: bool


class Tokens(NamedTuple):
    """What an index keeps of a text."""

    words: list[str]
    """Words, and single characters of unspaced scripts, in their order."""
    pairs: list[str]
    """Overlapping pairs of unspaced scripts, runs parted by `BREAK`."""
    stems: Sequence[str] = ()
    """`LANG·stem` of each word of a language that has stems here: `en·camp`."""


def pieces(raw: str) -> Iterator[Piece]:
    """The words of `raw` in their order, with their places in it."""
    whose = orthography(raw)
    for solid in run().finditer(raw):
        at = solid.start()
        for piece in pieces_of(solid[0], whose):
            yield Piece(piece.form, at + piece.start, at + piece.end, piece.unspaced)


def tokens(raw: str) -> Tokens:
    """What to index of `raw`. No offsets: they are found again when a hit is shown, by `pieces` on the same text."""
    whose = orthography(raw)
    found = Tokens([], [])
    for solid in run().findall(raw):
        for piece in pieces_of(solid, whose):
            if piece.unspaced:
                found.words.extend(piece.form)
                if len(piece.form) > 1:
                    found.pairs.extend(pairs(piece.form))
                    found.pairs.append(BREAK)
            else:
                found.words.append(piece.form)
    return found


def pairs(form: str) -> list[str]:
    """The overlapping pairs of a run."""
    return [form[place : place + 2] for place in range(len(form) - 1)]


@lru_cache(maxsize=200_000)
def pieces_of(solid: str, whose: Orthography) -> tuple[Piece, ...]:
    """The pieces of one run, with their places in it. Texts repeat their words: the cache is what makes indexing fast."""
    if solid.isascii() and solid.isalnum():
        return (Piece(solid.lower(), 0, len(solid), unspaced=False),)
    found: list[Piece] = []
    at = 0
    for part in UNSPACED.finditer(solid):
        found += _spaced(solid, at, part.start(), whose)
        found.append(Piece(folded(part[0], whose), *part.span(), unspaced=True))
        at = part.end()
    found += _spaced(solid, at, len(solid), whose)
    return tuple(piece for piece in found if piece.form)


def _spaced(solid: str, start: int, end: int, whose: Orthography) -> Iterator[Piece]:
    """The words between `start` and `end`: parted at underscores, after an elision, before a possessive."""
    for part in re.finditer("[^_]+", solid[start:end]):
        at, text = start + part.start(), part[0]
        bounds = [0]
        if elision := _ELISION.match(text):
            bounds.append(elision.end())
        if possessive := _POSSESSIVE.search(text):
            bounds.append(possessive.end())
        for left, right in zip(bounds, [*bounds[1:], len(text)], strict=True):
            word = text[left:right]
            trimmed = word.strip(APOSTROPHES)
            inset = word.find(trimmed) if trimmed else 0
            yield Piece(folded(word, whose), at + left + inset, at + left + inset + len(trimmed), unspaced=False)
