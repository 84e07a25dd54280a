"""What stands in the ledger, found by what its lines are about."""

from __future__ import annotations

from django.db.models import QuerySet

from panah.team.models import LedgerLine


def entered(verb: str | None = None, *, kind: str | None = None, subject: str | None = None) -> QuerySet[LedgerLine]:
    """The lines with this verb about this thing, oldest first."""
    asked = {"verb": verb, "particulars__kind": kind, "particulars__subject": subject}
    return LedgerLine.objects.filter(**{name: what for name, what in asked.items() if what is not None}).order_by("seq")
