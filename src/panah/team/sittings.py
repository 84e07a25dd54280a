"""Browsers in which members are signed in: when each began, when it was last heard of, and how it ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from panah.errors import PanahError
from panah.team.actions import Verb, enter
from panah.team.models import Member, Sitting

NOTED = timedelta(seconds=20)
"""A request within this time of the last one that was noted is not noted: a page with many parts writes once."""
LONGEST_BROWSER = 200


class SittingUnknown(PanahError):
    """There is no such session."""

    status = 404


def of(member: Member) -> QuerySet[Sitting]:
    """A member's own, the latest first. One that ended by itself is none."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return Sitting.objects.filter(member=member, session__in=alive).order_by("-seen_at", "-pk")


def went_idle(session: str, now: datetime) -> bool:
    """Whether a session was not heard of for too long."""
    seen = Sitting.objects.filter(session=session).values_list("seen_at", flat=True).first()
    return seen is not None and now - seen > timedelta(minutes=settings.PANAH_IDLE_MINUTES)


def note(*, member: Member, session: str, browser: str, now: datetime) -> None:
    """Note that a browser was heard of."""
    seen = Sitting.objects.filter(session=session).values_list("seen_at", flat=True).first()
    if seen is None:
        Sitting.objects.exclude(session__in=Session.objects.values("session_key")).delete()
        started = {"member": member, "browser": _shown(browser), "began_at": now, "seen_at": now}
        Sitting.objects.get_or_create(session=session, defaults=started)
    elif now - seen > NOTED:
        Sitting.objects.filter(session=session).update(seen_at=now)


@transaction.atomic
def end(*, member: Member, number: int, now: datetime) -> None:
    """End one of a member's own sessions. Raises `SittingUnknown`."""
    ended = of(member).filter(pk=number).first()
    if ended is None:
        raise SittingUnknown
    forget(session=ended.session)
    enter(verb=Verb.ENDED_SITTING, kind="member", subject=member.name, by=member, now=now)


@transaction.atomic
def end_others(*, member: Member, session: str, now: datetime) -> None:
    """End every session of a member but this one; a browser that is signed in nowhere else is told nothing of it."""
    others = list(of(member).exclude(session=session).values_list("session", flat=True))
    for other in others:
        forget(session=other)
    if others:
        details = {"sessions": len(others)}
        enter(verb=Verb.ENDED_SITTING, kind="member", subject=member.name, by=member, now=now, details=details)


@transaction.atomic
def end_all(*, member: Member) -> None:
    """End every session of a member."""
    for session in list(of(member).values_list("session", flat=True)):
        forget(session=session)


@transaction.atomic
def forget(*, session: str) -> None:
    """End a session: whoever comes with its cookie is a stranger."""
    Sitting.objects.filter(session=session).delete()
    Session.objects.filter(session_key=session).delete()


def _shown(browser: str) -> str:
    return "".join(sign for sign in browser if sign.isprintable())[:LONGEST_BROWSER]
