"""Where the words of a question stand in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from panah.text.languages import likeliest
from panah.text.querying import Node, Phrase
from panah.text.scripts import LINE_END, UNSEEN, Orthography, orthography, run
from panah.text.stems import MARK, stems_of
from panah.text.words import Piece, pieces_of

_TOGETHER = 2_000
"""Characters of short texts that are looked through at a time."""


_LINE_END = re.compile(LINE_END)
_SIGNS = '.,;:!?()[]"'
"""Signs that often stand before and after a word, and are in no run."""


class Span(NamedTuple):
    """A stretch of a text, in character offsets."""

    start: int
    end: int


def found_in(raw: str, query: Node) -> list[Span]:
    """Where the words that `query` looks for stand in `raw`, overlapping stretches joined, in their order."""
    return Finder(query).found_in(raw)


def atoms(raw: str) -> list[Piece]:
    """The words of `raw` in their order, and of its unspaced runs each character, with their places in it."""
    whose = orthography(raw)
    return [
        Piece(form, at + start, at + end, unspaced)
        for solid in run().finditer(raw)
        for at in (solid.start(),)
        for form, start, end, unspaced in _parted(solid[0], whose)
    ]


class Finder:
    """Finds the words of one question in one text after the other: what it learns of a word in one, it knows in the next.

    Texts repeat their words, and most of them are not looked for. So a text is first parted at its spaces, which no run
    contains and which is quick, and only where something between two of them may begin an occurrence is more done.
    """

    def __init__(self, query: Node) -> None:
        self._by_form: dict[str, list[_Sought]] = defaultdict(list)
        self._by_stem: dict[str, list[_Sought]] = defaultdict(list)
        for sought in map(_Sought.of, _phrases(query)):
            for form in sought.words[0]:
                self._by_form[form].append(sought)
            for stem in sought.stems:
                self._by_stem[stem].append(sought)
        self._in_stems = re.compile("|".join({re.escape(_core(stem)) for stem in self._by_stem}) or "(?!)")
        self._going_on = tuple(form for form, some in self._by_form.items() if any(one.goes_on(0) for one in some))
        self._known: dict[Orthography, set[str]] = {whose: set() for whose in Orthography}
        self._beginning: dict[Orthography, set[str]] = {whose: set() for whose in Orthography}
        self._runs: dict[Orthography, dict[str, bool]] = {whose: {} for whose in Orthography}

    def found_in(self, raw: str) -> list[Span]:
        """Where they stand in `raw`, overlapping stretches joined, in their order."""
        whose = orthography(raw)
        return _joined(self._spans(raw, whose)) if self._may_stand_in(raw, whose) else []

    def found_in_each(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        """The same of each of many short texts, in their order. Most of them are passed over several at a time."""
        at = 0
        while at < len(texts):
            together, size = at, 0
            while together < len(texts) and size < _TOGETHER:
                size += len(texts[together])
                together += 1
            yield from self._found_in_some(texts[at:together])
            at = together

    def _found_in_some(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        whole = "\n".join(texts)
        whose = orthography(whole)
        # The letters of one text do not say whose those of its neighbours are.
        if whose is Orthography.ARABIC and not self._may_stand_in(whole, whose):
            yield from ([] for _ in texts)
        else:
            yield from map(self.found_in, texts)

    def _may_stand_in(self, raw: str, whose: Orthography) -> bool:
        """Whether an occurrence may begin there; where not, none does."""
        between_spaces = set((_LINE_END.sub("", raw) if "\n" in raw else raw).split())
        known, beginning = self._known[whose], self._beginning[whose]
        if unknown := between_spaces - known:
            known |= unknown
            beginning |= {each for each in unknown if self._may_begin(each, whose)}
        return not beginning.isdisjoint(between_spaces)

    def _may_begin(self, solids: str, whose: Orthography) -> bool:
        bare = solids.strip(_SIGNS)
        if bare.isascii() and bare.isalnum():  # most are one plain word, and are known without being taken apart
            return self._is_first(bare.lower())
        return any(self._begins(solid, whose) for solid in run().findall(solids))

    def _begins(self, solid: str, whose: Orthography) -> bool:
        begins = self._runs[whose].get(solid)
        if begins is None:
            forms = [
                form for piece in pieces_of(solid, whose) for form in (piece.form if piece.unspaced else [piece.form])
            ]
            begins = self._runs[whose][solid] = any(map(self._is_first, forms))
        return begins

    def _is_first(self, form: str) -> bool:
        return (
            form in self._by_form
            or form.startswith(self._going_on)
            or (self._in_stems.search(form) is not None and not self._by_stem.keys().isdisjoint(stems_of([form], "")))
        )

    def _spans(self, raw: str, whose: Orthography) -> Iterator[Span]:
        solids = list(run().finditer(raw))
        tongue = likeliest(raw) if self._by_stem else ""
        for number, solid in enumerate(solids):
            if self._begins(solid[0], whose):
                atoms = _Atoms(solids, number, whose)
                for at in range(atoms.first):
                    for sought in self._beginning_with(atoms.form(at), tongue):
                        if sought.continues(atoms, at):
                            yield atoms.span(at, at + len(sought.words) - 1)

    def _beginning_with(self, form: str, tongue: str) -> Iterator[_Sought]:
        """What is looked for that begins with a word, in a text of a language."""
        yield from self._by_form.get(form, ())
        for stem in stems_of([form], tongue) if self._by_stem else ():
            yield from self._by_stem.get(stem, ())
        for begin in self._going_on:
            if form.startswith(begin):
                yield from (sought for sought in self._by_form[begin] if sought.goes_on(0))


class _Atoms:
    """The atoms of a text from one run on, taken apart as far as somebody asks."""

    def __init__(self, solids: Sequence[re.Match[str]], number: int, whose: Orthography) -> None:
        self._solids, self._next, self._whose = solids, number, whose
        self._places: list[tuple[int, Piece]] = []
        self._take_apart()
        self.first = len(self._places)
        """How many of them are of the first run."""

    def form(self, at: int) -> str:
        """The form of an atom; empty behind the last one."""
        while at >= len(self._places):
            if self._next >= len(self._solids):
                return ""
            self._take_apart()
        return self._places[at][1].form

    def span(self, first: int, last: int) -> Span:
        """Where the atoms `first` to `last` stand."""
        (begins, opening), (ends, closing) = self._places[first], self._places[last]
        return Span(begins + opening.start, ends + closing.end)

    def _take_apart(self) -> None:
        solid = self._solids[self._next]
        self._places += [(solid.start(), piece) for piece in _parted(solid[0], self._whose)]
        self._next += 1


class _Sought(NamedTuple):
    """A phrase word by word, each of an unspaced script character by character: the forms that each may have."""

    words: tuple[tuple[str, ...], ...]
    prefix: bool
    stems: frozenset[str]
    """Those of the only word, where it is not meant exactly."""

    @classmethod
    def of(cls, phrase: Phrase) -> _Sought:
        words: list[tuple[str, ...]] = []
        for word in phrase.words:
            words += [(character,) for character in word.forms[0]] if word.unspaced else [word.forms]
        alone = len(phrase.words) == 1 and not phrase.prefix
        return cls(tuple(words), phrase.prefix, frozenset(phrase.words[0].stems if alone else ()))

    def goes_on(self, step: int) -> bool:
        """Whether a word that begins so is meant as well."""
        return self.prefix and step == len(self.words) - 1

    def continues(self, atoms: _Atoms, at: int) -> bool:
        """Whether all behind its first word stands there, where that begins at an atom."""
        return all(self._is(step, atoms.form(at + step)) for step in range(1, len(self.words)))

    def _is(self, step: int, form: str) -> bool:
        meant = self.words[step]
        return form in meant or (self.goes_on(step) and form.startswith(meant))


def _core(stem: str) -> str:
    """Letters that every form has which shares a stem: taking off endings may change the last two, and a first one goes."""
    bare = stem.partition(MARK)[2]
    return bare[: max(2, min(4, len(bare) - 2))]


def _phrases(node: Node) -> Iterator[Phrase]:
    """The phrases that are looked for, not those that are excluded."""
    if isinstance(node, Phrase):
        yield node
    else:
        for part in node.parts:
            yield from _phrases(part)


def _joined(spans: Iterator[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


@lru_cache(maxsize=100_000)
def _parted(solid: str, whose: Orthography) -> tuple[Piece, ...]:
    """The words of a run, and each character of its unspaced parts, with their places in it."""
    pieces = pieces_of(solid, whose)
    if not any(piece.unspaced for piece in pieces):
        return pieces
    return tuple(chain.from_iterable(_characters(solid, piece) if piece.unspaced else (piece,) for piece in pieces))


def _characters(solid: str, part: Piece) -> Iterator[Piece]:
    """Each character of an unspaced part, with what is unseen behind it, where its folding kept their number."""
    places = [place for place in range(part.start, part.end) if solid[place] not in UNSEEN]
    if len(places) != len(part.form):
        yield from (part._replace(form=character) for character in part.form)
        return
    for character, (start, end) in zip(part.form, pairwise([*places, part.end]), strict=True):
        yield Piece(character, start, end, unspaced=True)
