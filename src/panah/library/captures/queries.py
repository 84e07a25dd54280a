"""Every read of captures. The first argument is who asks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from panah.errors import PanahError
from panah.library import sight
from panah.library.models import Capture, Document
from panah.library.queries import SHORTEST_REFERENCE
from panah.library.rules import ids_beginning
from panah.proof.bitcoin import Root, roots
from panah.proof.opentimestamps import read_detached
from panah.team import queries as team
from panah.team.models import Member
from panah.team.rules import May


class CaptureUnknown(PanahError):
    """There is no such capture, or nothing of it to save."""

    status = 404


def captures(asker: Member) -> QuerySet[Capture]:
    """The captures on collections that the asker may see, the newest first."""
    rows = Capture.objects.filter(collection__in=sight.numbers(asker))
    return rows.select_related("collection__compartment", "by").defer("token", "timestamp").order_by("-asked_at", "pk")


def capture(asker: Member, reference: str | UUID) -> Capture:
    """A capture that the asker may see, by its id, or by the beginning of it. Raises `CaptureUnknown`."""
    ids = ids_beginning(str(reference), SHORTEST_REFERENCE)
    found = list(captures(asker).filter(pk__range=ids)[:2]) if ids else []
    if len(found) != 1:
        raise CaptureUnknown
    return found[0]


def stamp_of(asker: Member, capture_id: UUID) -> bytes:
    """The time-stamp of a capture that the asker may see. Raises `CaptureUnknown`, also where it has none."""
    token = captures(asker).filter(pk=capture_id).values_list("token", flat=True).first()
    if token is None:
        raise CaptureUnknown
    return bytes(token)


def timestamp_of(asker: Member, capture_id: UUID) -> bytes:
    """What calendars say of a capture that the asker may see (.ots). Raises `CaptureUnknown`, also where it is nothing."""
    timestamp = captures(asker).filter(pk=capture_id).values_list("timestamp", flat=True).first()
    if timestamp is None:
        raise CaptureUnknown
    return bytes(timestamp)


def roots_of(asker: Member, capture_id: UUID) -> list[Root]:
    """The blocks of Bitcoin that calendars lead a capture to, if the asker may see it and there are any."""
    rows = captures(asker).filter(pk=capture_id, block__isnull=False).values_list("timestamp", flat=True)
    return [root for timestamp in rows for root in roots(read_detached(bytes(timestamp or b"")).timestamp)]


def pending(asker: Member) -> QuerySet[Capture]:
    """The captures whose timestamps lead to no block yet, and which the asker may change, the oldest first."""
    rows = captures(asker).filter(timestamp__isnull=False, block=None)
    return rows.filter(collection__compartment__in=team.compartments(asker, May.WORK)).order_by("asked_at", "pk")


def captures_of(asker: Member, document: Document) -> QuerySet[Capture]:
    """The captures that left a document, the newest first."""
    return captures(asker).filter(captured__document=document)


def waiting() -> QuerySet[Capture]:
    """The work of capturing: what nobody has captured yet, oldest first."""
    rows = Capture.objects.filter(state=Capture.State.WAITING, collection__compartment__erased_at=None)
    return rows.select_related("collection__compartment", "by").order_by("asked_at", "pk")
