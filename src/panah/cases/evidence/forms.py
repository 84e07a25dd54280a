"""Forms of the evidence finder."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cases import queries
from panah.cases.evidence.laid import Place
from panah.cases.evidence.queries import profile
from panah.cases.forms import STANCES, own_words
from panah.cases.models import Case, Fact, ProfileWords
from panah.law import Stance, shortened
from panah.team.asking import Asking

About = ProfileWords.About
ABOUT = {
    About.GROUP: _("Group"),
    About.RELIGION: _("Religion"),
    About.OCCUPATION: _("Occupation"),
    About.PLACE: _("Places"),
    About.EVENTS: _("What happened"),
    About.OTHER: _("Other words"),
}


class Words(Asking):
    """The words by which evidence is looked for: a field for each thing that they are about."""

    def __init__(self, case: Case, data: object = None) -> None:
        kept = {about: "\n".join(lines) for about, lines in profile(case).items()}
        super().__init__(data, initial=kept)  # type: ignore[arg-type]
        for about, label in ABOUT.items():
            widget = forms.Textarea({"rows": 2, "dir": "auto"})
            self.fields[about.value] = forms.CharField(label=label, required=False, max_length=2000, widget=widget)


class UseQuotation(Asking):
    """The fact or the question beside which a quotation is put, how it bears on a fact, and a note on that."""

    beside = forms.ChoiceField(label=_("Beside"))
    stance = forms.TypedChoiceField(
        label=_("It"), choices=STANCES, coerce=Stance, widget=forms.RadioSelect, required=False, empty_value=None,
        help_text=_("Of a fact; beside a question, words wait for the finding that weighs them."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"), required=False, widget=own_words(2), help_text=_("Of a fact; on a question, write a finding.")
    )

    def __init__(self, case: Case, data: object = None, *, element: str = "", words: str = "") -> None:
        self._facts = {f"fact {fact.number}": fact for fact in queries.facts(case)}
        laws = queries.frameworks(case)
        self._places = {f"{law.id} {one.id}": Place(law.id, one.id) for law in laws for one in law.claims}
        chosen = next((name for name, place in self._places.items() if place.element == element), "")
        super().__init__(data, initial={"words": words, "beside": chosen})  # type: ignore[arg-type]
        facts = [(name, f"{fact.number}. {shortened(fact.words)}") for name, fact in self._facts.items()]
        asked = [
            (law.short, [(f"{law.id} {one.id}", f"{one.id}: {shortened(one.asks)}") for one in law.claims])
            for law in laws
        ]
        self.fields["beside"].choices = [("", "—"), (_("Facts"), facts), *asked]  # type: ignore[attr-defined]

    def clean_beside(self) -> Fact | Place:
        """The fact or the place that was chosen."""
        chosen: str = self.cleaned_data["beside"]
        return self._facts.get(chosen) or self._places[chosen]


class Use(UseQuotation):
    """The same of words of a passage, which are quoted first."""

    words = forms.CharField(label=_("Words"), strip=False, widget=forms.Textarea({"rows": 5, "dir": "auto"}))
    field_order = ("words",)

    def clean_words(self) -> str:
        """The words with the line ends of the reading, and not those that browsers send."""
        words: str = self.cleaned_data["words"]
        return words.replace("\r\n", "\n").strip()


class Among(forms.Form):
    """The collections that are asked; all of them where none is chosen."""

    collection = forms.MultipleChoiceField(label=_("Collections"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: object, names: list[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["collection"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
