"""Every read of sources, and of what a document's record lacks. The first argument is who asks.

A source is seen by the members of its compartment, and by guests who see a document that it published. What is written
of a publisher of the same name elsewhere is shown where the asker sees that source too, and else does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from panah.errors import PanahError
from panah.library import queries, record
from panah.library.models import Assessment, Document, Source
from panah.team import queries as team
from panah.team.models import Member


class SourceUnknown(PanahError):
    """There is no source “{name}”."""

    status = 404


class SourceAmbiguous(PanahError):
    """You see several sources “{name}”; say in which compartment."""

    status = 409


class Record(NamedTuple):
    """What is known of a document, what was written of its source, and the fields of which nobody has said anything."""

    document: Document
    known: dict[str, str]
    assessment: Assessment | None
    missing: list[str]

    @property
    def unassessed(self) -> bool:
        """Whether something is yet to be written of its source."""
        return bool(set(self.missing) & set(record.ASSESSED))

    @property
    def lacking(self) -> list[str]:
        """What is missing of the document itself."""
        return [name for name in self.missing if name not in record.ASSESSED]


def sources(asker: Member) -> QuerySet[Source]:
    """The sources that the asker may see."""
    inside = team.compartments(asker).order_by().values("pk")
    published = queries.documents(asker).order_by().values("source")
    rows = Source.objects.filter(Q(compartment__in=inside) | Q(pk__in=published))
    return rows.select_related("compartment").order_by("name", "compartment__name")


def counted(asker: Member) -> QuerySet[Source]:
    """The same, each with the number of documents of it that the asker may see, and of times it was assessed."""
    seen = Q(documents__in=queries.documents(asker).order_by().values("pk"))
    return sources(asker).annotate(
        count=Count("documents", filter=seen, distinct=True), assessed=Count("assessments", distinct=True)
    )


def source(asker: Member, source_id: UUID) -> Source:
    """A source. Raises `SourceUnknown`."""
    found = sources(asker).filter(pk=source_id).first()
    if found is None:
        raise SourceUnknown(name=source_id)
    return found


def source_named(asker: Member, name: str, *, compartment: str = "") -> Source:
    """A source by its name. Raises `SourceUnknown`, `SourceAmbiguous`, `CompartmentUnknown`."""
    rows = sources(asker).filter(name=name)
    if compartment:
        rows = rows.filter(compartment=team.compartment(asker, compartment))
    found = list(rows[:2])
    if not found:
        raise SourceUnknown(name=name)
    if len(found) > 1:
        raise SourceAmbiguous(name=name)
    return found[0]


def published(asker: Member, source: Source) -> QuerySet[Document]:
    """The documents of a source that the asker may see, newest first."""
    return queries.documents(asker).filter(source=source).order_by("-added_at")


def assessments(asker: Member, source: Source) -> list[Assessment]:
    """What was written of a source that the asker may see, newest first."""
    rows = Assessment.objects.filter(source__in=sources(asker).order_by().values("pk"), source=source)
    return list(rows.select_related("written_by").order_by("-written_at", "-pk"))


def elsewhere(asker: Member, source: Source) -> QuerySet[Source]:
    """Sources of the same name in other compartments that the asker may see, and of which something is written."""
    return sources(asker).filter(name=source.name, assessments__isnull=False).exclude(pk=source.pk).distinct()


def records(asker: Member, documents: Iterable[Document]) -> Iterator[Record]:
    """Of each of some documents that the asker was given: what is known of it, and what is missing."""
    written = Assessment.objects.filter(source__in=sources(asker).order_by().values("pk"))
    of_source: dict[UUID, Assessment] = {}
    of_name: dict[str, Assessment] = {}
    for each in written.select_related("source", "written_by").order_by("written_at", "pk"):
        of_source[each.source_id] = of_name[each.source.name] = each
    for document in documents:
        source = document.source
        assessment = of_source.get(source.pk, of_name.get(source.name)) if source else None
        known = queries.said_of(document)
        known |= {name: str(getattr(assessment, name, "")) for name in record.ASSESSED}
        yield Record(document, known, assessment, record.missing(known))
