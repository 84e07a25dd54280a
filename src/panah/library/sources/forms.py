"""The form in which a member writes of a source."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.library.models import Assessment
from panah.library.record import ASSESSED, SourceType
from panah.library.words import FIELDS, SOURCE_TYPES
from panah.team.asking import Asking

LONGEST = 10_000


def _written(name: str) -> forms.CharField:
    lines = forms.Textarea({"rows": 4, "dir": "auto"})
    return forms.CharField(label=FIELDS[name], required=False, max_length=LONGEST, widget=lines)


class Assess(Asking):
    """Words about a source."""

    source_type = forms.ChoiceField(
        label=FIELDS["source_type"], required=False, choices=[("", _("not said")), *SOURCE_TYPES.items()]
    )
    mandate = _written("mandate")
    method = _written("method")
    bias = _written("bias")

    @staticmethod
    def initial_of(newest: Assessment | None) -> dict[str, str]:
        """The form begins with what was written last."""
        return {name: getattr(newest, name) for name in ASSESSED} if newest else {}

    def said(self) -> dict[str, object]:
        """What was written, with the line ends of a reading."""
        words = {name: str(self.cleaned_data[name]).replace("\r\n", "\n") for name in ASSESSED[1:]}
        kind = self.cleaned_data["source_type"]
        return {"source_type": SourceType(kind) if kind else None, **words}
