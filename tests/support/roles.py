"""Members in their roles."""

from __future__ import annotations

ROLES = ["lead", "worker", "reviewer", "reader"]


def colleague(desk, place, role: str | None = "worker", name: str = "Invented Colleague"):
    """Somebody on the team, with a role in a compartment, or with none."""
    from panah.team.actions import admit, join
    from panah.team.rules import Role

    member = join(name=name, now=desk.now())
    if role:
        admit(compartment=place, member=member, role=Role(role), **desk.act)
    return member


def former(desk, place, role: str = "worker", name: str = "Invented Former Colleague"):
    """Somebody who belonged to a compartment."""
    from panah.team.actions import release

    member = colleague(desk, place, role, name)
    release(compartment=place, member=member, **desk.act)
    return member


def lines(verb: str) -> list:
    """The ledger's lines of a verb, oldest first."""
    from panah.team.models import LedgerLine

    return list(LedgerLine.objects.filter(verb=verb).order_by("seq"))
