"""Forms of a case. They see only what belongs to the case they are made for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from panah import law
from panah.cases import queries
from panah.cases.actions import PUT, WEIGHED, WrittenMeanwhile
from panah.cases.entering import edition_of
from panah.cases.models import Case, Fact, Finding, LaidBeside, Relative, Support
from panah.cases.outlining import BOXES, Addressee
from panah.law import Box, Stance
from panah.library.models import Document, Quotation
from panah.team import queries as team
from panah.team.asking import Asking
from panah.team.models import Member
from panah.team.rules import May

SCRIPTS = [
    ("Arab", _("Arabic script")),
    ("Latn", _("Latin script")),
    ("Cyrl", _("Cyrillic script")),
    ("Hans", _("Chinese, simplified")),
    ("Hant", _("Chinese, traditional")),
]
STANCES = [
    (Stance.SUPPORTS, _("supports it")),
    (Stance.CONTRADICTS, _("contradicts it")),
    (Stance.SILENT, _("is silent on it")),
]

READERS = [
    (Addressee.COURT, _("a court")),
    (Addressee.AUTHORITY, _("the determining authority")),
    (Addressee.COMMITTEE, _("a committee of the United Nations")),
    (Addressee.EXPERT, _("an expert: without our findings")),
]

OWN_WORDS = {"dir": "auto"}


def own_words(rows: int = 3) -> forms.Textarea:
    """A field for words of people, in whichever direction they run."""
    return forms.Textarea({"rows": rows, "dir": "auto"})


class Edition(forms.IntegerField):
    """Which row its author had before her, hidden; 0 where none stood."""

    overtaken = False
    """Whether she was told that another one stands: shown again, it is that one."""

    def __init__(self) -> None:
        super().__init__(required=False, initial=0, min_value=0, max_value=2**62, widget=forms.HiddenInput)

    def clean(self, value: object) -> int:
        """Whoever does not say what she saw, saw nothing."""
        return super().clean(value) or 0

    def bound_data(self, data: object, initial: object) -> object:
        """What is shown in a form that was sent already."""
        return initial if self.overtaken else data


class Editing(Asking):
    """A form about something that another member may write at the same time."""

    over = Edition()

    @contextmanager
    def saying_what_is_refused(self) -> Iterator[None]:
        """Run an act; what was written meanwhile is shown beside what she typed, and replaced where she sends it again."""
        with super().saying_what_is_refused():
            yield
        self._edition.overtaken = isinstance(self.refusal, WrittenMeanwhile)

    @property
    def overtaken(self) -> bool:
        """Whether it was refused because another member had written meanwhile."""
        return self._edition.overtaken

    @property
    def _edition(self) -> Edition:
        return cast("Edition", self.fields["over"])


class _Numbered:
    """Shows a fact under its number and in its words, as it stands in the list of facts."""

    def label_from_instance(self, fact: Fact) -> str:
        """What stands beside the box."""
        return f"{fact.number}. {fact.words}"


class OneFact(_Numbered, forms.ModelChoiceField):  # type: ignore[type-arg]  # the class cannot be subscripted when it runs
    """A fact of a case."""


class Several(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # nor can this one
    """Rows of a case. A number that is too large for the database is none of them."""

    refusal = _("Choose among what this case has.")

    def clean(self, value: object) -> Any:
        """The rows that were chosen."""
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError(self.refusal) from None


class Facts(_Numbered, Several):
    """Facts of a case."""

    refusal = _("Choose among the facts of this case.")


class OpenCase(Asking):
    """A new case."""

    called = forms.CharField(
        label=_("How the applicant wishes to be called"), max_length=200, widget=forms.TextInput(OWN_WORDS),
        help_text=_("A working name, an initial, a pseudonym."),
    )  # fmt: skip
    reference = forms.CharField(
        label=_("Reference"), max_length=40, required=False, help_text=_("Left empty, the next free one is taken.")
    )
    compartment = forms.ChoiceField(
        label=_("Compartment"), required=False, help_text=_("Only its members see the case. You lead one of its own.")
    )
    frameworks = forms.MultipleChoiceField(
        label=_("Law to examine it under"), widget=forms.CheckboxSelectMultiple, required=True
    )

    def __init__(self, data: object = None, *, asker: Member) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        places = [(str(place.pk), place.name) for place in team.compartments(asker, May.WORK)]
        self.fields["compartment"].choices = [("", _("one of its own")), *places]  # type: ignore[attr-defined]
        choices = [(framework.id, framework.title) for framework in law.examinable()]
        self.fields["frameworks"] = forms.MultipleChoiceField(
            label=_("Law to examine it under"), choices=choices, widget=forms.CheckboxSelectMultiple,
            initial=list(law.USUAL),
        )  # fmt: skip


class RelativeForm(Asking):
    """Somebody who belongs to the applicant; of one who is written down already, to be changed."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False, widget=forms.TextInput(OWN_WORDS))
    relation = forms.CharField(
        label=_("What they are to the applicant"), max_length=200, required=False, widget=forms.TextInput(OWN_WORDS)
    )
    whereabouts = forms.CharField(
        label=_("Where they are"), max_length=300, required=False, widget=forms.TextInput(OWN_WORDS)
    )
    note = forms.CharField(label=_("Note"), required=False, widget=own_words(2))

    def __init__(self, relative: Relative | None = None, data: object = None) -> None:
        number = relative.number if relative else "new"
        written = {field: getattr(relative, field) for field in self.base_fields} if relative else None
        super().__init__(data, initial=written, auto_id=f"relative-{number}-%s")  # type: ignore[arg-type]
        self.relative = relative


