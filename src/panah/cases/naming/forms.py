"""Forms about names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cases import queries as cases
from panah.cases.entering import edition_of
from panah.cases.forms import OWN_WORDS, SCRIPTS, Editing, own_words
from panah.cases.models import Case, Identification, Name
from panah.cases.naming.actions import Earlier, Kept
from panah.cases.naming.words import OUTCOMES
from panah.library.models import Document
from panah.team import queries as team
from panah.team.asking import Asking
from panah.team.models import Member
from panah.team.rules import May

LONGEST_REASON = 5000


class LookForm(Asking):
    """One name, where to look for it, and for which case."""

    q = forms.CharField(label=_("Name"), max_length=500, widget=forms.TextInput({"dir": "auto", "type": "search"}))
    collection = forms.CharField(required=False, max_length=300)


class _Keeping(Asking):
    """A form about something that is kept in a case, or in a compartment."""

    sought = forms.CharField(max_length=200, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why"), max_length=LONGEST_REASON, widget=own_words(2))
    place = forms.ChoiceField(
        label=_("Kept in"), help_text=_("Whoever sees that case, or that compartment, sees what you say.")
    )

    def __init__(self, asker: Member, case: Case | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = cases.cases(asker, May.WORK)
        found = found.filter(pk=case.pk) if case else found
        self._cases = {f"case:{each.pk}": each for each in found}
        self._compartments = {} if case else {str(each.pk): each for each in team.compartments(asker, May.WORK)}
        of_cases = [(key, f"{each.reference} {each.called}") for key, each in self._cases.items()]
        places = [*of_cases, *((key, each.name) for key, each in self._compartments.items())]
        first = [] if len(places) == 1 else [("", _("choose"))]
        self.fields["place"].choices = [*first, *places]  # type: ignore[attr-defined]

    @property
    def keeps(self) -> bool:
        """Whether there is anywhere to keep it."""
        return bool(self._cases or self._compartments)

    def kept(self) -> Kept:
        """Where it is kept."""
        place = self.cleaned_data["place"]
        if case := self._cases.get(place):
            return Kept(case.compartment, case)
        return Kept(self._compartments[place])


class IdentifyForm(_Keeping):
    """Whether a name in a document is that of the person who is looked for."""

    outcome = forms.ChoiceField(label=_("It is the name of"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect)
    field_order = ["outcome", "reason", "place"]

    def said(self) -> Identification.Outcome:
        """What was chosen."""
        return Identification.Outcome(self.cleaned_data["outcome"])


class PlaceForm(forms.Form):
    """Where a name stands, as an address says it."""

    document = forms.UUIDField()
    start = forms.IntegerField(min_value=0, max_value=2**62)
    end = forms.IntegerField(min_value=0, max_value=2**62)


class AbsenceForm(_Keeping):
    """That none of what was found is the name."""

    collection = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)


class TakeForm(forms.Form):
    """In which script a name is written that becomes one of the applicant's spellings."""

    script = forms.ChoiceField(label=_("Script"), choices=SCRIPTS)


class _Borne(forms.Form):
    """Whether a spelling is of an earlier name, and when that was borne."""

    earlier = forms.BooleanField(
        label=_("It is an earlier name"),
        required=False,
        help_text=_("Borne before a marriage, or before it was changed."),
    )
    since = forms.CharField(
        label=_("Borne since"), max_length=100, required=False, widget=forms.TextInput(OWN_WORDS),
        help_text=_("In your words: birth, 2009, her marriage. Only of an earlier name."),
    )  # fmt: skip
    until = forms.CharField(label=_("Borne until"), max_length=100, required=False, widget=forms.TextInput(OWN_WORDS))

    def when(self) -> Earlier:
        """What was said of it."""
        return Earlier(*(self.cleaned_data[field] for field in Earlier._fields))


class SpellingForm(_Borne, Asking):
    """A spelling of the applicant's name, its script, and the paper in which it stands."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(OWN_WORDS))
    script = forms.ChoiceField(label=_("Script"), choices=SCRIPTS)
    paper = forms.ModelChoiceField(
        Document.objects.none(), label=_("The paper in which it stands"), required=False,
        empty_label=_("none: she said it"),
    )  # fmt: skip
    shown = forms.BooleanField(
        label=_("Quote it from the paper"), required=False, initial=True,
        help_text=_("It must stand there once exactly so. A picture has no words: then take this out."),
    )  # fmt: skip
    field_order = ["name", "script", "paper", "shown"]

    def __init__(self, case: Case, data: Any = None) -> None:
        super().__init__(data, auto_id="spelling-%s")
        self.fields["paper"].queryset = cases.papers(case)  # type: ignore[attr-defined]

    def kept(self) -> dict[str, Any]:
        """What was typed, as `actions.keep_spelling` takes it."""
        own = ("name", "script", "paper", "shown")
        return {field: self.cleaned_data[field] for field in own} | {"when": self.when()}


class EarlierForm(_Borne, Editing):
    """That a spelling is of a name which the applicant bore before."""

    def __init__(self, name: Name, data: Any = None) -> None:
        shown = {field: getattr(name, field) for field in Earlier._fields}
        shown["over"] = edition_of(name, Earlier._fields)
        super().__init__(data, initial=shown, auto_id=f"earlier-{name.pk}-%s")


class OutForm(Asking):
    """Why a spelling is taken out."""

    reason = forms.CharField(label=_("Why"), max_length=LONGEST_REASON, widget=own_words(2))

    def __init__(self, name: Name, data: Any = None) -> None:
        super().__init__(data, auto_id=f"out-{name.pk}-%s")


class BesideForm(Asking):
    """What tells the applicant from others of her name."""

    born = forms.CharField(
        label=_("Born"), max_length=64, required=False, help_text=_("A year, or a day: 1987, 1987-03-12, 1987~")
    )
    county = forms.CharField(label=_("County"), max_length=200, required=False, widget=forms.TextInput(OWN_WORDS))
    father = forms.CharField(
        label=_("Father's name"), max_length=200, required=False, widget=forms.TextInput(OWN_WORDS)
    )

    def __init__(self, case: Case, data: Any = None) -> None:
        known = getattr(case, "beside_names", None)
        written = {field: getattr(known, field) for field in self.base_fields} if known else None
        super().__init__(data, initial=written, auto_id="beside-%s")
