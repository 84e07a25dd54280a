"""Pages of a case: its facts, and how each is established."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.cases import actions, forms, queries
from panah.cases.currency.queries import currency
from panah.cases.method import actions as method
from panah.cases.method import forms as method_forms
from panah.cases.method import queries as established
from panah.cases.method.queries import OfIndicator
from panah.cases.models import Case, Fact, Support
from panah.cases.telling.queries import times
from panah.cases.views.page import page
from panah.team.acting import member_of, now
from panah.team.asking import Asking
from panah.team.models import Member


@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, reference: str) -> HttpResponse:
    """What matters, and what bears on it."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    form = forms.FactForm(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["statement"]
        statement = queries.statement(case, number) if number else None
        with form.saying_what_is_refused():
            actions.state_fact(case=case, words=form.cleaned_data["words"], statement=statement, by=member, now=now())
            return redirect("cases:facts", reference)
    rows = list(queries.facts(case))
    staged = zip(rows, established.stages(member, case, rows), strict=True)
    return page(request, "facts", case, {"facts": list(staged), "form": form, "stances": forms.STANCES})


@require_GET
def fact(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One fact: what supports it, what contradicts it, what is silent, and the four boxes."""
    case = queries.case(member_of(request), reference)
    return _fact_page(request, case, queries.fact(case, number))


def _fact_page(request: HttpRequest, case: Case, asked: Fact, **given: Asking) -> HttpResponse:
    """A fact; a form that is given keeps what was typed in it."""
    member, put, assessed = member_of(request), given.get("put_form"), given.get("assess_form")
    said = times(member, case, [support.quotation for support in asked.supports.all() if support.quotation])
    context = {
        "fact": asked,
        "supports": [
            (support, _put_form_of(support, put), said.get(support.quotation_id)) for support in asked.supports.all()
        ],
        "paper_form": forms.SupportForm(case),
        "boxes_form": forms.BoxesForm(asked),
        "marks": currency(member, case, asked, now=now()),
        **_established(member, case, asked, assessed),
        **given,
    }
    return page(request, "fact", case, context)


def _established(member: Member, case: Case, asked: Fact, given: Asking | None) -> dict[str, object]:
    """What was done to establish a fact, and the forms to do more."""
    concluded = established.acceptances(member, asked)
    standing = concluded[0] if concluded and concluded[0].current else None
    return {
        "staged": established.stage(member, case, asked.number),
        "indicators": [(each, _form_of(asked, each, given)) for each in established.assessments(member, asked)],
        "explanations": established.explanations(member, asked),
        "explain_form": method_forms.ExplainForm(),
        "concluded": standing,
        "earlier": concluded[1:] if standing else concluded,
        "conclude_form": method_forms.ConcludeForm(standing),
        "taken": [each for each in established.distortions(member, case) if each.concerns(asked)],
        "differing": asked.contradictions.select_related("case").order_by("number"),
    }


def _put_form_of(support: Support, given: Asking | None) -> forms.PutForm:
    if isinstance(given, forms.PutForm) and given.support == support:
        return given
    return forms.PutForm(support)


def _form_of(fact: Fact, shown: OfIndicator, given: Asking | None) -> method_forms.AssessForm:
    """The form of an indicator; the one that is given keeps what was typed in it."""
    if isinstance(given, method_forms.AssessForm) and given.indicator == shown.indicator:
        return given
    return method_forms.AssessForm(fact, shown.indicator, shown.standing)


@require_POST
def support_by_paper(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put a whole paper beside a fact."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    asked = queries.fact(case, number)
    form = forms.SupportForm(case, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.support(fact=asked, **form.cleaned_data, by=member, now=now())
            return redirect("cases:fact", reference, number)
    return _fact_page(request, case, asked, paper_form=form)


@require_POST
def weigh(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Write the reasons of benefit of the doubt."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    asked = queries.fact(case, number)
    form = forms.BoxesForm(asked, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            over = form.cleaned_data["over"]
            actions.weigh(fact=asked, boxes=form.boxes(), over=over, by=member, now=now())
            return redirect("cases:fact", reference, number)
    return _fact_page(request, case, asked, boxes_form=form)


@require_POST
def put(request: HttpRequest, reference: str, support_id: UUID) -> HttpResponse:
    """Write down where a contradiction was put to her, and her answer."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    support = queries.support(case, support_id)
    form = forms.PutForm(support, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.put_to_applicant(support=support, **form.cleaned_data, by=member, now=now())
            return redirect("cases:fact", reference, support.fact.number)
    return _fact_page(request, case, queries.fact(case, support.fact.number), put_form=form)


@require_POST
def withdraw(request: HttpRequest, reference: str, support_id: UUID) -> HttpResponse:
    """Take something away from a fact."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    support = queries.support(case, support_id)
    number = support.fact.number
    actions.withdraw_support(support=support, by=member, now=now())
    return redirect("cases:fact", reference, number)


@require_POST
def assess(request: HttpRequest, reference: str, number: int, indicator_id: str) -> HttpResponse:
    """Assess a credibility indicator on a fact."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    asked, indicator = queries.fact(case, number), established.indicator(indicator_id)
    standing = asked.assessments.filter(indicator=indicator.id, current=True).first()
    form = method_forms.AssessForm(asked, indicator, standing, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            method.assess(fact=asked, indicator=indicator.id, **form.cleaned_data, by=member, now=now())
            return redirect("cases:fact", reference, number)
    return _fact_page(request, case, asked, assess_form=form)


@require_POST
def conclude(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Write down whether a fact is accepted, and why."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    asked = queries.fact(case, number)
    form = method_forms.ConcludeForm(asked.acceptances.filter(current=True).first(), request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            method.conclude(fact=asked, **form.cleaned_data, by=member, now=now())
            return redirect("cases:fact", reference, number)
    return _fact_page(request, case, asked, conclude_form=form)


@require_POST
def explain(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Write down what the applicant was asked about a fact, and the answer."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    asked = queries.fact(case, number)
    form = method_forms.ExplainForm(request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            method.seek_explanation(fact=asked, **form.cleaned_data, by=member, now=now())
            return redirect("cases:fact", reference, number)
    return _fact_page(request, case, asked, explain_form=form)


@require_POST
def withdraw_explanation(request: HttpRequest, reference: str, number: int, explanation_id: UUID) -> HttpResponse:
    """Take out what was written by mistake."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    asked = established.explanation(member, queries.fact(case, number), explanation_id)
    method.withdraw_explanation(explanation=asked, by=member, now=now())
    return redirect("cases:fact", reference, number)
