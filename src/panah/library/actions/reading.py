"""What an extractor took from an Original: stored, cut into passages, made findable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple, cast

from django.db import connection, transaction

from panah import proof
from panah.library import rules
from panah.library.actions.describing import source_named
from panah.library.extractors import Extractor
from panah.library.extractors.supervisor import Text
from panah.library.kin import index as kin
from panah.library.models import Document, Passage, Reading
from panah.library.naming import index as naming
from panah.library.rules import Stretch
from panah.search.actions import Indexable, Words, forget, index
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.text import language
from panah.vault import data_keys
from panah.vault.data_keys import store_of
from panah.vault.store import Kept

AT_ONCE = 1_000
"""So many passages are made at once: a text of a hundred megabytes must not be in memory ten times over."""
PROGRESS = ["state", "refusal_code", "refusal_reason", "refusal_parts", "lease_holder", "lease_until", "attempts"]
"""The fields that say how far a document has been read."""
TAKEN_OVER = ["reading", "title", "date", "language", "source", *PROGRESS]
"""The fields that change when it has been read."""


_ENTER = (
    'INSERT INTO library_passage (document_id, reading_id, start, "end", page, language, marks) '
    "VALUES (%s, %s, %s, %s, %s, %s, %s)"
)


class Part(NamedTuple):
    """Some passages of a reading, with their words, the marks of their wording, and the names in them."""

    stretches: Sequence[Stretch]
    languages: Sequence[str]
    """What each is written in; "" where it does not say."""
    words: Words
    marks: Sequence[str]
    names: str
    """The names that stand there, as they are kept."""


def parts_of(*, content: bytes, paragraphs: Sequence[tuple[int, int]], pages: Sequence[int]) -> list[Part]:
    """A reading cut into passages, and these into words: all that can be done before anything is written."""
    stretches = rules.passages(content, paragraphs, pages)
    return [_part(content, some) for some in iter(lambda: list(islice(stretches, AT_ONCE)), [])]


def _part(content: bytes, some: Sequence[Stretch]) -> Part:
    texts = [content[at.start : at.end].decode() for at in some]
    languages = [language(raw) for raw in texts]
    return Part(some, languages, Words(texts, languages), list(map(kin.line, texts)), naming.line(some, texts))


def read(
    *,
    document: Document,
    extractor: Extractor,
    text: Text,
    by: Member | None,
    now: datetime,
    then: Callable[[], None] = lambda: None,
) -> Reading:
    """Store what an extractor took from a document's Original, cut it into passages, and make them findable.

    `then` is called in the same transaction.
    """
    kept = store_of(document.compartment.pk).keep([text.content])
    parts = parts_of(content=text.content, paragraphs=text.paragraphs, pages=text.pages)
    with transaction.atomic():
        data_keys.require(kept)
        reading, new = Reading.objects.get_or_create(
            original=document.original,
            extractor=extractor.name,
            version=extractor.version,
            digest=kept.digest,
            defaults=_as_stored(text, kept, now),
        )
        confirmed = reading.was_imported
        if confirmed:  # what came from elsewhere is confirmed: the same text, with our own places in it
            Reading.objects.filter(pk=reading.pk).update(**_as_stored(text, kept, now))
            reading.refresh_from_db()
        if new or confirmed:
            details: dict[str, proof.Canonical] = {
                "reading": kept.digest, "extractor": extractor.name, "version": extractor.version,
            }  # fmt: skip
            _entered(document, details, by=by, now=now)
        becomes_read(document=document, reading=reading, parts=parts)
        then()
    return reading


@transaction.atomic
def take_over_reading(
    *, document: Document, extractor: str, version: str, text: Text, by: Member | None, now: datetime
) -> Reading:
    """Keep a reading that was made elsewhere, marked as such, so that quotations from it hold."""
    kept = store_of(document.compartment.pk).keep([text.content])
    data_keys.require(kept)
    reading, new = Reading.objects.get_or_create(
        original=document.original,
        extractor=extractor[:50],
        version=version[:50],
        digest=kept.digest,
        defaults={**_as_stored(text, kept, now), "options": {**text.found, "imported": "true"}},
    )
    if new:
        details: dict[str, proof.Canonical] = {"reading": kept.digest, "imported": True}
        _entered(document, details, by=by, now=now)
    return reading


def _entered(document: Document, details: Mapping[str, proof.Canonical], *, by: Member | None, now: datetime) -> None:
    """The line in the custody of a document's Original that says how it was read."""
    enter(
        verb=Verb.READ, kind="original", subject=document.original.digest, by=by, now=now,
        compartment=document.compartment, details=details,
    )  # fmt: skip


def _as_stored(text: Text, kept: Kept, now: datetime) -> dict[str, object]:
    return {
        "options": dict(text.found),
        "size": kept.size,
        "key_id": kept.key,
        "pages": list(text.pages),
        "paragraphs": [list(bounds) for bounds in text.paragraphs],
        "about": dict(text.about),
        "made_at": now,
    }


def becomes_read(*, document: Document, reading: Reading, parts: Sequence[Part]) -> None:
    """Give a document its reading, as it is now: it may have been described, or read by another, while it was read."""
    document.refresh_from_db(fields=TAKEN_OVER)
    before = document.reading
    if before == reading and document.state == Document.State.READ:
        return
    _take_over(document, cast("Mapping[str, str]", reading.about))
    document.reading, document.state = reading, Document.State.READ
    document.refusal_code = document.refusal_reason = document.lease_holder = ""
    document.refusal_parts, document.lease_until = [], None
    document.save(update_fields=TAKEN_OVER)
    if before != reading:
        if before:
            _forget_passages(document)
        _enter_passages(document, reading, parts)


def _take_over(document: Document, about: Mapping[str, str]) -> None:
    """What the document says of itself fills what nobody said of it."""
    document.title = document.title or about.get("title", "")[:500] or rules.name_of(document.path)
    document.date = document.date or about.get("date", "")[:64]
    document.language = document.language or about.get("language", "")[:35]
    if document.source is None and about.get("source"):
        document.source = source_named(name=about["source"], compartment=document.compartment)


def _forget_passages(document: Document) -> None:
    passages = list(document.passages.values_list("pk", flat=True))
    forget(kind=Passage.KIND, object_ids=passages)
    kin.remove(passages)
    naming.forget(document)
    document.passages.all().delete()


def _enter_passages(document: Document, reading: Reading, parts: Sequence[Part]) -> None:
    with connection.cursor() as cursor:  # a long text has ten thousands, and the others wait: not one model each
        for part in parts:
            rows = zip(part.stretches, part.languages, map(kin.count, part.marks), strict=True)
            entered = [(document.pk.hex, reading.pk.hex, *at, tag, count) for at, tag, count in rows]
            cursor.executemany(_ENTER, entered)
    numbers = document.passages.order_by("start").values_list("pk", flat=True).iterator()
    group = rules.group_of(document.pk)
    for part in parts:
        some = list(islice(numbers, len(part.stretches)))
        things = [
            Indexable(number, document.collection_id, tag or document.language, group)
            for number, tag in zip(some, part.languages, strict=True)
        ]
        index(kind=Passage.KIND, things=things, words=part.words)
        kin.add(zip(some, part.marks, strict=True))
    naming.keep(document, reading, [part.names for part in parts])
