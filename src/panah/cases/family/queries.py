"""Who is of one family, and which facts they share. The first argument is who asks."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from panah.cases import queries
from panah.cases.models import Acceptance, Case, Fact, FamilyTie, Support
from panah.team.models import Member
from panah.team.rules import May


class Person(NamedTuple):
    """Somebody of the family whose case the asker sees, and what they are to the applicant."""

    case: Case
    relation: str


class Shared(NamedTuple):
    """A fact of this case, and the same fact in the case of each other person, in their order; None where it is not."""

    fact: Fact
    others: list[tuple[Person, Fact | None]]


def family(asker: Member, asked: Case) -> list[Person]:
    """The persons of the family whose cases the asker sees; of others, not even that they are there."""
    seen = {case.pk: case for case in queries.cases(asker)}
    ties = FamilyTie.objects.filter(case=asked, other__in=seen).select_related("case")
    return [Person(seen[tie.other_id], tie.relation) for tie in ties.order_by("tied_at", "pk")]


def shared(asker: Member, asked: Case) -> list[Shared]:
    """Every fact of a case beside the same fact in the cases of the family, each with what is concluded there."""
    persons = family(asker, asked)
    cases = [person.case.pk for person in persons]
    rows = Fact.objects.filter(Q(shared_from__isnull=False) | Q(shared__isnull=False), case__in=cases).distinct()
    there = {(row.case_id, row.shared_from_id or row.pk): row for row in _with_conclusion(rows)}
    return [
        Shared(fact, [(person, there.get((person.case.pk, fact.shared_from_id or fact.pk))) for person in persons])
        for fact in _with_conclusion(asked.facts.order_by("number"))
    ]


def others(asker: Member, asked: Case) -> list[Case]:
    """The cases that can still be tied to a case: those in which the asker may work."""
    tied = asked.ties.values("other")
    return list(queries.cases(asker, May.WORK).exclude(pk=asked.pk).exclude(pk__in=tied))


def own_supports(asked: Case, fact: Fact) -> list[tuple[Support, bool]]:
    """What stands beside a fact, and whether it is a paper of this case or words of one: then it is this person's own."""
    found = []
    for support in queries.fact(asked, fact.number).supports.all():
        document = support.quotation.document if support.quotation else support.paper
        found.append((support, document is not None and document.collection_id == asked.papers_id))
    return found


def _with_conclusion(rows: QuerySet[Fact]) -> QuerySet[Fact]:
    """Facts, each with the one acceptance that stands in `standing`."""
    standing = Acceptance.objects.filter(current=True).select_related("fact__case")
    return rows.select_related("case").prefetch_related(Prefetch("acceptances", standing, to_attr="standing"))
