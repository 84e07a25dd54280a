"""Pages of sources."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from panah.library.sources import actions, queries
from panah.library.sources.forms import Assess
from panah.team import queries as team
from panah.team.acting import member_of, now

MOST = 200
"""Documents of a source that its page lists."""


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """Every source, with how many documents there are of it."""
    return render(request, "library/sources.html", {"sources": queries.counted(member_of(request))})


@require_http_methods(["GET", "POST"])
def source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """What is written of a source, and what it published; a member who works there can write more."""
    member = member_of(request)
    found = queries.source(member, source_id)
    written = queries.assessments(member, found)
    form = Assess(
        request.POST if request.method == "POST" else None, initial=Assess.initial_of(written[0] if written else None)
    )
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            actions.assess(source=found, **form.said(), by=member, now=now())  # type: ignore[arg-type]
            return redirect("library:source", source_id)
    documents = queries.published(member, found)
    context = {
        "source": found, "written": written, "form": form, "may": team.allowed(member, found.compartment),
        "elsewhere": queries.elsewhere(member, found), "documents": documents[:MOST], "count": documents.count(),
    }  # fmt: skip
    return render(request, "library/source.html", context, status=form.status)
