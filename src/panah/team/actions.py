"""Who joins, and what is entered in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

from django.db import transaction

from panah import proof
from panah.errors import PanahError
from panah.team.models import LONGEST_NAME, LedgerLine, Member

PROGRAM = "panah"
"""Who acted, where no member did."""


class Verb(StrEnum):
    """What can be done that the ledger keeps. `docs/reference/ledger.md` explains each."""

    BEGAN = "began"
    JOINED = "joined"
    SIGNED_IN = "signed in"
    TAKEN_IN = "taken in"
    READ = "read"
    NOT_READ = "not read"
    QUOTED = "quoted"
    SUPERSEDED = "superseded"
    OPENED = "opened"
    NAMED = "named"
    CHOSE_LAW = "chose law"
    RECORDED = "recorded"
    STATED = "stated"
    SUPPORTED = "supported"
    PUT = "put to the applicant"
    WEIGHED = "weighed"
    FOUND = "found"
    WITHDREW = "withdrew"
    IMPORTED = "imported"
    EXPORTED = "exported"
    BEGAN_SEALING = "began sealing"
    SEALED = "sealed"
    HANDED_OUT = "handed out"


class NameTaken(PanahError):
    """There is already a member called {name}."""

    status = 409


class NameUnusable(PanahError):
    """“{name}” cannot be the name of a member: it has 1 to {longest} characters, all of which can be seen."""


@transaction.atomic
def join(*, name: str, now: datetime) -> Member:
    """Make a member. Raises `NameTaken`, `NameUnusable`."""
    name = name.strip()  # as who signs in types it
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise NameUnusable(name=name, longest=LONGEST_NAME)
    if Member.objects.filter(name=name).exists():
        raise NameTaken(name=name)
    member = Member(name=name, joined_at=now)
    member.set_unusable_password()
    member.save(force_insert=True)
    enter(verb=Verb.JOINED, kind="member", subject=name, by=member, now=now)
    return member


@transaction.atomic
def enter(
    *,
    verb: Verb,
    kind: str,
    subject: str,
    by: Member | None,
    now: datetime,
    details: Mapping[str, proof.Canonical] | None = None,
) -> LedgerLine:
    """Append a line, in the same transaction as the act that it is about.

    Transactions begin with the write lock (`BEGIN IMMEDIATE`), so two lines can never claim one place in the chain.
    """
    last = LedgerLine.objects.order_by("-seq").values_list("seq", "link").first()
    seq, previous = (last[0] + 1, proof.Digest(last[1])) if last else (1, proof.GENESIS)
    line = LedgerLine(
        seq=seq,
        at=now.astimezone(UTC).isoformat(timespec="microseconds"),
        by=by.name if by else PROGRAM,
        verb=verb,
        kind=kind,
        subject=subject,
        details=dict(details or {}),
        salt=proof.random_salt(),
    )
    line.body_digest = proof.body_digest(line.body())
    line.link = proof.linked(previous, proof.Digest(line.body_digest))
    line.save(force_insert=True)
    return line
