"""What the documents of a manifest are to each other, said once more of those that were taken in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from panah.errors import PanahError
from panah.library import actions
from panah.library.manifest import Related, Translated
from panah.library.models import Document
from panah.library.queries import Shelf
from panah.library.versions import actions as versions
from panah.team.models import Member


class NotHere(PanahError):
    """The document {digest} is not here, so what the manifest says of it was left out; take it in, then the same once more."""

    status = 404


def relate(*, related: Sequence[Related], shelf: Shelf, by: Member, now: datetime) -> list[PanahError]:
    """Say what documents are to each other, and what is said of those that stand inside others; why the rest was left out.

    To say it once more changes nothing. What was said here stays: a description is filled in where there was none, a
    translation that is known here keeps its translator and certificate.
    """
    left: list[PanahError] = []
    for each in related:
        try:
            document = _found(each.digest, shelf)
            if each.inside:
                actions.fill(document=document, details=each.inside, by=by, now=now)
            if each.supersedes:
                actions.supersede(older=_found(each.supersedes, shelf), newer=document, by=by, now=now)
            if each.translates and not hasattr(document, "translation"):
                _translate(document, each.translates, shelf, by, now)
        except PanahError as error:
            left.append(error)
    return left


def _translate(document: Document, said: Translated, shelf: Shelf, by: Member, now: datetime) -> None:
    versions.translate(
        original=_found(said.original, shelf), translation=document, translator=said.translator,
        certificate=_found(said.certificate, shelf) if said.certificate else None, certified_on=said.certified_on,
        by=by, now=now,
    )  # fmt: skip


def _found(digest: str, shelf: Shelf) -> Document:
    """A document of the compartment by the digest of its Original, on this shelf if there is one. Raises `NotHere`."""
    rows = Document.objects.filter(collection__compartment=shelf.compartment, original__digest=f"sha256:{digest}")
    found = sorted(rows.select_related("collection__compartment"), key=lambda each: each.collection.name != shelf.name)
    if not found:
        raise NotHere(digest=digest[:12])
    return found[0]
