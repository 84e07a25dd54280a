"""Forms of compartments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cases.erasing import Reason
from panah.library import queries as library
from panah.site.compartments.words import REASONS, ROLES
from panah.team import joining
from panah.team import queries as team
from panah.team.asking import Asking
from panah.team.models import Compartment, Member
from panah.team.rules import Role


class NewCompartment(Asking):
    """A compartment to be made."""

    name = forms.CharField(
        label=_("Name"), max_length=100, widget=forms.TextInput({"dir": "auto"}),
        help_text=_("You lead it, and say who belongs to it."),
    )  # fmt: skip


class Erase(Asking):
    """A compartment to be erased: why, and its name once more."""

    reason = forms.TypedChoiceField(label=_("Why"), choices=list(REASONS.items()), coerce=Reason)
    name = forms.CharField(
        label=_("Its name once more"), max_length=200, widget=forms.TextInput({"dir": "auto", "autocomplete": "off"})
    )

    def __init__(self, asked: Compartment, *given: Any) -> None:
        super().__init__(*given)
        self._asked = asked

    def clean_name(self) -> str:
        """Raises ValidationError for another name."""
        name = str(self.cleaned_data["name"])
        if name != self._asked.name:
            raise forms.ValidationError(_("This is not the name of this compartment."))
        return name


class Admit(Asking):
    """A member, and the role that she is given."""

    member = forms.ChoiceField(label=_("Member"))
    role = forms.TypedChoiceField(label=_("Role"), choices=list(ROLES.items()), coerce=Role, initial=Role.WORKER)

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["member"].choices = [(each.name, each.name) for each in joining.members()]  # type: ignore[attr-defined]


class ShareCollection(Asking):
    """A collection of a compartment, and another compartment whose members may read it."""

    collection = forms.TypedChoiceField(label=_("Collection"), coerce=int)
    compartment = forms.ChoiceField(label=_("May be read by the members of"))

    def __init__(self, asker: Member, place: Compartment, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        shelves = library.collections_in(asker, place)
        others = team.compartments(asker).exclude(pk=place.pk)
        self.fields["collection"].choices = [(each.pk, each.name) for each in shelves]  # type: ignore[attr-defined]
        self.fields["compartment"].choices = [(str(each.pk), each.name) for each in others]  # type: ignore[attr-defined]

    @property
    def is_of_use(self) -> bool:
        """Whether there is something to share, and somebody to share it with."""
        return all(self.fields[name].choices for name in ("collection", "compartment"))  # type: ignore[attr-defined]
