"""The form that asks for a page of the web."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.library.forms import OntoShelf


class AskCapture(OntoShelf):
    """The address of a page, and where its capture is to stand."""

    field_order = ("address",)

    address = forms.CharField(
        label=_("Address of a page"), max_length=2000, widget=forms.TextInput({"dir": "ltr", "inputmode": "url"})
    )
