"""Forms about members: joining, second factors, and being known again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.team.asking import Asking
from panah.team.models import LONGEST_NAME
from panah.team.passwords import LONGEST, PasswordsDiffer

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def password_field(label: StrPromise, *, new: bool = False, required: bool = True) -> forms.CharField:
    """A field for a password, as browsers and password managers know one."""
    widget = forms.PasswordInput({"autocomplete": "new-password" if new else "current-password", "dir": "auto"})
    return forms.CharField(label=label, strip=False, max_length=LONGEST, widget=widget, required=required)


def code_field(label: StrPromise, *, required: bool = True) -> forms.CharField:
    """A field for a code, of a telephone or from paper."""
    widget = forms.TextInput({"autocomplete": "one-time-code", "dir": "ltr", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=40, widget=widget, required=required)


class NewPassword(Asking):
    """A password, twice."""

    password = password_field(_("New password"), new=True)
    again = password_field(_("The same again"), new=True)

    def chosen(self) -> str:
        """The password. Raises `PasswordsDiffer`."""
        if self.cleaned_data["password"] != self.cleaned_data["again"]:
            raise PasswordsDiffer
        return str(self.cleaned_data["password"])


class Code(Asking):
    """The code that a telephone shows."""

    code = code_field(_("The code that it shows now"))


class NewPasskey(Asking):
    """What a browser answers that was asked for a passkey, and how its owner calls it."""

    called = forms.CharField(label=_("A name for it"), max_length=LONGEST_NAME, widget=forms.TextInput({"dir": "auto"}))
    answer = forms.CharField(widget=forms.HiddenInput, max_length=65536)


class KnownAgain(Asking):
    """A password, a code, or a passkey: one of them. Its names stand in no other form, for it travels with any."""

    known_password = password_field(_("Password"), required=False)
    known_code = code_field(_("Or a code"), required=False)
    known_answer = forms.CharField(widget=forms.HiddenInput, max_length=65536, required=False)


class Invite(Asking):
    """Whom to invite."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, widget=forms.TextInput({"dir": "auto"}))
