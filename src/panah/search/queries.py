"""What the index finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from panah import text
from panah.search.engines import ranking


class Found(NamedTuple):
    """The best matches of a question, and how many there are in all."""

    object_ids: list[int]
    total: int


def find(
    query: text.Node,
    *,
    kind: str,
    shelves: Sequence[int],
    language: str = "",
    groups: Iterable[int] | None = None,
    limit: int,
    offset: int = 0,
) -> Found:
    """The things of a kind on these shelves that match `query`, best first (BM25 over the shelves that have any).

    The shelves are those that the asker may see: the caller says which, and there is no way to ask without. What stands
    on others has no part in what is found, or in the work. With `groups`, only what is a part of one of them is found.
    """
    best = ranking.best(query, _chosen(kind, shelves, language, groups), limit=offset + limit)
    return Found([match.object_id for match in best.matches[offset:]], best.total)


def counted(
    query: text.Node, *, kind: str, shelves: Sequence[int], language: str = "", groups: Iterable[int] | None = None
) -> dict[int, int]:
    """How many things `find` would find in all, of each group that has any."""
    return ranking.counted(query, _chosen(kind, shelves, language, groups))


def _chosen(kind: str, shelves: Sequence[int], language: str, groups: Iterable[int] | None) -> ranking.Filter:
    return ranking.Filter(kind, shelves, language, None if groups is None else frozenset(groups))
