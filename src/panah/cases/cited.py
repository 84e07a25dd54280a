"""What a case cites: its own papers, and documents of other collections that something in it rests on."""

from __future__ import annotations

from django.db.models import QuerySet

from panah.cases.models import Case
from panah.errors import PanahError
from panah.library import queries as library
from panah.library.models import Document
from panah.team.models import Member

_NAMED = (
    "collection__case", "supports__fact__case", "inventoried__case", "procedure_records__case", "answers__case",
    "reasons__case", "cited_in_reasons__case", "verdicts__case", "rested_on_by_verdicts__case",
    *(f"quotations__{use}__case" for use in ("findings", "laid_beside", "contradictions", "answers", "reasons", "verdicts")),
    *(f"quotations__{use}__case" for use in ("spellings", "identifications")),
    *(f"quotations__{use}__fact__case" for use in ("supports", "assessments")),
)  # fmt: skip
"""The ways from a document to a case that names it, or words of it."""


class PaperWithheld(PanahError):
    """“{title}” is cited here, and you may see its quotation alone: have its collection shared before the whole leaves."""

    status = 403


def cited_documents(asker: Member, asked: Case) -> list[Document]:
    """The papers of a case, and the documents of other collections that it names; an older version before its newer.

    Newer versions are there as far as the asker sees them. Raises `PaperWithheld` where one that is cited is not seen
    whole.
    """
    found = set(_named(asked).values_list("pk", flat=True))
    visible = library.documents(asker)
    while newer := set(visible.filter(supersedes__in=found).values_list("pk", flat=True)) - found:
        found |= newer
    rows = Document.objects.filter(pk__in=found).select_related(
        "collection__compartment", "original", "source", "supersedes", "reading__original"
    )
    seen = set(visible.filter(pk__in=found).values_list("pk", flat=True))
    for row in rows:
        if row.pk not in seen:
            raise PaperWithheld(title=row.title)
    waiting, ordered = list(rows.order_by("added_at", "path")), list[Document]()
    while waiting:
        ready = [row for row in waiting if not row.supersedes or row.supersedes not in waiting]
        ordered += ready
        waiting = [row for row in waiting if row not in ready]
    return ordered


def citable(asker: Member, asked: Case) -> QuerySet[Document]:
    """What an answer may be said to rest on: the documents that the case cites, as far as the asker sees them."""
    return library.documents(asker).filter(pk__in=_named(asked).values("pk")).order_by("title", "pk")


def _named(asked: Case) -> QuerySet[Document]:
    """The papers of a case, and every document that it names; each way is asked by itself, as an index answers it."""
    told, held = asked.statements, asked.interviews
    named = [Document.objects.filter(**{way: asked}).values("pk") for way in _NAMED]
    papers = [told.values("paper"), asked.names.values("paper"), held.values("recording"), held.values("transcript")]
    return Document.objects.filter(pk__in=named[0].union(*named[1:], *papers))
