"""Every write to the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import NamedTuple, cast

from django.db import transaction
from django.db.models import Q

from panah import proof
from panah.errors import PanahError
from panah.library import rules
from panah.library.extractors import Extractor
from panah.library.extractors.supervisor import Refusal, Text
from panah.library.lease import LEASE, holder, is_dead
from panah.library.models import Collection, Document, Passage, Quotation, Reading, Source
from panah.search.actions import Indexable, forget, index, relabel
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.vault import workspace
from panah.vault.actions import preserve
from panah.vault.store import Kept

MOST_ATTEMPTS = 3
AT_ONCE = 1_000
"""So many passages are indexed at once: a text of a hundred megabytes must not be in memory ten times over."""
_PROGRESS = ["state", "refusal_code", "refusal_reason", "lease_holder", "lease_until", "attempts"]
"""The fields that say how far a document has been read."""

GENERAL = "Library"
"""The collection that is meant where none is named."""


class WordsDiffer(PanahError):
    """The reading does not have these words {where}: “{words}”."""

    status = 409


class WordsTwice(PanahError):
    """The reading has these words {times} times: “{words}”; say at which byte they start, or quote more of them."""

    status = 409


class NotReadYet(PanahError):
    """“{title}” has no reading to quote from."""

    status = 409


class AlreadySuperseded(PanahError):
    """“{other}” took the place of “{title}” already; say that “{newer}” takes the place of that one."""

    status = 409


class SupersedesAnother(PanahError):
    """“{newer}” already takes the place of “{title}”, and a document takes the place of one."""

    status = 409


class SupersedesItself(PanahError):
    """“{title}” cannot take the place of {other}."""

    status = 409


class ReadingAbandoned(PanahError):
    """Reading it was begun {times} times and never ended; it is preserved."""


class Details(NamedTuple):
    """What somebody says of a document when handing it in; empty where nothing was said."""

    title: str = ""
    source: str = ""
    date: str = ""
    language: str = ""
    url: str = ""
    licence: str = ""


class Shelved(NamedTuple):
    """A document on its shelf, and whether it was put there just now."""

    document: Document
    new: bool


@transaction.atomic
def shelve(
    *, kept: Kept, media_type: str, path: str, collection: str, details: Details, by: Member | None, now: datetime
) -> Shelved:
    """Take in stored bytes as a document of a collection.

    The same bytes again are the same Original with a second line of custody; and, on the same shelf, the same document.
    """
    rules.require_collection_name(collection)
    original = preserve(kept=kept, media_type=media_type, by=by, now=now)
    shelf, _ = Collection.objects.get_or_create(name=collection)
    document, new = Document.objects.get_or_create(
        collection=shelf,
        original=original,
        defaults={
            **_described(details),
            "path": path[:4096],
            "added_at": now,
        },
    )
    return Shelved(document, new)


def _described(details: Details) -> dict[str, object]:
    source = Source.objects.get_or_create(name=details.source[:300])[0] if details.source else None
    return {
        "title": details.title[:500],
        "source": source,
        "date": details.date[:64],
        "language": details.language[:35],
        "url": details.url[:2000],
        "licence": details.licence[:300],
    }


@transaction.atomic
def describe(*, document: Document, details: Details, by: Member, now: datetime) -> None:
    """Write down what is known of a document: its title, source, date, language, address and licence."""
    fields = _described(details)
    for name, value in fields.items():
        setattr(document, name, value)
    document.title = document.title or _name_of(document)
    document.save(update_fields=list(fields))
    passages = document.passages.values_list("pk", flat=True)
    relabel(kind=Passage.KIND, object_ids=passages, language=document.language)
    enter(verb=Verb.RECORDED, kind="document", subject=str(document.pk), by=by, now=now)


@transaction.atomic
def supersede(*, older: Document, newer: Document, by: Member | None, now: datetime) -> None:
    """Say that `newer` takes the place of `older`; to say so again changes nothing.

    Raises `AlreadySuperseded`, `SupersedesAnother`, and `SupersedesItself` for a circle.
    """
    if newer.supersedes_id == older.pk:
        return
    if newer.supersedes is not None:
        raise SupersedesAnother(newer=newer.title, title=newer.supersedes.title)
    if taken := Document.objects.filter(supersedes=older).first():
        raise AlreadySuperseded(title=older.title, other=taken.title, newer=newer.title)
    ancestor: Document | None = older
    while ancestor is not None:
        if ancestor == newer:
            raise SupersedesItself(title=newer.title, other=older.title)
        ancestor = ancestor.supersedes
    newer.supersedes = older
    newer.save(update_fields=["supersedes"])
    details: dict[str, proof.Canonical] = {"by": str(newer.pk)}
    enter(verb=Verb.SUPERSEDED, kind="document", subject=str(older.pk), by=by, now=now, details=details)


def take_on(*, document: Document, extractor: Extractor | None, by: Member | None, now: datetime) -> bool:
    """Take the lease of a waiting document; True where the caller must now have it read.

    False where somebody else is at it, where it is done, where its Original was read for another shelf (that reading is
    taken), and where reading it was begun too often and never ended (it is refused).
    """
    if document.attempts >= MOST_ATTEMPTS:
        abandoned = ReadingAbandoned(times=document.attempts)
        refuse(document=document, refusal=Refusal(abandoned.code, abandoned.sentence), by=by, now=now)
        return False
    return _claimed(document, now) and not _reused(document, extractor)


@transaction.atomic
def give_back(*, document: Document) -> None:
    """Give the lease of a document back, where its reader was told to stop: that is no attempt that failed."""
    ours = Document.objects.filter(pk=document.pk, state=Document.State.WAITING, lease_holder=holder())
    ours.update(lease_holder="", lease_until=None, attempts=document.attempts)


@transaction.atomic
def _claimed(document: Document, now: datetime) -> bool:
    row = Document.objects.filter(pk=document.pk, state=Document.State.WAITING)
    lapsed = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    theirs = row.values_list("lease_holder", flat=True).first()
    if theirs and is_dead(theirs):
        lapsed |= Q(lease_holder=theirs)
    return bool(
        row.filter(lapsed).update(lease_holder=holder(), lease_until=now + LEASE, attempts=document.attempts + 1)
    )


def _reused(document: Document, extractor: Extractor | None) -> bool:
    """Give a document the reading that its Original already has, if it has one by this extractor."""
    if extractor is None:
        return False
    rows = Reading.objects.filter(original=document.original_id, extractor=extractor.name, version=extractor.version)
    reading = next((row for row in rows if not row.was_imported), None)
    if reading is None:
        return False
    content = workspace.store().content(proof.Digest(reading.digest))
    with transaction.atomic():
        _becomes_read(document, reading, content)
    return True


def read(*, document: Document, extractor: Extractor, text: Text, by: Member | None, now: datetime) -> Reading:
    """Store what an extractor took from a document's Original, cut it into passages, and make them findable."""
    kept = workspace.store().keep([text.content])
    with transaction.atomic():
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
            enter(verb=Verb.READ, kind="original", subject=document.original_id, by=by, now=now, details=details)
        _becomes_read(document, reading, text.content)
    return reading


