"""Documents put on a shelf, and their Originals handed out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from panah import proof
from panah.library import rules
from panah.library.actions import leasing
from panah.library.actions.describing import fields_of, fill
from panah.library.models import Collection, Document
from panah.library.queries import Shelf
from panah.library.record import Details
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.actions import preserve
from panah.vault.data_keys import store_of
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
    *,
    kept: Kept,
    media_type: str,
    path: str,
    shelf: Shelf,
    details: Details,
    inside: Document | None = None,
    lease: bool = False,
    charset: str = "",
    by: Member | None,
    now: datetime,
) -> Shelved:
    """Take in bytes, stored in the compartment of a collection, as a document of it; `inside` is the one that they came in.

    With `lease` a new document is leased to this process, which is about to have it read (`take_on`).
    `charset` is the encoding that a server named for the bytes; of a document that was here before, it stays as it is.

    The same bytes again are the same Original with a second line of custody; and, on the same shelf, the same document,
    of which `details` fill what nobody had said of it. Raises `NotAllowed`, `CollectionNameUnusable`, `KeyReplaced`, and
    what `record.checked` refuses.
    """
    rules.require_collection_name(shelf.name)
    team.require(by, shelf.compartment, May.WORK)
    original = preserve(
        kept=kept, compartment=shelf.compartment, media_type=media_type, by=by, now=now,
        inside=inside.original if inside else None,
    )  # fmt: skip
    collection, _ = Collection.objects.get_or_create(compartment=shelf.compartment, name=shelf.name)
    document, new = Document.objects.get_or_create(
        collection=collection, original=original,
        defaults={
            **fields_of(details=details, compartment=shelf.compartment),
            **({"carrier": inside.carrier or inside, "depth": inside.depth + 1} if inside else {}),
            **(leasing.taken(before=0, now=now) if lease else {}),
            "path": path[: rules.LONGEST_PATH], "charset": charset[:40], "added_at": now,
        },
    )  # fmt: skip
    filled = [] if new else fill(document=document, details=details, by=by, now=now)
    return Shelved(document, new, filled)


@transaction.atomic
def hand_out(*, document: Document, by: Member, now: datetime) -> Iterator[bytes]:
    """The Original of a document, piece by piece; the ledger says who took it."""
    digest = proof.Digest(document.original.digest)
    enter(verb=Verb.HANDED_OUT, kind="original", subject=digest, by=by, now=now, compartment=document.compartment)
    return store_of(document.compartment.pk).pieces(digest)
