"""Who works on what waits: one process takes its lease, and gives it back where it is told to stop."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from panah.library.lease import LEASE, holder, is_dead
from panah.library.models import Capture, Document


@transaction.atomic
def take(*, row: Document | Capture, now: datetime) -> bool:
    """Take the lease of what waits; False where another has it, or it is done."""
    waiting = _waiting(row)
    lapsed = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    theirs = waiting.values_list("lease_holder", flat=True).first()
    if theirs and is_dead(theirs):
        lapsed |= Q(lease_holder=theirs)
    return bool(waiting.filter(lapsed).update(**taken(before=row.attempts, now=now)))


def taken(*, before: int, now: datetime) -> dict[str, object]:
    """The fields of what this process takes the lease of, after so many attempts."""
    return {"lease_holder": holder(), "lease_until": now + LEASE, "attempts": before + 1}


@transaction.atomic
def give_back(*, row: Document | Capture) -> None:
    """Give back the lease that this process has, as if it had never been taken."""
    _waiting(row).filter(lease_holder=holder()).update(lease_holder="", lease_until=None, attempts=F("attempts") - 1)


def _waiting(row: Document | Capture) -> QuerySet[Document] | QuerySet[Capture]:
    if isinstance(row, Document):
        return Document.objects.filter(pk=row.pk, state=Document.State.WAITING)
    return Capture.objects.filter(pk=row.pk, state=Capture.State.WAITING)
