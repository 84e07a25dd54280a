"""Forms of a family."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cases.family import queries
from panah.cases.family.queries import Person
from panah.cases.forms import OWN_WORDS
from panah.cases.method.recorded import label_of
from panah.cases.models import Case, Fact
from panah.team.asking import Asking
from panah.team.models import Member


class TieForm(Asking):
    """Another case, and what the two persons are to each other."""

    other = forms.ChoiceField(label=_("The other person's case"))
    relation = forms.CharField(
        label=_("What that person is to the applicant"), max_length=200, widget=forms.TextInput(OWN_WORDS)
    )
    back = forms.CharField(
        label=_("What the applicant is to that person"), max_length=200, widget=forms.TextInput(OWN_WORDS)
    )

    def __init__(self, asker: Member, case: Case, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self._others = {other.address: other for other in queries.others(asker, case)}
        choices = [(address, f"{other.reference} {other.called}") for address, other in self._others.items()]
        self.fields["other"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    def clean_other(self) -> Case:
        """The case that was chosen."""
        return self._others[self.cleaned_data["other"]]


class ShareForm(Asking):
    """The person for whom a fact is stated too, and what goes along with it."""

    case = forms.ChoiceField(label=_("For"))
    supports = forms.MultipleChoiceField(
        label=_("What goes along"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("The applicant's own papers are not chosen: let them go along only where that other person may see them."),
    )  # fmt: skip

    def __init__(self, case: Case, fact: Fact, persons: list[Person], data: object = None, *, other: str = "") -> None:
        beside = queries.own_supports(case, fact)
        chosen = [str(support.pk) for support, own in beside if not own]
        super().__init__(data, initial={"supports": chosen, "case": other})  # type: ignore[arg-type]
        self._cases = {person.case.address: person.case for person in persons}
        people = [(address, f"{other.reference} {other.called}") for address, other in self._cases.items()]
        self.fields["case"].choices = people  # type: ignore[attr-defined]
        self.fields["supports"].choices = [(str(each.pk), label_of(each)) for each, _own in beside]  # type: ignore[attr-defined]

    def clean_case(self) -> Case:
        """The case that was chosen."""
        return self._cases[self.cleaned_data["case"]]

    def clean_supports(self) -> list[UUID]:
        """The ids of what goes along."""
        return [UUID(each) for each in self.cleaned_data["supports"]]
