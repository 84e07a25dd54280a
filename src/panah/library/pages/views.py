"""One page of an Original: as a picture, and on a page of its own."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from panah.library import queries
from panah.library.concepts.asking import typed
from panah.library.models import Document
from panah.library.pages.album import ALBUM, PageNotDrawn, PageUnknown, Size
from panah.library.pages.turning import beside, marked
from panah.library.showing import asked_by
from panah.team.acting import member_of, now
from panah.team.actions import look

SIZES = {"small": Size.SMALL, "large": Size.LARGE}


def _looked_at(request: HttpRequest, document_id: UUID) -> Document:
    """A document that the asker may see, and the look at it: whoever sees a page of it has seen it."""
    member = member_of(request)
    found = queries.document(member, document_id)
    look(kind="document", subject=str(found.pk), compartment=found.compartment, by=member, now=now())
    return found


def _drawn(request: HttpRequest, found: Document, page: int, size: Size) -> bytes:
    asked = asked_by(request.GET.getlist)
    words = marked(found, page, q=typed(asked), quoted=asked.quoted)
    return ALBUM.picture(found.original, page, size, words)


@require_GET
def picture(request: HttpRequest, document_id: UUID, page: int) -> HttpResponse:
    """A page as a picture."""
    found = _looked_at(request, document_id)
    if not beside(found, page):
        raise PageUnknown(page=page)
    drawn = _drawn(request, found, page, SIZES.get(request.GET.get("size", ""), Size.PAGE))
    response = HttpResponse(drawn, content_type="image/png")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_GET
def page(request: HttpRequest, document_id: UUID, page: int) -> HttpResponse:
    """A page, large; or why it cannot be shown."""
    found = _looked_at(request, document_id)
    turned = beside(found, page)
    if turned is None or turned.page != page:
        raise PageUnknown(page=page)
    refusal = None
    try:
        _drawn(request, found, page, Size.LARGE)
    except PageNotDrawn as error:
        refusal = error
    context = {"document": found, "beside": turned, "refusal": refusal}
    return render(request, "library/page.html", context, status=refusal.status if refusal else 200)
