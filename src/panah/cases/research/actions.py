"""Searches of a case kept, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from panah.cases.entering import lines
from panah.cases.models import Case, Outcome, Search
from panah.cases.research.record import Asked
from panah.library.models import Document
from panah.team import queries as team
from panah.team.models import Member
from panah.team.rules import May

ONE_SEARCH = timedelta(hours=1)
"""The same asked again within it by the same member, with the same found, is the same search."""
UNTITLED = "—"


class CameAlong(NamedTuple):
    """What came of a search on another machine; `document` is None where it did not come along."""

    document: Document | None
    title: str
    words: str
    at: datetime
    by: str


@transaction.atomic
def keep(*, case: Case, through: Search.Through, asked: Asked, by: Member, now: datetime) -> Search:
    """Keep a search that a member made for a case. Raises `NotAllowed` for whoever does not see it."""
    team.require(by, case.compartment, May.SEE)
    written = asked.written()
    since = case.searches.filter(through=through, by=by.name, made_at__gt=now - ONE_SEARCH).order_by("-made_at")
    for before in since[:20]:
        if before.asked == written:
            return before
    return Search.objects.create(case=case, through=through, made_at=now, by=by.name, asked=written)


@transaction.atomic
def open_from(*, search: Search, document: Document, by: Member, now: datetime) -> Outcome:
    """Keep that a document was opened from a search, once. Raises `NotAllowed`."""
    return _came_of(search, document, "", by, now)


@transaction.atomic
def use_from(*, search: Search, document: Document, words: str, by: Member, now: datetime) -> Outcome:
    """Keep that words which a search found were put to use. Raises `NotAllowed`."""
    return _came_of(search, document, words, by, now)


@transaction.atomic
def take_over(
    *,
    case: Case,
    through: Search.Through,
    asked: str,
    made_at: datetime,
    author: str,
    outcomes: Iterable[CameAlong],
    by: Member,
) -> Search:
    """Keep a search that was kept on another machine, with what came of it there. Raises `NotAllowed`, `LineTooLong`."""
    team.require(by, case.compartment, May.WORK)
    who = lines(Search, by=author)["by"]
    search = Search.objects.create(case=case, through=through, made_at=made_at, by=who, asked=asked)
    for each in outcomes:
        known = lines(Outcome, by=each.by)["by"]
        Outcome.objects.create(
            search=search, document=each.document, title=each.title, words=each.words, at=each.at, by=known
        )
    return search


@transaction.atomic
def note_use(*, case: Case, document: Document, words: str, by: Member, now: datetime) -> None:
    """Keep that words were used, with the search from which this member opened their document last; else nowhere."""
    from_where = Outcome.objects.filter(search__case=case, document=document, by=by.name).order_by("-at", "-pk")
    if last := from_where.select_related("search__case__compartment").first():
        _came_of(last.search, document, words, by, now)


def _came_of(search: Search, document: Document, words: str, by: Member, now: datetime) -> Outcome:
    team.require(by, search.case.compartment, May.SEE)
    for before in search.outcomes.filter(document=document):
        if before.words == words:
            return before
    title = document.title or document.path or UNTITLED
    return Outcome.objects.create(search=search, document=document, title=title, words=words, at=now, by=by.name)
