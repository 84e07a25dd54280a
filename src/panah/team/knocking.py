"""Whoever is refused at the door waits before the next try, and longer each time. A name that exists waits no longer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from panah import proof
from panah.errors import PanahError
from panah.team.actions import Verb, enter
from panah.team.models import Knocking, Member

FREE = {"name": 5, "factor": 5, "address": 30}
"""So many tries cost nothing: by one name, at one member's second factor, from one address."""
LONGEST = {"name": timedelta(minutes=15), "factor": timedelta(hours=1), "address": timedelta(seconds=30)}
"""No wait is longer: nobody can keep a member out for a day by typing her name."""
SHORTEST = timedelta(seconds=5)
FORGOTTEN = timedelta(days=1)


class Wait(PanahError):
    """There were too many tries. Wait {seconds} seconds, then try again."""

    status = 429


def name(typed: str) -> tuple[str, str]:
    """Whoever comes under a name."""
    return "name", typed.strip()


def factor(member: Member) -> tuple[str, str]:
    """Whoever has got as far as a member's second factor, or asks to be known again in her session."""
    return "factor", str(member.pk)


def address(number: str) -> tuple[str, str]:
    """Whoever comes from an address."""
    return "address", number


def require_none(whose: Iterable[tuple[str, str]], now: datetime) -> None:
    """Raises `Wait` where one of these must still wait."""
    kinds = {_kept(each): each[0] for each in whose}
    waits = [_until(row, kinds[row.whose]) - now for row in Knocking.objects.filter(whose__in=kinds)]
    longest = max(waits, default=timedelta())
    if longest > timedelta():
        raise Wait(seconds=int(longest.total_seconds()) + 1)


@transaction.atomic
def refused(*, whose: Iterable[tuple[str, str]], member: Member | None, now: datetime) -> None:
    """Remember a refusal. The first one that makes somebody wait is a line in the ledger; a name that is nobody's is not."""
    Knocking.objects.filter(last_at__lt=now - FORGOTTEN).delete()
    for each in whose:
        row, _ = Knocking.objects.get_or_create(whose=_kept(each), defaults={"refusals": 0, "last_at": now})
        Knocking.objects.filter(pk=row.pk).update(refusals=row.refusals + 1, last_at=now)
        if row.refusals + 1 == FREE[each[0]] and each[0] != "address":
            subject = member.name if member else "nobody"
            enter(verb=Verb.KEPT_WAITING, kind="member", subject=subject, by=None, now=now, details={"at": each[0]})


@transaction.atomic
def welcomed(*, whose: Iterable[tuple[str, str]]) -> None:
    """Forget the refusals of somebody who was let in."""
    Knocking.objects.filter(whose__in=[_kept(each) for each in whose]).delete()


def _until(row: Knocking, kind: str) -> datetime:
    beyond = row.refusals - FREE[kind]
    if beyond < 0:
        return row.last_at
    return row.last_at + min(SHORTEST * (1 << min(beyond, 20)), LONGEST[kind])


def _kept(whose: tuple[str, str]) -> str:
    return proof.digest_of("\0".join(whose).encode("utf-8", "surrogatepass"))
