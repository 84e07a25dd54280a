"""What goes into the index."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet

from panah import text
from panah.search.engines import fts5
from panah.search.models import Entry

_ENTER = "INSERT INTO search_entry (kind, object_id, shelf, language) VALUES (%s, %s, %s, %s)"
_AT_ONCE = 10_000
"""Numbers in one question to the database; it takes more, but not any number."""


class Indexable(NamedTuple):
    """Something to be found."""

    object_id: int
    shelf: int
    language: str


class Words:
    """The words of some texts, one text after another, ready to be indexed.

    Taking a text apart costs more than writing it into the index: it is done before, while nobody waits for the database.
    They are kept small, so that of a hundred megabytes of text there are not several hundred of words.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        lines = (line for raw in texts for line in fts5.lines(text.tokens(raw)))
        self._packed = zlib.compress("\n".join(lines).encode(), level=1)

    def __iter__(self) -> Iterator[fts5.Lines]:
        lines = iter(zlib.decompress(self._packed).decode().split("\n"))
        return map(fts5.Lines, lines, lines)


@transaction.atomic
def index(*, kind: str, things: Sequence[Indexable], words: Words) -> None:
    """Make things findable, each by its text. Raises IntegrityError for one that is indexed already."""
    with connection.cursor() as cursor:  # a long text is ten thousands of rows, and the others wait: not one model each
        cursor.executemany(_ENTER, [(kind, *thing) for thing in things])
    numbers = Entry.objects.filter(kind=kind, object_id__in=[thing.object_id for thing in things])
    entries = dict(numbers.values_list("object_id", "pk"))
    fts5.add(zip((entries[thing.object_id] for thing in things), words, strict=True))


@transaction.atomic
def relabel(*, kind: str, object_ids: Iterable[int], language: str) -> None:
    """Say in which language things are."""
    for entries in _entries(kind, object_ids):
        entries.update(language=language)


@transaction.atomic
def forget(*, kind: str, object_ids: Iterable[int]) -> None:
    """Take things out of the index."""
    for entries in _entries(kind, object_ids):
        fts5.remove(list(entries.values_list("pk", flat=True)))
        entries.delete()


def _entries(kind: str, object_ids: Iterable[int]) -> Iterator[QuerySet[Entry]]:
    numbers = iter(object_ids)
    while some := list(islice(numbers, _AT_ONCE)):
        yield Entry.objects.filter(kind=kind, object_id__in=some)
