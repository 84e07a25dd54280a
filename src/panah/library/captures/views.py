"""Pages about captures: asking for one, how far it is, what came of it, and all of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from panah.library import actions, captures, saving
from panah.library import queries as library
from panah.library.captures import queries
from panah.library.captures.forms import AskCapture
from panah.library.captures.worker import wake
from panah.library.views import page_of_adding
from panah.team import queries as team
from panah.team.acting import member_of, now
from panah.team.actions import look

LISTED = 200
"""Captures on the page that lists them."""


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a page to be captured; it is done in the background."""
    member = member_of(request)
    form = AskCapture(request.POST, asker=member, prefix="page")
    if form.is_valid():
        said = form.cleaned_data
        with form.saying_what_is_refused():
            address = captures.address_to_ask(said["address"])
            shelf = library.shelf(member, said["collection"], compartment=said["compartment"])
            found = actions.ask_capture(address=address, shelf=shelf, by=member, now=now())
            wake()
            return redirect("library:captured", found.pk)
    return page_of_adding(request, page=form)


@require_GET
def listed(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The captures that one may see, the newest first; all of them as a table or as JSON lines where that is asked for."""
    if (form := request.GET.get("as")) in saving.FORMS:
        lines = queries.listed(member_of(request))
        return saving.attachment("captures", form, queries.Listed._fields, lines)
    found = queries.captures(member_of(request))
    context = {"captures": found[:LISTED], "total": found.count(), "allowed": captures.allowed()}
    return render(request, "library/captures/list.html", context)


@require_GET
def one(request: HttpRequest, capture_id: UUID) -> HttpResponse:
    """A capture: how far it is, and what came of it."""
    member = member_of(request)
    found = queries.capture(member, capture_id)
    look(kind="capture", subject=str(found.pk), compartment=found.compartment, by=member, now=now())
    context = {
        "capture": found,
        "may": team.allowed(member, found.compartment),
        "again": AskCapture(
            asker=member, prefix="page", initial={"address": found.asked, "collection": found.collection}
        ),
        "allowed": captures.allowed(),
        "roots": queries.roots_of(member, capture_id),
    }
    return render(request, "library/captures/one.html", context)


@require_GET
def stamp(request: HttpRequest, capture_id: UUID) -> HttpResponse:
    """Save the time-stamp of a capture, as the authority gave it.."""
    member = member_of(request)
    token = queries.stamp_of(member, capture_id)
    name = f'attachment; filename="capture-{capture_id}.tsr"'
    return HttpResponse(token, content_type="application/timestamp-reply", headers={"Content-Disposition": name})


@require_GET
def timestamp(request: HttpRequest, capture_id: UUID) -> HttpResponse:
    """Save what calendars say of a capture, as any client of OpenTimestamps reads it."""
    content = queries.timestamp_of(member_of(request), capture_id)
    name = f'attachment; filename="capture-{capture_id}.ots"'
    return HttpResponse(content, content_type="application/octet-stream", headers={"Content-Disposition": name})
