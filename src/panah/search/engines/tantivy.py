"""Tantivy: an index of plain files, which therefore lives in memory only (`memory`), and follows the database (`following`).

It has a line of terms of each entry, and what questions choose by; no texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple, Self

import tantivy
from tantivy import Query

from panah import text
from panah.search.engines import terms
from panah.search.models import Entry

VERSION = "1"
"""Of the form of the index: another one is made anew."""
OF_TANTIVY = metadata.version("tantivy")
"""Of the library, which reads the files of its own version."""
HEAP = 128_000_000
"""Bytes that what is added may take before it is written down as a segment."""
FAILURES = (OSError, ValueError)
"""What Tantivy raises where its files are not as they should be, or there is no room for more."""


class Row(NamedTuple):
    """An entry with its terms."""

    entry: int
    kind: str
    object_id: int
    shelf: int
    language: str
    group: int
    line: str

    @classmethod
    def of(cls, entry: Entry, line: str) -> Self:
        """What is kept of an entry."""
        return cls(entry.pk, entry.kind, entry.object_id, entry.shelf, entry.language, entry.group, line)


class Index:
    """The files of an index, and what writes them. One thread at a time."""

    def __init__(self, folder: Path) -> None:
        """Those that are in a folder, or new ones. Raises `FAILURES`."""
        self._index = tantivy.Index(schema(), path=str(folder))
        self._index.register_tokenizer(_WHITESPACE, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        self._index.config_reader("manual")
        self._writer = self._index.writer(heap_size=HEAP, num_threads=1)

    def add(self, rows: Iterable[Row]) -> None:
        """Take in entries."""
        for row in rows:
            document = tantivy.Document()
            document.add_text("terms", terms.on_shelf(row.shelf, row.line, even_out=terms.EVEN_OUT))
            document.add_text("kind", row.kind)
            document.add_text("language", row.language.lower())
            for name in ("entry", "object_id", "shelf", "group"):
                document.add_unsigned(name, getattr(row, name))
            self._writer.add_document(document)

    def remove(self, entries: Sequence[int]) -> None:
        """Leave out entries. Their terms stay in the files until segments are merged."""
        self._writer.delete_documents_by_query(Query.term_set_query(schema(), "entry", list(entries)))

    def commit(self) -> tantivy.Searcher:
        """Write down what was added and removed; the index as it is then."""
        self._writer.commit()
        return self.searcher()

    def undo(self) -> None:
        """Forget what was added and removed since it was last written down."""
        self._writer.rollback()

    def searcher(self) -> tantivy.Searcher:
        """The index as it was last written down."""
        self._index.reload()
        return self._index.searcher()

    def close(self) -> None:
        """Let segments be merged to the end; nothing can be written any more."""
        self._writer.wait_merging_threads()


class Facts(NamedTuple):
    """What Tantivy reckons with in one state of the index, entries that were left out included."""

    entries: int
    mean_length: float


@cache
def schema() -> tantivy.Schema:
    """What is kept of each entry."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("terms", tokenizer_name=_WHITESPACE, index_option="position")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    for name in ("entry", "group"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("object_id", "shelf"):
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


_WHITESPACE = "whitespace-whole"
"""A tokenizer of ours that leaves out no long term, unlike the one of that name."""


def facts(searcher: tantivy.Searcher) -> Facts:
    """As Tantivy itself explains a score: there is no other way to ask. Of an empty index, nothing is reckoned."""
    anything = searcher.search(Query.all_query(), 1, count=False).hits
    if not anything:
        return Facts(0, 1.0)
    [(_, address)] = anything
    [shelf] = searcher.fast_field_values("shelf", [address])
    one = Query.term_query(schema(), "terms", f"{terms.mark(int(shelf or 0))}{text.BREAK}")
    _, rarity, frequency = json.loads(one.explain(searcher, address).to_json())["details"]
    return Facts(int(rarity["details"][1]["value"]), frequency["details"][4]["value"])
