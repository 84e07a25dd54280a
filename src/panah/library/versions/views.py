"""Pages of two texts: in what they differ, a translation beside its original; and the forms that say so."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.library import actions
from panah.library import queries as library
from panah.library.models import Document
from panah.library.versions import queries, showing
from panah.library.versions.actions import translate, withdraw
from panah.library.versions.forms import OFFERED, Supersede, Translate
from panah.library.versions.queries import TextUnknown, Version
from panah.team import queries as team
from panah.team.acting import member_of, now
from panah.team.actions import look
from panah.team.models import Member
from panah.team.rules import May


def _two(request: HttpRequest, document_id: UUID) -> tuple[Document, Version, Version]:
    """A document, and the two texts that are asked for; both are looked at."""
    member = member_of(request)
    found = library.document(member, document_id)
    written = request.GET.get("with", "")
    try:
        reference = UUID(written) if written else None
    except ValueError:
        raise TextUnknown(reference=written[:80]) from None
    older, newer = queries.version(member, found, reference)
    for each in {older.document, newer.document}:
        look(kind="document", subject=str(each.pk), compartment=each.compartment, by=member, now=now())
    return found, older, newer


def _begin(request: HttpRequest) -> int:
    written = request.GET.get("from", "")
    return int(written) if written.isdecimal() and len(written) < 10 else 0


@require_GET
def differences(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """In what a document differs from another, or a reading from another of the same Original."""
    found, older, newer = _two(request, document_id)
    shown = showing.differences(older.reading, newer.reading, _begin(request))
    context = {"document": found, "older": older, "newer": newer, "shown": shown}
    return render(request, "library/differences.html", context)


@require_GET
def side_by_side(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """A text beside another: an original and its translation."""
    found, one, other = _two(request, document_id)
    if other.document != found:
        one, other = other, one
    pairs, following = showing.beside(one.reading, other.reading, _begin(request))
    context = {"document": found, "one": one, "other": other, "pairs": pairs, "following": following}
    return render(request, "library/side_by_side.html", context)


@require_http_methods(["GET", "POST"])
def belongs(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Say of which document this one is the translation."""
    member = member_of(request)
    found = library.document(member, document_id)
    team.require(member, found.compartment, May.WORK)
    known = queries.translations(member, found).of
    initial = {name: getattr(known, name) for name in ("translator", "certified_on")} if known else {}
    initial |= {"original": known.original_id, "certificate": known.certificate_id or ""} if known else {}
    form = Translate(request.POST if request.method == "POST" else None, initial=initial, asker=member)
    if form.is_bound and form.is_valid():
        with form.saying_what_is_refused():
            translate(translation=found, **form.cleaned_data, by=member, now=now())
            return redirect("library:document", document_id)
    return _forms(request, member, found, translate=form)


@require_POST
def takes_the_place(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Say of which document this one takes the place."""
    member = member_of(request)
    found = library.document(member, document_id)
    form = Supersede(request.POST, asker=member)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.supersede(older=form.cleaned_data["older"], newer=found, by=member, now=now())
            return redirect("library:document", document_id)
    return _forms(request, member, found, supersede=form)


@require_POST
def no_translation(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Say that a document is the translation of none."""
    member = member_of(request)
    found = library.document(member, document_id)
    known = queries.translations(member, found).of
    if known is None:
        raise TextUnknown(reference="")
    withdraw(translation=known, by=member, now=now())
    return redirect("library:document", document_id)


def _forms(request: HttpRequest, member: Member, found: Document, **given: Supersede | Translate) -> HttpResponse:
    """The page with both forms, of which one may have been refused."""
    near = library.documents(member).filter(collection=found.collection_id).exclude(pk=found.pk).order_by("title")
    forms = {"supersede": Supersede(asker=member), "translate": Translate(asker=member), **given}
    context = {
        "document": found, "documents": near[:OFFERED], "versions": library.versions(member, found),
        "translations": queries.translations(member, found), **forms,
    }  # fmt: skip
    status = max(form.status for form in given.values())
    return render(request, "library/belongs.html", context, status=status)
