"""Tantivy's index follows the database, which is the truth: each question is answered on a state that has caught up.

Entries have numbers that only grow; what becomes of one later is a `Change`, whose numbers grow too. So two numbers say
up to where an index has followed, also of what another process wrote. Texts are not kept twice: what is new is read
again, and taken apart again.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from threading import Event, Lock
from typing import NamedTuple

from django.db import DatabaseError, connection
from django.db.models import QuerySet

from panah import text
from panah.errors import PanahError
from panah.search.engines import tantivy, terms
from panah.search.engines.tantivy import FAILURES, Index, Row
from panah.search.engines.tantivy_ranking import Answering
from panah.search.engines.tantivy_runs import State
from panah.search.models import Change, Entry, Shelf
from panah.search.rules import Seen

AT_ONCE = 1_000
"""So many entries are read at once."""
SOON = 200
"""Entries and changes that a question waits for. Where there are more, it is answered by FTS5 meanwhile."""
OFF = 1e-3
"""How far the mean length that Tantivy reckons with may be from that of the entries there are: it counts entries that were
left out until it merges them away. Beyond that the index is made anew, and the scores of both engines agree so far."""
_TABLES = (Entry._meta.db_table, Change._meta.db_table)  # noqa: SLF001  Django's own
_log = logging.getLogger("panah.search")

Texts = Callable[[str, Sequence[int]], Iterator[tuple[int, str]]]
"""The texts of things of a kind, by their numbers; what is not there any more is left out. Raises PanahError where one
cannot be read."""


class IndexDiffers(PanahError):
    """The index of search has not the entries that the database has, even when made anew."""

    status = 500


class _Standing(NamedTuple):
    """A state of the database, and what answers on it."""

    seen: Seen
    answering: Answering


class Following:
    """An index in a folder, and how far it has come. Any thread may ask; one at a time keeps it up."""

    FOLDER = "index"
    """What the folder of the index is called in that which it is given."""

    def __init__(self, folder: Path, texts: Texts, seen: Seen | None = None) -> None:
        """The index that is in the folder `FOLDER` of this one, which has followed up to `seen`; or a new one.

        Raises `tantivy.FAILURES`.
        """
        self.folder = folder / self.FOLDER
        self._texts = texts
        self._seen = seen or Seen(0, 0)
        self._keeping_up = Lock()
        self.folder.mkdir(exist_ok=True)
        self._index = Index(self.folder)
        self._standing: _Standing | None = None
        self._closed = False
        self.called = Event()
        """Set where somebody asked and the index was too far behind."""
        self.failed = False
        """Whether it cannot follow any more."""
        self.ending = False
        """Whether it should come to an end soon: it then stops where it is, and goes on from there another time."""

    @property
    def seen(self) -> Seen:
        """Up to where it has followed."""
        return self._seen

    def answering(self) -> Answering | None:
        """What answers on the state of this moment; None where that would take too long to reach, or cannot be.

        In a transaction there is none: what that has written is in the database alone.
        """
        if self.failed or connection.in_atomic_block:
            return None
        now = newest()
        behind = now.entry - self._seen.entry + now.change - self._seen.change
        if behind <= SOON and self._keeping_up.acquire(blocking=False):
            try:
                self._keep_up(now)
            finally:
                self._keeping_up.release()
        standing = self._standing
        if standing and standing.seen == now:
            return standing.answering
        self.called.set()
        return None

    def catch_up(self) -> Answering | None:
        """Follow up to this moment, however long it takes; what answers on that state, None where it cannot follow."""
        with self._keeping_up:
            self._keep_up(newest())
            return self._standing and self._standing.answering

    def close(self) -> bool:
        """Write all to the files, and let go of them; whether they hold what the database did, and may be sealed."""
        with self._keeping_up:
            self._standing = None
            try:
                if not self._closed:
                    self._index.close()
                self._closed = True
            except FAILURES:
                self.failed = True
        return not self.failed

    def _keep_up(self, now: Seen) -> None:
        if self.failed or (self._standing and self._standing.seen == now):
            return
        try:
            self._follow(now)
        except DatabaseError:  # somebody else writes: the next time
            self._index.undo()
            raise
        except (PanahError, *FAILURES):
            self.failed = True
            self._standing = None
            _log.exception("the index cannot follow; search is by FTS5 now")

    def _follow(self, now: Seen) -> None:
        changed = list(
            Change.objects.filter(number__gt=self._seen.change, number__lte=now.change).values_list("entry", flat=True)
        )
        if Change.ALL in changed or now.entry < self._seen.entry or now.change < self._seen.change:
            self._begin_anew(now)
        elif changed:
            known = [entry for entry in set(changed) if entry <= self._seen.entry]
            for some in _portions(known):
                self._index.remove(some)
                self._add(Entry.objects.filter(pk__in=some))
        state = self._with_new(now)
        if self._is_off(state, now):
            self._begin_anew(now)
            state = self._with_new(now)
            if self._is_off(state, now):
                raise IndexDiffers
        if self._seen == now:
            self._standing = _Standing(now, Answering(state))

    def _begin_anew(self, now: Seen) -> None:
        """An index of which nothing is known yet, in the place of this one."""
        self._standing = None
        self._index.close()
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        self._index = Index(self.folder)
        self._seen = Seen(0, now.change)

    def _with_new(self, now: Seen) -> State:
        """Take in what is new, and write all down."""
        new, last = Entry.objects.filter(pk__lte=now.entry), self._seen.entry
        while not self.ending and (found := self._add(new.filter(pk__gt=last).order_by("pk")[:AT_ONCE])):
            last = found
        searcher = self._index.commit()
        self._seen = Seen(last if self.ending else now.entry, now.change)
        shelves = dict(Shelf.objects.values_list("number", "entries"))
        kinds, languages = (
            frozenset(tag for tag, _ in searcher.terms_with_prefix(field, "")) for field in ("kind", "language")
        )
        return State(searcher, tantivy.facts(searcher), shelves, kinds, languages)

    def _add(self, entries: QuerySet[Entry]) -> int:
        """Take in some entries; the number of the last of them, 0 where there is none."""
        found = list(entries)
        for kind, of_kind in groupby(found, key=lambda entry: entry.kind):
            by_thing = {entry.object_id: entry for entry in of_kind}
            self._index.add(
                Row.of(by_thing[thing], terms.line(text.tokens(raw)))
                for thing, raw in self._texts(kind, list(by_thing))
            )
        return found[-1].pk if found else 0

    def _is_off(self, state: State, now: Seen) -> bool:
        """Whether the index has other entries than the database, or reckons with a mean length too far from theirs."""
        everywhere = Shelf.objects.filter(pk=Shelf.EVERYWHERE).first()
        if self._seen != now or newest() != now:  # there is more by now, or there will be
            return False
        if everywhere is None or not everywhere.entries:
            return state.searcher.num_docs > 0
        mean = everywhere.tokens / everywhere.entries
        return state.searcher.num_docs != everywhere.entries or abs(state.facts.mean_length / mean - 1) > OFF


def newest() -> Seen:
    """The numbers of the last entry and the last change that there ever were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence WHERE name IN (%s, %s)", _TABLES)
        last = dict(cursor.fetchall())
    return Seen(*(last.get(table, 0) for table in _TABLES))


def _portions(entries: Iterable[int]) -> Iterator[list[int]]:
    numbers = iter(entries)
    while some := list(islice(numbers, AT_ONCE)):
        yield some
