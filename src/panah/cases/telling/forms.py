"""Forms about differences and interviews. They see only what belongs to the case they are made for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.cases import queries
from panah.cases.entering import edition, edition_of
from panah.cases.forms import OWN_WORDS, Editing, OneFact, own_words
from panah.cases.models import Case, Contradiction, Fact, Interview, Statement
from panah.cases.telling.actions import Held, Judgement, Place
from panah.cases.telling.rules import found_at
from panah.law import Judged, Mode
from panah.library.models import Document, Quotation
from panah.team.asking import Asking

JUDGED = [
    (Judged.OPEN, _("nobody judged it yet")),
    (Judged.CONTRADICTION, _("a contradiction")),
    (Judged.CLARIFICATION, _("a clarification")),
    (Judged.INTERPRETER, _("it comes from interpreting or translating")),
    (Judged.IRRELEVANT, _("irrelevant")),
]
UNSAID = ("", _("nobody said"))
YES_OR_NO = [UNSAID, ("yes", _("yes")), ("no", _("no"))]
PLACE = 3
"""Numbers that name a place: of the statement, and the characters at which it begins and ends."""
LONGEST = 10
"""Digits of such a number, which the database can compare."""
ANSWERS = {"yes": True, "no": False}
MODES = [UNSAID, (Mode.IN_PERSON, _("in person")), (Mode.REMOTE, _("at a distance"))]
SEXES = [UNSAID, (Interview.Sex.FEMALE, _("female")), (Interview.Sex.MALE, _("male"))]


class Told(forms.ModelChoiceField):  # type: ignore[type-arg]  # the class cannot be subscripted when it runs
    """A statement of a case."""

    def label_from_instance(self, statement: Statement) -> str:
        """What stands in the list."""
        return " ".join(filter(None, [f"{_('Statement')} {statement.number}", statement.occasion]))


class Words(forms.ModelChoiceField):  # type: ignore[type-arg]  # nor can this one
    """A quotation that stands in a case."""

    def label_from_instance(self, quotation: Quotation) -> str:
        """What stands in the list."""
        words = quotation.words if len(quotation.words) <= 80 else f"{quotation.words[:80]}…"
        return f"“{words}” ({quotation.document.title})"


def _answer(answer: bool | None) -> str:  # noqa: FBT001  the value of a field
    return "" if answer is None else "yes" if answer else "no"


class _Judging(Asking):
    """What a difference is taken for, as far as somebody says so."""

    judged = forms.TypedChoiceField(label=_("It is"), choices=JUDGED, coerce=Judged)
    material = forms.ChoiceField(label=_("Is it material?"), choices=YES_OR_NO, required=False)
    material_reason = forms.CharField(
        label=_("Why it is, or is not"), required=False, widget=own_words(2),
        help_text=_("Only what bears on what must be decided counts."),
    )  # fmt: skip
    fact = OneFact(Fact.objects.none(), label=_("The fact it is about"), required=False)

    def __init__(self, case: Case, data: object = None, **written: Any) -> None:
        super().__init__(data, initial=written, auto_id="judge-%s")  # type: ignore[arg-type]
        self.fields["fact"].queryset = queries.facts(case)  # type: ignore[attr-defined]

    def judgement(self) -> Judgement:
        """What was said, as one value."""
        said = self.cleaned_data
        return Judgement(said["judged"], ANSWERS.get(said["material"]), said["material_reason"], said["fact"])


class JudgeForm(Editing, _Judging):
    """What a difference that is marked is taken for."""

    def __init__(self, case: Case, row: Contradiction, data: object = None) -> None:
        said = _answer(row.material)
        written = {"judged": row.judged, "material": said, "material_reason": row.material_reason, "fact": row.fact}
        super().__init__(case, data, **written, over=edition(row.at))


class MarkForm(_Judging):
    """Two places that differ, and what the difference is taken for."""

    a = Told(Statement.objects.none(), label=_("The one statement"))
    a_words = forms.CharField(label=_("Its words"), required=False, strip=False, widget=own_words(2))
    a_start = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)
    b = Told(Statement.objects.none(), label=_("The other statement"), required=False)
    b_words = forms.CharField(label=_("Its words"), required=False, strip=False, widget=own_words(2))
    b_start = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)
    quotation = Words(Quotation.objects.none(), label=_("Or words of a paper"), required=False)

    field_order = ("a", "a_words", "a_start", "b", "b_words", "b_start", "quotation", "judged")

    def __init__(self, case: Case, data: object = None, **written: Any) -> None:
        super().__init__(case, data, **written)
        for name in ("a", "b"):
            self.fields[name].queryset = queries.statements(case)  # type: ignore[attr-defined]
        self.fields["quotation"].queryset = queries.quotations(case)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Either another statement or a quotation is named."""
        said = super().clean() or self.cleaned_data
        if bool(said.get("b")) == bool(said.get("quotation")):
            raise forms.ValidationError(_("Name either another statement or words of a paper."))
        return said

    def places(self) -> tuple[Place, Place | Quotation]:
        """The two places. Raises `WordsNotThere`, `WordsAmbiguous`."""
        quotation: Quotation | None = self.cleaned_data["quotation"]
        return self._place("a"), quotation or self._place("b")

    def _place(self, side: str) -> Place:
        statement: Statement = self.cleaned_data[side]
        words = self.cleaned_data[f"{side}_words"].replace("\r\n", "\n")
        near = self.cleaned_data[f"{side}_start"]
        return Place(statement, *found_at(statement.words, words, near=near, number=statement.number))


