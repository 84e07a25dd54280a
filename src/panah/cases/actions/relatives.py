"""Who belongs to the applicant: written down, and shown on demand, each time with a line of the ledger."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from panah.cases import queries
from panah.cases.entering import entered, lines, next_number, tidy
from panah.cases.models import Case, Relative
from panah.errors import PanahError
from panah.team.actions import Verb
from panah.team.models import Member
from panah.team.rules import May


class RelativeUntold(PanahError):
    """Say a name, or what they are to the applicant."""


@transaction.atomic
def reveal(*, case: Case, by: Member, now: datetime) -> list[Relative]:
    """The relatives of the applicant, to be shown once. Raises `NotAllowed`."""
    found = list(queries.relatives(by, case))
    entered(Verb.REVEALED, case, {"relatives": len(found)}, may=May.REVEAL, by=by, now=now)
    return found


@transaction.atomic
def add_relative(
    *,
    case: Case,
    name: str = "",
    relation: str = "",
    whereabouts: str = "",
    note: str = "",
    by: Member,
    now: datetime,
) -> Relative:
    """Write down a relative. Raises `RelativeUntold`, `LineTooLong`, `LineBroken`, `NotAllowed`."""
    number = next_number(case.relatives.aggregate(Max("number")))
    said = _said(name=name, relation=relation, whereabouts=whereabouts, note=note)
    relative = Relative.objects.create(case=case, number=number, added_at=now, **said)
    entered(Verb.RECORDED, case, {"relative": number}, by=by, now=now)
    return relative


@transaction.atomic
def change_relative(
    *, relative: Relative, name: str, relation: str, whereabouts: str, note: str, by: Member, now: datetime
) -> None:
    """Write down something else of a relative. Raises `RelativeUntold`, `LineTooLong`, `LineBroken`, `NotAllowed`."""
    said = _said(name=name, relation=relation, whereabouts=whereabouts, note=note)
    for field, words in said.items():
        setattr(relative, field, words)
    relative.save(update_fields=list(said))
    entered(Verb.RECORDED, relative.case, {"relative": relative.number}, by=by, now=now)


@transaction.atomic
def remove_relative(*, relative: Relative, by: Member, now: datetime) -> None:
    """Take out what was written of a relative; the ledger keeps the number alone. Raises `NotAllowed`."""
    entered(Verb.WITHDREW, relative.case, {"relative": relative.number}, by=by, now=now)
    relative.delete()


def _said(*, name: str, relation: str, whereabouts: str, note: str) -> dict[str, str]:
    said = lines(Relative, name=name, relation=relation, whereabouts=whereabouts)
    if not said["name"] and not said["relation"]:
        raise RelativeUntold
    return {**said, "note": tidy(note)}
