"""Pages of the method: the inventory, and what can distort a telling."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.cases import queries as cases
from panah.cases.method import actions, forms, queries
from panah.cases.models import Case
from panah.cases.views.page import page
from panah.team import queries as team
from panah.team.acting import member_of, now
from panah.team.rules import May


@require_GET
def inventory(request: HttpRequest, reference: str) -> HttpResponse:
    """The ten things that an applicant has to show, and what is on file of each."""
    return _inventory_page(request, cases.case(member_of(request), reference))


@require_POST
def slot(request: HttpRequest, reference: str, slot_id: str) -> HttpResponse:
    """Write down whether one of them is on file."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    asked = queries.slot(slot_id)
    found = case.inventory.filter(slot=asked.id).select_related("case").first()
    form = forms.SlotForm(case, asked, found, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.take_inventory(case=case, slot=asked.id, **form.cleaned_data, by=member, now=now())
            return redirect("cases:inventory", reference)
    return _inventory_page(request, case, form)


def _inventory_page(request: HttpRequest, case: Case, given: forms.SlotForm | None = None) -> HttpResponse:
    """The inventory; a form that is given keeps what was typed in it."""
    slots = [
        (each, given if given and given.slot == each.slot else forms.SlotForm(case, each.slot, each.found))
        for each in queries.inventory(member_of(request), case)
    ]
    return page(request, "inventory", case, {"slots": slots, "given": given})


@require_http_methods(["GET", "POST"])
def distortions(request: HttpRequest, reference: str) -> HttpResponse:
    """What can distort a telling or how it is heard, and how account is taken of it."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    form = forms.DistortionForm(case, request.POST or None)
    if request.method == "POST":
        team.require(member, case.compartment, May.WORK)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            actions.take_account(case=case, **form.cleaned_data, by=member, now=now())
            return redirect("cases:distortions", reference)
    return page(request, "distortions", case, {"taken": queries.distortions(member, case), "form": form})


@require_POST
def withdraw(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take out a factor."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    actions.withdraw_distortion(distortion=queries.distortion(member, case, number), by=member, now=now())
    return redirect("cases:distortions", reference)
