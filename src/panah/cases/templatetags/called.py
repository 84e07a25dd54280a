"""What people call what is kept of a case."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise

from panah.cases.method.forms import ACCEPTED, PRESENCE
from panah.cases.telling.forms import JUDGED, MODES, SEXES

register = template.Library()

_CALLED: dict[str, dict[str, Promise | str]] = {
    name: {str(value): label for value, label in choices}
    for name, choices in (
        ("accepted", ACCEPTED), ("presence", PRESENCE), ("judged", JUDGED), ("mode", MODES), ("sex", SEXES),
    )
}  # fmt: skip


@register.filter
def called(value: str, what: str) -> str:
    """What a value of a field is called: `accepted`, `presence`, `judged`, `mode`, `sex`."""
    return str(_CALLED[what].get(value, value))
