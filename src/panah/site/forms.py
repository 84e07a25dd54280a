"""Forms of the workbench's own pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.team.asking import Asking


class SignIn(Asking):
    """Name and password; of who made the workspace and has no password yet, its passphrase."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "username", "dir": "auto", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "current-password", "dir": "auto"}),
    )  # fmt: skip


class SecondFactor(Asking):
    """A code of a telephone or from paper, or what a browser answers that was asked for a passkey."""

    code = forms.CharField(
        label=_("Code"), max_length=40, required=False,
        widget=forms.TextInput({"autocomplete": "one-time-code", "dir": "ltr", "spellcheck": "false", "autofocus": True}),
    )  # fmt: skip
    answer = forms.CharField(widget=forms.HiddenInput, max_length=65536, required=False)
