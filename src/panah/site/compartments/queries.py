"""What a member sees of the compartments that she belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count

from panah.team import queries as team
from panah.team import rules
from panah.team.models import Compartment, Member, Membership
from panah.team.rules import May, Role


class Mine(NamedTuple):
    """A compartment of the asker: her role in it, and how much stands in it."""

    compartment: Compartment
    role: Role
    cases: int
    collections: int


def mine(asker: Member) -> list[Mine]:
    """The compartments that the asker may see."""
    roles = dict(Membership.objects.filter(member=asker, until=None).values_list("compartment", "role"))
    rows = team.compartments(asker).annotate(
        case_count=Count("cases", distinct=True), collection_count=Count("collections", distinct=True)
    )
    return [Mine(row, Role(roles[row.pk]), row.case_count, row.collection_count) for row in rows]


def table() -> Sequence[tuple[May, Sequence[bool]]]:
    """What each role may do, line by line, as `team.rules` has it; the roles in their order."""
    return [(may, [role in rules.roles_that(may) for role in Role]) for may in May]
