"""Forms of the method. They see only what belongs to the case, or to the fact, they are made for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah import law
from panah.cases import queries
from panah.cases.entering import edition
from panah.cases.forms import OWN_WORDS, Editing, Several, own_words
from panah.cases.models import Acceptance, Assessment, Case, Fact, Inventoried, Statement
from panah.cases.telling.forms import Told, Words
from panah.law import Acceptance as Accepted
from panah.law import Indicator, Presence, Side, Slot
from panah.library.models import Document, Quotation
from panah.team.asking import Asking

ACCEPTED = [
    (Accepted.ACCEPTED, _("accepted")),
    (Accepted.BY_DOUBT, _("accepted by benefit of the doubt")),
    (Accepted.NOT_ACCEPTED, _("not accepted")),
]
PRESENCE = [
    (Presence.PRESENT, _("it is on file")),
    (Presence.ABSENT, _("it is absent")),
    (Presence.EXPLAINED, _("it is absent, and why is explained")),
]
OF = {Side.PERSON: _("Of the person"), Side.INTERVIEW: _("Of the interview"), Side.AUTHORITY: _("Of the authority")}


class SeveralWords(Words, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # cannot be subscripted when it runs
    """Quotations that stand in a case."""


class SeveralTold(Told, Several):
    """Statements of a case."""

    refusal = _("Choose among the statements of this case.")


class AssessForm(Editing):
    """A credibility indicator, assessed on a fact."""

    words = forms.CharField(label=_("What was found"), widget=own_words(3))
    quotations = SeveralWords(
        Quotation.objects.none(), label=_("Quotations it rests on"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    statements = SeveralTold(
        Statement.objects.none(), label=_("Statements it rests on"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, fact: Fact, indicator: Indicator, standing: Assessment | None, data: object = None) -> None:
        """Offered is what stands beside the fact, and what the assessment that stands rests on."""
        written: dict[str, object] = {}
        if standing:
            written = {
                "words": standing.words, "quotations": standing.quotations.all(), "over": standing.pk,
                "statements": standing.statements.all(),
            }  # fmt: skip
        super().__init__(data, initial=written, auto_id=f"{indicator.id.replace('.', '-')}-%s")  # type: ignore[arg-type]
        self.indicator = indicator
        self.fields["quotations"].queryset = queries.quotations_beside(fact, standing)  # type: ignore[attr-defined]
        self.fields["statements"].queryset = queries.statements(fact.case)  # type: ignore[attr-defined]
        for name in ("quotations", "statements"):
            if not self.fields[name].queryset.exists():  # type: ignore[attr-defined]
                del self.fields[name]


class ConcludeForm(Editing):
    """Whether a fact is accepted, and why."""

    accepted = forms.TypedChoiceField(label=_("The fact is"), choices=ACCEPTED, coerce=Accepted)
    reasons = forms.CharField(label=_("Reasons"), required=False, widget=own_words(3))
    past_harm = forms.BooleanField(
        label=_("It is past persecution, past serious harm, or a direct threat of it"), required=False,
        help_text=_("Regulation (EU) 2024/1347, art. 4(4): a serious indication, unless good reasons speak against it."),
    )  # fmt: skip

    def __init__(self, standing: Acceptance | None, data: object = None) -> None:
        written: dict[str, object] = {}
        if standing:
            written = {name: getattr(standing, name) for name in ("accepted", "reasons", "past_harm")}
            written["over"] = standing.pk
        super().__init__(data, initial=written, auto_id="conclude-%s")  # type: ignore[arg-type]


class ExplainForm(Asking):
    """What the applicant was asked about a fact, where, and the answer."""

    put_at = forms.CharField(
        label=_("Where and when the applicant was asked"), max_length=300, widget=forms.TextInput(OWN_WORDS),
        help_text=_("As far as to the place in the transcript: second interview, 00:12:30."),
    )  # fmt: skip
    asked = forms.CharField(label=_("What was put"), required=False, widget=own_words(2))
    her_answer = forms.CharField(label=_("The answer"), required=False, widget=own_words(2))

    def __init__(self, data: object = None) -> None:
        super().__init__(data, auto_id="explain-%s")  # type: ignore[arg-type]


class DistortionForm(Asking):
    """A factor that can distort a telling, or how it is heard."""

    factor = forms.ChoiceField(label=_("Factor"))
    statement = Told(
        Statement.objects.none(), label=_("In which telling"), required=False, empty_label=_("it concerns the person")
    )
    words = forms.CharField(label=_("How account is taken of it"), widget=own_words(2))

    def __init__(self, case: Case, data: object = None) -> None:
        super().__init__(data, auto_id="distortion-%s")  # type: ignore[arg-type]
        known = law.method().factors.values()
        self.fields["factor"].choices = [  # type: ignore[attr-defined]
            (called, [(factor.id, factor.name) for factor in known if factor.of is of]) for of, called in OF.items()
        ]
        self.fields["statement"].queryset = queries.statements(case)  # type: ignore[attr-defined]


class SlotForm(Editing):
    """Whether something that an applicant has to show is on file."""

    presence = forms.TypedChoiceField(label=_("On file"), choices=PRESENCE, coerce=Presence)
    words = forms.CharField(label=_("What there is, or why there is nothing"), required=False, widget=own_words(2))
    papers = forms.ModelMultipleChoiceField(
        Document.objects.none(), label=_("Papers"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, case: Case, slot: Slot, found: Inventoried | None, data: object = None) -> None:
        written: dict[str, object] = {}
        if found:
            written = {"presence": found.presence, "words": found.words, "papers": found.papers.all()}
            written["over"] = edition(found.written_at)
        super().__init__(data, initial=written, auto_id=f"{slot.id}-%s")  # type: ignore[arg-type]
        self.slot = slot
        papers = queries.papers(case)
        self.fields["papers"].queryset = papers  # type: ignore[attr-defined]
        if not papers.exists():
            del self.fields["papers"]
