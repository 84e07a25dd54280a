"""Pages of the account: two tellings side by side, where places differ, and interviews."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah import law
from panah.cases import queries as cases
from panah.cases.method.recorded import interview as as_value
from panah.cases.models import Case
from panah.cases.telling import actions, forms, queries
from panah.cases.views.page import page
from panah.team.acting import member_of, now
from panah.team.asking import Asking


@require_GET
def choose(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose two tellings to compare."""
    case = cases.case(member_of(request), reference)
    form = forms.CompareForm(case, request.GET or None)
    if form.is_valid():
        chosen = [form.cleaned_data[name].number for name in ("number", "beside")]
        return redirect("cases:compare", reference, *chosen)
    return page(request, "choose_tellings", case, {"form": form})


@require_GET
def compare(request: HttpRequest, reference: str, number: int, beside: int) -> HttpResponse:
    """Two tellings side by side."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    return page(request, "compare", case, {"told": queries.compared(member, case, number, beside)})


@require_GET
def contradictions(request: HttpRequest, reference: str) -> HttpResponse:
    """Where places of the file differ, and what was done about it."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    context = {"differing": queries.contradictions(member, case), "form": forms.CompareForm(case)}
    return page(request, "contradictions", case, context)


@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark two places that differ; an address may name them."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    form = forms.MarkForm(case, request.POST or None, **forms.named(case, request.GET))
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            one, other = form.places()
            made = actions.mark(case=case, a=one, b=other, judgement=form.judgement(), by=member, now=now())
            return redirect("cases:contradiction", reference, made.number)
    return page(request, "mark", case, {"form": form})


@require_http_methods(["GET", "POST"])
def contradiction(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Two places that differ; or write down what that is taken for."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    asked = queries.contradiction(member, case, number)
    form = forms.JudgeForm(case, asked.row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            actions.judge(
                contradiction=asked.row,
                judgement=form.judgement(),
                over=form.cleaned_data["over"],
                by=member,
                now=now(),
            )
            return redirect("cases:contradiction", reference, number)
    return _contradiction_page(request, case, asked, form=form)


def _contradiction_page(request: HttpRequest, case: Case, asked: queries.Differing, **given: Asking) -> HttpResponse:
    """A difference; a form that is given keeps what was typed in it."""
    context: dict[str, object] = {
        "asked": asked,
        "form": forms.JudgeForm(case, asked.row),
        "put_form": forms.PutDifferenceForm(asked.row),
        **given,
    }
    return page(request, "contradiction", case, context)


@require_POST
def put(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Write down where a difference was put to the applicant, and the answer."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    asked = queries.contradiction(member, case, number)
    form = forms.PutDifferenceForm(asked.row, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.put_contradiction(contradiction=asked.row, **form.cleaned_data, by=member, now=now())
            return redirect("cases:contradiction", reference, number)
    return _contradiction_page(request, case, asked, put_form=form)


@require_POST
def withdraw(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take out a difference that was marked by mistake."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    actions.withdraw_contradiction(contradiction=queries.contradiction(member, case, number).row, by=member, now=now())
    return redirect("cases:contradictions", reference)


@require_http_methods(["GET", "POST"])
def interviews(request: HttpRequest, reference: str) -> HttpResponse:
    """The interviews, and a form for another."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    form = forms.InterviewForm(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            made = actions.record_interview(case=case, held=form.held(), by=member, now=now())
            return redirect("cases:interview", reference, made.number)
    held = [(row, law.mismatch(as_value(row))) for row in queries.interview_rows(member, case)]
    return page(request, "interviews", case, {"held": held, "form": form})


@require_http_methods(["GET", "POST"])
def interview(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """How an interview was held; or write down something else of it."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    asked = queries.interview(member, case, number)
    form = forms.InterviewForm(case, request.POST or None, asked)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            over = form.cleaned_data["over"]
            actions.change_interview(interview=asked, held=form.held(), over=over, by=member, now=now())
            return redirect("cases:interview", reference, number)
    stored = queries.interview(member, case, number)
    context: dict[str, object] = {"asked": stored, "mismatch": law.mismatch(as_value(stored)), "form": form}
    return page(request, "interview", case, context)
