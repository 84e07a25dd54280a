"""Forms of the audit of a refusal. They see only what belongs to the case they are made for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panah.cases import queries as cases
from panah.cases.evidence.laid import Place
from panah.cases.forms import Editing, Facts, Several, own_words
from panah.cases.models import Case, Contradiction, Fact, Reason, Support, Verdict
from panah.cases.refusal import actions, queries
from panah.cases.refusal.actions import About
from panah.cases.refusal.queries import Audited, Ruling
from panah.cases.refusal.words import CONCLUDES
from panah.law import Acceptance, latest, shortened
from panah.law.checklist import kind
from panah.library.models import Document
from panah.team.asking import Asking
from panah.team.models import Member

LONGEST = 20_000
LONGEST_ID = 400
ACTS: dict[str, Callable[..., Verdict]] = {
    "accept": actions.accept,
    "correct": actions.correct,
    "dismiss": actions.dismiss,
}
_BOXES = forms.CheckboxSelectMultiple


class _Differences(Several):
    def label_from_instance(self, contradiction: Contradiction) -> str:
        return f"{contradiction.number}. {shortened(contradiction.a_words or contradiction.b_words)}"


class _Against(Several):
    def label_from_instance(self, support: Support) -> str:
        said = support.quotation.words if support.quotation else support.paper.title if support.paper else ""
        return f"{support.fact.number}. {shortened(said)}"


class DecisionForm(Asking):
    """Which paper of the case is the decision, and what it decides."""

    paper = forms.ModelChoiceField(Document.objects.none(), label=_("The paper"))
    outcome = forms.ChoiceField(label=_("It decides"), initial="refused")

    def __init__(self, case: Case, data: Any = None) -> None:
        super().__init__(data, auto_id="decision-%s")
        outcome = kind("decision").field("outcome")
        self.fields["paper"].queryset = cases.papers(case)  # type: ignore[attr-defined]
        self.fields["outcome"].choices = list(outcome.choices.items()) if outcome else []  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What was said, as the action takes it; the day of the paper is taken for that of the decision, where it is one."""
        paper = self.cleaned_data["paper"]
        said = {"outcome": self.cleaned_data["outcome"]}
        return {"paper": paper, "said": said | ({"day": paper.date} if latest(paper.date) else {})}


