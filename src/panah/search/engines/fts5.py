"""FTS5 inside the encrypted database: the engine that is always there.

The table is contentless: it holds postings, not texts. Terms come ready from `terms`; the tokenizer `ascii` parts them at
spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from panah import text
from panah.search.engines import asking, terms
from panah.search.engines.asking import Run

TABLE = "search_fts5"
CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5(terms, content='', contentless_delete=1, tokenize='ascii', detail=full)"
)


def add(rows: Iterable[tuple[int, int, str]]) -> None:
    """Index lines of terms under entry numbers, each on its shelf."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE}(rowid, terms) VALUES (%s, %s)",  # noqa: S608  the name is ours
            [(entry, terms.on_shelf(shelf, line)) for entry, shelf, line in rows],
        )


def remove(entries: Sequence[int]) -> None:
    """Forget entries. Their words stay in the table, found by nobody, until it is written anew: `purge`."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(entry,) for entry in entries])  # noqa: S608


def purge() -> None:
    """Write the postings anew, without those of entries that were removed."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")  # noqa: S608


def expression(query: text.Node, shelf: int) -> str:
    """`query` on one shelf, in FTS5's own language. Nothing that a person types is an operator there."""
    match query:
        case text.Phrase():
            return " OR ".join(named(run, shelf) for run in asking.runs(query)).join("()")
        case text.Any(parts):
            return " OR ".join(expression(part, shelf) for part in parts).join("()")
        case text.All(parts, without):
            wanted = " AND ".join(expression(part, shelf) for part in parts).join("()")
            excluded = " OR ".join(expression(part, shelf) for part in without)
            return f"({wanted} NOT ({excluded}))" if without else wanted


def named(run: Run, shelf: int) -> str:
    """A run on one shelf, in FTS5's own language. No term has a quotation mark in it."""
    return " ".join(terms.mark(shelf) + term for term in run.terms).join('""') + " *" * run.prefix
