"""Pages about names: one that is looked for, what people said of it, and the spellings of an applicant's."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.cases import queries as cases
from panah.cases.forms import SCRIPTS
from panah.cases.models import Absence, Case, Name
from panah.cases.naming import actions, queries
from panah.cases.naming.asking import OneNameOnly, ask, one_name
from panah.cases.naming.forms import (
    AbsenceForm,
    BesideForm,
    EarlierForm,
    IdentifyForm,
    LookForm,
    OutForm,
    PlaceForm,
    SpellingForm,
    TakeForm,
)
from panah.cases.naming.note import note_of
from panah.cases.naming.stating import shelve as shelve_absence
from panah.cases.naming.stating import stated
from panah.cases.views.page import page
from panah.library.extractors.kinds import DOCX
from panah.library.naming.queries import Where, standing_at
from panah.library.queries import DocumentUnknown
from panah.library.worker import wake
from panah.team import queries as team
from panah.team.acting import fresh, member_of, now
from panah.team.asking import Asking
from panah.team.models import Member


@require_GET
def look(request: HttpRequest) -> HttpResponse:
    """Look for one name, and show where it stands in whichever spelling."""
    member = member_of(request)
    case = _case(member, request.GET.get("for", ""))
    form = LookForm(request.GET if "q" in request.GET else None)
    context: dict[str, object] = {"form": form, "case": case, "collections": queries.collections(member, case)}
    if form.is_bound and form.is_valid():
        with form.saying_what_is_refused():
            context |= _looked(request, member, case, form.cleaned_data["collection"])
    return render(request, "cases/naming/names.html", context, status=form.status)


def _looked(request: HttpRequest, member: Member, case: Case | None, collection: str) -> dict[str, object]:
    asked = request.GET.getlist("q")
    if len(asked) != 1:
        raise OneNameOnly
    name = one_name(asked[0])
    ask(case=case, by=member, now=now())
    found = queries.look_for(member, name, case=case, collection=collection)
    said = {"sought": name, "collection": collection}
    return {"looked": found, "absent": AbsenceForm(member, case, initial=said), "chosen": collection}


@require_http_methods(["GET", "POST"])
def identify(request: HttpRequest) -> HttpResponse:
    """Say whether a name in a document is that of the person who is looked for."""
    member, sought = member_of(request), request.GET.get("sought", "")
    case, where = _case(member, request.GET.get("for", "")), _where(member, request)
    form = IdentifyForm(member, case, request.POST or None, initial={"sought": sought})
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            made = actions.identify(
                kept=form.kept(), sought=form.cleaned_data["sought"], document=where.document, words=where.words,
                start=where.start, outcome=form.said(), reason=form.cleaned_data["reason"], by=member, now=now(),
            )  # fmt: skip
            return redirect(f"{reverse('names:said')}#said-{made.pk}")
    context = {"form": form, "case": case, "where": where, "sought": sought[:200]}
    return render(request, "cases/naming/identify.html", context, status=form.status)


@require_GET
def said(request: HttpRequest) -> HttpResponse:
    """What people said of names, and the statements that one is absent."""
    member = member_of(request)
    case = _case(member, request.GET.get("for", ""))
    context = {
        "case": case,
        "said": queries.identifications(member, case),
        "absences": queries.absences(member, case),
        "scripts": SCRIPTS,
    }
    return render(request, "cases/naming/said.html", context)


@require_POST
def take(request: HttpRequest, identification_id: UUID) -> HttpResponse:
    """Keep a name that a human identified as a spelling of the applicant's."""
    member = member_of(request)
    made = queries.identification(member, identification_id)
    form = TakeForm(request.POST)
    if form.is_valid() and made.case:
        actions.take_spelling(identification=made, script=form.cleaned_data["script"], by=member, now=now())
        return redirect("cases:names", made.case.address)
    return redirect("names:said")


