"""Pages of the evidence finder."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.cases import queries as cases
from panah.cases.evidence import actions, queries
from panah.cases.evidence.forms import ABOUT, Among, Use, UseQuotation, Words
from panah.cases.evidence.laid import laid
from panah.cases.models import Case, LaidBeside, Search, Support
from panah.cases.research import queries as research
from panah.cases.research.actions import keep
from panah.cases.views.page import LAST_CASE, page
from panah.library import queries as library
from panah.team import queries as team
from panah.team.acting import member_of, now
from panah.team.actions import look
from panah.team.models import Member
from panah.team.rules import May


@require_GET
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """What the library has on each element, from distinct roots; what was asked, and what gave nothing."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    form = Among(request.GET, queries.collections(member, case))
    names = form.cleaned_data["collection"] if form.is_valid() else []
    found = queries.evidence(member, case, names=names, elements=request.GET.getlist("element"))
    search = keep(case=case, through=Search.Through.FINDER, asked=found.asked, by=member, now=now())
    words = [(ABOUT[about], lines) for about, lines in queries.profile(case).items()]  # type: ignore[index]
    context = {"found": found, "search": search, "form": form, "words": words, "only": request.GET.getlist("element")}
    return page(request, "evidence", case, context)


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the words by which evidence is looked for."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    team.require(member, case.compartment, May.WORK)
    form = Words(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            actions.describe(case=case, words=form.cleaned_data, by=member, now=now())
            return redirect("cases:evidence", reference)
    return page(request, "evidence_words", case, {"form": form})


@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Quote words of a passage, and put them beside a fact with a stance, or beside a question of the law."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    team.require(member, case.compartment, May.WORK)
    hit, search = queries.passage(member, number), _search(request, member, case)
    form = Use(case, request.POST or None, element=request.GET.get("element", ""), words=hit.words)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            used = actions.use(case=case, hit=hit, search=search, **form.cleaned_data, by=member, now=now())
            return _there(request, case, used)
    return page(request, "use_passage", case, {"hit": hit, "form": form, "search": search})


@require_http_methods(["GET", "POST"])
def use_quotation(request: HttpRequest, quotation_id: UUID) -> HttpResponse:
    """A quotation that was just made or is looked at again: put it beside a fact of a case, or beside a question."""
    member = member_of(request)
    quotation, case = library.quotation(member, quotation_id), _offered(request, member)
    form = UseQuotation(case, request.POST or None) if case else None
    if case and form and request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            used = actions.put(case=case, quotation=quotation, **form.cleaned_data, by=member, now=now())
            return _there(request, case, used)
    if case:
        look(kind="case", subject=case.reference, compartment=case.compartment, by=member, now=now())
    context = {"quotation": quotation, "case": case, "cases": cases.cases(member, May.WORK), "form": form}
    return render(request, "cases/use_quotation.html", context, status=form.status if form else 200)


@require_POST
def take_up(request: HttpRequest, reference: str, laid_id: UUID) -> HttpResponse:
    """Take words up again from beside a question of the law."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    found = laid(case, laid_id)
    actions.take_up(laid=found, by=member, now=now())
    return redirect("cases:element", reference, found.framework, found.element)


def _offered(request: HttpRequest, member: Member) -> Case | None:
    """The case for a quotation: the one that is asked for, else the one worked on last, else the newest."""
    if asked := request.GET.get("case"):
        return cases.case(member, asked)
    seen = cases.cases(member, May.WORK)
    return seen.filter(pk=request.session.get(LAST_CASE, 0)).first() or seen.first()


def _there(request: HttpRequest, case: Case, used: Support | LaidBeside) -> HttpResponse:
    """To where the words stand now."""
    if isinstance(used, LaidBeside):
        messages.success(request, _("It lies beside the question."))
        return redirect("cases:element", case.address, used.framework, used.element)
    messages.success(request, _("It stands beside the fact."))
    return redirect("cases:fact", case.address, used.fact.number)


def _search(request: HttpRequest, member: Member, case: Case) -> Search | None:
    """The search that found it, where the address names one. Raises `CaseSearchUnknown`."""
    try:
        asked = UUID(request.GET.get("search", ""))
    except ValueError:
        return None
    return research.search(member, case, asked)
