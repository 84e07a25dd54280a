"""Pages of a family."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panah.cases import queries as cases
from panah.cases.family import actions, queries
from panah.cases.family.forms import ShareForm, TieForm
from panah.cases.views.page import page
from panah.team import queries as team
from panah.team.acting import member_of, now
from panah.team.rules import May


@require_http_methods(["GET", "POST"])
def family(request: HttpRequest, reference: str) -> HttpResponse:
    """The persons of the family whose cases she sees, and the facts they share."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    form = TieForm(member, case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            actions.tie(case=case, **form.cleaned_data, by=member, now=now())
            return redirect("cases:family", reference)
    context = {"persons": queries.family(member, case), "shared": queries.shared(member, case), "form": form}
    return page(request, "family", case, context)


@require_POST
def untie(request: HttpRequest, reference: str, other_reference: str) -> HttpResponse:
    """Say that two cases are not of one family."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    actions.untie(case=case, other=cases.case(member, other_reference), by=member, now=now())
    return redirect("cases:family", reference)


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """State a fact in the case of another person of the family, too."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    team.require(member, case.compartment, May.WORK)
    fact = cases.fact(case, number)
    form = ShareForm(case, fact, queries.family(member, case), request.POST or None, other=request.GET.get("for", ""))
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            there = actions.share(fact=fact, **form.cleaned_data, by=member, now=now())
            messages.success(
                request, _("The fact is stated there. What is concluded on it there concerns that person alone.")
            )
            return redirect("cases:fact", there.case.address, there.number)
    return page(request, "share", case, {"fact": fact, "form": form})