@require_POST
def absent(request: HttpRequest) -> HttpResponse:
    """State that none of what was found is the name."""
    member = member_of(request)
    case = _case(member, request.GET.get("for", ""))
    form = AbsenceForm(member, case, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            made = _state(member, form)
            return redirect("names:absence", made.pk)
    return render(request, "cases/naming/absent.html", {"form": form, "case": case}, status=form.status)


def _state(member: Member, form: AbsenceForm) -> Absence:
    """The statement, of what is here now: it counts as having asked once more."""
    kept, name = form.kept(), one_name(form.cleaned_data["sought"])
    ask(case=kept.case, by=member, now=now())
    found = queries.look_for(member, name, case=kept.case, collection=form.cleaned_data["collection"])
    reason = form.cleaned_data["reason"]
    return actions.state_absence(kept=kept, sought=name, asked=found.asked, reason=reason, by=member, now=now())


@require_GET
def absence(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """A statement of absence, to be read and printed."""
    member = member_of(request)
    made = queries.absence(member, absence_id)
    may = team.allowed(member, made.compartment)
    return render(request, "cases/naming/absence.html", {"absence": made, "stated": stated(made), "may": may})


@require_POST
def shelve(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """Put a statement of absence among the papers of its case."""
    member = member_of(request)
    shelve_absence(absence=queries.absence(member, absence_id), by=member, now=now())
    wake()
    return redirect("names:absence", absence_id)


@require_http_methods(["GET", "POST"])
def spellings(request: HttpRequest, reference: str) -> HttpResponse:
    """The spellings of the applicant's name, and a form for another."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    form = SpellingForm(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            actions.keep_spelling(case=case, **form.kept(), by=member, now=now())
            return redirect("cases:names", case.address)
    return _spellings_page(request, member, case, form=form)


@require_POST
def earlier(request: HttpRequest, reference: str, name_id: int) -> HttpResponse:
    """Say that a spelling is of an earlier name of the applicant's, or that it is none."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    name = queries.spelling(member, case, name_id)
    form = EarlierForm(name, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            over = form.cleaned_data["over"]
            actions.mark_earlier(name=name, when=form.when(), over=over, by=member, now=now())
            return redirect("cases:names", case.address)
    return _spellings_page(request, member, case, refused=form, of=name)


@require_POST
def out(request: HttpRequest, reference: str, name_id: int) -> HttpResponse:
    """Take a spelling out again. It stays in the record, with the reason."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    name = queries.spelling(member, case, name_id)
    form = OutForm(name, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.take_out(name=name, reason=form.cleaned_data["reason"], by=member, now=now())
            return redirect("cases:names", case.address)
    return _spellings_page(request, member, case, refused=form, of=name)


@require_POST
def beside(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what tells the applicant from others of her name."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    form = BesideForm(case, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.write_beside(case=case, said=form.cleaned_data, by=member, now=now())
            messages.success(request, _("It is written down."))
            return redirect("cases:names", case.address)
    return _spellings_page(request, member, case, beside_form=form)


@require_GET
@fresh
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """The note for courts that several spellings of one name are usual, with hers."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    printed = note_of(case=case, by=member, now=now())
    named = {"Content-Disposition": f'attachment; filename="names-{case.reference}.docx"'}
    return HttpResponse(printed, content_type=DOCX, headers=named)


class _Row(NamedTuple):
    """A spelling as its page shows it, with the forms about it: one of them was perhaps refused."""

    name: Name
    earlier: EarlierForm
    out: OutForm


def _row(name: Name, refused: Asking | None) -> _Row:
    return _Row(
        name,
        refused if isinstance(refused, EarlierForm) else EarlierForm(name),
        refused if isinstance(refused, OutForm) else OutForm(name),
    )


def _spellings_page(
    request: HttpRequest,
    member: Member,
    case: Case,
    refused: Asking | None = None,
    of: Name | None = None,
    **given: object,
) -> HttpResponse:
    rows = queries.spellings(member, case)
    context: dict[str, object] = {
        "spellings": [_row(row, refused if row == of else None) for row in rows if not row.out_at],
        "taken_out": [row for row in rows if row.out_at],
        "refused": refused,
        "overtaken": refused if of and of.out_at else None,
        "form": SpellingForm(case),
        "beside_form": BesideForm(case),
        "said": queries.identifications(member, case),
        "absences": queries.absences(member, case),
        "scripts": SCRIPTS,
        **given,
    }
    return page(request, "names", case, context)


def _case(member: Member, reference: str) -> Case | None:
    return cases.case(member, reference) if reference else None


def _where(member: Member, request: HttpRequest) -> Where:
    """The place in a document that the address names. Raises `DocumentUnknown`."""
    form = PlaceForm(request.GET)
    if not form.is_valid():
        raise DocumentUnknown(reference="")
    said = form.cleaned_data
    return standing_at(member, str(said["document"]), said["start"], said["end"])
