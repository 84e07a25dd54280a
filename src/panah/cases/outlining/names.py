"""The applicant's names on the cover of what is printed: those of today, and after them her earlier ones."""

from __future__ import annotations

from panah.cases.models import Case, Name
from panah.dossier import outline
from panah.dossier.exporters.wording import isolated

EARLIER = "earlier name"


def names_of(case: Case) -> tuple[outline.Name, ...]:
    """The spellings of a case that stand."""
    rows = case.names.filter(out_at=None).order_by("earlier", "pk").select_related("case")
    return tuple(outline.Name(row.name, row.script, borne(row)) for row in rows)


def borne(row: Name) -> str:
    """That a name is an earlier one, since when and until when; empty for a name of today."""
    if not row.earlier:
        return ""
    said = (f"{word} {isolated(when)}" for word, when in (("since", row.since), ("until", row.until)) if when)
    return ", ".join((EARLIER, *said))
