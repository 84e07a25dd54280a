"""Forms of the procedure. Those of records follow from the kinds of record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panah.cases import queries as cases
from panah.cases.cited import citable
from panah.cases.forms import OWN_WORDS, Editing, Facts, Several, own_words
from panah.cases.models import Case, Fact, ProcedureRecord, Search
from panah.cases.procedure import queries
from panah.cases.procedure.actions import Citing
from panah.cases.procedure.words import STATUSES, TOLD, record_named, said_in
from panah.law.checklist import Field, Kind, Status, Type
from panah.law.checklist.filling import LONGEST, from_json
from panah.library.models import Document, Quotation
from panah.team.asking import Asking
from panah.team.models import Member

_HINTS = {
    Type.DAY: _("2024-05-17, 2024-05, or 2024-05~ for about then."),
    Type.LANGUAGE: _("As in ug, ug-Arab, zh-Hans."),
    Type.COUNTRY: _("Two letters: TR, KZ."),
}


class _Records(Several):
    def label_from_instance(self, record: ProcedureRecord) -> str:
        return record_named(record.kind, record.number)


class _Searches(Several):
    def label_from_instance(self, search: Search) -> str:
        return f"{search.made_at:%Y-%m-%d %H:%M} {search.by}"


class AnswerForm(Editing):
    """How an item stands, and what that rests on."""

    stands = forms.TypedChoiceField(
        label=_("It is"), choices=list(STATUSES.items()), coerce=Status, widget=forms.RadioSelect, initial=None
    )
    words = forms.CharField(label=_("In your words"), required=False, max_length=20_000, widget=own_words(4))
    reason = forms.CharField(
        label=_("Why it does not apply"), required=False, max_length=20_000, widget=own_words(2),
        help_text=_("Only where it does not apply."),
    )  # fmt: skip
    nothing_found = forms.CharField(
        label=_("No passage found after searching"), required=False, max_length=20_000, widget=own_words(2),
        help_text=_("Where there is nothing to cite: what was searched, for what."),
    )  # fmt: skip
    quotations = Several(
        Quotation.objects.none(), label=_("Quotations"), required=False, widget=forms.CheckboxSelectMultiple
    )
    records = _Records(
        ProcedureRecord.objects.none(), label=_("Records"), required=False, widget=forms.CheckboxSelectMultiple
    )
    facts = Facts(Fact.objects.none(), label=_("Facts"), required=False, widget=forms.CheckboxSelectMultiple)
    papers = Several(Document.objects.none(), label=_("Papers"), required=False, widget=forms.CheckboxSelectMultiple)
    searches = _Searches(
        Search.objects.none(),
        label=_("Searches that found nothing"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, asker: Member, case: Case, data: Any = None, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        rows = {
            "quotations": cases.quotations(case),
            "records": queries.records(asker, case),
            "facts": case.facts.order_by("number"),
            "papers": _citable(asker, case, (initial or {}).get("papers", ())),
            "searches": case.searches.select_related("case").order_by("-made_at"),
        }
        for name, found in rows.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What was said, as the action takes it."""
        said = {name: self.cleaned_data[name] for name in ("words", "reason", "nothing_found", "over")}
        return {
            **said,
            "status": self.cleaned_data["stands"],
            "citing": Citing(**{name: self.cleaned_data[name] for name in queries.CITED}),
        }


def _citable(asker: Member, case: Case, cited: Any) -> QuerySet[Document]:
    """What an answer may rest on, and what the one that stands rests on already, whether or not the asker may read that."""
    readable = citable(asker, case).order_by().values("pk")
    known = Document.objects.filter(Q(pk__in=readable) | Q(pk__in=[each.pk for each in cited]))
    return known.order_by("title", "pk")


class DismissForm(Asking):
    """Why a proposal is set aside."""

    reason = forms.CharField(label=_("Why it is set aside"), max_length=20_000, widget=own_words(2))
    said = forms.CharField(widget=forms.HiddenInput, max_length=20_000, strip=False)

    def __init__(self, standing: queries.Standing, data: Any = None) -> None:
        said = standing.proposal.reason if standing.proposal else ""
        super().__init__(data, initial={"said": said}, auto_id=f"dismiss-{standing.item.id}-%s")


class RecordForm(Editing):
    """A record of a kind: a new one, or what takes the place of one."""

    def __init__(self, case: Case, kind: Kind, record: ProcedureRecord | None = None, data: Any = None) -> None:
        initial: dict[str, object] = {"over": record.pk if record else 0}
        if record:
            initial |= {**from_json(record.said), "paper": record.paper_id}
        number = record.number if record else "new"
        super().__init__(data, initial=initial, auto_id=f"record-{kind.id}-{number}-%s")
        self.kind = kind
        for field in kind.fields:
            self.fields[field.name] = _field(case, field)

    def said(self) -> Mapping[str, Any]:
        """What was said, as the action takes it."""
        said = {field.name: self.cleaned_data[field.name] for field in self.kind.fields}
        paper = next((field.name for field in self.kind.fields if field.type is Type.PAPER), "")
        return {"paper": said.pop(paper, None), "said": said, "over": self.cleaned_data["over"]}


def _field(case: Case, field: Field) -> forms.Field:
    """The form field of a field of a record."""
    about: dict[str, Any] = {
        "label": gettext(field.label),
        "required": field.required,
        "help_text": _HINTS.get(field.type, ""),
    }
    if field.type is Type.PAPER:
        return forms.ModelChoiceField(case.papers.documents.order_by("title"), **about)
    if field.type is Type.CHOICE:
        return forms.ChoiceField(
            choices=[("", TOLD[""]), *((each, said_in(field, each)) for each in field.choices)], **about
        )
    if field.type is Type.TOLD:
        return forms.ChoiceField(choices=list(TOLD.items()), **about)
    if field.type is Type.FACT:
        return forms.ChoiceField(choices=[("", TOLD[""]), *_facts(case)], **about)
    if field.type is Type.STATEMENT:
        told = [(str(each.number), f"{_('Statement')} {each.number}") for each in cases.statements(case)]
        return forms.ChoiceField(choices=[("", TOLD[""]), *told], **about)
    if field.type is Type.TEXT:
        return forms.CharField(widget=own_words(2), max_length=LONGEST, **about)
    return forms.CharField(widget=forms.TextInput(OWN_WORDS), max_length=64, **about)


def _facts(case: Case) -> list[tuple[str, str]]:
    return [
        (str(number), f"{number}. {words}")
        for number, words in case.facts.order_by("number").values_list("number", "words")
    ]
