"""Documents put on a shelf, and their Originals handed out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from panah import proof
from panah.library import rules
from panah.library.actions.describing import Details, fields_of, fill
from panah.library.models import Collection, Document
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.vault import workspace
from panah.vault.actions import preserve
from panah.vault.store import Kept

GENERAL = "Library"
"""The collection that is meant where none is named."""


class Shelved(NamedTuple):
    """A document on its shelf, whether it was put there just now, and what was filled in of one that was here before."""

    document: Document
    new: bool
    filled: list[str]


@transaction.atomic
def shelve(
    *, kept: Kept, media_type: str, path: str, collection: str, details: Details, by: Member | None, now: datetime
) -> Shelved:
    """Take in stored bytes as a document of a collection.

    The same bytes again are the same Original with a second line of custody; and, on the same shelf, the same document,
    of which `details` fill what nobody had said of it.
    """
    rules.require_collection_name(collection)
    original = preserve(kept=kept, media_type=media_type, by=by, now=now)
    shelf, _ = Collection.objects.get_or_create(name=collection)
    document, new = Document.objects.get_or_create(
        collection=shelf,
        original=original,
        defaults={
            **fields_of(details=details),
            "path": path[:4096],
            "added_at": now,
        },
    )
    filled = [] if new else fill(document=document, details=details, by=by, now=now)
    return Shelved(document, new, filled)


@transaction.atomic
def hand_out(*, document: Document, by: Member, now: datetime) -> Iterator[bytes]:
    """The Original of a document, piece by piece; the ledger says who took it."""
    enter(verb=Verb.HANDED_OUT, kind="original", subject=document.original_id, by=by, now=now)
    return workspace.store().pieces(proof.Digest(document.original_id))
