"""Forms of handing over. They see only what belongs to the case they are made for."""

from __future__ import annotations

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cases.handing import queries
from panah.cases.handing.actions import Wanted, What
from panah.cases.models import Case, RedactionProfile
from panah.dossier import queries as sealed
from panah.dossier.redacting import Kind
from panah.team.asking import Asking
from panah.team.models import Member

FIELDS = {Kind.PERSON: "persons", Kind.PLACE: "places", Kind.CONTACT: "contacts", Kind.OTHER: "others"}


def _lines(label: object, **said: object) -> forms.CharField:
    widget = forms.Textarea({"rows": 4, "dir": "auto", "spellcheck": "false"})
    return forms.CharField(label=label, required=False, widget=widget, **said)  # type: ignore[arg-type]


class ProfileForm(Asking):
    """Who and what is to be replaced: spellings one on a line, an empty line between one and the next."""

    called = forms.CharField(label=_("For whom the copy is"), max_length=100, widget=forms.TextInput({"dir": "auto"}))
    persons = _lines(_("Persons"))
    places = _lines(_("Places"))
    contacts = _lines(_("Contacts"))
    others = _lines(_("Other words"))
    pictures = forms.BooleanField(
        label=_("I looked through every picture and every page that is one: they may go along"), required=False
    )

    def entries(self) -> list[tuple[Kind, list[str]]]:
        """The entries as they were typed."""
        return [
            (kind, block.splitlines()) for kind, field in FIELDS.items() for block in _blocks(self.cleaned_data[field])
        ]


def as_initial(profile: RedactionProfile) -> dict[str, object]:
    """A profile as its form shows it."""
    kept = queries.redactor(profile).profile
    typed = {
        field: "\n\n".join("\n".join(entry.spellings) for entry in kept.entries if entry.kind is kind)
        for kind, field in FIELDS.items()
    }
    return {"called": profile.called, "pictures": profile.pictures, **typed}


def for_applicant(case: Case) -> dict[str, object]:
    """A new profile: the names of the applicant are there already."""
    names = dict.fromkeys([case.called, *(name.name for name in case.names.filter(out_at=None).order_by("pk"))])
    return {"persons": "\n".join(names)}


class HandOverForm(Asking):
    """What, and to whom."""

    what = forms.ChoiceField(label=_("What"))
    recipients = forms.CharField(
        label=_("To these public keys (age1…), one on a line"), required=False,
        widget=forms.Textarea({"rows": 3, "dir": "ltr", "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip
    passphrase = forms.CharField(
        label=_("Or under a passphrase"), required=False, strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password", "dir": "auto"}),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea({"rows": 2, "dir": "auto"}))

    def __init__(self, member: Member, case: Case, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self._dossiers = {str(each.pk): each for each in sealed.of_reference(member, case.compartment, case.reference)}
        self._profiles = {str(each.pk): each for each in queries.profiles(member, case)}
        cast("forms.ChoiceField", self.fields["what"]).choices = [
            *((f"{What.DOSSIER}:{key}", each.file_name) for key, each in self._dossiers.items()),
            *((f"{What.REDACTED}:{key}", _("Redacted copy: %s") % each.called) for key, each in self._profiles.items()),
            (f"{What.EXPORT}:", _("The case as it is, nothing redacted")),
        ]

    def wanted(self) -> Wanted:
        """What was chosen."""
        what, _sign, key = self.cleaned_data["what"].partition(":")
        if what == What.DOSSIER:
            return Wanted(dossier=self._dossiers[key])
        return Wanted(profile=self._profiles[key] if what == What.REDACTED else None)


def _blocks(typed: str) -> list[str]:
    """Stretches parted by empty lines."""
    blocks: list[list[str]] = [[]]
    for line in typed.splitlines():
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(block) for block in blocks if block]
