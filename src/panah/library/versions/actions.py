"""Which document is the translation of which."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from panah import text
from panah.errors import PanahError
from panah.library.models import Document, Translation
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.team.rules import May


class TranslatesItself(PanahError):
    """“{title}” cannot be the translation of {other}."""

    status = 409


class TranslationElsewhere(PanahError):
    """“{translation}”, “{original}” and the certificate must stand in one compartment: who sees one may not see the other."""

    status = 409


@transaction.atomic
def translate(
    *,
    original: Document,
    translation: Document,
    translator: str = "",
    certificate: Document | None = None,
    certified_on: str = "",
    by: Member | None,
    now: datetime,
) -> Translation:
    """Say that a document is the translation of another; what was said of that before is replaced.

    Raises `NotAllowed`, `TranslationElsewhere`, `DateUnreadable`, and `TranslatesItself` for a circle.
    """
    team.require(by, original.compartment, May.WORK)
    if {each.compartment for each in (original, translation, certificate or original)} != {original.compartment}:
        raise TranslationElsewhere(translation=translation.title, original=original.title)
    _require_no_circle(original, translation)
    if certified_on:
        text.period(certified_on)
    said = {
        "original": original, "translator": translator[:300], "certificate": certificate, "certified_on": certified_on,
    }  # fmt: skip
    known = Translation.objects.filter(document=translation).first()
    if known and all(getattr(known, name) == value for name, value in said.items()):
        return known
    made, _ = Translation.objects.update_or_create(document=translation, defaults=said)
    _enter(Verb.TRANSLATED, original, "by", translation, by=by, now=now)
    return made


@transaction.atomic
def withdraw(*, translation: Translation, by: Member, now: datetime) -> None:
    """Say that a document is not the translation of another after all. Raises `NotAllowed`."""
    team.require(by, translation.original.compartment, May.WORK)
    _enter(Verb.WITHDREW, translation.original, "translation", translation.document, by=by, now=now)
    translation.delete()


def _require_no_circle(original: Document, translation: Document) -> None:
    step: Document | None = original
    while step is not None:
        if step == translation:
            raise TranslatesItself(title=translation.title, other=original.title)
        above = Translation.objects.filter(document=step).select_related("original").first()
        step = above.original if above else None


def _enter(verb: Verb, about: Document, what: str, other: Document, *, by: Member | None, now: datetime) -> None:
    enter(
        verb=verb, kind="document", subject=str(about.pk), by=by, now=now, compartment=about.compartment,
        details={what: str(other.pk)},
    )  # fmt: skip
