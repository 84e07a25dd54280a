"""What the index finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from panah import text
from panah.search.engines import Filter, at_hand
from panah.search.models import Sealed, Shelf


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
    best = at_hand.engine().best(query, _chosen(kind, shelves, language, groups), limit=offset + limit)
    return Found([match.object_id for match in best.matches[offset:]], best.total)


def find_each(
    queries: Iterable[text.Node],
    *,
    kind: str,
    shelves: Sequence[int],
    language: str = "",
    groups: Iterable[int] | None = None,
    limit: int,
) -> list[Found]:
    """What `find` finds for each of many questions, all on the same state of the index; what one needs counted, the next
    need not count again.
    """
    found = at_hand.engine().best_of_each(queries, _chosen(kind, shelves, language, groups), limit=limit)
    return [Found([match.object_id for match in best.matches], best.total) for best in found]


def some_of_each(queries: Iterable[text.Node], *, kind: str, shelves: Sequence[int], limit: int) -> list[list[int]]:
    """Things that match each of many questions, in the order of their numbers: all of them, or any `limit` where there are more.

    For who compares what is found with something else: what is rare costs a fraction to find, and much to weigh.
    """
    found = at_hand.engine().some_of_each(queries, _chosen(kind, shelves, "", None), limit=limit)
    return [sorted(things) for things in found]


def counted(
    query: text.Node, *, kind: str, shelves: Sequence[int], language: str = "", groups: Iterable[int] | None = None
) -> dict[int, int]:
    """How many things `find` would find in all, of each group that has any."""
    return at_hand.engine().counted(query, _chosen(kind, shelves, language, groups))


def terms() -> int:
    """How many terms the index has in all."""
    everywhere = Shelf.objects.filter(pk=Shelf.EVERYWHERE).first()
    return everywhere.tokens if everywhere else 0


def sealed(version: str) -> Sealed | None:
    """What opens the index that was put away, where there is one of this form."""
    return Sealed.objects.filter(version=version).first()


def _chosen(kind: str, shelves: Sequence[int], language: str, groups: Iterable[int] | None) -> Filter:
    return Filter(kind, shelves, language, None if groups is None else frozenset(groups))
