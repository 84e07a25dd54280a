"""Pages about what was handed in together."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from panah.library import actions, saving
from panah.library.bulk import queries
from panah.team import queries as team
from panah.team.acting import member_of

PAGE = 200
"""Files on one page of a report."""
OUTCOMES = ("read", "already", "refused", "waiting")


@require_GET
def deliveries(request: HttpRequest) -> HttpResponse:
    """What was handed in together, the newest first."""
    found = [(each, queries.counted(each)) for each in queries.deliveries(member_of(request))[:PAGE]]
    return render(request, "library/deliveries.html", {"deliveries": found})


@require_GET
def delivery(request: HttpRequest, delivery_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """The report of a delivery: a line for every file; as a table or as JSON lines where that is asked for."""
    member = member_of(request)
    found = queries.delivery(member, delivery_id)
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in OUTCOMES else ""
    if (form := request.GET.get("as")) in saving.FORMS:
        lines = queries.report(found, outcome=outcome)
        return saving.attachment(f"delivery-{str(found.pk)[:8]}", form, queries.Reported._fields, lines)
    page = max(1, int(asked)) if (asked := request.GET.get("page", "")).isdecimal() and len(asked) < 9 else 1
    counted = queries.counted(found)
    context = {
        "delivery": found,
        "counted": counted,
        "outcome": outcome,
        "lines": queries.report(found, outcome=outcome, first=PAGE * (page - 1), most=PAGE),
        "page": page,
        "more": (getattr(counted, outcome) if outcome else counted.files) > PAGE * page,
        "may": team.allowed(member, found.compartment),
    }
    return render(request, "library/delivery.html", context)


@require_POST
def pause(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Have the program that takes in a delivery stop after what it has begun."""
    member = member_of(request)
    actions.pause(delivery=queries.delivery(member, delivery_id), by=member)
    return redirect("library:delivery", delivery_id)
