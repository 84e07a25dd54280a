"""Pages of a case: how long it is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from panah.cases import actions, forms, queries
from panah.cases.models import Case
from panah.cases.views.page import page
from panah.team.acting import member_of, now
from panah.team.asking import Asking

NEWEST = 200
"""Lines of the log that are shown at first."""


@require_GET
def keeping(request: HttpRequest, reference: str) -> HttpResponse:
    """How long the case is kept, whose it is, and what was done in it."""
    return _keeping_page(request, queries.case(member_of(request), reference))


def _keeping_page(request: HttpRequest, case: Case, **given: Asking) -> HttpResponse:
    """How long the case is kept; a form that is given keeps what was typed in it."""
    log = queries.log(member_of(request), case)
    context: dict[str, object] = {
        "log": log if "all" in request.GET else log[:NEWEST],
        "log_is_longer": "all" not in request.GET and len(log) > NEWEST,
        "kept": queries.kept(case, now().date()),
        "retain_form": forms.RetainForm(case),
        "hold_form": forms.HoldForm(case),
        **given,
    }
    return page(request, "keeping", case, context)


@require_POST
def retain(request: HttpRequest, reference: str) -> HttpResponse:
    """Say up to which day the case is kept."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    form = forms.RetainForm(case, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.retain(case=case, **form.cleaned_data, by=member, now=now())
            return redirect("cases:keeping", reference)
    return _keeping_page(request, case, retain_form=form)


@require_POST
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Forbid to erase the case."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    form = forms.HoldForm(case, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.hold(case=case, **form.cleaned_data, by=member, now=now())
            return redirect("cases:keeping", reference)
    return _keeping_page(request, case, hold_form=form)


@require_POST
def lift_hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the case be erased again when its day has passed."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    actions.lift_hold(case=case, by=member, now=now())
    return redirect("cases:keeping", reference)
