"""How the interface calls what stands in the checklist."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panah.law.checklist import Field, Status, Told, Type, kind

STATUSES = {
    Status.NOT_EXAMINED: _("Not examined"),
    Status.ADEQUATE: _("Examined, adequate"),
    Status.DEFICIENT: _("Examined, deficient"),
    Status.NOT_APPLICABLE: _("Does not apply"),
    Status.UNKNOWN: _("Not known, a paper is missing"),
}
TOLD = {"": _("not said"), Told.YES: _("yes"), Told.NO: _("no"), Told.UNKNOWN: _("not known")}


def record_named(kind_id: str, number: int | str) -> str:
    """What a record is called: its kind, and its number among those."""
    return f"{gettext(kind(kind_id).label)} {number}"


def said_in(field: Field, value: str) -> str:
    """What a field of a record says: what was chosen as the interface calls it, what was typed as it stands."""
    if field.type is Type.TOLD:
        return str(TOLD[value])
    return gettext(field.choices[value]) if value in field.choices else value
