"""Every read of captures. The first argument is who asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from panah.errors import PanahError
from panah.library import saving, sight
from panah.library.models import Capture, Captured, Document
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


class Listed(NamedTuple):
    """A line of the list of captures; every field is a text, and empty where there is nothing to say."""

    id: str
    asked: str
    outcome: str
    """`waiting`, `captured` or `failed`."""
    code: str
    reason: str
    status: str
    """What the site answered."""
    reached: str
    exit: str
    asked_at: str
    ended_at: str
    stamped_at: str
    block: str
    """The lowest block of Bitcoin that its timestamp leads to."""
    collection: str
    by: str
    record: str
    """The digest of the WARC."""
    document: str
    """The page itself, as a document."""

    def cells(self) -> list[str]:
        """As a row of a table: no cell that a spreadsheet would take for a formula."""
        return saving.cells(self)


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


def listed(asker: Member) -> Iterator[Listed]:
    """A line for every capture that the asker may see, the newest first."""
    seen = Captured.objects.filter(document__collection__in=sight.numbers(asker))
    left = seen.select_related("document__original").order_by("pk")
    rows = captures(asker).prefetch_related(Prefetch("captured", left))
    for each in rows.iterator(chunk_size=500):
        documents = {one.what: one.document for one in each.captured.all()}
        record, page = documents.get(Captured.What.RECORD), documents.get(Captured.What.PAGE)
        yield Listed(
            str(each.pk), each.asked, each.state, each.code, each.reason, str(each.status or ""), each.reached, each.exit,
            each.asked_at.isoformat(), saving.moment(each.ended_at), saving.moment(each.stamped_at), str(each.block or ""),
            each.collection.name, each.by.name, record.original.digest if record else "", str(page.pk) if page else "",
        )  # fmt: skip


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


def due_at_calendars(now: datetime) -> QuerySet[Capture]:
    """The captures that lead to no block yet, and for which no calendar was asked within the hour; longest ago first."""
    since = now - timedelta(hours=1)
    rows = Capture.objects.filter(timestamp__isnull=False, block=None, collection__compartment__erased_at=None)
    rows = rows.filter(Q(followed_at=None) | Q(followed_at__lt=since), ended_at__lt=since)
    return rows.select_related("collection__compartment").order_by(F("followed_at").asc(nulls_first=True), "pk")


def long_pending(now: datetime) -> int:
    """How many captures lead to no block yet, though they ended more than three days ago."""
    return Capture.objects.filter(timestamp__isnull=False, block=None, ended_at__lt=now - timedelta(days=3)).count()


def captures_of(asker: Member, document: Document) -> QuerySet[Capture]:
    """The captures that left a document, the newest first."""
    return captures(asker).filter(captured__document=document)


def waiting() -> QuerySet[Capture]:
    """The work of capturing: what nobody has captured yet, oldest first."""
    rows = Capture.objects.filter(state=Capture.State.WAITING, collection__compartment__erased_at=None)
    return rows.select_related("collection__compartment", "by").order_by("asked_at", "pk")