@transaction.atomic
def take_over_reading(
    *, document: Document, extractor: str, version: str, text: Text, by: Member | None, now: datetime
) -> Reading:
    """Keep a reading that was made elsewhere, marked as such, so that quotations from it hold."""
    kept = workspace.store().keep([text.content])
    reading, new = Reading.objects.get_or_create(
        original=document.original,
        extractor=extractor[:50],
        version=version[:50],
        digest=kept.digest,
        defaults={**_as_stored(text, kept, now), "options": {**text.found, "imported": "true"}},
    )
    if new:
        details: dict[str, proof.Canonical] = {"reading": kept.digest, "imported": True}
        enter(verb=Verb.READ, kind="original", subject=document.original_id, by=by, now=now, details=details)
    return reading


def _as_stored(text: Text, kept: Kept, now: datetime) -> dict[str, object]:
    return {
        "options": dict(text.found),
        "size": kept.size,
        "pages": list(text.pages),
        "paragraphs": [list(bounds) for bounds in text.paragraphs],
        "about": dict(text.about),
        "made_at": now,
    }


@transaction.atomic
def hand_out(*, document: Document, by: Member, now: datetime) -> Iterator[bytes]:
    """The Original of a document, piece by piece; the ledger says who took it."""
    enter(verb=Verb.HANDED_OUT, kind="original", subject=document.original_id, by=by, now=now)
    return workspace.store().pieces(proof.Digest(document.original_id))


@transaction.atomic
def try_again(*, document: Document) -> None:
    """Make a refused document wait to be read once more: what reads it may have become better, or less busy."""
    if document.state == Document.State.REFUSED:
        document.state = Document.State.WAITING
        document.refusal_code = document.refusal_reason = document.lease_holder = ""
        document.lease_until, document.attempts = None, 0
        document.save(update_fields=_PROGRESS)


