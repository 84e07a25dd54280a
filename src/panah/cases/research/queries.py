"""The searches of a case. The first argument is who asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from panah.cases.models import Case, Outcome, Search
from panah.cases.research import record
from panah.cases.research.record import Asked
from panah.errors import PanahError
from panah.library import queries as library
from panah.library import saving
from panah.team import queries as team
from panah.team.models import Member
from panah.team.rules import May


class CaseSearchUnknown(PanahError):
    """This case has no such search."""

    status = 404


class Made(NamedTuple):
    """A search of a case: what it asked, what was opened from it, and what was used."""

    search: Search
    asked: Asked
    opened: list[Outcome]
    used: list[Outcome]


class Listed(NamedTuple):
    """A question of a search as a line of a list; every field is a text, and empty where there is nothing to say."""

    id: str
    made_at: str
    by: str
    through: str
    elements: str
    facts: str
    words: str
    concepts: str
    labels: str
    collections: str
    limits: str
    passages: str
    opened: str
    used: str

    def cells(self) -> list[str]:
        """As a row of a table: no cell that a spreadsheet would take for a formula."""
        return saving.cells(self)


def trail(asker: Member, asked: Case) -> list[Made]:
    """Every search of a case, the oldest first; documents that the asker does not see are not among what was opened.

    Raises `NotAllowed` for whoever does not see the case.
    """
    team.require(asker, asked.compartment, May.SEE)
    rows = asked.searches.select_related("case").prefetch_related("outcomes__search__case").order_by("made_at", "pk")
    found = list(rows)
    named = {each.document_id for row in found for each in row.outcomes.all() if each.document_id}
    seen = set(library.documents(asker).filter(pk__in=named).values_list("pk", flat=True))
    return [_made(row, seen) for row in found]


def search(asker: Member, asked: Case, search_id: UUID) -> Search:
    """A search of a case. Raises `CaseSearchUnknown`, `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    found = asked.searches.filter(pk=search_id).select_related("case__compartment").first()
    if found is None:
        raise CaseSearchUnknown
    return found


def listed(asker: Member, asked: Case) -> Iterator[Listed]:
    """The searches of a case question by question, to be saved."""
    for made in trail(asker, asked):
        for put in made.asked.puts:
            concepts = [made.asked.concepts[each] for each in put.concepts if each in made.asked.concepts]
            yield Listed(
                id=str(made.search.pk),
                made_at=saving.moment(made.search.made_at),
                by=made.search.by,
                through=made.search.through,
                elements=" ".join(put.elements),
                facts=" ".join(map(str, put.facts)),
                words="; ".join(put.words),
                concepts="; ".join(concept.called for concept in concepts),
                labels="; ".join(label for concept in concepts for label in concept.labels),
                collections="; ".join(made.asked.collections),
                limits=made.asked.limits,
                passages=str(put.passages),
                opened="; ".join(each.title for each in made.opened),
                used="; ".join(each.words for each in made.used),
            )


def _made(row: Search, seen: set[UUID]) -> Made:
    outcomes = [each for each in row.outcomes.all() if each.document_id is None or each.document_id in seen]
    outcomes.sort(key=lambda each: (each.at, each.pk))
    opened = [each for each in outcomes if not each.words]
    return Made(row, record.read(row.asked), opened, [each for each in outcomes if each.words])
