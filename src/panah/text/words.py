"""Words of a text, each with its place in the raw text, so that whatever is found can be quoted exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from panah.text.folding import folded
from panah.text.languages import likeliest
from panah.text.scripts import APOSTROPHES, LINE_END, UNSPACED, Orthography, orthography, run
from panah.text.stems import LONGEST_KNOWN, MOST_KNOWN, Stemmed, stems_of

BREAK = "\ue000"
"""Stands between runs of pairs: a pair before it and a pair after it are not neighbours."""

_ELISION = re.compile(f"(?i:[cdjlmnost]|qu|jusqu|lorsqu|puisqu)[{APOSTROPHES}](?=.)")
"""l'asile, d'origine, O'Brien: a word that ends in an apostrophe. In G'ulja it is a part of the letter."""
_BROKEN = re.compile(rf"([^\W\d_]+){LINE_END}([^\W\d_]+)")
"""A word broken at the end of a line, or two that have a hyphen between them: as one it is among the words of a text, by its
halves it is found too."""
_LINE_END = re.compile(LINE_END)
_LINE_ENDS = tuple(hyphen + end for hyphen in "-\u2010\u00ad" for end in ("\n", "\r\n"))
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
    """What an index keeps of a text, each as one line, parted by spaces."""

    words: str
    """Words, and single characters of unspaced scripts, in their order."""
    pairs: str
    """Overlapping pairs of unspaced scripts, runs parted by `BREAK`."""
    stems: str = ""
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
    language, whose = language or likeliest(raw), orthography(raw)
    is_broken = any(map(raw.__contains__, _LINE_ENDS))
    solids = run().findall(raw) if is_broken else raw.split()
    words, stems = _known(language, whose)
    found = Tokens(_joined(map(words.__getitem__, solids)), "", _joined(map(stems.__getitem__, solids)))
    if is_broken:
        halves = chain.from_iterable(_BROKEN.findall(raw))
        more = stems_of([folded(half, whose) for half in halves], language)
        found = found._replace(stems=_joined([found.stems, *more]))
    if not found.words.isascii() and UNSPACED.search(raw):
        return found._replace(pairs=" ".join(_pairs(run().findall(raw), whose)))
    return found


def _joined(lines: Iterable[str]) -> str:
    return " ".join(filter(None, lines))


class _Words(dict[str, str]):
    """The words of what stands between two spaces. Texts repeat their words: what was seen before is not parted again."""

    def __init__(self, whose: Orthography) -> None:
        self._whose = whose

    def __missing__(self, solid: str) -> str:
        forms = (
            form
            for each in run().findall(solid)
            for piece in pieces_of(each, self._whose)
            for form in (piece.form if piece.unspaced else [piece.form])
        )
        words = " ".join(forms)
        if len(solid) <= LONGEST_KNOWN:
            if len(self) >= MOST_KNOWN:
                self.clear()
            self[solid] = words
        return words


@cache
def _known(language: str, whose: Orthography) -> tuple[_Words, Stemmed]:
    """The words of what stands between two spaces in a text of this language, and their stems."""
    words = _words(whose)
    return words, Stemmed(language, words)


@cache
def _words(whose: Orthography) -> _Words:
    return _Words(whose)


def _pairs(solids: Iterable[str], whose: Orthography) -> Iterator[str]:
    for solid in solids:
        if UNSPACED.search(solid):
            for piece in pieces_of(solid, whose):
                if piece.unspaced and len(piece.form) > 1:
                    yield from (*pairs(piece.form), BREAK)


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
