"""FTS5 inside the encrypted database: the engine that is always there.

The table is contentless: it holds postings, not texts. Tokens come ready from `panah.text`; the tokenizer `ascii` parts
them at spaces and takes every other character as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from django.db import connection

from panah import text

TABLE = "search_fts5"
CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5("
    "words, pairs, content='', contentless_delete=1, tokenize='ascii', detail=full)"
)

MOST_VARIANTS = 16
"""A phrase is asked in at most so many combinations of the forms that its words may have."""


class Lines(NamedTuple):
    """The tokens of a text as the table takes them, parted by spaces."""

    words: str
    pairs: str


class Match(NamedTuple):
    """A thing that matches, and its BM25 rank: smaller is better, as FTS5 gives it."""

    object_id: int
    rank: float


class Filter(NamedTuple):
    """Which entries may match."""

    kind: str
    shelves: Sequence[int]
    language: str = ""
    """A BCP 47 range, in any case: `zh` takes zh-Hant too; empty takes all."""


def lines(tokens: text.Tokens) -> Lines:
    """Tokens as `add` takes them. No token has a space or the end of a line in it."""
    return Lines(" ".join(tokens.words), " ".join(tokens.pairs))


def add(rows: Iterable[tuple[int, Lines]]) -> None:
    """Index texts under entry numbers."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE}(rowid, words, pairs) VALUES (%s, %s, %s)",  # noqa: S608  the name is ours
            [(entry, *written) for entry, written in rows],
        )


def remove(entries: Sequence[int]) -> None:
    """Forget entries."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(entry,) for entry in entries])  # noqa: S608


def matches(query: text.Node, chosen: Filter, *, limit: int, offset: int = 0) -> list[Match]:
    """The best things, best first; equal ranks in the order in which they were indexed."""
    condition, values = _where(query, chosen)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.object_id, bm25({TABLE}) {condition} ORDER BY 2, {TABLE}.rowid LIMIT %s OFFSET %s",
            [*values, limit, offset],
        )
        return [Match(*row) for row in cursor.fetchall()]


def count(query: text.Node, chosen: Filter) -> int:
    """How many entries match."""
    condition, values = _where(query, chosen)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) {condition}", values)
        return int(cursor.fetchone()[0])


def expression(query: text.Node) -> str:
    """`query` in FTS5's own language. Words are quoted: nothing that a person types is an operator there."""
    match query:
        case text.Phrase():
            return " OR ".join(_phrase(query)).join("()")
        case text.Any(parts):
            return " OR ".join(map(expression, parts)).join("()")
        case text.All(parts, without):
            wanted = " AND ".join(map(expression, parts)).join("()")
            return f"({wanted} NOT ({' OR '.join(map(expression, without))}))" if without else wanted


def _where(query: text.Node, chosen: Filter) -> tuple[str, list[str | int]]:
    shelves = ", ".join(["%s"] * len(chosen.shelves)) or "NULL"
    condition = (
        f"FROM {TABLE} JOIN search_entry e ON e.id = {TABLE}.rowid "
        f"WHERE {TABLE} MATCH %s AND e.kind = %s AND e.shelf IN ({shelves})"
    )
    values: list[str | int] = [expression(query), chosen.kind, *chosen.shelves]
    if chosen.language:
        condition += " AND e.language || '-' LIKE %s ESCAPE '\\'"  # of SQLite, LIKE is blind to the case of ASCII
        values.append(_literally(chosen.language) + "-%")
    return condition, values


def _phrase(phrase: text.Phrase) -> Iterator[str]:
    """A phrase for each combination of forms. A run of an unspaced script alone is asked by its pairs."""
    if len(phrase.words) == 1 and phrase.words[0].unspaced and len(phrase.words[0].forms[0]) > 1:
        yield "pairs : " + _quoted(text.pairs(phrase.words[0].forms[0]))
        return
    choices = [[list(form) if word.unspaced else [form] for form in word.forms] for word in phrase.words]
    for number, combination in enumerate(product(*choices)):
        if number == MOST_VARIANTS:
            return
        yield "words : " + _quoted([token for form in combination for token in form]) + " *" * phrase.prefix


def _quoted(tokens: Iterable[str]) -> str:
    return '"' + " ".join(tokens).replace('"', '""') + '"'


def _literally(like: str) -> str:
    return like.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
