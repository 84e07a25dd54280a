"""What was handed in together, and how it went with each file. The first argument is who asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet

from panah.errors import PanahError, put_together
from panah.library import saving
from panah.library.models import Delivery
from panah.library.queries import SHORTEST_REFERENCE
from panah.library.rules import ids_beginning
from panah.team import queries as team
from panah.team.models import Member


class DeliveryUnknown(PanahError):
    """There is no delivery “{reference}”."""

    status = 404


class Counted(NamedTuple):
    """How many files of a delivery there are, by their outcomes."""

    files: int
    read: int
    already: int
    refused: int
    waiting: int


class Reported(NamedTuple):
    """The line of a report: a file that was handed in, or a document that stood inside one."""

    id: str
    """The digest of its Original; `path:` and its path where there is none."""
    path: str
    outcome: str
    """`read`, `already`, `refused` or `waiting`."""
    code: str
    reason: str
    """In English; where it knows its parts it can be said in another language."""
    document: str
    inside: str
    """The document that was handed in, and in which this one stood; empty for a file."""

    def cells(self) -> list[str]:
        """As a row of a table: no cell that a spreadsheet would take for a formula."""
        return saving.cells(self)


def deliveries(asker: Member) -> QuerySet[Delivery]:
    """What was handed in together, in the compartments that the asker belongs to, the newest first."""
    inside = team.compartments(asker).order_by().values("pk")
    rows = Delivery.objects.filter(compartment__in=inside).select_related("compartment")
    return rows.order_by("-began_at", "-pk")


def delivery(asker: Member, reference: str | UUID) -> Delivery:
    """A delivery by its id, or by the beginning of it. Raises `DeliveryUnknown`."""
    ids = ids_beginning(str(reference), SHORTEST_REFERENCE)
    found = list(deliveries(asker).filter(pk__range=ids)[:2]) if ids else []
    if len(found) != 1:
        raise DeliveryUnknown(reference=reference)
    return found[0]


def counted(delivery: Delivery) -> Counted:
    """How many files of a delivery ended how."""
    states = dict(delivery.files.order_by().values_list("outcome").annotate(count=Count("pk")))
    return Counted(sum(states.values()), *(states.get(state, 0) for state in ("read", "already", "refused", "")))


def report(delivery: Delivery, *, outcome: str = "", first: int = 0, most: int | None = None) -> Iterator[Reported]:
    """A line for every file of a delivery, in their order, each followed by what stood inside it, as that is now."""
    files = delivery.files.order_by("pk").select_related("document__original")
    if outcome:
        files = files.filter(outcome="" if outcome == "waiting" else outcome)
    for file in (files[first : first + most] if most else files).iterator(chunk_size=1000):
        document = file.document
        yield Reported(
            document.original.digest if document else f"path:{file.path}",
            file.path, file.outcome or "waiting", file.code, put_together(file.reason, file.parts),
            str(document.pk) if document else "", "",
        )  # fmt: skip
        for inside in document.carries.select_related("original").order_by("pk") if document else ():
            yield Reported(
                inside.original.digest, inside.path, inside.state, inside.refusal_code,
                put_together(inside.refusal_reason, inside.refusal_parts), str(inside.pk), str(inside.carrier_id),
            )  # fmt: skip
