"""What comes of checking a draft, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from panah.law.citations import Citation, Outcome
from panah.library.models import Document
from panah.library.versions.comparing import Piece
from panah.text import Quoted


class Source(NamedTuple):
    """Where words stand in the library: a document, and bytes of its reading."""

    document: Document
    start: int
    end: int
    page: int | None


@dataclass(frozen=True)
class CheckedQuotation:
    """A quotation of a draft, and what came of comparing it with the library."""

    quoted: Quoted
    start_byte: int
    end_byte: int
    words: str
    """As the draft has them, without the quotation marks."""
    outcome: Outcome
    reason: str
    source: Source | None = None
    ours: Sequence[Piece] = ()
    """The draft's words, in pieces, where they differ."""
    theirs: Sequence[Piece] = ()


@dataclass(frozen=True)
class CheckedCitation:
    """A citation of a draft, and what came of looking it up."""

    cited: Citation
    start_byte: int
    end_byte: int
    words: str
    outcome: Outcome
    reason: str
    elements: tuple[str, ...] = ()
    """The ids of what the law asks on its authority."""
    source: Source | None = None
    near: tuple[str, ...] = ()
    """What the library has that differs by one slip of the hand. Nobody says that it was meant."""


@dataclass(frozen=True)
class Checked:
    """Every quotation and citation of a draft, each in their order."""

    quotations: tuple[CheckedQuotation, ...]
    citations: tuple[CheckedCitation, ...]

    def __iter__(self) -> Iterator[CheckedQuotation | CheckedCitation]:
        """Both, in the order in which they stand in the draft."""
        both: list[CheckedQuotation | CheckedCitation] = [*self.quotations, *self.citations]
        return iter(sorted(both, key=lambda each: (each.start_byte, -each.end_byte)))

    @property
    def is_sound(self) -> bool:
        """Whether nothing differs and nothing is missing. What could not be checked is not unsound."""
        return not any(each.outcome in {Outcome.DIFFERS, Outcome.NOT_FOUND} for each in self)