@transaction.atomic
def refuse(*, document: Document, refusal: Refusal, by: Member | None, now: datetime) -> None:
    """Record why a document could not be read. Its Original stays; so does a reading that somebody else made meanwhile."""
    document.refresh_from_db()
    if document.state == Document.State.READ:
        return
    document.state = Document.State.REFUSED
    document.refusal_code, document.refusal_reason = refusal.code[:60], refusal.sentence[:500]
    document.title = document.title or _name_of(document)
    document.lease_holder, document.lease_until = "", None
    document.save(update_fields=["title", *_PROGRESS])
    details: dict[str, proof.Canonical] = {"code": document.refusal_code}
    enter(verb=Verb.NOT_READ, kind="original", subject=document.original_id, by=by, now=now, details=details)


@transaction.atomic
def quote(
    *,
    document: Document,
    words: str,
    start: int | None = None,
    reading: Reading | None = None,
    by: Member | None,
    now: datetime,
) -> Quotation:
    """Cite words of a document's reading, or of an older `reading` of its Original.

    Without `start` the words must stand in it exactly once. The reading is read again and digested again: one that is
    not what was stored raises `SealBroken`, words that differ by one byte raise `WordsDiffer`.
    """
    reading = reading or document.reading
    if reading is None or reading.original_id != document.original_id:
        raise NotReadYet(title=document.title)
    content = workspace.store().content(proof.Digest(reading.digest))
    begin = _place(content, words, start)
    end = begin + len(words.encode())
    context = rules.context_of(content, begin, end)
    quotation, new = Quotation.objects.get_or_create(
        document=document,
        reading=reading,
        start=begin,
        end=end,
        defaults={
            "words": words,
            "digest": proof.digest_of(words.encode()),
            "prefix": context.prefix,
            "suffix": context.suffix,
            "page": rules.page_of(begin, reading.pages),
            "made_at": now,
        },
    )
    if new:
        about: dict[str, proof.Canonical] = {"reading": reading.digest, "start": begin, "end": end}
        enter(verb=Verb.QUOTED, kind="original", subject=document.original_id, by=by, now=now, details=about)
    return quotation


def _place(content: bytes, words: str, start: int | None) -> int:
    """The byte at which `words` stand. Raises `WordsDiffer` or `WordsTwice`."""
    try:
        wanted = words.encode()
    except UnicodeEncodeError:
        wanted = b""
    if start is not None:
        same = wanted and content[start : start + len(wanted)] == wanted
        if not same or start < 0 or not rules.whole_characters(content, start, start + len(wanted)):
            raise WordsDiffer(where=f"at byte {start}", words=words)
        return start
    places = rules.stands_at(content, words) if wanted.strip() else []
    if not places:
        raise WordsDiffer(where="anywhere", words=words)
    if len(places) > 1:
        raise WordsTwice(times=len(places), words=words)
    return places[0]


def _becomes_read(document: Document, reading: Reading, content: bytes) -> None:
    """Give a document its reading, as it is now: it may have been described, or read by another, while it was read."""
    document.refresh_from_db()
    if document.reading == reading:
        return
    _take_over(document, cast("Mapping[str, str]", reading.about))
    document.reading, document.state = reading, Document.State.READ
    document.refusal_code = document.refusal_reason = document.lease_holder = ""
    document.lease_until = None
    document.save(update_fields=["reading", "title", "date", "language", "source", *_PROGRESS])
    _cut(document, reading, content)


def _take_over(document: Document, about: Mapping[str, str]) -> None:
    """What the document says of itself fills what nobody said of it."""
    document.title = document.title or about.get("title", "")[:500] or _name_of(document)
    document.date = document.date or about.get("date", "")[:64]
    document.language = document.language or about.get("language", "")[:35]
    if document.source is None and about.get("source"):
        document.source, _ = Source.objects.get_or_create(name=about["source"][:300])


def _name_of(document: Document) -> str:
    return document.path.rpartition("/")[2][:500] or "Untitled"


def _cut(document: Document, reading: Reading, content: bytes) -> None:
    forget(kind=Passage.KIND, object_ids=document.passages.values_list("pk", flat=True))
    document.passages.all().delete()
    stretches = rules.passages(content, reading.paragraphs, reading.pages)
    while some := list(islice(stretches, AT_ONCE)):
        rows = Passage.objects.bulk_create(
            Passage(document=document, reading=reading, start=at.start, end=at.end, page=at.page) for at in some
        )
        index(
            kind=Passage.KIND,
            things=[
                Indexable(row.pk, content[row.start : row.end].decode(), document.collection_id, document.language)
                for row in rows
            ],
        )
