"""Every read of captures. The first argument is who asks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from panah.errors import PanahError
from panah.library import queries as library
from panah.library.models import Capture, Document
from panah.team.models import Member


class CaptureUnknown(PanahError):
    """There is no such capture, or nothing of it to save."""

    status = 404


def captures(asker: Member) -> QuerySet[Capture]:
    """The captures on collections that the asker may see, the newest first."""
    rows = Capture.objects.filter(collection__in=library.collections(asker).order_by().values("pk"))
    return rows.select_related("collection__compartment", "by").defer("token").order_by("-asked_at", "pk")


def capture(asker: Member, capture_id: UUID) -> Capture:
    """A capture that the asker may see. Raises `CaptureUnknown`."""
    found = captures(asker).filter(pk=capture_id).first()
    if found is None:
        raise CaptureUnknown
    return found


def stamp_of(asker: Member, capture_id: UUID) -> bytes:
    """The time-stamp of a capture that the asker may see. Raises `CaptureUnknown`, also where it has none."""
    token = captures(asker).filter(pk=capture_id).values_list("token", flat=True).first()
    if token is None:
        raise CaptureUnknown
    return bytes(token)


def captures_of(asker: Member, document: Document) -> QuerySet[Capture]:
    """The captures that left a document, the newest first."""
    return captures(asker).filter(captured__document=document)


def waiting() -> QuerySet[Capture]:
    """The work of capturing: what nobody has captured yet, oldest first."""
    rows = Capture.objects.filter(state=Capture.State.WAITING, collection__compartment__erased_at=None)
    return rows.select_related("collection__compartment", "by").order_by("asked_at", "pk")
