"""Pages about what was handed in together."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from panah.library import actions
from panah.library.bulk import queries
from panah.library.models import Delivery
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
    if request.GET.get("as") in {"csv", "jsonl"}:
        return _saved(found, outcome, request.GET["as"])
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


def _saved(delivery: Delivery, outcome: str, form: str) -> StreamingHttpResponse:
    lines = _rows(delivery, outcome) if form == "csv" else _json_lines(delivery, outcome)
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/jsonl; charset=utf-8"
    name = f"delivery-{str(delivery.pk)[:8]}.{form}"
    return StreamingHttpResponse(
        lines, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _rows(delivery: Delivery, outcome: str) -> Iterator[str]:
    yield _row(queries.Reported._fields)
    for line in queries.report(delivery, outcome=outcome):
        yield _row(line.cells())


def _row(cells: list[str] | tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _json_lines(delivery: Delivery, outcome: str) -> Iterator[str]:
    for line in queries.report(delivery, outcome=outcome):
        yield json.dumps(line._asdict(), ensure_ascii=False) + "\n"
