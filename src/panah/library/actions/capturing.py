"""Pages of the web: that one was asked for, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from panah import proof
from panah.errors import PanahError, taken_apart
from panah.library import captures, rules
from panah.library.actions import leasing
from panah.library.actions.shelving import shelve
from panah.library.captures.addresses import Address
from panah.library.models import Capture, Captured, Collection, Document
from panah.library.queries import Shelf
from panah.library.record import Details
from panah.proof.opentimestamps import Detached, read_detached
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.store import Kept

MOST_ATTEMPTS = 3


class CaptureAbandoned(PanahError):
    """Capturing it was begun {times} times and never ended."""


class Piece(NamedTuple):
    """Something that a capture left, stored: what it is of it, and what is known of it."""

    what: Captured.What
    kept: Kept
    media_type: str
    path: str
    title: str
    charset: str = ""
    """The encoding that the server named."""


class Came(NamedTuple):
    """What came of a capture."""

    pieces: Sequence[Piece]
    exit: str
    reached: str
    status: int
    began: datetime
    ended: datetime
    found: dict[str, object]
    failure: PanahError | None = None
    token: bytes | None = None
    stamped_at: datetime | None = None
    timestamp: Detached | None = None


@transaction.atomic
def ask_capture(*, address: Address, shelf: Shelf, by: Member, now: datetime, at_once: bool = False) -> Capture:
    """Ask for a page to be captured onto a shelf; `at_once` by the caller, who has its lease then.

    Raises `CaptureNotAllowed`, `NotAllowed`, `CollectionNameUnusable`.
    """
    if not captures.allowed():
        raise captures.CaptureNotAllowed
    rules.require_collection_name(shelf.name)
    team.require(by, shelf.compartment, May.WORK)
    collection, _ = Collection.objects.get_or_create(compartment=shelf.compartment, name=shelf.name)
    capture = Capture.objects.create(collection=collection, by=by, asked=str(address), asked_at=now)
    if at_once:
        leasing.take(row=capture, now=now)
    _entered(Verb.ASKED_CAPTURE, capture, by=by, now=now, details={})
    return capture


def take_on_capture(*, capture: Capture, now: datetime) -> bool:
    """Take the lease of a waiting capture; True where the caller must now do it.

    False where somebody else is at it, and where it was begun too often and never ended, which is then its outcome.
    """
    if capture.attempts >= MOST_ATTEMPTS:
        fail_capture(capture=capture, failure=CaptureAbandoned(times=capture.attempts), now=now)
        return False
    return leasing.take(row=capture, now=now)


def give_back_capture(*, capture: Capture) -> None:
    """Give the lease back, where whoever did it was told to stop: that is no attempt that failed."""
    leasing.give_back(row=capture)


def fail_capture(*, capture: Capture, failure: PanahError, now: datetime) -> None:
    """Record that a page could not be asked for at all, and why."""
    end_capture(capture=capture, came=Came((), "", "", 0, capture.began_at or now, now, {}, failure), now=now)


@transaction.atomic
def end_capture(*, capture: Capture, came: Came, now: datetime) -> None:
    """Record how a capture ended, and put what it left on its shelf, all of it or nothing.

    Whoever asked for it took it in. One that another has ended meanwhile stays as it is. Raises `NotAllowed`, `KeyReplaced`.
    """
    capture.refresh_from_db()
    if capture.state != Capture.State.WAITING:
        return
    for number, piece in enumerate(came.pieces):
        document = _shelved(capture, piece, came.reached, now + timedelta(microseconds=number))
        Captured.objects.create(capture=capture, document=document, what=piece.what)
    capture.state = Capture.State.FAILED if came.failure else Capture.State.CAPTURED
    if came.failure:
        capture.code, capture.reason = came.failure.code[:60], came.failure.sentence[:500]
        capture.parts = taken_apart(came.failure.sentence)
    capture.exit, capture.reached, capture.status = came.exit, came.reached[:2000], came.status
    capture.began_at, capture.ended_at, capture.found = came.began, came.ended, came.found
    capture.token, capture.stamped_at = came.token, came.stamped_at
    capture.timestamp = came.timestamp.written() if came.timestamp else None
    capture.lease_holder, capture.lease_until = "", None
    capture.save()
    details: dict[str, proof.Canonical] = {"exit": came.exit, "status": came.status, "stamped": came.token is not None}
    details |= {piece.what.value: piece.kept.digest for piece in came.pieces}
    if capture.timestamp:
        details["timestamp"] = proof.digest_of(capture.timestamp)
    if came.failure:
        details["code"] = capture.code
    _entered(Verb.NOT_CAPTURED if came.failure else Verb.CAPTURED, capture, by=capture.by, now=now, details=details)


@transaction.atomic
def ask_calendars(*, capture: Capture, now: datetime) -> None:
    """Write down that calendars are about to be asked for it, so that they are not asked again at once, whatever comes."""
    capture.followed_at = now
    capture.save(update_fields=["followed_at"])


@transaction.atomic
def upgrade_timestamp(*, capture: Capture, timestamp: Detached, by: Member | None, now: datetime) -> None:
    """Keep what calendars have said since of a capture, beside what they said before; nothing where that is nothing new.

    Raises `NotAllowed`, `TimestampsDiffer`, `OpentimestampsUnreadable`.
    """
    team.require(by, capture.compartment, May.WORK)
    capture.refresh_from_db(fields=["timestamp", "block"])
    before = bytes(capture.timestamp or b"")
    kept = read_detached(before).timestamp.merged(timestamp.timestamp)
    capture.timestamp, capture.block = timestamp._replace(timestamp=kept).written(), kept.block
    if capture.timestamp == before:
        return
    capture.save(update_fields=["timestamp", "block"])
    details: dict[str, proof.Canonical] = {
        "before": proof.digest_of(before), "after": proof.digest_of(capture.timestamp), "block": capture.block,
    }  # fmt: skip
    record = proof.digest_from(f"sha256:{kept.message.hex()}")
    enter(
        verb=Verb.UPGRADED, kind="original", subject=record, by=by, now=now, compartment=capture.compartment,
        details=details,
    )  # fmt: skip


def _shelved(capture: Capture, piece: Piece, address: str, now: datetime) -> Document:
    """A document of it. They are read in the order in which they are shelved: the page says more of itself than the WARC."""
    shelf = Shelf(capture.compartment, capture.collection.name)
    return shelve(
        kept=piece.kept, media_type=piece.media_type, path=piece.path, shelf=shelf, charset=piece.charset,
        details=Details(title=piece.title, url=address), by=capture.by, now=now,
    ).document  # fmt: skip


def _entered(verb: Verb, capture: Capture, *, by: Member, now: datetime, details: dict[str, proof.Canonical]) -> None:
    """The line about a capture; it names numbers and digests, and no address."""
    enter(
        verb=verb, kind="capture", subject=str(capture.pk), by=by, now=now, compartment=capture.compartment,
        details=details,
    )  # fmt: skip
