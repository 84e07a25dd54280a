"""What was laid beside the elements of a case, for their findings to weigh."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from panah.cases.models import Case, LaidBeside
from panah.errors import PanahError


class LaidUnknown(PanahError):
    """This does not lie beside any question of the case."""

    status = 404


class Place(NamedTuple):
    """An element of a body of law, by their ids."""

    framework: str
    element: str


def laid_beside(asked: Case, framework_id: str = "", element_id: str = "") -> list[LaidBeside]:
    """What lies beside the elements of a case, of one body of law, or beside one element; in reading order."""
    rows = asked.laid_beside.select_related(
        "case__compartment", "quotation__reading", "quotation__document__source", "quotation__document__original",
        "quotation__document__reading", "quotation__document__superseded_by",
    )  # fmt: skip
    rows = rows.filter(framework=framework_id) if framework_id else rows
    rows = rows.filter(element=element_id) if element_id else rows
    return list(rows.order_by("quotation__document__added_at", "quotation__document__path", "quotation__start", "pk"))


def laid(asked: Case, reference: UUID) -> LaidBeside:
    """Something that lies beside an element of a case. Raises `LaidUnknown`."""
    found = asked.laid_beside.filter(pk=reference).select_related("case__compartment").first()
    if found is None:
        raise LaidUnknown
    return found
