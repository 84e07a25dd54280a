"""Searches that somebody keeps: every read of them. The first argument is who asks.

A member sees her own, and those of the compartments that she sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from panah import text
from panah.errors import PanahError
from panah.library import queries as library
from panah.library import rules, saving
from panah.library.concepts import asking
from panah.library.finding import queries
from panah.library.finding.question import Question, of_address
from panah.library.models import LookedThrough, SavedSearch
from panah.library.queries import SHORTEST_REFERENCE, Hit
from panah.team import queries as team
from panah.team.models import Member
from panah.team.rules import May

WATCHED = 20
"""So many saved searches, the newest, tell on the docket whether something is new: each is a question."""


class SearchUnknown(PanahError):
    """There is no such saved search."""

    status = 404


class Watched(NamedTuple):
    """A saved search, and what it finds that the asker has not looked through."""

    search: SavedSearch
    new: tuple[int, ...]
    """Numbers of passages, the newest first."""
    refusal: PanahError | None = None
    """Why it cannot be asked any more."""

    @property
    def question(self) -> Question:
        """What it asks."""
        return of_address(self.search.question)


class Listed(NamedTuple):
    """A line of the list of saved searches; every field is a text, and empty where there is nothing to say."""

    id: str
    name: str
    words: str
    question: str
    """As an address has it."""
    compartment: str
    """Whose members share it; empty where it is the member's own."""
    by: str
    saved_at: str
    found: str
    """How many passages there were then; documents where it has no words."""
    now: str
    """How many there are now."""
    new: str
    """How many passages came that were not looked through."""
    code: str
    """Why it cannot be asked any more."""

    def cells(self) -> list[str]:
        """As a row of a table: no cell that a spreadsheet would take for a formula."""
        return saving.cells(self)


def searches(asker: Member) -> QuerySet[SavedSearch]:
    """The saved searches that the asker may see, the newest first."""
    shared = Q(compartment__in=team.compartments(asker).order_by().values("pk"))
    rows = SavedSearch.objects.filter(Q(by=asker, compartment=None) | shared)
    return rows.select_related("by", "compartment").order_by("-saved_at", "pk")


def search(asker: Member, reference: str | UUID) -> SavedSearch:
    """A saved search by its id, or by the beginning of it. Raises `SearchUnknown`."""
    ids = rules.ids_beginning(str(reference), SHORTEST_REFERENCE)
    found = list(searches(asker).filter(pk__range=ids)[:2]) if ids else []
    if len(found) != 1:
        raise SearchUnknown
    return found[0]


def may_end(asker: Member, asked: SavedSearch) -> bool:
    """Whether the asker may delete a saved search: who saved it may, and who works in the compartment that shares it."""
    if asked.compartment is None:
        return asked.by_id == asker.pk
    return asked.by_id == asker.pk or May.WORK in team.allowed(asker, asked.compartment)


def watched(asker: Member, *, now: datetime, most: int | None = None) -> list[Watched]:
    """The saved searches, the newest first, each with what is new in it."""
    rows = list(searches(asker)[:most])
    marks = dict(_marks(asker).filter(search__in=rows).values_list("search", "up_to"))
    return [watch(asker, row, marks.get(row.pk, row.up_to), now) for row in rows]


def news(asker: Member, *, now: datetime) -> list[Watched]:
    """Those of the newest `WATCHED` saved searches in which something is new."""
    return [one for one in watched(asker, now=now, most=WATCHED) if one.new]


def watch(asker: Member, asked: SavedSearch, up_to: int, now: datetime) -> Watched:
    """What a saved search finds that came after the passage `up_to`."""
    try:
        return Watched(asked, tuple(queries.new_since(asker, of_address(asked.question), passage=up_to, now=now)))
    except PanahError as refusal:
        return Watched(asked, (), refusal)


def looked_up_to(asker: Member, asked: SavedSearch) -> int:
    """The passage up to which the asker has looked through what a saved search finds."""
    mark = _marks(asker).filter(search=asked).values_list("up_to", flat=True).first()
    return asked.up_to if mark is None else mark


def hits(found: Watched, most: int) -> list[Hit]:
    """The newest passages of those that are new."""
    question = found.question
    if not question.words:
        return library.hits(found.new[:most], text.Any(()))
    return library.hits(found.new[:most], asking.worded(question).query)


def listed(asker: Member, *, now: datetime) -> Iterator[Listed]:
    """A line for every saved search that the asker may see, the newest first."""
    for search, new, refusal in watched(asker, now=now):
        count = "" if refusal else str(queries.counted(asker, of_address(search.question), now=now))
        yield Listed(
            str(search.pk), search.name, of_address(search.question).words, search.question,
            search.compartment.name if search.compartment else "", search.by.name, saving.moment(search.saved_at),
            str(search.found), count, str(len(new)), refusal.code if refusal else "",
        )  # fmt: skip


def _marks(asker: Member) -> QuerySet[LookedThrough]:
    return LookedThrough.objects.filter(member=asker)
