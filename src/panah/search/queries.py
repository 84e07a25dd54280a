"""What the index finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from panah import text
from panah.search.engines import fts5


class Found(NamedTuple):
    """The best matches of a question, and how many there are in all."""

    object_ids: list[int]
    total: int


def find(
    query: text.Node, *, kind: str, shelves: Sequence[int], language: str = "", limit: int, offset: int = 0
) -> Found:
    """The things of a kind on these shelves that match `query`, best first (BM25).

    The shelves are those that the asker may see: the caller says which, and there is no way to ask without.
    """
    chosen = fts5.Filter(kind, shelves, language)
    ranked = [match.object_id for match in fts5.matches(query, chosen, limit=limit, offset=offset)]
    total = len(ranked) if offset == 0 and len(ranked) < limit else fts5.count(query, chosen)
    return Found(ranked, total)
