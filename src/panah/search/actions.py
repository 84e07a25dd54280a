"""What goes into the index."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import transaction

from panah import text
from panah.search.engines import fts5
from panah.search.models import Entry


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
    """Make things findable, each by its text."""
    entries = Entry.objects.bulk_create(
        Entry(kind=kind, object_id=thing.object_id, shelf=thing.shelf, language=thing.language) for thing in things
    )
    fts5.add(zip((entry.pk for entry in entries), words, strict=True))


@transaction.atomic
def relabel(*, kind: str, object_ids: Iterable[int], language: str) -> None:
    """Say in which language things are."""
    Entry.objects.filter(kind=kind, object_id__in=list(object_ids)).update(language=language)


@transaction.atomic
def forget(*, kind: str, object_ids: Iterable[int]) -> None:
    """Take things out of the index."""
    entries = Entry.objects.filter(kind=kind, object_id__in=list(object_ids))
    fts5.remove(list(entries.values_list("pk", flat=True)))
    entries.delete()
