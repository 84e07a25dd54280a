"""Pages that find: the library's search, searches that are kept, and many questions at once."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah import text
from panah.library import queries as library
from panah.library import saving
from panah.library.concepts.asking import switches
from panah.library.finding import actions, batch, lists, matters, queries, saved, showing
from panah.library.finding.forms import Batch, Save
from panah.library.finding.question import Question, of_address, read
from panah.library.forms import Search
from panah.library.kin.queries import folded
from panah.team.acting import member_of, now
from panah.team.models import Member

PASSAGES, DOCUMENTS = 20, 50
"""How much a page shows at first, and how much more each time."""
AT_ONCE = 10
"""So many times that stand on one page at most."""
NEW = 20
"""New passages that the page of a saved search shows."""
ON_A_PAGE = 200
"""Questions of a table whose answers are shown on a page; of a longer one they are saved."""


@require_GET
def search(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Find passages, or documents where no words are asked for."""
    member, form = member_of(request), Search(request.GET)
    if not form.is_valid():
        return render(request, "library/search.html", {"form": form}, status=400)
    question = read(request.GET.getlist)
    if "choose" in request.GET:  # the form has a field for every facet; the address says only what was chosen
        return redirect(f"{reverse('library:search')}?{question.address()}")
    if (kind := request.GET.get("as")) in saving.FORMS and question:
        return _attached(member, question, kind)
    context = {"form": form, "question": question, "orders": showing.ORDERS.items()}
    if question:
        context |= _found(member, question, form.cleaned_data["first"], form.cleaned_data["last"])
        context["save"] = Save(asker=member, initial={"question": question.address(), "name": question.words[:200]})
    else:
        answer = queries.ask(member, question, now=now(), limit=0)
        context |= {
            "collections": library.collections(member),
            "offered": showing.offered(answer.counts, question.filters),
        }
    return render(request, "library/search.html", context)


def _found(member: Member, question: Question, first: int | None, last: int | None) -> dict[str, object]:
    """A page of what is found, from the `first` to the `last`, and what to ask next."""
    step, first = PASSAGES if question.words else DOCUMENTS, first or 1
    last = min(max(last or 0, first + step - 1), first + AT_ONCE * step - 1)
    answer = queries.ask(member, question, now=now(), limit=last - first + 1, offset=first - 1)
    kept = matters.kept(member, question, answer, now())
    shown = first - 1 + len(answer.hits or answer.documents)
    return {
        "answer": answer, "results": answer, "kept": kept, "folds": folded(member, answer.hits, first=first),
        "several_words": len(list(text.pieces(question.words))) > 1,
        "switches": list(switches(answer.added, answer.left_out)),
        "offered": list(showing.offered(answer.counts, question.filters)), "chosen": showing.chosen(question),
        "first": first, "shown": shown, "more": min(step, answer.total - shown),
        "longer": question.address(**{"first": first} if first > 1 else {}, last=shown + step)
        if last < first + AT_ONCE * step - 1 else "",
        "following": question.address(first=shown + 1), "previous": question.address(first=max(1, first - step)),
    }  # fmt: skip


def _attached(member: Member, question: Question, kind: str) -> StreamingHttpResponse:
    if question.words:
        found = lists.passages(member, question, now=now())
        return saving.attachment("passages", kind, lists.Found._fields, found)
    return saving.attachment("documents", kind, lists.Standing._fields, lists.documents(member, question, now=now()))


@require_http_methods(["GET", "POST"])
def searches(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The saved searches, each with what is new in it; or keep one."""
    member = member_of(request)
    form = Save(request.POST, asker=member) if request.method == "POST" else None
    if form and form.is_valid():
        with form.saying_what_is_refused():
            question = of_address(form.cleaned_data["question"])
            found = actions.save(
                question=question, name=form.cleaned_data["name"], compartment=form.place(), by=member, now=now()
            )
            return redirect("library:saved", found.pk)
    if (kind := request.GET.get("as")) in saving.FORMS:
        return saving.attachment("searches", kind, saved.Listed._fields, saved.listed(member, now=now()))
    context = {"watched": saved.watched(member, now=now()), "form": form}
    return render(request, "library/finding/searches.html", context, status=form.status if form else 200)


@require_GET
def one(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """A saved search: what it asks, how much it found then and finds now, and what is new."""
    member, up_to = member_of(request), queries.last_passage()
    found = saved.search(member, search_id)
    watched = saved.watch(member, found, saved.looked_up_to(member, found), now())
    context = {
        "search": found, "watched": watched, "question": watched.question, "up_to": up_to,
        "in_words": showing.in_words(watched.question), "may_end": saved.may_end(member, found),
    }  # fmt: skip
    if not watched.refusal:
        context["now"] = queries.counted(member, watched.question, now=now())
        context["hits"] = saved.hits(watched, NEW)
    return render(request, "library/finding/search.html", context)


@require_POST
def looked(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """Say that one has looked through what a saved search finds."""
    member = member_of(request)
    found = saved.search(member, search_id)
    said = request.POST.get("up_to", "")
    up_to = int(said) if said.isdecimal() and len(said) < 16 else 0
    actions.look_through(search=found, up_to=up_to, by=member, now=now())
    return redirect("library:saved", search_id)


@require_POST
def delete(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """Keep a search no longer."""
    member = member_of(request)
    actions.delete(search=saved.search(member, search_id), by=member)
    return redirect("library:searches")


@require_http_methods(["GET", "POST"])
def many(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Ask all the questions of a table."""
    member = member_of(request)
    form = Batch(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form, "most": ON_A_PAGE}
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            asked, kind = form.questions(), form.cleaned_data["form"]
            if kind:
                return saving.attachment("answers", kind, batch.FIELDS, batch.answers(member, asked))
            context |= _answers(batch.answers(member, asked[:ON_A_PAGE]), len(asked))
    return render(request, "library/finding/many.html", context, status=form.status)


def _answers(found: Iterable[batch.Answered], asked: int) -> dict[str, object]:
    answers = list(found)
    nothing = sum(not each.passages and not each.code for each in answers)
    return {"answers": answers, "asked": asked, "nothing": nothing, "refused": sum(bool(each.code) for each in answers)}
