"""Names in what a member may see, and what people said of them. The first argument is who asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from panah.cases import queries as cases
from panah.cases.models import Absence, Beside, Case, Identification, Name
from panah.cases.naming.record import Asked
from panah.errors import PanahError
from panah.library import sight
from panah.library.models import Collection, Document
from panah.library.naming import queries as naming
from panah.library.naming.queries import Found, Spelling, Where
from panah.library.queries import CollectionUnknown
from panah.team import queries as team
from panah.team.models import Member
from panah.team.rules import May


class AbsenceUnknown(PanahError):
    """There is no such statement."""

    status = 404


class IdentificationUnknown(PanahError):
    """Nothing was said of this name."""

    status = 404


class SpellingUnknown(PanahError):
    """This case has no such spelling."""

    status = 404


_SAME = Identification.Outcome.SAME


class _At(NamedTuple):
    """Where a name stands, as a quotation says it."""

    document: UUID
    start: int
    end: int


class Known(NamedTuple):
    """An applicant beside whose names something is written down; it has no part in what is found."""

    case: Case
    beside: Beside | None


class Stands(NamedTuple):
    """A place at which a spelling stands, what people said of it, the last first, and whose papers it is in."""

    where: Where
    said: list[Identification]
    known: Known | None


class Card(NamedTuple):
    """A spelling that may be of the name, and what a human needs to judge it."""

    spelling: Spelling
    places: list[Stands]
    others: int
    """How many other full names here fit the name as well, without those of which somebody said that they are the same
    person's. How many people bear them, nobody knows."""
    told_apart: int
    """Of how many of its places somebody said that it is another person's."""


class Looked(NamedTuple):
    """What came of looking for a name."""

    name: str
    case: Case | None
    cards: list[Card]
    more: int
    asked: Asked


def collections(asker: Member, case: Case | None = None) -> QuerySet[Collection]:
    """The collections in which a name can be looked for: all that the asker sees; for a case, without papers of others."""
    others = Case.objects.exclude(pk=case.pk) if case else Case.objects.none()
    return sight.shelves(asker).exclude(pk__in=others.values("papers")).order_by("name")


def look_for(asker: Member, name: str, *, case: Case | None = None, collection: str = "") -> Looked:
    """Where a name stands in whichever spelling. Nothing is kept by it. Raises `CollectionUnknown`."""
    rows = collections(asker, case)
    chosen = list(rows.filter(name=collection) if collection else rows)
    if collection and not chosen:
        raise CollectionUnknown(name=collection)
    found = naming.find(asker, name, shelves=[row.pk for row in chosen])
    cards = _cards(asker, case, found.spellings)
    return Looked(name, case, cards, found.more, _asked(found, chosen))


def identifications(asker: Member, asked: Case | None = None) -> QuerySet[Identification]:
    """What people said of names, the last first: all that the asker may see, or what was said for a case."""
    rows = Identification.objects.filter(_visible(asker))
    rows = rows.filter(case=asked) if asked else rows
    return rows.select_related("quotation__document", "case__compartment").order_by("-at", "-pk")


def identification(asker: Member, reference: UUID) -> Identification:
    """One of them. Raises `IdentificationUnknown`."""
    found = identifications(asker).filter(pk=reference).first()
    if found is None:
        raise IdentificationUnknown
    return found


def absences(asker: Member, asked: Case | None = None) -> QuerySet[Absence]:
    """The statements of absence, the last first: all that the asker may see, or those of a case."""
    rows = Absence.objects.filter(_visible(asker))
    rows = rows.filter(case=asked) if asked else rows
    return rows.select_related("case__compartment", "compartment", "paper").order_by("-at", "-pk")


def absence(asker: Member, reference: UUID) -> Absence:
    """One of them. Raises `AbsenceUnknown`."""
    found = absences(asker).filter(pk=reference).first()
    if found is None:
        raise AbsenceUnknown
    return found


def spellings(asker: Member, asked: Case) -> list[Name]:
    """The spellings of the applicant's name, with those that were taken out, each with where it stands. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    rows = asked.names.select_related("paper", "quotation__document", "case")
    return list(rows.order_by("pk"))


def spelling(asker: Member, asked: Case, number: int) -> Name:
    """One of them. Raises `NotAllowed`, `SpellingUnknown`."""
    found = next((row for row in spellings(asker, asked) if row.pk == number), None)
    if found is None:
        raise SpellingUnknown
    return found


def _visible(asker: Member) -> Q:
    return Q(compartment__in=team.compartments(asker).order_by().values("pk"))


def _asked(found: Found, chosen: Sequence[Collection]) -> Asked:
    """What a statement of absence would say: papers of cases stand in it without the names of their collections."""
    papers = set(Case.objects.filter(papers__in=chosen).values_list("papers", flat=True))
    named = tuple(dict.fromkeys(row.name for row in chosen if row.pk not in papers))
    tried = {str(script): spellings for script, spellings in found.tried.items()}
    each = Document.objects.filter(collection__in=chosen)
    counted = each.aggregate(read=Count("pk", filter=Q(state=Document.State.READ)), all=Count("pk"))
    compatible = len(found.spellings) + found.more
    return Asked(tried, named, bool(papers), counted["read"], counted["all"] - counted["read"], compatible)


def _said(asker: Member, case: Case | None, found: Sequence[Spelling]) -> Mapping[_At, list[Identification]]:
    """What people said of the places that are shown, the last first; for a case, what was said for it."""
    documents = {where.document.pk for spelling in found for where in spelling.places}
    said: dict[_At, list[Identification]] = defaultdict(list)
    for row in identifications(asker, case).filter(quotation__document__in=documents):
        said[_At(row.quotation.document_id, row.quotation.start, row.quotation.end)].append(row)
    return said


def _known(asker: Member, found: Sequence[Spelling]) -> dict[int, Known]:
    """The cases that the asker sees, by the collections of their papers, as far as something was found there."""
    shelves = {where.document.collection_id for spelling in found for where in spelling.places}
    rows = cases.cases(asker).filter(papers__in=shelves).select_related("beside_names__case")
    return {row.papers_id: Known(row, getattr(row, "beside_names", None)) for row in rows}


def _cards(asker: Member, case: Case | None, found: Sequence[Spelling]) -> list[Card]:
    said, known = _said(asker, case, found), _known(asker, found)
    placed = [[_stands(where, said, known) for where in spelling.places] for spelling in found]
    standing = [[row.outcome for place in places for row in place.said if row.current] for places in placed]
    others = sum(_SAME not in each for each in standing)
    return [
        Card(spelling, places, others - (_SAME not in own), own.count(Identification.Outcome.DIFFERENT))
        for spelling, places, own in zip(found, placed, standing, strict=True)
    ]


def _stands(where: Where, said: Mapping[_At, list[Identification]], known: Mapping[int, Known]) -> Stands:
    at = _At(where.document.pk, where.start, where.end)
    return Stands(where, said.get(at, []), known.get(where.document.collection_id))
