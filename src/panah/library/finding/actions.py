"""Searches kept, shared, looked through and deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from panah.errors import PanahError
from panah.library.finding import queries, saved
from panah.library.finding.question import Question
from panah.library.models import LookedThrough, SavedSearch
from panah.team import queries as team
from panah.team.models import Compartment, Member
from panah.team.rules import May


class SearchAsksNothing(PanahError):
    """A saved search has a name, and asks for words or for something of documents."""


class SearchOfOthers(PanahError):
    """“{name}” was saved by somebody else; who saved it may delete it, and who works in the compartment that shares it."""

    status = 403


@transaction.atomic
def save(
    *, question: Question, name: str, compartment: Compartment | None = None, by: Member, now: datetime
) -> SavedSearch:
    """Keep a question, for oneself or for the members of a compartment, with how much it finds now.

    The ledger has no line of it: nothing that is evidence changes. Raises `NotAllowed`, `SearchAsksNothing`, and whatever
    makes that it cannot be asked.
    """
    if compartment is not None:
        team.require(by, compartment, May.WORK)
    if not name.strip() or not question:
        raise SearchAsksNothing
    up_to = queries.last_passage()
    return SavedSearch.objects.create(
        by=by, compartment=compartment, name=name.strip()[:200], question=question.address(), saved_at=now,
        found=queries.counted(by, question, now=now), up_to=up_to,
    )  # fmt: skip


@transaction.atomic
def look_through(*, search: SavedSearch, up_to: int, by: Member, now: datetime) -> None:
    """Say that a member has looked through what a saved search finds, up to a passage. It never goes back."""
    reached = max(saved.looked_up_to(by, search), min(up_to, queries.last_passage()))
    LookedThrough.objects.update_or_create(search=search, member=by, defaults={"up_to": reached, "at": now})


@transaction.atomic
def delete(*, search: SavedSearch, by: Member) -> None:
    """Keep a search no longer. Raises `SearchOfOthers`."""
    if not saved.may_end(by, search):
        raise SearchOfOthers(name=search.name)
    search.delete()
