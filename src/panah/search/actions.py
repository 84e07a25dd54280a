"""What goes into the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import transaction

from panah import text
from panah.search.engines import fts5
from panah.search.models import Entry


class Indexable(NamedTuple):
    """A stretch of text to be found, and what it is a stretch of."""

    object_id: int
    raw: str
    shelf: int
    language: str


@transaction.atomic
def index(*, kind: str, things: Sequence[Indexable]) -> None:
    """Make things findable."""
    entries = Entry.objects.bulk_create(
        Entry(kind=kind, object_id=thing.object_id, shelf=thing.shelf, language=thing.language) for thing in things
    )
    fts5.add((entry.pk, text.tokens(thing.raw)) for entry, thing in zip(entries, things, strict=True))


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
