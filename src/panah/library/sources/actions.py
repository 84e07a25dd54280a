"""What a member writes of a source."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from panah.errors import PanahError
from panah.library.models import Assessment, Source
from panah.library.record import SourceType
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.team.rules import May


class AssessmentEmpty(PanahError):
    """An assessment says something: what kind of source it is, who it is, how it works, or what it is known to leave out."""


@transaction.atomic
def assess(
    *,
    source: Source,
    source_type: SourceType | None = None,
    mandate: str = "",
    method: str = "",
    bias: str = "",
    by: Member,
    now: datetime,
) -> Assessment:
    """Write what is to be known of a source; what was written before stays. To write the same again changes nothing.

    Raises `NotAllowed`, `AssessmentEmpty`.
    """
    team.require(by, source.compartment, May.WORK)
    said = {"source_type": source_type or "", "mandate": mandate, "method": method, "bias": bias}
    if not any(said.values()):
        raise AssessmentEmpty
    newest = source.assessments.order_by("written_at", "pk").last()
    if newest and said == {name: getattr(newest, name) for name in said}:
        return newest
    enter(verb=Verb.ASSESSED, kind="source", subject=str(source.pk), by=by, now=now, compartment=source.compartment)
    return Assessment.objects.create(source=source, written_by=by, written_at=now, **said)
