"""Where a regular spelling of a name stands word for word, also where no rule took these words for a name.

Rules find the names that are made of what they know; of a name that they do not know, somebody who looks for it says how it
is spelled.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from panah import names, text
from panah.library import queries as library
from panah.library.models import Document, Passage, Reading
from panah.names import Script
from panah.search import queries as search

Spelled = Mapping[Script, Sequence[str]]
"""The regular spellings of a name in each script."""

MOST = 60
"""Passages in which spellings are looked at, those with most of them first."""
_WITH_ENDINGS = frozenset({
    Script.UYGHUR_ARABIC, Script.UYGHUR_LATIN, Script.UYGHUR_CYRILLIC, Script.KAZAKH_CYRILLIC, Script.KAZAKH_ARABIC,
    Script.KAZAKH_LATIN, Script.KYRGYZ_CYRILLIC, Script.UZBEK_LATIN, Script.TURKISH,
})  # fmt: skip
"""Scripts and styles in which cases are written on to a name: a full one is found with them."""


class Stretch(NamedTuple):
    """Words that are spelled like the name, and the bytes of the reading at which they stand."""

    document: Document
    reading: Reading
    start: int
    end: int
    words: str


def standing(
    name: str, spelled: Spelled, shelves: Sequence[int], *, beside: Container[tuple[str, ...]]
) -> Iterator[Stretch]:
    """Where a name, or one of its regular spellings, stands on some shelves, and no rule sees a name.

    What has no capital where names have one is none, and neither is what goes on for longer than a name. What has the parts
    of a spelling `beside` it is passed over: that was found already.
    """
    phrases = tuple(dict.fromkeys(_phrases(name, spelled)))
    if not phrases or not shelves:
        return
    asked = text.Any(phrases)
    found = search.find(asked, kind=Passage.KIND, shelves=shelves, limit=MOST)
    for hit in library.hits(found.object_ids, asked):
        marked = [
            (Stretch(hit.document, hit.passage.reading, start, end, words), at)
            for (words, at), (start, end) in zip(_marked(hit), hit.marks, strict=True)
            if not words[:1].islower() and (parts := names.parts_if_any(words)) and parts not in beside
        ]
        known = names.mentions(hit.words) if marked else []
        for stretch, at in marked:
            if not any(each.start < at + len(stretch.words) and at < each.end for each in known):
                yield stretch


def _marked(hit: library.Hit) -> Iterator[tuple[str, int]]:
    """What matched in a passage, and at which character it begins."""
    at = 0
    for words, marked in hit.marked():
        if marked:
            yield words, at
        at += len(words)


def _phrases(name: str, spelled: Spelled) -> Iterator[text.Phrase]:
    full = len(names.parts(name)) > 1
    if phrase := text.phrase(name):
        yield phrase
    for script, each in spelled.items():
        for spelling in each:
            if phrase := text.phrase(spelling):
                yield replace(phrase, prefix=full and script in _WITH_ENDINGS)
