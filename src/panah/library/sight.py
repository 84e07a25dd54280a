"""Which collections a member sees: the one place where shelves meet roles and shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.db.models import Q, QuerySet

from panah.library.models import Collection, Share
from panah.team import queries as team
from panah.team.models import Member

MOST_AT_ONCE = 1_000
"""Of a member who sees more collections, their numbers do not travel with every question."""


class _Seen(NamedTuple):
    """What a member saw when she asked for a page."""

    asker: Member
    shelves: Sequence[int]


_SEEN: ContextVar[_Seen | None] = ContextVar("panah_seen", default=None)


def shelves(asker: Member) -> QuerySet[Collection]:
    """The collections that the asker may see, and nothing of what stands in them: their own, and those shared with them."""
    inside = team.compartments(asker).order_by().values("pk")
    shared = Share.objects.filter(until=None, compartment__in=inside).values("collection")
    return Collection.objects.filter(Q(compartment__in=inside) | Q(pk__in=shared, compartment__erased_at=None))


def numbers(asker: Member) -> QuerySet[Collection, int] | Sequence[int]:
    """The numbers of these collections: a part of the question that they stand in; inside `once`, those found before."""
    seen = _SEEN.get()
    return seen.shelves if seen and seen.asker == asker else shelves(asker).order_by().values_list("pk", flat=True)


@contextmanager
def once(asker: Member) -> Iterator[None]:
    """Find out once, for one page, what the asker sees: every question within is answered as at its beginning.

    Roles and shares are looked up with the first question then, not with each of a dozen; who asks for somebody else is
    answered as ever.
    """
    found = list(shelves(asker).order_by().values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    before = _SEEN.set(_Seen(asker, found) if len(found) <= MOST_AT_ONCE else None)
    try:
        yield
    finally:
        _SEEN.reset(before)
