"""What goes into the index."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Count, QuerySet, Sum

from panah import text
from panah.search.engines import fts5, terms
from panah.search.models import Change, Entry, Sealed, Shelf
from panah.search.rules import Seen, Size

_ENTER = 'INSERT INTO search_entry (kind, object_id, shelf, language, "group", length) VALUES (%s, %s, %s, %s, %s, %s)'
_GROW = (
    "INSERT INTO search_shelf (number, entries, tokens) VALUES (%s, %s, %s) ON CONFLICT (number) "
    "DO UPDATE SET entries = entries + excluded.entries, tokens = tokens + excluded.tokens"
)
_SHRINK = "UPDATE search_shelf SET entries = entries - %s, tokens = tokens - %s WHERE number = %s"
_AT_ONCE = 10_000
"""Numbers in one question to the database; it takes more, but not any number."""


class Indexable(NamedTuple):
    """Something to be found."""

    object_id: int
    shelf: int
    language: str
    group: int
    """What it is a part of, as a number of at most 63 bits above 0."""


class Words:
    """The words of some texts, one text after another, ready to be indexed.

    Taking a text apart costs more than writing it into the index: it is done before, while nobody waits for the database.
    They are kept small, so that of a hundred megabytes of text there are not several hundred of words.
    """

    def __init__(self, texts: Iterable[str], languages: Iterable[str] | None = None) -> None:
        """`languages` are those of the texts, as `text.language` says them; where they are not given, the likeliest count."""
        each = ((raw, "") for raw in texts) if languages is None else zip(texts, languages, strict=True)
        self._packed = zlib.compress("\n".join(terms.line(text.tokens(*one)) for one in each).encode(), level=1)

    def __iter__(self) -> Iterator[str]:
        lines = zlib.decompress(self._packed).decode()
        return iter(lines.split("\n") if lines else ())


@transaction.atomic
def index(*, kind: str, things: Sequence[Indexable], words: Iterable[str]) -> None:
    """Make things findable, each by the words of its text. Raises IntegrityError for one that is indexed already."""
    texts = list(zip(things, words, strict=True))
    with connection.cursor() as cursor:  # a long text is ten thousands of rows, and the others wait: not one model each
        cursor.executemany(_ENTER, [(kind, *thing, terms.length(line)) for thing, line in texts])
    numbers = Entry.objects.filter(kind=kind, object_id__in=[thing.object_id for thing in things])
    entries = dict(numbers.values_list("object_id", "pk"))
    fts5.add((entries[thing.object_id], thing.shelf, line) for thing, line in texts)
    sizes: dict[int, Size] = {}
    for thing, line in texts:
        so_far = sizes.get(thing.shelf, Size(0, 0))
        sizes[thing.shelf] = Size(so_far.entries + 1, so_far.tokens + terms.length(line))
    _count(
        _GROW, [(number, *size) for shelf, size in sizes.items() for number in (shelf, Shelf.EVERYWHERE, Shelf.EVER)]
    )


@transaction.atomic
def relabel(*, kind: str, object_ids: Iterable[int], language: str) -> None:
    """Say in which language things are."""
    for entries in _entries(kind, object_ids):
        _changed(entries)
        entries.update(language=language)


@transaction.atomic
def forget(*, kind: str, object_ids: Iterable[int]) -> None:
    """Take things out of the index. Nobody finds them; of their words nothing is left after `purge`."""
    for entries in _entries(kind, object_ids):
        _remove(entries)


@transaction.atomic
def forget_shelves(*, shelves: Iterable[int]) -> None:
    """Take out all that stands on some shelves, and leave nothing of its words."""
    for shelf in shelves:
        _remove(Entry.objects.filter(shelf=shelf))
        Shelf.objects.filter(pk=shelf).delete()
    purge()


@transaction.atomic
def purge() -> None:
    """Write the index anew, so that nothing is left of the words of what was taken out.

    What the database itself keeps of pages that it no longer uses goes with its next VACUUM. What was sealed loses its key.
    """
    fts5.purge()
    Sealed.objects.all().delete()
    Change.objects.all().delete()
    Change.objects.create(entry=Change.ALL)


@transaction.atomic
def seal(*, key: str, version: str, seen: Seen) -> bool:
    """Remember how the index that is put away now is opened, and up to where it has followed: who goes on from there needs
    no older changes. False, and it is never opened, where all was to be made anew meanwhile.
    """
    Sealed.objects.all().delete()
    if Change.objects.filter(entry=Change.ALL, number__gt=seen.change).exists():
        return False
    Sealed.objects.create(key=key, version=version, entry=seen.entry, change=seen.change)
    Change.objects.filter(number__lte=seen.change).delete()
    return True


def _entries(kind: str, object_ids: Iterable[int]) -> Iterator[QuerySet[Entry]]:
    numbers = iter(object_ids)
    while some := list(islice(numbers, _AT_ONCE)):
        yield Entry.objects.filter(kind=kind, object_id__in=some)


def _remove(entries: QuerySet[Entry]) -> None:
    sizes = _sizes(entries).items()
    _count(_SHRINK, [(*size, number) for shelf, size in sizes for number in (shelf, Shelf.EVERYWHERE)])
    _changed(entries)
    fts5.remove(list(entries.values_list("pk", flat=True)))
    entries.delete()


def _changed(entries: QuerySet[Entry]) -> None:
    Change.objects.bulk_create(Change(entry=entry) for entry in entries.values_list("pk", flat=True))


def _sizes(entries: QuerySet[Entry]) -> dict[int, Size]:
    """How much of these stands on each shelf."""
    rows = entries.order_by().values_list("shelf").annotate(Count("pk"), Sum("length"))
    return {shelf: Size(count, length) for shelf, count, length in rows}


def _count(statement: str, rows: Sequence[tuple[int, ...]]) -> None:
    """Say how much more, or less, stands on shelves now."""
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