class PutDifferenceForm(Editing):
    """Where a difference was put to the applicant, and the answer."""

    put_at = forms.CharField(
        label=_("Where and when it was put to the applicant"), max_length=300, widget=forms.TextInput(OWN_WORDS),
        help_text=_("As far as to the place in the transcript: second interview, 00:12:30."),
    )  # fmt: skip
    her_answer = forms.CharField(label=_("The answer"), required=False, widget=own_words(2))

    def __init__(self, row: Contradiction, data: object = None) -> None:
        written = {"put_at": row.put_at, "her_answer": row.her_answer, "over": edition(row.at)}
        super().__init__(data, initial=written, auto_id="put-%s")  # type: ignore[arg-type]


class CompareForm(Asking):
    """Which two tellings to compare."""

    number = Told(Statement.objects.none(), label=_("The one statement"), to_field_name="number")
    beside = Told(Statement.objects.none(), label=_("The other statement"), to_field_name="number")

    def __init__(self, case: Case, data: object = None) -> None:
        super().__init__(data, auto_id="compare-%s")  # type: ignore[arg-type]
        for field in self.fields.values():
            field.queryset = queries.statements(case).exclude(words="")  # type: ignore[attr-defined]


class InterviewForm(Editing):
    """How an interview was held."""

    statement = Told(Statement.objects.none(), label=_("What was told there"), required=False)
    held_on = forms.CharField(
        label=_("When"), max_length=64, required=False, help_text=_("2024-05-17, 2024-05, or 2024-05~ for about then.")
    )
    place = forms.CharField(label=_("Where"), max_length=300, required=False, widget=forms.TextInput(OWN_WORDS))
    mode = forms.ChoiceField(label=_("How"), choices=MODES, required=False)
    preferred_language = forms.CharField(
        label=_("The language that the applicant asked for"), max_length=35, required=False, help_text=_("ug, kk, zh")
    )
    preferred_dialect = forms.CharField(
        label=_("Its dialect"), max_length=100, required=False, widget=forms.TextInput(OWN_WORDS)
    )
    interpreter_language = forms.CharField(label=_("The interpreter's language"), max_length=35, required=False)
    interpreter_dialect = forms.CharField(
        label=_("The interpreter's dialect"), max_length=100, required=False, widget=forms.TextInput(OWN_WORDS)
    )
    interpreter_sex = forms.ChoiceField(label=_("The interpreter's sex"), choices=SEXES, required=False)
    objection = forms.CharField(
        label=_("What the applicant said against the interpreter"), required=False, widget=own_words(2)
    )
    interviewer = forms.CharField(
        label=_("Who asked"), max_length=300, required=False, widget=forms.TextInput(OWN_WORDS)
    )
    present = forms.CharField(
        label=_("Who else was there"), max_length=300, required=False, widget=forms.TextInput(OWN_WORDS)
    )
    recording = forms.ModelChoiceField(Document.objects.none(), label=_("The recording"), required=False)
    transcript = forms.ModelChoiceField(Document.objects.none(), label=_("The transcript"), required=False)
    corrections = forms.CharField(
        label=_("What the applicant corrected in the record"), required=False, widget=own_words(3)
    )
    read_back = forms.ChoiceField(label=_("Was the record read back?"), choices=YES_OR_NO, required=False)

    def __init__(self, case: Case, data: object = None, row: Interview | None = None) -> None:
        written: dict[str, object] = {}
        if row:
            written = {name: getattr(row, name) for name in Held._fields}
            written |= {"read_back": _answer(row.read_back), "over": edition_of(row, Held._fields)}
        super().__init__(data, initial=written, auto_id="interview-%s")  # type: ignore[arg-type]
        self.fields["statement"].queryset = queries.statements(case)  # type: ignore[attr-defined]
        for name in ("recording", "transcript"):
            self.fields[name].queryset = queries.papers(case)  # type: ignore[attr-defined]

    def held(self) -> Held:
        """What was said, as one value."""
        said = {name: self.cleaned_data[name] for name in Held._fields}
        said["mode"] = Mode(said["mode"]) if said["mode"] else None
        return Held(**said | {"read_back": ANSWERS.get(said["read_back"])})


def named(case: Case, asked: Mapping[str, str]) -> dict[str, object]:
    """What a form that marks begins with: the places that an address names as `1-10-52`; what names none is left out."""
    found: dict[str, object] = {}
    for side in ("a", "b"):
        parts = asked.get(side, "").split("-")
        if len(parts) != PLACE or not all(part.isascii() and part.isdigit() and len(part) < LONGEST for part in parts):
            continue
        number, start, end = map(int, parts)
        told = queries.statements(case).filter(number=number).first()
        if told and start <= end <= len(told.words):
            found |= {side: told.pk, f"{side}_words": told.words[start:end], f"{side}_start": start}
    return found
