"""The plan of a dossier: what stands in it, in which order, and what each line rests on.

An outline knows nothing of cases or letters, and nothing of pages: whoever has something to seal builds one, and
`dossier.actions.seal` presses it. Numbers of footnotes and exhibits are given by `numbered`, in the order of reading.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from panah import proof


@dataclass(frozen=True)
class Paper:
    """A document as it will be cited: its Original, and the Reading that quotations are taken from."""

    original: proof.Digest
    size: int
    media_type: str
    title: str
    compartment: UUID
    """Whose store has the bytes."""
    source: str = ""
    date: str = ""
    language: str = ""
    url: str = ""
    reading: proof.Digest | None = None
    extractor: str = ""
    """Name and version of what made the reading."""
    pages: tuple[int, ...] = ()
    """The byte of the reading at which each page begins; empty where there are no pages."""

    def page_of(self, byte: int) -> int | None:
        """The page, counted from 1, on which a byte of the reading stands; None where there are no pages."""
        return bisect_right(self.pages, byte) or None

    @property
    def label(self) -> str:
        """Title, source and date, as a footnote names it."""
        return ", ".join(part for part in (self.title, self.source, self.date) if part)


@dataclass(frozen=True)
class Citation:
    """Words of a paper, by byte range of its reading; or the whole paper, where there are no words."""

    paper: Paper
    start: int = 0
    end: int = 0
    words: str = ""
    prefix: str = ""
    suffix: str = ""
    page: int | None = None

    @property
    def whole(self) -> bool:
        """Whether it cites the paper as such, and no words of it."""
        return not self.words


class Kind(StrEnum):
    """What a block is, and so how it is set."""

    TEXT = "text"
    """A paragraph that a human wrote."""
    QUOTE = "quote"
    """Words of a citation, set as a quotation."""
    QUESTION = "question"
    """What the law asks, with its authority in `note`."""
    SILENCE = "silence"
    """What nobody has answered: an empty line in its place."""
    LABEL = "label"
    """A few words that say what follows, such as the stance of a quotation."""


@dataclass(frozen=True)
class Block:
    """One stretch of the dossier."""

    kind: Kind
    text: str = ""
    note: str = ""
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


class AppliedLaw(NamedTuple):
    """A body of law that was applied. An edition is the digest of the file that holds its questions."""

    title: str
    edition: proof.Digest
    """The one whose questions were asked."""
    chosen: proof.Digest
    """The one that was there when somebody chose this body of law."""
    chosen_on: str
    """The day, in ISO 8601."""

    @property
    def edited(self) -> bool:
        """Whether nobody chose the edition whose questions were asked."""
        return self.edition != self.chosen

    @property
    def label(self) -> str:
        """The title, and on the first page already that it was edited."""
        return f"{self.title} (edited since it was chosen)" if self.edited else self.title


class Name(NamedTuple):
    """One of the applicant's names, and the script it is written in (ISO 15924)."""

    name: str
    script: str
    note: str = ""
    """What is to be said of it: that it is an earlier one, and until when."""


@dataclass(frozen=True)
class Outline:
    """A dossier before it is pressed."""

    title: str
    reference: str
    called: str
    """The applicant as she wishes to be named."""
    names: tuple[Name, ...]
    """Her names, in every script and spelling."""
    frameworks: tuple[AppliedLaw, ...]
    """The bodies of law that were applied."""
    sections: tuple[Section, ...]
    gaps: tuple[str, ...]
    """What remains unexamined, in sentences. A sealed dossier says what it lacks."""
    papers: tuple[Paper, ...] = field(default=())
    """Papers that are exhibits without being cited anywhere."""

    def citations(self) -> Iterator[Citation]:
        """Every citation in the order of reading."""
        for section in self.sections:
            yield from _citations(section)


class Exhibit(NamedTuple):
    """A paper and the number under which it is annexed, from 1."""

    number: int
    paper: Paper


class Footnote(NamedTuple):
    """A citation of words, and its number, from 1."""

    number: int
    citation: Citation
    exhibit: int


class Numbered(NamedTuple):
    """An outline whose footnotes and exhibits have their numbers."""

    outline: Outline
    exhibits: tuple[Exhibit, ...]
    footnotes: tuple[Footnote, ...]

    def readings(self) -> Iterator[tuple[Exhibit, proof.Digest]]:
        """Every reading that is annexed: that of each exhibit, and whichever other one words are taken from. Each once."""
        cited = ((self.exhibits[note.exhibit - 1], note.citation.paper.reading) for note in self.footnotes)
        found = ((exhibit, exhibit.paper.reading) for exhibit in self.exhibits)
        yield from dict.fromkeys((exhibit, reading) for exhibit, reading in (*found, *cited) if reading)

    def exhibit_of(self, paper: Paper) -> int:
        """The number of a paper."""
        return next(exhibit.number for exhibit in self.exhibits if exhibit.paper.original == paper.original)


def numbered(outline: Outline) -> Numbered:
    """Give exhibits and footnotes their numbers. A paper has one number however often it is cited; words get one each time."""
    exhibits: dict[proof.Digest, Exhibit] = {}
    footnotes: list[Footnote] = []
    for citation in outline.citations():
        exhibit = exhibits.setdefault(citation.paper.original, Exhibit(len(exhibits) + 1, citation.paper))
        if not citation.whole:
            footnotes.append(Footnote(len(footnotes) + 1, citation, exhibit.number))
    for paper in outline.papers:
        exhibits.setdefault(paper.original, Exhibit(len(exhibits) + 1, paper))
    return Numbered(outline, tuple(exhibits.values()), tuple(footnotes))


def _citations(section: Section) -> Iterator[Citation]:
    for block in section.blocks:
        yield from block.cites
    for inner in section.sections:
        yield from _citations(inner)
