"""A document read once more: by a newer extractor, in other languages, as what it really is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from panah import proof
from panah.library.actions.reading import PROGRESS
from panah.library.extractors.kinds import HEAD, media_type
from panah.library.extractors.recognition import require_languages
from panah.library.models import Document
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.data_keys import store_of


@transaction.atomic
def reread(*, document: Document, languages: str | None = None, by: Member | None, now: datetime) -> None:
    """Make a document wait to be read once more.

    Its pictures are recognised in `languages`, Tesseract's models joined by `+`; in those of its own language, where that
    is empty; as before, where it is None.

    What kind of thing it is is told anew: an older Panah may not have known. The reading that it has stays: with the
    document until there is another, and for good under what was quoted from it. Raises `NotAllowed`,
    `LanguageNotRecognised`, `SealBroken`, `ObjectMissing`.
    """
    team.require(by, document.compartment, May.WORK)
    if languages is not None:
        document.languages = require_languages(languages)
    details: dict[str, proof.Canonical] = {"languages": document.languages} if document.languages else {}
    original, kind = document.original, _kind(document)
    if kind != original.media_type:
        original.media_type = details["media_type"] = kind
        original.save(update_fields=["media_type"])
    document.state = Document.State.WAITING
    document.refusal_code = document.refusal_reason = document.lease_holder = ""
    document.refusal_parts, document.lease_until, document.attempts = [], None, 0
    document.save(update_fields=["languages", *PROGRESS])
    enter(
        verb=Verb.ASKED_AGAIN, kind="original", subject=original.digest, by=by, now=now, compartment=document.compartment,
        details=details,
    )  # fmt: skip


def _kind(document: Document) -> str:
    with store_of(document.compartment.pk).opened(proof.Digest(document.original.digest)) as stored:
        size = document.original.size
        return media_type(stored.read(0, min(HEAD, size)), stored.read(max(0, size - HEAD), size))
