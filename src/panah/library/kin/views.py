"""Pages of shared wording: which texts share it, where, who said it first; and the forms that say what traces to what."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.library import queries as library
from panah.library import rules as places
from panah.library import sight
from panah.library.kin import queries, roots, showing
from panah.library.kin.actions import take_back, tell_apart, trace
from panah.library.kin.forms import TellApart, TracesTo
from panah.library.models import Document
from panah.library.versions.forms import OFFERED
from panah.library.versions.queries import TextUnknown
from panah.team import queries as team
from panah.team.acting import member_of, now
from panah.team.actions import look
from panah.team.asking import Asking
from panah.team.models import Member
from panah.team.rules import May


@require_GET
def kindred(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Which texts share wording with a document; or, with one of them, where."""
    member = member_of(request)
    found = _looked_at(member, document_id)
    context: dict[str, object] = {"document": found}
    if written := request.GET.get("with", ""):
        try:
            other = _looked_at(member, UUID(written))
        except ValueError:
            raise TextUnknown(reference=written[:80]) from None
        pairs = queries.pairs(member, found, other)
        return render(
            request, "library/kin/beside.html", context | {"other": other, "pairs": list(showing.beside(pairs))}
        )
    with sight.once(member):
        return render(request, "library/kin/kindred.html", context | {"kindred": queries.kindred(member, found)})


@require_GET
def said_first(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Every place at which the wording of a passage stands, the oldest first."""
    member = member_of(request)
    found = _looked_at(member, document_id)
    with sight.once(member):
        said = queries.said(member, found, *_bounds(request, found))
        tree = showing.shown(roots.roots_of_wording(member, said))
    alone = sum(each.first for each in said) == 1
    return render(request, "library/kin/said.html", {"document": found, "said": said, "alone": alone, "tree": tree})


@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Say to what a document traces."""
    member = member_of(request)
    found = library.document(member, document_id)
    team.require(member, found.compartment, May.WORK)
    form = TracesTo(request.POST if request.method == "POST" else None, asker=member)
    if form.is_bound and form.is_valid():
        with form.saying_what_is_refused():
            trace(document=found, **form.cleaned_data, by=member, now=now())
            return redirect("library:trace", document_id)
    return _forms(request, member, found, traces=form)


@require_POST
def part(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Say that a document does not have the same root as another."""
    member = member_of(request)
    found = library.document(member, document_id)
    team.require(member, found.compartment, May.WORK)
    form = TellApart(request.POST, asker=member)
    if form.is_valid():
        with form.saying_what_is_refused():
            tell_apart(document=found, **form.cleaned_data, by=member, now=now())
            return redirect("library:trace", document_id)
    return _forms(request, member, found, apart=form)


@require_POST
def unmark(request: HttpRequest, document_id: UUID, mark_id: UUID) -> HttpResponse:
    """Take back what was said of a root."""
    member = member_of(request)
    found = library.document(member, document_id)
    take_back(mark=roots.mark(member, mark_id), by=member, now=now())
    return redirect("library:trace", found.pk)


def _looked_at(member: Member, document_id: UUID) -> Document:
    found = library.document(member, document_id)
    look(kind="document", subject=str(found.pk), compartment=found.compartment, by=member, now=now())
    return found


def _bounds(request: HttpRequest, found: Document) -> tuple[int, int]:
    """The bytes that are asked about: selected, written out, or the passage at a byte."""
    start, end, at = (request.GET.get(name, "") for name in ("start", "end", "at"))
    numbers = [int(each) if each.isdecimal() and len(each) < 16 else -1 for each in (start, end, at)]
    if numbers[0] >= 0 and numbers[1] >= 0:
        return numbers[0], numbers[1]
    if (words := request.GET.get("words", "").strip()) and found.reading:
        where = places.stands_at(library.content(found.reading), words)
        if not where:
            raise queries.NothingThere(title=found.title)
        return where[0], where[0] + len(words.encode())
    return max(numbers[2], 0), max(numbers[2], 0) + 1


def _forms(request: HttpRequest, member: Member, found: Document, **given: Asking) -> HttpResponse:
    """The page with both forms, of which one may have been refused, and what was said before."""
    near = library.documents(member).filter(collection=found.collection_id).exclude(pk=found.pk).order_by("title")
    forms = {"traces": TracesTo(asker=member), "apart": TellApart(asker=member), **given}
    context = {
        "document": found, "documents": near[:OFFERED], "marks": roots.marks(member, found),
        "tree": showing.shown(roots.roots_of_document(member, found)), **forms,
    }  # fmt: skip
    status = max(form.status for form in given.values())
    return render(request, "library/kin/trace.html", context, status=status)
