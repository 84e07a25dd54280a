"""A collection shown to another compartment, and taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from panah import proof
from panah.errors import PanahError
from panah.library.models import Collection, Share
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Compartment, Member
from panah.team.rules import May


class SharedWithItself(PanahError):
    """“{collection}” stands in this compartment: its members see it anyway."""

    status = 409


class NotShared(PanahError):
    """“{collection}” is not shared with this compartment, or not any more."""

    status = 409


@transaction.atomic
def share(*, collection: Collection, compartment: Compartment, by: Member, now: datetime) -> Share:
    """Let the members of another compartment, which `by` sees too, read a collection. Again is the same.

    Raises `NotAllowed`, `CompartmentUnknown`, `SharedWithItself`.
    """
    team.require(by, collection.compartment, May.SHARE)
    if compartment == collection.compartment:
        raise SharedWithItself(collection=collection.name)
    if not team.compartments(by).filter(pk=compartment.pk).exists():
        raise team.CompartmentUnknown(name=compartment.name)
    shared, new = Share.objects.get_or_create(
        collection=collection, compartment=compartment, until=None, defaults={"since": now}
    )
    if new:
        _entered(Verb.SHARED, shared, by=by, now=now)
    return shared


@transaction.atomic
def unshare(*, share: Share, by: Member, now: datetime) -> None:
    """Take a collection back from a compartment. Raises `NotAllowed`, `NotShared`."""
    team.require(by, share.collection.compartment, May.SHARE)
    if not Share.objects.filter(pk=share.pk, until=None).update(until=now):
        raise NotShared(collection=share.collection.name)
    _entered(Verb.UNSHARED, share, by=by, now=now)


def _entered(verb: Verb, shared: Share, *, by: Member, now: datetime) -> None:
    details: dict[str, proof.Canonical] = {"compartment": str(shared.compartment_id)}
    enter(
        verb=verb, kind="collection", subject=str(shared.collection_id), by=by, now=now,
        compartment=shared.collection.compartment, details=details,
    )  # fmt: skip
