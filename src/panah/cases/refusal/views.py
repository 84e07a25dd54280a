"""Pages of the audit of a refusal: the decision beside its examination, one reason, the grounds, what recurs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.cases import queries as cases
from panah.cases.models import Case, ProcedureRecord
from panah.cases.procedure import actions as procedure
from panah.cases.refusal import actions, queries
from panah.cases.refusal.forms import DecisionForm, MarkForm, SoughtForm, VerdictForm
from panah.cases.refusal.page import decision_page, grounds_page, none_page, ruling_page
from panah.cases.refusal.printing import draft
from panah.cases.refusal.queries import Audited
from panah.cases.refusal.recurring import recurring as recurring_in
from panah.cases.views.page import page
from panah.library import saving
from panah.library.extractors.kinds import DOCX
from panah.team import queries as team
from panah.team.acting import fresh, member_of, now
from panah.team.models import Member
from panah.team.rules import May


@require_GET
def decision(request: HttpRequest, reference: str, number: int = 0) -> HttpResponse | StreamingHttpResponse:
    """The decision beside its examination; where none is on file, the papers among which it may be."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    if not number and not queries.decisions(member, case).exists():
        return none_page(request, case, DecisionForm(case))
    record, found = _audited(member, case, number)
    if (form := request.GET.get("as")) in saving.FORMS:
        name = f"refusal-{case.reference}-{record.number}"
        return saving.attachment(name, form, queries.Listed._fields, queries.listed(found))
    return decision_page(request, member, record, found)


@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a record that a paper of the case is the decision."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    team.require(member, case.compartment, May.WORK)
    form = DecisionForm(case, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            record = procedure.keep_record(case=case, kind="decision", **form.said(), by=member, now=now())
            return redirect("cases:decision", case.address, record.number)
    return none_page(request, case, form)


@require_POST
def mark(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Mark a reason."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    team.require(member, case.compartment, May.WORK)
    record, found = _audited(member, case, number)
    form = MarkForm(member, found, None, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            kept = actions.mark(case=case, decision=found.paper, **form.said(), by=member, now=now())
            messages.success(request, _("The reason is marked."))
            return redirect(f"{reverse('cases:decision', args=[case.address, number])}#reason-{kept.number}")
    return decision_page(request, member, record, found, mark_form=form)


@require_http_methods(["GET", "POST"])
def reason(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A reason that was marked, and what takes its place."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    team.require(member, case.compartment, May.WORK)
    kept = queries.mark(member, case, number)
    found = queries.audited(member, case, kept.decision, now=now())
    form = MarkForm(member, found, kept, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            actions.mark(case=case, decision=kept.decision, number=number, **form.said(), by=member, now=now())
            return redirect(_to_decision(member, case, kept.decision_id, f"#reason-{number}"))
    back = _to_decision(member, case, kept.decision_id)
    return page(request, "decision_reason", case, {"reason": kept, "form": form, "back": back})


@require_POST
def withdraw(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Let a reason stand no more."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    kept = queries.mark(member, case, number)
    actions.withdraw_mark(reason=kept, over=_number(request, "over"), by=member, now=now())
    return redirect(_to_decision(member, case, kept.decision_id))


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One proposal; and to accept it, correct it, or set it aside."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    team.require(member, case.compartment, May.WORK)
    record, found = _audited(member, case, number)
    ruling = found.ruling(request.POST.get("defect") or request.GET.get("defect", ""))
    form = VerdictForm(ruling, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            form.verb(case=case, decision=found.paper, **form.said(), by=member, now=now())
            return redirect(f"{reverse('cases:decision', args=[case.address, number])}#{ruling.id}")
    return ruling_page(request, record, found, form)


@require_GET
def grounds(request: HttpRequest, reference: str, number: int = 0) -> HttpResponse:
    """The grounds of appeal against a decision, in their order."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    return grounds_page(request, member, case, queries.decision(member, case, number))


@require_POST
def move(request: HttpRequest, reference: str, number: int, ground: int) -> HttpResponse:
    """Move a ground one place up or down."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    paper = queries.paper(member, case, number)
    order = [each.pk for each in queries.grounds(member, case, paper)]
    at = order.index(queries.ground(member, case, paper, ground).pk)
    to = at - 1 if request.POST.get("to") == "up" else at + 1
    order.insert(max(to, 0), order.pop(at))
    actions.order_grounds(case=case, decision=paper, order=order, by=member, now=now())
    return redirect(f"{reverse('cases:grounds', args=[case.address, number])}#ground-{ground}")


@require_POST
def ask(request: HttpRequest, reference: str, number: int, ground: int) -> HttpResponse:
    """Say what is asked of the court for a ground."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    team.require(member, case.compartment, May.WORK)
    record = queries.decision(member, case, number)
    standing = queries.ground(member, case, queries.paper(member, case, number), ground)
    form = SoughtForm(standing, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.ask_for(verdict=standing, **form.cleaned_data, by=member, now=now())
            return redirect("cases:grounds", case.address, number)
    return grounds_page(request, member, case, record, sought_form=form)


@require_GET
@fresh
def grounds_docx(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The grounds as a draft for a word processor."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    printed = draft(case=case, decision=queries.paper(member, case, number), by=member, now=now())
    named = {"Content-Disposition": f'attachment; filename="grounds-{number}.docx"'}
    return HttpResponse(printed, content_type=DOCX, headers=named)


@require_GET
def recurring(request: HttpRequest) -> HttpResponse:
    """What recurs in decisions of several cases."""
    return render(request, "cases/recurring.html", {"found": recurring_in(member_of(request))})


def _audited(member: Member, case: Case, number: int) -> tuple[ProcedureRecord, Audited]:
    record = queries.decision(member, case, number)
    return record, queries.audited(member, case, queries.paper(member, case, record.number), now=now())


def _to_decision(member: Member, case: Case, paper: Any, place: str = "") -> str:
    """The address of the decision that stands in a paper; of the last one, where no record names it any more."""
    record = queries.decisions(member, case).filter(paper=paper).first()
    return reverse("cases:decision", args=[case.address, *([record.number] if record else [])]) + place


def _number(request: HttpRequest, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 19 else 0
