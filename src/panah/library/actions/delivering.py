"""Files that are handed in together, accounted for one by one, by whoever goes on with them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from panah.errors import PanahError, taken_apart
from panah.library.lease import holder, is_dead
from panah.library.models import DeliveredFile, Delivery
from panah.library.queries import Shelf
from panah.team import queries as team
from panah.team.models import Member
from panah.team.rules import May

AT_ONCE = 5_000


class DeliveryUnderWay(PanahError):
    """Another program is taking in the delivery {delivery} at this moment; to have it stop: panah delivery pause {delivery}."""

    status = 409


class DeliveryDone(PanahError):
    """Every file of the delivery {delivery} has its outcome; there is nothing to go on with."""

    status = 409


@transaction.atomic
def deliver(
    *, files: Iterable[tuple[Path, str]], shelf: Shelf, manifest: tuple[str, str], by: Member, now: datetime
) -> Delivery:
    """Write down files, each with its path as text, that this process is about to take in. Raises `NotAllowed`.

    `manifest` is its path and its digest; both empty where there is none.
    """
    team.require(by, shelf.compartment, May.WORK)
    delivery = Delivery.objects.create(
        compartment=shelf.compartment,
        collection=shelf.name,
        manifest=manifest[0],
        manifest_digest=manifest[1],
        began_at=now,
        holder=holder(),
    )
    rows = (DeliveredFile(delivery=delivery, place=os.fsencode(file), path=path[:4096]) for file, path in files)
    DeliveredFile.objects.bulk_create(rows, batch_size=AT_ONCE)
    return delivery


@transaction.atomic
def account(*, file: int, outcome: str, code: str, reason: str, document: UUID | None) -> None:
    """Write down how it went with a file, by its row; the reason may be a `Phrase`."""
    DeliveredFile.objects.filter(pk=file).update(
        outcome=outcome, code=code[:60], reason=reason[:1000], parts=taken_apart(reason), document_id=document
    )


@transaction.atomic
def go_on(*, delivery: Delivery, by: Member) -> None:
    """Let this process go on with a delivery. Raises `NotAllowed`, `DeliveryDone`, `DeliveryUnderWay`."""
    team.require(by, delivery.compartment, May.WORK)
    delivery.refresh_from_db()
    if delivery.ended_at:
        raise DeliveryDone(delivery=str(delivery.pk)[:8])
    if delivery.holder and not is_dead(delivery.holder):
        raise DeliveryUnderWay(delivery=str(delivery.pk)[:8])
    delivery.holder, delivery.to_pause = holder(), False
    delivery.save(update_fields=["holder", "to_pause"])


@transaction.atomic
def leave(*, delivery: Delivery, now: datetime) -> bool:
    """Let go of a delivery; True where every file has its outcome, and it is done."""
    done = not delivery.files.filter(outcome="").exists()
    delivery.holder, delivery.to_pause = "", False
    delivery.ended_at = now if done else None
    delivery.save(update_fields=["holder", "to_pause", "ended_at"])
    return done


@transaction.atomic
def pause(*, delivery: Delivery, by: Member) -> None:
    """Ask the process that takes in a delivery to stop after what it has begun. Raises `NotAllowed`, `DeliveryDone`."""
    team.require(by, delivery.compartment, May.WORK)
    if delivery.ended_at:
        raise DeliveryDone(delivery=str(delivery.pk)[:8])
    Delivery.objects.filter(pk=delivery.pk).update(to_pause=True)