class MarkForm(Editing):
    """A reason of a decision: its words, or the number of its paragraph, and what it is about."""

    paragraph = forms.IntegerField(
        label=_("Paragraph"), required=False, min_value=1, max_value=1_000_000,
        help_text=_("Its number. Without words above, all of it is the reason."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Words"), required=False, strip=False, widget=own_words(3),
        help_text=_("Select them in the decision, or copy them here exactly as they stand."),
    )  # fmt: skip
    start = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)
    # not `elements`: in a browser that is the name of what a form holds
    questions = forms.MultipleChoiceField(
        label=_("It answers these questions of the law"), required=False, widget=_BOXES
    )
    facts = Facts(Fact.objects.none(), label=_("It is about these facts"), required=False, widget=_BOXES)
    concludes = forms.TypedChoiceField(
        label=_("It concludes"), required=False, coerce=Acceptance, empty_value=None,
        choices=[("", _("nothing on a fact")), *CONCLUDES.items()],
    )  # fmt: skip
    bare = forms.BooleanField(label=_("It only concludes: no reasons stand in it"), required=False)
    contradictions = _Differences(
        Contradiction.objects.none(), label=_("It relies on these differences"), required=False, widget=_BOXES
    )
    supports = _Against(
        Support.objects.none(), label=_("It relies on this against a fact"), required=False, widget=_BOXES
    )
    papers = Several(Document.objects.none(), label=_("It cites"), required=False, widget=_BOXES)
    note = forms.CharField(label=_("Note"), required=False, max_length=LONGEST, widget=own_words(2))

    def __init__(self, asker: Member, audited: Audited, standing: Reason | None = None, data: Any = None) -> None:
        super().__init__(data, initial=_as_initial(standing), auto_id="mark-%s")
        self.audited = audited
        case = audited.case
        self.fields["questions"].choices = _questions(case)  # type: ignore[attr-defined]
        rows = {
            "facts": case.facts.order_by("number"),
            "contradictions": case.contradictions.select_related(
                "case", "a_statement", "b_statement", "b_quotation"
            ).order_by("number"),
            "supports": queries.against(asker, case),
            "papers": queries.citable(asker, case, audited),
        }
        for name, found in rows.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The words and where they begin, from whichever was said."""
        said = super().clean() or {}
        wanted, words = said.get("paragraph"), said.get("words") or ""
        found = next((each for each in self.audited.refusal.paragraphs if each.number == wanted), None)
        if wanted and found is None:
            raise ValidationError(_("The decision has no paragraph of this number."), code="paragraph")
        if not words.strip() and found is None:
            raise ValidationError(_("Say which words, or which paragraph."), code="words")
        if not words.strip() and found is not None:
            said |= {"words": found.words, "start": found.start}
        elif found is not None and (at := found.words.find(words)) >= 0:
            said["start"] = found.start + len(found.words[:at].encode())
        return said

    def said(self) -> dict[str, Any]:
        """What was said, as the action takes it."""
        said = self.cleaned_data
        places = [Place(*each.split("/", 1)) for each in said["questions"]]
        rows = {name: list(said[name]) for name in ("facts", "contradictions", "supports", "papers")}
        about = About(
            note=said["note"], concludes=said["concludes"], bare=said["bare"], elements=places, **rows
        )  # fmt: skip
        return {"words": said["words"], "start": said["start"], "about": about, "over": said["over"]}


class VerdictForm(Editing):
    """What a human makes of a proposal: the button says which of the three, and each demands a reason."""

    reason = forms.CharField(label=_("Why"), max_length=LONGEST, widget=own_words(2))
    words = forms.CharField(
        label=_("The ground in your words"), required=False, max_length=LONGEST, widget=own_words(3),
        help_text=_("Only where you correct it."),
    )  # fmt: skip
    sought = forms.CharField(label=_("What is asked for"), required=False, max_length=LONGEST, widget=own_words(2))
    act = forms.ChoiceField(choices=[(each, each) for each in ACTS], widget=forms.HiddenInput)
    defect = forms.CharField(max_length=LONGEST_ID, widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST, strip=False)
    """The sentence of the proposal as it was shown."""

    def __init__(self, ruling: Ruling, data: Any = None) -> None:
        verdict = ruling.verdict
        sought = verdict.sought if verdict and verdict.sought else ruling.defect.sought if ruling.defect else ""
        words = verdict.words if verdict else ""
        initial = {"sought": sought, "words": words, "defect": ruling.id, "shown": ruling.sentence, "over": ruling.seen}
        super().__init__(data, initial=initial, auto_id=f"ruling-{ruling.id}-%s")
        self.ruling = ruling

    @property
    def rows(self) -> list[forms.BoundField]:
        """The fields that are written in."""
        return [self[name] for name in ("reason", "words", "sought")]

    @property
    def verb(self) -> Callable[..., Verdict]:
        """What the button that was pressed does."""
        return ACTS[self.cleaned_data["act"]]

    def said(self) -> dict[str, Any]:
        """What was said, as that takes it."""
        fields = {"accept": ("sought",), "correct": ("words", "sought"), "dismiss": ()}[self.cleaned_data["act"]]
        said = {name: self.cleaned_data[name] for name in ("defect", "reason", "over", *fields)}
        return said | {"said": self.cleaned_data["shown"]}


class SoughtForm(Editing):
    """What is asked of the court for a ground."""

    sought = forms.CharField(label=_("What is asked for"), required=False, max_length=LONGEST, widget=own_words(2))

    def __init__(self, ground: Verdict, data: Any = None) -> None:
        super().__init__(data, initial={"sought": ground.sought, "over": ground.pk}, auto_id=f"ground-{ground.pk}-%s")
        self.ground = ground


def _questions(case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    """The questions of the claim under the bodies of law that were chosen."""
    return [
        (law.title, [(f"{law.id}/{each.id}", f"{each.id}. {each.asks}") for each in law.claims])
        for law in cases.frameworks(case)
    ]


def _as_initial(standing: Reason | None) -> dict[str, object]:
    if standing is None:
        return {"over": 0}
    rows = {name: list(getattr(standing, name).all()) for name in ("facts", "contradictions", "supports", "papers")}
    return {
        **rows,
        "words": standing.quotation.words,
        "start": standing.quotation.start,
        "end": standing.quotation.end,
        "questions": [f"{each.framework}/{each.element}" for each in standing.elements.all()],
        "concludes": standing.concludes,
        "bare": standing.bare,
        "note": standing.note,
        "over": standing.pk,
    }
