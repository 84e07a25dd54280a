"""The names of some shelves in memory, from when somebody first looks for one until the workspace is locked.

What is kept for one set of shelves holds nothing of any other: how near a name is, and how long it takes to find, does not
depend on what its asker may not see.
"""

from __future__ import annotations

import ctypes
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import NamedTuple, cast
from uuid import UUID

import numpy as np
from django.db.models import Count, Max, QuerySet, TextField
from django.db.models.functions import Right

from panah import names
from panah.library.models import Mentions
from panah.library.naming.index import OPENED
from panah.library.naming.packing import Mentioned, Numbers, distinct, unpacked
from panah.vault import workspace

SETS = 4
"""Of so many sets of shelves the names stay in memory; of more, those that were asked for longest ago go."""
_AT_ONCE = 20
"""Boxes that are fetched together: one of a thousand passages may have a hundred thousand characters."""
_lock = Lock()


class Stamp(NamedTuple):
    """How much is kept of some shelves: what was opened before holds as long as it is the same."""

    last: str
    """The end of the last box, which is like no other."""
    rows: int


class Box(NamedTuple):
    """Whose names are kept together: those of some passages of a reading."""

    document: UUID
    reading: UUID


class Place(NamedTuple):
    """Where a name stands: in which reading, and from which byte of it to which."""

    box: Box
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
        self._roll = names.Roll()
        self._boxes: dict[int, Box] = {}
        rows, opened = list[Numbers](), list[Mentioned]()
        for pk, box, sealed in _opened(shelves):
            self._boxes[pk] = box
            opened.append(unpacked(sealed, self._roll.vocabulary.add))
            rows.append(np.full(len(opened[-1].which), pk, dtype=np.uint32))
        spellings, which = distinct(opened)
        self._roll.add_tokens(spellings)
        self._roll.vocabulary.read()
        order = np.argsort(which, kind="stable").astype(np.uint32)
        self._begins = np.searchsorted(which[order], np.arange(len(spellings) + 1)).astype(np.uint32)
        self._rows = _joined(rows)[order]
        self._starts = _joined([found.starts for found in opened])[order]
        self._ends = _joined([found.ends for found in opened])[order]

    def near(self, parts: Sequence[str], most: int) -> list[int]:
        """The numbers of the spellings that may be of this name, the nearest first."""
        return [hit.mention for hit in self._roll.find(parts, most) if hit.grade is not names.Grade.DIFFERENT]

    def places(self, spelling: int) -> Iterator[Place]:
        """Where a spelling stands, as it was taken in."""
        for at in range(self._begins[spelling], self._begins[spelling + 1]):
            yield Place(self._boxes[int(self._rows[at])], int(self._starts[at]), int(self._ends[at]))

    def counted(self, spelling: int) -> Counted:
        """In how many places a spelling stands, and in how many documents."""
        rows = self._rows[self._begins[spelling] : self._begins[spelling + 1]]
        return Counted(len(rows), len({self._boxes[row].document for row in np.unique(rows).tolist()}))


def standing(shelves: Sequence[int]) -> Standing:
    """The names of some shelves, opened where that was not done or where something came or went."""
    key, stamp = tuple(shelves), _stamp(shelves)
    with _lock:
        opened = cast("OrderedDict[tuple[int, ...], Standing]", workspace.opened().setdefault(OPENED, OrderedDict()))
        found = opened.pop(key, None)
        if found is None or found.stamp != stamp:
            found = Standing(shelves, stamp)
            _give_back()
        opened[key] = found
        while len(opened) > SETS:
            opened.popitem(last=False)
        return found


def _give_back() -> None:
    """To the system, what opening took for a moment: several times what the names take, and glibc keeps it otherwise."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


def _stamp(shelves: Sequence[int]) -> Stamp:
    """By numbers alone, and the end of one box: to read them all takes longer than to find a name in them."""
    rows = _rows(shelves)
    counted = rows.aggregate(last=Max("pk"), rows=Count("pk"))
    ends = Mentions.objects.filter(pk=counted["last"]).annotate(end=Right("box", 32, output_field=TextField()))
    last = ends.values_list("pk", "end").first()
    return Stamp("{} {}".format(*last) if last else "", counted["rows"])


def _rows(shelves: Sequence[int]) -> QuerySet[Mentions]:
    return Mentions.objects.filter(document__collection__in=shelves)


def _opened(shelves: Sequence[int]) -> Iterator[tuple[int, Box, str]]:
    rows = _rows(shelves).order_by("pk").values_list("pk", "document", "reading", "box")
    for pk, document, reading, sealed in rows.iterator(chunk_size=_AT_ONCE):
        yield pk, Box(document, reading), sealed


def _joined(each: Sequence[Numbers]) -> Numbers:
    return np.concatenate([*each, np.zeros(0, dtype=np.uint32)])
