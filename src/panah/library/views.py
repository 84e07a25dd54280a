"""Pages of the library: search, document, add."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.library import actions, captures, queries, sight
from panah.library.captures import queries as captured
from panah.library.captures.forms import AskCapture
from panah.library.citing import cited_by
from panah.library.extractors.kinds import media_type
from panah.library.forms import Add, Described, Quote, Reread
from panah.library.kin.roots import roots_of_document
from panah.library.kin.showing import shown as tree_of
from panah.library.models import Document
from panah.library.pages.turning import beside, lacks_opener, page_at
from panah.library.showing import asked_by, contents, shown
from panah.library.sources.queries import records
from panah.library.versions.queries import translations
from panah.library.worker import wake
from panah.team import queries as team
from panah.team.acting import member_of, now
from panah.team.actions import look
from panah.team.asking import Asking
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.data_keys import store_of


@require_GET
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Read a document, with the words of a search marked."""
    return _page_of(request, queries.document(member_of(request), document_id))


def _page_of(request: HttpRequest, found: Document, **given: Asking) -> HttpResponse:
    """The page of a document, which is a look at it; a form that is given keeps what was typed in it."""
    with sight.once(member_of(request)):
        return _rendered(request, found, **given)


def _proposed(found: Document) -> dict[str, str]:
    """What the form proposes where nobody said it."""
    return {} if found.language else {"language": queries.language_proposed(found)}


def _rendered(request: HttpRequest, found: Document, **given: Asking) -> HttpResponse:
    member = member_of(request)
    look(kind="document", subject=str(found.pk), compartment=found.compartment, by=member, now=now())
    context = {
        "may": team.allowed(member, found.compartment),
        "document": found,
        "standing": queries.standing(member, found),
        "versions": queries.versions(member, found),
        "translations": translations(member, found),
        "captures": captured.captures_of(member, found),
        "custody": team.custody(member, found.original.digest),
        "cited": cited_by(member, found),
        "quote": Quote(),
        "reread": Reread(initial={"languages": found.languages.split("+")}),
        "readings": queries.readings(member, found),
        "described": Described(initial=queries.said_of(found) | _proposed(found)),
        "record": next(records(member, [found])),
        "tree": tree_of(roots_of_document(member, found)),
        "q": request.GET.get("q", ""),
        **_read(request, found),
        **given,
    }
    status = max((form.status for form in given.values()), default=200)
    return render(request, "library/document.html", context, status=status)


def _read(request: HttpRequest, found: Document) -> dict[str, object]:
    """The text of a document, and the page of its Original beside it."""
    asked = asked_by(request.GET.getlist)
    text = shown(found, asked)
    wanted = int(asked.page) if asked.page.isdecimal() and len(asked.page) < 7 else 0
    return {
        "shown": text,
        "contents": contents(found),
        "lacks_opener": lacks_opener(found),
        "beside": beside(found, wanted or page_at(found, text.place if text else 0)),
    }


@require_POST
def describe(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Correct what is known of a document."""
    member = member_of(request)
    found = queries.document(member, document_id)
    form = Described(request.POST)
    if not form.is_valid():
        return _page_of(request, found, described=form)
    actions.describe(document=found, details=form.details(), by=member, now=now())
    return redirect("library:document", document_id)


@require_POST
def again(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Have a document read once more."""
    member = member_of(request)
    found = queries.document(member, document_id)
    form = Reread(request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.reread(document=found, languages=form.languages_chosen(), by=member, now=now())
            wake()
            return redirect("library:document", document_id)
    return _page_of(request, found, reread=form)


@require_GET
def original(request: HttpRequest, document_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """Hand out the Original, to be saved, never to be shown by the browser here."""
    member = member_of(request)
    found = queries.document(member, document_id)
    pieces = actions.hand_out(document=found, by=member, now=now())
    response = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    name = found.path.rpartition("/")[2] or "original"
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
def quote(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Quote words of a document."""
    member = member_of(request)
    found = queries.document(member, document_id)
    form = Quote(request.POST)
    if form.is_valid():
        words, start, end = (form.cleaned_data[name] for name in ("words", "start", "end"))
        with form.saying_what_is_refused():
            if start is not None and end is not None:
                words = queries.words_between(found, start, end)
            quotation = actions.quote(document=found, words=words, start=start, by=member, now=now())
            return redirect(reverse(settings.AFTER_QUOTING, args=[quotation.pk]))
    return _page_of(request, found, quote=form)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Take papers in."""
    member = member_of(request)
    form = Add(request.POST or None, request.FILES or None, initial=request.GET.dict() or None, asker=member)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            shelf = queries.shelf(member, form.cleaned_data["collection"], compartment=form.cleaned_data["compartment"])
            return redirect(f"{reverse('library:added')}?" + "&".join(map(_in_report, _shelved(form, shelf, member))))
    return page_of_adding(request, form=form)


def page_of_adding(request: HttpRequest, **given: Asking) -> HttpResponse:
    """The page on which things are added; a form that is given keeps what was typed in it."""
    member = member_of(request)
    context = {
        "form": Add(asker=member),
        "page": AskCapture(asker=member, prefix="page"),
        "collections": queries.collections(member, May.WORK),
        "captures_allowed": captures.allowed(),
        **given,
    }
    status = max(form.status for form in given.values())
    return render(request, "library/add.html", context, status=status)


def _shelved(form: Add, shelf: queries.Shelf, member: Member) -> list[actions.Shelved]:
    """The papers of a form, on their shelf, and about to be read."""
    store = store_of(shelf.compartment.pk)
    shelved = [
        actions.shelve(
            kept=store.keep(upload.pieces()), media_type=media_type(upload.head, upload.tail),
            path=upload.name or "", shelf=shelf, details=form.details(), by=member, now=now(),
        )
        for upload in form.cleaned_data["papers"]
    ]  # fmt: skip
    wake()
    return shelved


@require_GET
def added(request: HttpRequest) -> HttpResponse:
    """The report of an addition: each file read, already here, waiting, or refused and why."""
    member = member_of(request)
    new, old = (
        [
            (found, queries.carried(member, found))
            for found in (queries.document(member, reference) for reference in request.GET.getlist(name))
        ]
        for name in ("new", "old")
    )
    waiting = any(document.state == "waiting" or carried.waiting for document, carried in (*new, *old))
    return render(request, "library/added.html", {"new": new, "old": old, "waiting": waiting})


def _in_report(shelved: actions.Shelved) -> str:
    return f"{'new' if shelved.new else 'old'}={shelved.document.pk}"
