"""Pages of the research trail."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from panah.cases import queries as cases
from panah.cases.research import actions, queries
from panah.cases.views.page import page
from panah.library import queries as library
from panah.library import saving
from panah.team.acting import member_of, now


@require_GET
def research(request: HttpRequest, reference: str) -> HttpResponse | StreamingHttpResponse:
    """Every search that was made for a case, the newest first; or all of them as a list to be saved."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    if (kind := request.GET.get("as")) in saving.FORMS:
        return saving.attachment(
            f"research-{case.reference}", kind, queries.Listed._fields, queries.listed(member, case)
        )
    return page(request, "research", case, {"trail": queries.trail(member, case)[::-1]})


@require_GET
def opened(request: HttpRequest, reference: str, made_id: UUID, document_id: UUID) -> HttpResponseBase:
    """Open a document from a search, which is kept."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    search, document = queries.search(member, case, made_id), library.document(member, document_id)
    actions.open_from(search=search, document=document, by=member, now=now())
    at = request.GET.get("at", "")
    place = f"#at-{at}" if at.isdecimal() else ""
    return redirect(f"{reverse('library:document', args=[document.pk])}?{request.GET.urlencode()}{place}")