class RetainForm(Asking):
    """Up to which day a case is kept, and why."""

    until = forms.DateField(
        label=_("Keep it until"), input_formats=["%Y-%m-%d"], widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("The last day on which it must be there: 2031-12-31."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), widget=own_words(2))

    def __init__(self, case: Case, data: object = None) -> None:
        written = {"until": case.retain_until, "reason": case.retain_reason}
        super().__init__(data, initial=written, auto_id="retain-%s")  # type: ignore[arg-type]


class HoldForm(Asking):
    """Why a case may not be erased, whatever day it is."""

    reason = forms.CharField(label=_("Reason"), widget=own_words(2))

    def __init__(self, case: Case, data: object = None) -> None:
        super().__init__(data, initial={"reason": case.hold_reason}, auto_id="hold-%s")  # type: ignore[arg-type]


class StatementForm(Asking):
    """One telling."""

    words = forms.CharField(label=_("What was told"), required=False, strip=False, widget=own_words(8))
    told_on = forms.CharField(
        label=_("When"), max_length=64, required=False, help_text=_("2024-05-17, 2024-05, or 2024-05~ for about then.")
    )
    occasion = forms.CharField(
        label=_("On what occasion"), max_length=300, required=False, widget=forms.TextInput(OWN_WORDS)
    )
    language = forms.CharField(label=_("In which language"), max_length=35, required=False)
    interpreter = forms.CharField(
        label=_("Interpreter's language and dialect"), max_length=300, required=False, widget=forms.TextInput(OWN_WORDS)
    )
    paper = forms.ModelChoiceField(Document.objects.none(), label=_("The paper it stands in"), required=False)

    def __init__(self, case: Case, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["paper"].queryset = queries.papers(case)  # type: ignore[attr-defined]


class FactForm(Asking):
    """A material fact."""

    words = forms.CharField(label=_("The fact"), widget=own_words(2))
    statement = forms.TypedChoiceField(label=_("From which statement"), required=False, coerce=int, empty_value=None)

    def __init__(self, case: Case, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        told = [(statement.number, f"{_('Statement')} {statement.number}") for statement in queries.statements(case)]
        self.fields["statement"].choices = [("", "—"), *told]  # type: ignore[attr-defined]


class SupportForm(Asking):
    """How a paper bears on a fact."""

    paper = forms.ModelChoiceField(Document.objects.none(), label=_("Paper"))
    stance = forms.TypedChoiceField(label=_("It"), choices=STANCES, coerce=Stance)
    note = forms.CharField(label=_("Note"), required=False, widget=own_words(2))

    def __init__(self, case: Case, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["paper"].queryset = queries.papers(case)  # type: ignore[attr-defined]


class PutForm(Editing):
    """Where a contradiction was put to the applicant, and the answer."""

    put_at = forms.CharField(
        label=_("Where and when it was put to the applicant"), max_length=300, widget=forms.TextInput(OWN_WORDS)
    )
    her_answer = forms.CharField(label=_("The answer"), required=False, widget=own_words(2))

    def __init__(self, support: Support, data: object = None) -> None:
        written = {"put_at": support.put_at, "her_answer": support.her_answer, "over": edition_of(support, PUT)}
        super().__init__(data, initial=written, auto_id=f"{support.pk}-%s")  # type: ignore[arg-type]
        self.support = support


class BoxesForm(Editing):
    """The four conditions of benefit of the doubt, each with a reason."""

    def __init__(self, fact: Fact, data: object = None) -> None:
        super().__init__(data, initial={"over": edition_of(fact, WEIGHED)})  # type: ignore[arg-type]
        self.standing = [(condition, getattr(fact, box.value)) for box, condition in BOXES.items()]
        for box, (condition, initial) in zip(BOXES, self.standing, strict=True):
            self.fields[box.value] = forms.CharField(
                label=condition, required=False, initial=initial, widget=own_words(2)
            )

    def boxes(self) -> dict[Box, str]:
        """The reasons by box."""
        return {box: self.cleaned_data[box.value] for box in Box}


class FindingForm(Editing):
    """An answer to an element, its reasons, and what it rests on."""

    words = forms.CharField(label=_("Finding"), widget=own_words(3))
    reasons = forms.CharField(label=_("Reasons"), required=False, widget=own_words(6))
    facts = Facts(
        Fact.objects.none(), label=_("Facts it rests on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    quotations = forms.ModelMultipleChoiceField(
        Quotation.objects.none(), label=_("Quotations it rests on"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, case: Case, data: object = None, finding: Finding | None = None, beside: Iterable[LaidBeside] = ()
    ) -> None:
        """With the finding that stands; where there is none, what lies beside the question is chosen."""
        written: dict[str, object] = {"quotations": [one.quotation_id for one in beside]}
        if finding:
            written = {"words": finding.words, "reasons": finding.reasons}
            written |= {"facts": finding.facts.all(), "quotations": finding.quotations.all(), "over": finding.pk}
        super().__init__(data, initial=written)  # type: ignore[arg-type]
        self.fields["facts"].queryset = queries.facts(case)  # type: ignore[attr-defined]
        self.fields["quotations"].queryset = queries.quotations(case)  # type: ignore[attr-defined]


class SealForm(Asking):
    """For whom a dossier is sealed, and whether its research goes along."""

    addressee = forms.TypedChoiceField(
        label=_("For"), choices=READERS, coerce=Addressee, initial=Addressee.COURT, required=False,
        empty_value=Addressee.COURT,
    )  # fmt: skip
    research = forms.BooleanField(label=_("With the research trail, as an annex"), required=False)
