"""How the interface calls what stands in the checklist."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panah.law.checklist import Status, Told

STATUSES = {
    Status.NOT_EXAMINED: _("Not examined"),
    Status.ADEQUATE: _("Examined, adequate"),
    Status.DEFICIENT: _("Examined, deficient"),
    Status.NOT_APPLICABLE: _("Does not apply"),
    Status.UNKNOWN: _("Not known, a paper is missing"),
}
TOLD = {"": _("not said"), Told.YES: _("yes"), Told.NO: _("no"), Told.UNKNOWN: _("not known")}
