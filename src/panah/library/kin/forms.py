"""Forms that say from which root a document comes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.library.kin.actions import LONGEST_REASON, LONGEST_ROOT
from panah.library.versions.forms import Belongs, document_field


def _because() -> forms.CharField:
    return forms.CharField(
        label=_("Why"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=_("What in the texts shows it."),
    )  # fmt: skip


class TracesTo(Belongs):
    """From what this document has what it says."""

    to = document_field(_("It traces to the document"), required=False)
    root = forms.CharField(
        label=_("Or to somebody who is not here"), max_length=LONGEST_ROOT, required=False,
        widget=forms.TextInput({"dir": "auto"}), help_text=_("A witness, an agency, a leaked list: one name for one root."),
    )  # fmt: skip
    because = _because()


class TellApart(Belongs):
    """From which document this one is apart."""

    other = document_field(_("It does not have the same root as"), required=True)
    because = _because()

    def __init__(self, *given: Any, **named: Any) -> None:  # it stands on one page with `TracesTo`
        super().__init__(*given, auto_id="apart_%s", **named)
