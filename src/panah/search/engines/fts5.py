"""FTS5 inside the encrypted database: the engine that is always there.

The table is contentless: it holds postings, not texts. Tokens come ready from `panah.text`; the tokenizer `ascii` parts
them at spaces. Each begins with the number of its shelf: 37·police. A question is asked in the names of the shelves that
the asker may see, and so never comes near a posting of another shelf.
"""

from __future__ import annotations

import re
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
_TERM = re.compile("[0-9A-Za-z\x80-\U0010ffff]+")
"""What `ascii` takes for one token: a sign of ASCII parts two, and what came behind it would be on no shelf."""


class Lines(NamedTuple):
    """The tokens of a text as the table takes them, parted by spaces."""

    words: str
    pairs: str

    @property
    def length(self) -> int:
        """How many tokens these are."""
        return sum(line.count(" ") + 1 for line in self if line)


def lines(tokens: text.Tokens) -> Lines:
    """Tokens as `add` takes them. No token has a space or the end of a line in it."""
    return Lines(" ".join(_terms(tokens.words)), " ".join(_terms(tokens.pairs)))


def add(rows: Iterable[tuple[int, int, Lines]]) -> None:
    """Index texts under entry numbers, each on its shelf."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE}(rowid, words, pairs) VALUES (%s, %s, %s)",  # noqa: S608  the name is ours
            [(entry, *(_on_shelf(shelf, line) for line in written)) for entry, shelf, written in rows],
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
            return " OR ".join(named(phrase, shelf) for phrase in _phrase(query)).join("()")
        case text.Any(parts):
            return " OR ".join(expression(part, shelf) for part in parts).join("()")
        case text.All(parts, without):
            wanted = " AND ".join(expression(part, shelf) for part in parts).join("()")
            excluded = " OR ".join(expression(part, shelf) for part in without)
            return f"({wanted} NOT ({excluded}))" if without else wanted


def phrases(query: text.Node) -> list[str]:
    """The phrases that are looked for, in all their forms, each once, as `named` takes them: a match is weighed by them."""
    if isinstance(query, text.Phrase):
        return list(_phrase(query))
    return list(dict.fromkeys(phrase for part in query.parts for phrase in phrases(part)))


def named(phrase: str, shelf: int) -> str:
    """A phrase on one shelf, in FTS5's own language."""
    return phrase.replace(_SHELF, str(shelf))


def is_only_alternatives(query: text.Node) -> bool:
    """Whether each phrase of `query` alone is enough for a match."""
    return isinstance(query, text.Phrase) or (
        isinstance(query, text.Any) and all(map(is_only_alternatives, query.parts))
    )


_SHELF = "\x00"
"""Stands in a phrase for the shelf, before it is known; no token has it."""


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
    """Tokens as a phrase. No token has a quotation mark in it."""
    return " ".join(f"{_SHELF}·{term}" for term in _terms(tokens)).join('""')


def _terms(tokens: Iterable[str]) -> list[str]:
    return _TERM.findall(" ".join(tokens))


def _on_shelf(shelf: int, line: str) -> str:
    mark = f"{shelf}·"
    return mark + line.replace(" ", " " + mark) if line else ""
