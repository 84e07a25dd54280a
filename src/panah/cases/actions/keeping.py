"""How long a case is kept, and what forbids to erase it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from panah.cases.entering import entered, tidy
from panah.cases.models import Case
from panah.errors import PanahError
from panah.team.actions import Verb
from panah.team.models import Member
from panah.team.rules import May


class ReasonMissing(PanahError):
    """Give the reason."""


class NotHeld(PanahError):
    """Case {reference} is not held."""

    status = 409


@transaction.atomic
def retain(*, case: Case, until: date, reason: str, by: Member, now: datetime) -> None:
    """Say up to which day a case is kept, that day included, and why. Raises `ReasonMissing`, `NotAllowed`."""
    case.retain_until, case.retain_reason = until.isoformat(), _given(reason)
    case.save(update_fields=["retain_until", "retain_reason"])
    entered(Verb.RETAINED, case, {"until": case.retain_until}, may=May.RETAIN, by=by, now=now)


@transaction.atomic
def hold(*, case: Case, reason: str, by: Member, now: datetime) -> None:
    """Forbid to erase a case, whatever day it is; again: with another reason. Raises `ReasonMissing`, `NotAllowed`."""
    case.hold_reason, case.held_since = _given(reason), case.held_since or now
    case.save(update_fields=["hold_reason", "held_since"])
    entered(Verb.HELD, case, may=May.RETAIN, by=by, now=now)


@transaction.atomic
def lift_hold(*, case: Case, by: Member, now: datetime) -> None:
    """Let a case be erased again when its day has passed. Raises `NotHeld`, `NotAllowed`."""
    if case.held_since is None:
        raise NotHeld(reference=case.reference)
    case.hold_reason, case.held_since = "", None
    case.save(update_fields=["hold_reason", "held_since"])
    entered(Verb.LIFTED_HOLD, case, may=May.RETAIN, by=by, now=now)


def _given(reason: str) -> str:
    if not tidy(reason):
        raise ReasonMissing
    return tidy(reason)
