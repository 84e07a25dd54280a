"""Who leads a compartment whose only lead has left the team. Nobody does by virtue of office."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from panah import proof
from panah.team.actions import give_role
from panah.team.models import Compartment, Member, Membership
from panah.team.rules import Role

SUCCESSORS = (Role.WORKER, Role.REVIEWER)
"""Who follows a lead, in this order. A reader was let in to look, and is given no more than that unasked."""


class Leaderless(NamedTuple):
    """How many compartments have no lead. More than that is told to nobody who has no role there."""

    waiting: int
    """Readers belong to them, of whom one can be named lead."""
    shut: int
    """To these nobody belongs any more, so nobody opens them."""


def leaderless() -> QuerySet[Compartment]:
    """The compartments that no member of the team leads."""
    led = Exists(_roles().filter(compartment=OuterRef("pk"), role=Role.LEAD))
    return Compartment.objects.filter(~led, erased_at=None)


def counted() -> Leaderless:
    """How many there are."""
    without = leaderless()
    waiting = without.filter(Exists(_roles().filter(compartment=OuterRef("pk")))).count()
    return Leaderless(waiting, without.count() - waiting)


def hand_on(*, leaver: Member, by: Member, now: datetime) -> None:
    """Make the longest-serving worker lead of each compartment that the leaver alone led; where there is none, the reviewer.

    The caller has entered that the leaver left, and holds the transaction.
    """
    left = Membership.objects.filter(member=leaver, role=Role.LEAD, until=None).values("compartment")
    for compartment in leaderless().filter(pk__in=left).order_by("pk"):
        for role in SUCCESSORS:
            first = _roles().filter(compartment=compartment, role=role).order_by("since", "pk").first()
            if first is not None:
                _lead(first, by=by, now=now)
                break


def take_over(*, member: Member, by: Member, now: datetime) -> int:
    """Make a member lead of every compartment without one to which that member belongs; how many these were.

    The caller has found out that `by` may ask for it, and holds the transaction.
    """
    roles = list(_roles().filter(member=member, compartment__in=leaderless()).order_by("compartment"))
    for role in roles:
        _lead(role, by=by, now=now)
    return len(roles)


def _roles() -> QuerySet[Membership]:
    return Membership.objects.filter(until=None, member__left_at=None)


def _lead(before: Membership, *, by: Member, now: datetime) -> None:
    compartment, member = before.compartment, before.member
    last = Membership.objects.filter(compartment=compartment, role=Role.LEAD).order_by("-since", "-pk").first()
    Membership.objects.filter(pk=before.pk).update(until=now)
    succeeds: dict[str, proof.Canonical] = {"succeeds": last.member.name} if last else {}
    give_role(compartment=compartment, member=member, role=Role.LEAD, by=by, now=now, **succeeds)
