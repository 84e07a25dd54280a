"""Forms of the workbench's own pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SignIn(forms.Form):
    """Name and passphrase."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "username", "dir": "auto", "autofocus": True}),
    )
    passphrase = forms.CharField(
        label=_("Passphrase"), strip=False, max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "current-password", "dir": "auto"}),
    )  # fmt: skip
