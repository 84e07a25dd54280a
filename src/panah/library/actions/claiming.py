"""Who reads a waiting document, and what becomes of one that could not be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from panah import proof
from panah.errors import PanahError, taken_apart
from panah.library import rules
from panah.library.actions import leasing
from panah.library.actions.reading import PROGRESS, TAKEN_OVER, becomes_read, parts_of
from panah.library.extractors import Extractor
from panah.library.extractors.supervisor import Refusal
from panah.library.models import Document, Enclosure, Reading
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.data_keys import store_of
from panah.vault.store import ObjectMissing

MOST_ATTEMPTS = 3


class ReadingAbandoned(PanahError):
    """Reading it was begun {times} times and never ended; it is preserved."""


def take_on(
    *, document: Document, extractor: Extractor | None, leased: bool = False, by: Member | None, now: datetime
) -> bool:
    """Take the lease of a waiting document, if it is not `leased` already; True where the caller must now have it read.

    False where somebody else is at it, where it is done, and where its Original was read for another shelf: that reading
    is taken. False too where it is refused: reading it was begun too often and never ended, or the reading that was made
    for another shelf is damaged or gone.
    """
    try:
        if document.attempts >= MOST_ATTEMPTS:
            raise ReadingAbandoned(times=document.attempts)
        return (leased or leasing.take(row=document, now=now)) and not _reused(document, extractor)
    except (ReadingAbandoned, proof.SealBroken, ObjectMissing) as error:
        refuse(document=document, refusal=Refusal(error.code, error.sentence), by=by, now=now)
        return False


def give_back(*, document: Document) -> None:
    """Give the lease of a document back, where its reader was told to stop: that is no attempt that failed."""
    leasing.give_back(row=document)


@transaction.atomic
def try_again(*, document: Document, by: Member | None) -> None:
    """Make a refused document wait to be read once more: what reads it may have become better, or less busy.

    Raises `NotAllowed`.
    """
    team.require(by, document.compartment, May.WORK)
    if document.state == Document.State.REFUSED:
        document.state = Document.State.WAITING
        document.refusal_code = document.refusal_reason = document.lease_holder = ""
        document.refusal_parts, document.lease_until, document.attempts = [], None, 0
        document.save(update_fields=PROGRESS)


@transaction.atomic
def refuse(
    *,
    document: Document,
    refusal: Refusal,
    by: Member | None,
    now: datetime,
    then: Callable[[], None] = lambda: None,
) -> None:
    """Record why a document could not be read. Its Original stays; so does a reading that it had, or got meanwhile.

    `then` is called in the same transaction.
    """
    document.refresh_from_db(fields=TAKEN_OVER)
    if document.state != Document.State.READ:
        _refused(document, refusal, by, now)
    then()


def _refused(document: Document, refusal: Refusal, by: Member | None, now: datetime) -> None:
    document.state = Document.State.READ if document.reading_id else Document.State.REFUSED
    document.refusal_code, document.refusal_reason = refusal.code[:60], refusal.sentence[:500]
    document.refusal_parts = taken_apart(refusal.sentence)
    document.title = document.title or rules.name_of(document.path)
    document.lease_holder, document.lease_until = "", None
    document.save(update_fields=["title", *PROGRESS])
    details: dict[str, proof.Canonical] = {"code": document.refusal_code}
    enter(
        verb=Verb.NOT_READ, kind="original", subject=document.original.digest, by=by, now=now,
        compartment=document.compartment, details=details,
    )  # fmt: skip


def _reused(document: Document, extractor: Extractor | None) -> bool:
    """Give a document the reading that its Original already has, if it has one by this extractor."""
    if extractor is None or document.reading_id or document.languages or document.charset:
        return False  # it shall be read once more, or in a way of its own
    rows = Reading.objects.filter(original=document.original_id, extractor=extractor.name, version=extractor.version)
    whole = (row for row in rows.order_by("-made_at") if not row.was_imported and "not_recognised" not in row.options)
    reading = next(whole, None)
    if reading is None or Enclosure.objects.filter(inside__original=document.original_id).exists():
        return False  # what stands inside it must come to this shelf, too: it is read again
    content = store_of(document.compartment.pk).content(proof.Digest(reading.digest))
    parts = parts_of(content=content, paragraphs=reading.paragraphs, pages=reading.pages)
    with transaction.atomic():
        becomes_read(document=document, reading=reading, parts=parts)
    return True
