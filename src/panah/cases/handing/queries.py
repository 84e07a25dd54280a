"""Profiles and hand-overs, read. The first argument is who asks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from panah.cases.models import Case, HandOver, RedactionProfile
from panah.dossier.redacting import Entry, Kind, Profile, Redactor
from panah.errors import PanahError
from panah.team import queries as team
from panah.team.models import Member
from panah.team.rules import May

VALID = timedelta(days=7)
"""From the approval on; then it has to be asked for again."""


class ProfileUnknown(PanahError):
    """This case has no redaction profile {name}."""

    status = 404


class HandOverUnknown(PanahError):
    """There is no such hand-over."""

    status = 404


def profiles(asker: Member, case: Case) -> QuerySet[RedactionProfile]:
    """The profiles of a case, for those who may export it: they are the key of its placeholders."""
    if case.compartment_id not in set(team.compartments(asker, May.EXPORT).values_list("pk", flat=True)):
        return RedactionProfile.objects.none()
    return case.profiles.select_related("case").order_by("number")


def profile(asker: Member, case: Case, name: str) -> RedactionProfile:
    """A profile by its number, or by what it is called. Raises `ProfileUnknown`."""
    for each in profiles(asker, case):
        if name.strip() in {str(each.number), each.called}:
            return each
    raise ProfileUnknown(name=name)


def redactor(kept: RedactionProfile) -> Redactor:
    """What replaces by a profile."""
    entries = [Entry(Kind(each["kind"]), tuple(each["spellings"]), each["number"]) for each in json.loads(kept.entries)]
    return Redactor(Profile(tuple(entries), kept.pictures))


def as_json(entries: Iterable[Entry]) -> str:
    """Entries as a profile keeps them."""
    kept = [{"kind": entry.kind, "spellings": entry.spellings, "number": entry.number} for entry in entries]
    return json.dumps(kept, ensure_ascii=False)


def hand_overs(asker: Member, case: Case) -> QuerySet[HandOver]:
    """What was asked for in a case, newest first, for those who may export or review it."""
    seen = {pk for may in (May.EXPORT, May.REVIEW) for pk in team.compartments(asker, may).values_list("pk", flat=True)}
    if case.compartment_id not in seen:
        return HandOver.objects.none()
    rows = case.hand_overs.select_related("case__compartment", "content", "profile__case", "asked_by", "decided_by")
    return rows.order_by("-asked_at", "pk")


def hand_over(asker: Member, case: Case, reference: UUID) -> HandOver:
    """One of them. Raises `HandOverUnknown`."""
    found = hand_overs(asker, case).filter(pk=reference).first()
    if found is None:
        raise HandOverUnknown
    return found


def keys_of(asked: HandOver) -> list[str]:
    """The recipients' public keys; none where it goes under a passphrase."""
    return str(asked.recipients).split()


def is_ready(asked: HandOver, now: datetime) -> bool:
    """Whether it may be handed over now."""
    if asked.handed_at:
        return False
    approved = asked.approved and asked.decided_at and now - asked.decided_at <= VALID
    return bool(approved) if asked.needs_approval else asked.approved is not False
