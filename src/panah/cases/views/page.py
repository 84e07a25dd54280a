"""What every page of a case has in common."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from panah.cases.models import Case
from panah.team import queries as team
from panah.team.acting import member_of, now
from panah.team.actions import look
from panah.team.asking import Asking

LAST_CASE = "last-case"
"""Where the session keeps which case was worked on last: it is offered first for the next quotation."""


def page(request: HttpRequest, tab: str, case: Case, context: dict[str, object]) -> HttpResponse:
    """A page of a case, which is a look at it."""
    status = max((form.status for form in context.values() if isinstance(form, Asking)), default=200)
    return render(request, f"cases/{tab}.html", head(request, tab, case) | context, status=status)


def head(request: HttpRequest, tab: str, case: Case) -> dict[str, object]:
    """What stands above every page of a case, and what the member may do in it; the ledger is told that she looks."""
    member = member_of(request)
    look(kind="case", subject=case.reference, compartment=case.compartment, by=member, now=now())
    request.session[LAST_CASE] = case.pk
    may = team.allowed(member, case.compartment)
    return {"case": case, "names": case.names.filter(out_at=None, earlier=False).order_by("pk"), "tab": tab, "may": may}
