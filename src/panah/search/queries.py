"""What the index finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from panah import text
from panah.search.engines import ranking


class Found(NamedTuple):
    """The best matches of a question, and how many there are in all."""

    object_ids: list[int]
    total: int


def find(
    query: text.Node, *, kind: str, shelves: Sequence[int], language: str = "", limit: int, offset: int = 0
) -> Found:
    """The things of a kind on these shelves that match `query`, best first (BM25 over the shelves that have any).

    The shelves are those that the asker may see: the caller says which, and there is no way to ask without. What stands
    on others has no part in what is found, in its order, or in the work.
    """
    chosen = ranking.Filter(kind, shelves, language)
    best = ranking.best(query, chosen, limit=offset + limit)
    return Found([match.object_id for match in best.matches[offset:]], best.total)
