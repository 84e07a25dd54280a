"""What is unsafe about how members sign in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from panah.team import factors, joining, succession
from panah.team.acting import now
from panah.team.models import Invitation

LONG = timedelta(days=1)
"""Whoever was given an invitation and wants to join does it sooner."""


def password_missing() -> Iterator[str]:
    """A member has not chosen a password: the passphrase, which every member may know, is hers."""
    for member in joining.members():
        if not member.has_usable_password():
            yield f"{member.name} has not chosen a password: whoever has the passphrase can begin as {member.name}."


def second_factor_missing() -> Iterator[str]:
    """A member has no second factor."""
    for member in joining.members():
        if not factors.has_one(member):
            yield f"{member.name} has no second factor: a password that was overseen is enough to get in."


def invitation_open() -> Iterator[str]:
    """An invitation still opens that nobody took up."""
    for invitation in Invitation.objects.filter(ended_at=None, until__gt=now(), made_at__lt=now() - LONG):
        yield f"The invitation of {invitation.name} was not taken up in a day: whoever finds its address can join."


def lead_missing() -> Iterator[str]:
    """A compartment has no lead."""
    waiting, shut = succession.counted()
    if waiting:
        yield f"Compartments without a lead: {waiting}. Nobody can let others in, or take them out."
    if shut:
        yield f"Compartments to which nobody belongs any more: {shut}. Nobody opens them."
