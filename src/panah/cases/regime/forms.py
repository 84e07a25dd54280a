"""Forms about the law of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from panah import law
from panah.cases.models import Proceedings
from panah.cases.regime.queries import DAYS, chosen
from panah.law import Area, CaseDates, Regime
from panah.team.asking import Asking

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

AREAS = {
    Area.PROCEDURE: _("Procedure"),
    Area.QUALIFICATION: _("Qualification for protection"),
    Area.RESPONSIBILITY: _("The State responsible"),
    Area.TREATIES: _("Treaties"),
    Area.NATIONAL: _("National law"),
}


AT = {
    "made": _("Made"),
    "registered": _("Registered"),
    "lodged": _("Lodged"),
    "decided": _("Decided at first instance"),
    "notified": _("Notified"),
}
"""The days of an application, as people name them."""


def _day(label: _StrPromise | str, help_text: _StrPromise | str = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=False, input_formats=["%Y-%m-%d"], help_text=help_text,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )  # fmt: skip


class Days(Asking):
    """The State that examines, and the days of the application that are known."""

    state = forms.CharField(
        label=_("State that examines"), max_length=2, help_text=_("Its two letters: SE, DE, NO."),
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "characters"}),
    )  # fmt: skip
    made = _day(AT["made"], _("The wish for protection was expressed."))
    registered = _day(AT["registered"])
    lodged = _day(AT["lodged"])
    decided = _day(AT["decided"])
    notified = _day(AT["notified"], _("The applicant was told of the decision."))

    def __init__(self, standing: Proceedings | None, data: object = None) -> None:
        written = (
            {day: getattr(standing, f"{day}_on") for day in DAYS} | {"state": standing.state} if standing else None
        )
        super().__init__(data, initial=written, auto_id="days-%s")  # type: ignore[arg-type]

    def clean_state(self) -> str:
        """The letters as they are usually written."""
        return str(self.cleaned_data["state"]).upper()

    def dates(self) -> CaseDates:
        """The days, as the law package reads them."""
        return CaseDates(**{day: self.cleaned_data[day] for day in DAYS})


class Settle(Asking):
    """Which of the bodies of law that apply are asked, which of those that may apply, and why."""

    applies = forms.MultipleChoiceField(
        label=_("Applies to this case"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("Why this law, where the law leaves a question."),
    )  # fmt: skip

    def __init__(self, standing: Proceedings, regime: Regime, data: object = None) -> None:
        before = chosen(standing)
        super().__init__(data, initial={"reason": standing.regime_reason}, auto_id="settle-%s")  # type: ignore[arg-type]
        self.questions = [question.id for question in regime.questions]
        self.fields["applies"].choices = _titles(regime.settled)  # type: ignore[attr-defined]
        self.fields["applies"].initial = list(regime.settled)
        reason = self.fields.pop("reason")
        for question in regime.questions:
            self.fields[question.id] = forms.MultipleChoiceField(
                label=question.asks, choices=_titles(question.stands), required=False,
                initial=[each for each in question.stands if each in before], widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        if regime.questions:
            self.fields["reason"] = reason
        if not regime.settled:
            del self.fields["applies"]

    def wanted(self) -> list[str]:
        """The ids of everything that was chosen."""
        return [each for name in ("applies", *self.questions) for each in self.cleaned_data.get(name, [])]


def _titles(ids: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(each, law.framework(each).title) for each in ids]
