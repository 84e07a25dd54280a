"""What is said of a document, and which document took its place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from panah import proof
from panah.errors import PanahError
from panah.library import rules
from panah.library.models import Document, Passage, Source
from panah.library.queries import said_of
from panah.library.record import Details, checked
from panah.search.actions import relabel
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Compartment, Member
from panah.team.rules import May


class AlreadySuperseded(PanahError):
    """“{other}” took the place of “{title}” already; say that “{newer}” takes the place of that one."""

    status = 409


class SupersedesAnother(PanahError):
    """“{newer}” already takes the place of “{title}”, and a document takes the place of one."""

    status = 409


class SupersedesItself(PanahError):
    """“{title}” cannot take the place of {other}."""

    status = 409


class OfAnotherCompartment(PanahError):
    """“{newer}” cannot take the place of “{older}”: they stand in two compartments, and who sees one may not see the other."""

    status = 409


@transaction.atomic
def describe(*, document: Document, details: Details, by: Member, now: datetime) -> None:
    """Write down what is known of a document.

    Raises `NotAllowed`, `DateUnreadable`, `PlaceUnknown`, `SensitivityUnknown`.
    """
    team.require(by, document.compartment, May.WORK)
    fields = fields_of(details=details, compartment=document.compartment)
    fields["title"] = fields["title"] or rules.name_of(document.path)
    _write_down(document, fields, by, now)


@transaction.atomic
def fill(*, document: Document, details: Details, by: Member | None, now: datetime) -> list[str]:
    """Write down what is said of a document only where nothing was known; the names of what was filled.

    What is there stays. A title that is but the name of the file is none. Where nothing is filled, nothing is entered.
    """
    document.refresh_from_db()
    known = said_of(document)
    if known["title"] == rules.name_of(document.path):
        known["title"] = ""
    news = Details(**{name: "" if known[name] else said for name, said in details._asdict().items()})
    fields = {name: value for name, value in fields_of(details=news, compartment=document.compartment).items() if value}
    if fields:
        _write_down(document, fields, by, now)
    return list(fields)


@transaction.atomic
def supersede(*, older: Document, newer: Document, by: Member | None, now: datetime) -> None:
    """Say that `newer` takes the place of `older`; to say so again changes nothing.

    Raises `NotAllowed`, `OfAnotherCompartment`, `AlreadySuperseded`, `SupersedesAnother`, and `SupersedesItself` for a
    circle.
    """
    team.require(by, older.compartment, May.WORK)
    if newer.supersedes_id == older.pk:
        return
    if newer.compartment != older.compartment:
        raise OfAnotherCompartment(older=older.title, newer=newer.title)
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
    enter(
        verb=Verb.SUPERSEDED, kind="document", subject=str(older.pk), by=by, now=now, compartment=older.compartment,
        details=details,
    )  # fmt: skip


def fields_of(*, details: Details, compartment: Compartment) -> dict[str, object]:
    """What was said, as the fields of a document hold it; a source that the compartment did not know is made.

    Raises `DateUnreadable`, `PlaceUnknown`, `SensitivityUnknown`.
    """
    said = checked(details)
    return {**said._asdict(), "source": source_named(name=said.source, compartment=compartment)}


def source_named(*, name: str, compartment: Compartment) -> Source | None:
    """The source of a name, as a compartment knows it; None where there is no name."""
    return Source.objects.get_or_create(compartment=compartment, name=name[:300])[0] if name else None


def _write_down(document: Document, fields: dict[str, object], by: Member | None, now: datetime) -> None:
    for name, value in fields.items():
        setattr(document, name, value)
    document.save(update_fields=list(fields))
    if "language" in fields:
        passages = document.passages.filter(language="").values_list("pk", flat=True)  # the others say it themselves
        relabel(kind=Passage.KIND, object_ids=passages, language=document.language)
    enter(
        verb=Verb.RECORDED, kind="document", subject=str(document.pk), by=by, now=now, compartment=document.compartment
    )
