"""What a question finds, as lines of a list that is saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from panah.library import saving
from panah.library.finding import queries
from panah.library.finding.question import Question
from panah.library.models import Document
from panah.library.queries import Hit
from panah.team.models import Member

MOST = 10_000
"""Lines of a list."""


class Found(NamedTuple):
    """A passage; every field is a text, and empty where there is nothing to say."""

    id: str
    document: str
    title: str
    source: str
    date: str
    language: str
    collection: str
    page: str
    start: str
    end: str
    words: str

    def cells(self) -> list[str]:
        """As a row of a table: no cell that a spreadsheet would take for a formula."""
        return saving.cells(self)


class Standing(NamedTuple):
    """A document; every field is a text, and empty where there is nothing to say."""

    id: str
    title: str
    source: str
    date: str
    period: str
    places: str
    concepts: str
    language: str
    collection: str
    url: str
    state: str
    original: str

    def cells(self) -> list[str]:
        """As a row of a table: no cell that a spreadsheet would take for a formula."""
        return saving.cells(self)


def passages(asker: Member, question: Question, *, now: datetime, most: int = MOST) -> Iterator[Found]:
    """A line for each passage that a question finds, in its order. Raises as `queries.ask`, before the first."""
    return map(line_of, queries.every_hit(asker, question, now=now, most=most))


def documents(asker: Member, question: Question, *, now: datetime, most: int = MOST) -> Iterator[Standing]:
    """A line for each document that passes the filters of a question, in its order. Raises as `queries.ask`."""
    return map(standing_of, queries.ask(asker, question, now=now, limit=most).documents)


def line_of(hit: Hit) -> Found:
    """A passage as a line of a list."""
    document, passage = hit.document, hit.passage
    return Found(
        f"{document.pk}#{passage.start}-{passage.end}", str(document.pk), document.title,
        document.source.name if document.source else "", document.date, document.language, document.collection.name,
        str(passage.page or ""), str(passage.start), str(passage.end), hit.words,
    )  # fmt: skip


def standing_of(document: Document) -> Standing:
    """A document as a line of a list."""
    return Standing(
        str(document.pk), document.title or document.path, document.source.name if document.source else "", document.date,
        document.period, document.places, document.concepts, document.language, document.collection.name, document.url,
        document.state, document.original.digest,
    )  # fmt: skip
