"""The names of some shelves in memory, from when somebody first looks for one until the workspace is locked.

What is kept for one set of shelves holds nothing of any other: how near a name is, and how long it takes to find, does not
depend on what its asker may not see.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import NamedTuple, cast
from uuid import UUID

import numpy as np
from django.db.models import QuerySet, TextField
from django.db.models.functions import Right

from panah import names
from panah.library.models import Mentions
from panah.library.naming.index import OPENED
from panah.library.naming.packing import Mentioned, Numbers, unpacked
from panah.vault import workspace

SETS = 4
"""Of so many sets of shelves the names stay in memory; of more, those that were asked for longest ago go."""
_AT_ONCE = 200
_lock = Lock()


class Stamp(NamedTuple):
    """How much is kept of some shelves: what was opened before holds as long as it is the same."""

    last: str
    """The end of the last box, which is like no other."""
    rows: int


class Place(NamedTuple):
    """Where a name stands: the row that keeps it, and the bytes of the reading."""

    row: int
    start: int
    end: int


class Counted(NamedTuple):
    """How often something stands: places, and documents with any."""

    mentions: int
    documents: int


class Standing:
    """All the names that stand on some shelves: each spelling once, and the places of each side by side."""

    def __init__(self, shelves: Sequence[int], stamp: Stamp) -> None:
        self.stamp = stamp
        numbers: dict[tuple[str, ...], int] = {}
        self._documents: dict[int, UUID] = {}
        opened = list[tuple[int, Mentioned]]()
        for pk, document, box in _boxes(shelves):
            self._documents[pk] = document
            opened.append((pk, unpacked(box)))
        which = [_numbered(found, numbers) for _, found in opened]
        order = np.argsort(_joined(which), kind="stable")
        bounds = np.searchsorted(_joined(which)[order], np.arange(len(numbers) + 1))
        self._begins = bounds.astype(np.uint32)
        rows = [np.full(len(found.which), pk, dtype=np.uint32) for pk, found in opened]
        self._rows = _joined(rows)[order]
        self._starts = _joined([found.starts for _, found in opened])[order]
        self._ends = _joined([found.ends for _, found in opened])[order]
        self._roll = names.Roll()
        self._roll.add(numbers)

    def near(self, parts: Sequence[str], most: int) -> list[int]:
        """The numbers of the spellings that may be of this name, the nearest first."""
        return [hit.mention for hit in self._roll.find(parts, most) if hit.grade is not names.Grade.DIFFERENT]

    def places(self, spelling: int) -> Iterator[Place]:
        """Where a spelling stands, as it was taken in."""
        for at in range(self._begins[spelling], self._begins[spelling + 1]):
            yield Place(int(self._rows[at]), int(self._starts[at]), int(self._ends[at]))

    def counted(self, spelling: int) -> Counted:
        """In how many places a spelling stands, and in how many documents."""
        rows = self._rows[self._begins[spelling] : self._begins[spelling + 1]]
        return Counted(len(rows), len({self._documents[row] for row in np.unique(rows).tolist()}))


def standing(shelves: Sequence[int]) -> Standing:
    """The names of some shelves, opened where that was not done or where something came or went."""
    key, stamp = tuple(shelves), _stamp(shelves)
    with _lock:
        opened = cast("OrderedDict[tuple[int, ...], Standing]", workspace.opened().setdefault(OPENED, OrderedDict()))
        found = opened.pop(key, None)
        if found is None or found.stamp != stamp:
            found = Standing(shelves, stamp)
        opened[key] = found
        while len(opened) > SETS:
            opened.popitem(last=False)
        return found


def _stamp(shelves: Sequence[int]) -> Stamp:
    rows = _rows(shelves)
    ends = rows.order_by("-pk").annotate(end=Right("box", 32, output_field=TextField()))
    last = ends.values_list("pk", "end").first()
    return Stamp("{} {}".format(*last) if last else "", rows.count())


def _rows(shelves: Sequence[int]) -> QuerySet[Mentions]:
    return Mentions.objects.filter(document__collection__in=shelves)


def _boxes(shelves: Sequence[int]) -> Iterator[tuple[int, UUID, str]]:
    return _rows(shelves).order_by("pk").values_list("pk", "document", "box").iterator(chunk_size=_AT_ONCE)


def _numbered(found: Mentioned, numbers: dict[tuple[str, ...], int]) -> Numbers:
    """The mentions of a row by the numbers that their spellings have among all."""
    known = [numbers.setdefault(spelling, len(numbers)) for spelling in found.spellings]
    return np.array(known, dtype=np.uint32)[found.which]


def _joined(each: Sequence[Numbers]) -> Numbers:
    return np.concatenate([*each, np.zeros(0, dtype=np.uint32)])
