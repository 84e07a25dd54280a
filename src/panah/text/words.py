"""Words of a text, each with its place in the raw text, so that whatever is found can be quoted exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from panah.text.folding import folded
from panah.text.languages import likeliest
from panah.text.scripts import APOSTROPHES, LINE_END, UNSPACED, Orthography, orthography, run
from panah.text.stems import MOST_KNOWN, stems_of

BREAK = "\ue000"
"""Stands between runs of pairs: a pair before it and a pair after it are not neighbours."""

_ELISION = re.compile(f"(?i:[cdjlmnost]|qu|jusqu|lorsqu|puisqu)[{APOSTROPHES}](?=.)")
"""l'asile, d'origine, O'Brien: a word that ends in an apostrophe. In G'ulja it is a part of the letter."""
_BROKEN = re.compile(rf"([^\W\d_]+){LINE_END}([^\W\d_]+)")
"""A word broken at the end of a line, or two that have a hyphen between them: as one it is among the words of a text, by its
halves it is found too."""
_LONGEST_KNOWN = 40
"""Characters of a run that is worth being remembered: longer ones seldom come again."""
_TYPED = [(sign, "'") for sign in "’‘"] + [(sign, " ") for sign in "“”–—…•§\u00a0"]
"""Signs of which printed English is full, and what is typed for them: so that most of it is plain ASCII, and quick."""
_ASCII = {code: chr(code) if chr(code).isalnum() or chr(code) in "'`" else " " for code in range(128)}
_LINE_END = re.compile(LINE_END)
_LINE_END_NEAR = re.compile("[-\u2010\u00ad]\r?\n")
"""What to look for first: it is quick."""
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


def tokens(raw: str, language: str = "") -> Tokens:
    """What to index of `raw`, which is in `language` (BCP 47); where that is not known, in the likeliest.

    No offsets: they are found again when a hit is shown, by `pieces` on the same text.
    """
    plain, language = raw, language or likeliest(raw)
    for sign, typed in _TYPED:
        plain = plain.replace(sign, typed)
    broken = _LINE_END_NEAR.search(raw)
    if plain.isascii() and not broken:
        words = _parted(plain.translate(_ASCII).split(), Orthography.ARABIC)
        return Tokens(words, [], stems_of(words, language))
    whose = orthography(raw)
    solids = run().findall(raw)
    words = _parted(solids, whose)
    stems = stems_of(words, language)
    if broken:
        halves = chain.from_iterable(_BROKEN.findall(raw))
        stems += stems_of([folded(half, whose) for half in halves], language)
    return Tokens(words, _pairs(solids, whose) if UNSPACED.search(raw) else [], stems)


def _parted(solids: list[str], whose: Orthography) -> list[str]:
    """The words of runs, and single characters of unspaced ones."""
    return " ".join(map(_WORDS[whose].__getitem__, solids)).split()


class _Words(dict[str, str]):
    """The words of runs, parted by spaces. Texts repeat their words: what was seen before is not parted again."""

    def __init__(self, whose: Orthography) -> None:
        self._whose = whose

    def __missing__(self, solid: str) -> str:
        words = " ".join(
            form for piece in pieces_of(solid, self._whose) for form in (piece.form if piece.unspaced else [piece.form])
        )
        if len(solid) <= _LONGEST_KNOWN:
            if len(self) >= MOST_KNOWN:
                self.clear()
            self[solid] = words
        return words


_WORDS = {whose: _Words(whose) for whose in Orthography}


def _pairs(solids: list[str], whose: Orthography) -> list[str]:
    found: list[str] = []
    for solid in solids:
        if UNSPACED.search(solid):
            for piece in pieces_of(solid, whose):
                if piece.unspaced and len(piece.form) > 1:
                    found += [*pairs(piece.form), BREAK]
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
            yield Piece(
                folded(_LINE_END.sub("", word), whose),
                at + left + inset,
                at + left + inset + len(trimmed),
                unspaced=False,
            )
