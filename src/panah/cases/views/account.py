"""Pages of a case: the account, and the people in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from panah.cases import actions, forms, queries
from panah.cases.models import Case
from panah.cases.views.page import page
from panah.team import queries as team
from panah.team.acting import member_of, now
from panah.team.rules import May


@require_http_methods(["GET", "POST"])
def cases(request: HttpRequest) -> HttpResponse:
    """The cases, and a form to open one."""
    member = member_of(request)
    form = forms.OpenCase(request.POST or None, asker=member)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.saying_what_is_refused():
            place = team.compartment(member, said["compartment"], May.WORK) if said["compartment"] else None
            case = actions.open_case(
                called=said["called"], reference=said["reference"], compartment=place, by=member, now=now()
            )
            actions.choose_frameworks(case=case, framework_ids=said["frameworks"], by=member, now=now())
            return redirect("cases:account", case.reference)
    return render(request, "cases/cases.html", {"cases": queries.cases(member), "form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, reference: str) -> HttpResponse:
    """Her story as told: each telling in its order, and a form for another."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    form = forms.StatementForm(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            actions.record_statement(case=case, **form.cleaned_data, by=member, now=now())
            return redirect("cases:account", reference)
    return _account_page(request, case, form=form)


def _account_page(request: HttpRequest, case: Case, **given: object) -> HttpResponse:
    """The account; a form that is given keeps what was typed in it."""
    context: dict[str, object] = {
        "statements": queries.statements(case),
        "form": forms.StatementForm(case),
        "papers": queries.papers(case),
        "relative_count": case.relatives.count(),
        "relative_form": forms.RelativeForm(),
        **given,
    }
    return page(request, "account", case, context)


@require_POST
def relatives(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the relatives, on this one page; the ledger says who was shown them."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    shown = actions.reveal(case=case, by=member, now=now())
    return _account_page(request, case, revealed=[(each, forms.RelativeForm(each)) for each in shown])


@require_POST
def add_relative(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down a relative."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    form = forms.RelativeForm(data=request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.add_relative(case=case, **form.cleaned_data, by=member, now=now())
            return redirect("cases:account", reference)
    return _account_page(request, case, relative_form=form)


@require_POST
def relative(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Write down something else of a relative."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    asked = queries.relative(member, case, number)
    form = forms.RelativeForm(asked, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.change_relative(relative=asked, **form.cleaned_data, by=member, now=now())
            return redirect("cases:account", reference)
    return _account_page(request, case, relative_form=form)


@require_POST
def remove_relative(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take out what was written of a relative."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    actions.remove_relative(relative=queries.relative(member, case, number), by=member, now=now())
    return redirect("cases:account", reference)
