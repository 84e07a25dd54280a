"""The marks of passages, kept in the encrypted database so that a mark is found without looking at all texts.

A table of FTS5 holds them, not for its words: its postings are appended and merged, while rows under a key would write one
page of the database anew for every mark. It is contentless; beside the numbers of passages it holds marks alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from panah import text

TABLE = "library_wording"
_STANDING = "library_wording_standing"
CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5(marks, content='', contentless_delete=1, tokenize='ascii', detail=none)",
    f"CREATE VIRTUAL TABLE {_STANDING} USING fts5vocab({TABLE}, instance)",
)
DROP = (f"DROP TABLE {_STANDING}", f"DROP TABLE {TABLE}")

FEWEST = 2
"""Marks in common, below which two passages are not compared any further, unless somebody asks about few words."""
_SHARED = f"""
WITH asked(number, mark) AS (SELECT value ->> 0, value ->> 1 FROM json_each(%s)),
shared(number, passage, marks) AS (
    SELECT number, doc, count(*) FROM asked CROSS JOIN {_STANDING} ON term = mark
    GROUP BY number, doc HAVING count(*) >= %s
)
SELECT number, passage, document_id, start, "end", library_passage.marks, shared.marks
FROM shared JOIN library_passage ON library_passage.id = passage JOIN library_document ON library_document.id = document_id
WHERE document_id <> %s AND collection_id IN (SELECT value FROM json_each(%s))
ORDER BY number, passage
"""  # noqa: S608  the names are ours


class Shared(NamedTuple):
    """A passage that has marks in common with one of those that were asked about."""

    number: int
    """Which of them, from 0."""
    passage: int
    document: UUID
    start: int
    end: int
    marks: int
    """How many it has in all."""
    shared: int


def line(raw: str) -> str:
    """The marks of a passage, each once, as the table takes them."""
    return " ".join(f"{mark:010x}" for mark in dict.fromkeys(text.marks_of(raw)))


def count(line: str) -> int:
    """How many marks a line has."""
    return line.count(" ") + 1 if line else 0


def add(rows: Iterable[tuple[int, str]]) -> None:
    """Keep the lines of passages, under the passages' numbers. Raises IntegrityError for one that is kept already."""
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {TABLE}(rowid, marks) VALUES (%s, %s)", [row for row in rows if row[1]])  # noqa: S608


def remove(passages: Iterable[int]) -> None:
    """Forget passages. Their marks stay in the table, found by nobody, until it is written anew: `purge`."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(passage,) for passage in passages])  # noqa: S608


def purge() -> None:
    """Write the table anew, without the marks of passages that were removed."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")  # noqa: S608


def sharing(lines: Sequence[str], *, beside: UUID | None, shelves: Sequence[int], fewest: int = FEWEST) -> list[Shared]:
    """The passages on some shelves that have `fewest` marks or more in common with one of these; those of `beside` left out."""
    asked = [(number, mark) for number, marks in enumerate(lines) for mark in marks.split()]
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [json.dumps(asked), fewest, beside.hex if beside else "", json.dumps(list(shelves))])
        return [Shared(row[0], row[1], UUID(row[2]), *row[3:]) for row in cursor.fetchall()]
