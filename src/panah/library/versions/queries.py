"""What stands beside a document as another text of the same thing. The first argument is who asks."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from panah.errors import PanahError
from panah.library import queries
from panah.library.models import Document, Reading, Translation
from panah.team.models import Member


class TextUnknown(PanahError):
    """There is no other text “{reference}” to put beside this one."""

    status = 404


class NothingToCompare(PanahError):
    """“{title}” has not been read, so there is nothing to compare."""

    status = 409


class Version(NamedTuple):
    """A reading, and the document that it is shown as."""

    document: Document
    reading: Reading


class Translations(NamedTuple):
    """What a document is the translation of, its certificate, and its translations, as far as the asker may see them."""

    of: Translation | None
    certificate: Document | None
    into: list[Translation]


def translations(asker: Member, document: Document) -> Translations:
    """The documents that say the same in another language."""
    documents = queries.documents(asker).order_by()
    seen = documents.values("pk")
    rows = Translation.objects.select_related("document", "original")
    found = rows.filter(document=document, original__in=seen).first()
    certificate = documents.filter(pk=found.certificate_id).first() if found and found.certificate_id else None
    into = rows.filter(original=document, document__in=seen).order_by("document__title")
    return Translations(found, certificate, list(into))


def version(asker: Member, document: Document, reference: UUID | None) -> tuple[Version, Version]:
    """A document and another text of it, the older one first: another document, or another reading of its Original.

    Without a reference, the document whose place it takes. Raises `TextUnknown`, `NothingToCompare`.
    """
    this = _read(document)
    if reference is None:
        older = queries.versions(asker, document).older
        if older is None:
            raise TextUnknown(reference="")
        return _read(older), this
    other = queries.documents(asker).filter(pk=reference).first()
    if other is not None:
        return (this, _read(other)) if other.supersedes_id == document.pk else (_read(other), this)
    reading = Reading.objects.filter(pk=reference, original=document.original_id).select_related("original").first()
    if reading is None:
        raise TextUnknown(reference=reference)
    first, second = sorted((Version(document, reading), this), key=lambda one: one.reading.made_at)
    return first, second


def _read(document: Document) -> Version:
    if document.reading is None:
        raise NothingToCompare(title=document.title)
    return Version(document, document.reading)
