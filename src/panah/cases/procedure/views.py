"""Pages of the procedure: the checklist, one item, records, topics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.cases import queries as cases
from panah.cases.models import Case
from panah.cases.procedure import actions, queries
from panah.cases.procedure.forms import AnswerForm, DismissForm, RecordForm
from panah.cases.procedure.queries import Standing
from panah.cases.procedure.words import STATUSES
from panah.cases.views.page import page
from panah.law import checklist
from panah.library import saving
from panah.team import queries as team
from panah.team.acting import member_of, now
from panah.team.asking import Asking
from panah.team.models import Member
from panah.team.rules import May

PROPOSED = "proposed"
"""The filter for items on which a rule proposes something."""


@require_GET
def procedure(request: HttpRequest, reference: str) -> HttpResponse | StreamingHttpResponse:
    """The checklist in its order, or those of one status; or all of it as a list to be saved."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    if (kind := request.GET.get("as")) in saving.FORMS:
        lines = queries.listed(member, case, now=now())
        return saving.attachment(f"procedure-{case.reference}", kind, queries.Listed._fields, lines)
    return _checklist_page(request, member, case)


def _checklist_page(request: HttpRequest, member: Member, case: Case, **refused: Asking) -> HttpResponse:
    """The checklist; a form that was refused keeps what was typed in it."""
    wanted = request.GET.get("status", "")
    found = queries.standing(member, case, now=now())
    counts = {status: sum(each.status is status for each in found) for status in STATUSES}
    shown = [each for each in found if _is(each, wanted)]
    context: dict[str, object] = {
        "groups": [
            (group, [row for row in _rows(member, case, shown) if row["item"].group == group.id])
            for group in checklist.checklist().groups
        ],
        "statuses": [(status.value, label, counts[status]) for status, label in STATUSES.items()],
        "proposed": sum(each.proposal is not None for each in found),
        "wanted": wanted,
        "topics": checklist.checklist().topics,
        **refused,
    }
    return page(request, "procedure", case, context)


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, reference: str, item_id: str) -> HttpResponse:
    """One item: how it stands, the records it is stored in, and a form to answer it."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    standing = queries.standing_of(member, case, checklist.item(item_id), now=now())
    form = AnswerForm(member, case, request.POST or None, _begun(request, member, case, standing))
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            actions.answer(
                case=case, item=item_id, **form.said(), proposal=standing.proposal, by=member, now=now()
            )  # fmt: skip
            messages.success(request, _("The answer is written."))
            return redirect(f"{reverse('cases:procedure', args=[case.address])}#{item_id}")
    return _item_page(request, member, case, standing, form=form)


def _item_page(request: HttpRequest, member: Member, case: Case, standing: Standing, **given: Asking) -> HttpResponse:
    """One item; a form that is given keeps what was typed in it."""
    asked = standing.item
    [row] = _rows(member, case, [standing])
    context: dict[str, object] = {
        "row": row,
        "item": asked,
        "told": queries.told(member, case, asked.records),
        "new": [(kind, RecordForm(case, kind)) for kind in map(checklist.kind, asked.records)],
        "earlier": [(each, STATUSES[each.status]) for each in queries.earlier(member, case, asked)],  # type: ignore[index]
        **given,
    }
    return page(request, "procedure_item", case, context)


@require_POST
def confirm(request: HttpRequest, reference: str, item_id: str) -> HttpResponse:
    """Answer an item as its rule proposes."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    over = request.POST.get("over", "")
    actions.confirm(
        case=case, item=item_id, said=request.POST.get("said", ""), over=int(over) if over.isdecimal() else 0,
        by=member, now=now(),
    )  # fmt: skip
    messages.success(request, _("The answer is written."))
    return redirect(f"{reverse('cases:procedure', args=[case.address])}#{item_id}")


@require_POST
def dismiss(request: HttpRequest, reference: str, item_id: str) -> HttpResponse:
    """Set aside what a rule proposes."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    standing = queries.standing_of(member, case, checklist.item(item_id), now=now())
    form = DismissForm(standing, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            actions.dismiss(case=case, item=item_id, **form.cleaned_data, by=member, now=now())
            return redirect(f"{reverse('cases:procedure', args=[case.address])}#{item_id}")
    answer = AnswerForm(member, case, None, queries.as_initial(standing))
    return _item_page(request, member, case, standing, form=answer, dismiss_form=form)


@require_http_methods(["GET", "POST"])
def new_record(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Keep a record of a kind."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    team.require(member, case.compartment, May.WORK)
    form = RecordForm(case, checklist.kind(kind), None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            actions.keep_record(case=case, kind=kind, **form.said(), by=member, now=now())
            return _back(request, case)
    return page(request, "procedure_record", case, {"kind": form.kind, "form": form, "back": _from(request)})


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, reference: str, kind: str, number: int) -> HttpResponse:
    """A record, and what takes its place."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    team.require(member, case.compartment, May.WORK)
    kept = queries.record(member, case, kind, number)
    form = RecordForm(case, checklist.kind(kind), kept, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            actions.keep_record(case=case, kind=kind, number=number, **form.said(), by=member, now=now())
            return _back(request, case)
    [told] = [each for each in queries.told(member, case, [kind]) if each.record == kept]
    context = {"kind": form.kind, "form": form, "record": kept, "told": told, "back": _from(request)}
    return page(request, "procedure_record", case, context)


@require_POST
def remove_record(request: HttpRequest, reference: str, kind: str, number: int) -> HttpResponse:
    """Let a record stand no more."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    actions.take_away_record(record=queries.record(member, case, kind, number), by=member, now=now())
    return _back(request, case)


@require_GET
def topic(request: HttpRequest, reference: str, topic_id: str) -> HttpResponse:
    """A topic: its items, its records, and the elements of bodies of law that bear on it."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    asked = checklist.topic(topic_id)
    found = [each for each in queries.standing(member, case, now=now()) if each.item.id in asked.items]
    context = {
        "topic": asked,
        "topics": checklist.checklist().topics,
        "rows": _rows(member, case, found),
        "told": queries.told(member, case, asked.records),
        "kinds": [checklist.kind(kind) for kind in asked.records],
        "elements": queries.bearing(asked),
    }
    return page(request, "procedure_topic", case, context)


def _rows(member: Member, case: Case, found: Sequence[Standing]) -> list[dict[str, Any]]:
    """Items with what their pages show of each: statuses in words, the places of words that were found, a form."""
    decisions = {row.number: row.paper_id for row in queries.records(member, case, ["decision"])}
    return [
        {
            "item": each.item,
            "standing": each,
            "status": STATUSES[each.status],
            "proposed": STATUSES[each.proposal.status] if each.proposal else "",
            "places": _places(each, decisions),
            "dismiss": DismissForm(each) if each.proposal else None,
        }
        for each in found
    ]


def _places(standing: Standing, decisions: dict[int, Any]) -> list[tuple[str, str]]:
    """The words that a rule found in a decision, each with the address at which it stands there."""
    words = standing.proposal.words if standing.proposal else ()
    found = [
        (each, reverse("library:document", args=[paper])) for each in words if (paper := decisions.get(each.decision))
    ]
    return [(each.words, f"{address}?quoted={each.start}-{each.end}#hit-1") for each, address in found]


def _is(standing: Standing, wanted: str) -> bool:
    """Whether an item is among those that are wanted; all are where nothing that is known is wanted."""
    if wanted == PROPOSED:
        return standing.proposal is not None
    return wanted not in {status.value for status in STATUSES} or standing.status == wanted


def _begun(request: HttpRequest, member: Member, case: Case, standing: Standing) -> dict[str, object]:
    """What the form begins with: the answer that stands, or what the rule proposes where that is to be corrected."""
    if "correct" in request.GET and standing.proposal:
        return queries.as_initial(standing, queries.rests_on(member, case, standing.proposal.rests_on))
    return queries.as_initial(standing)


def _back(request: HttpRequest, case: Case) -> HttpResponse:
    """To the item from which she came, or to the checklist."""
    if asked := _from(request):
        return redirect("cases:procedure-item", case.address, asked)
    return redirect("cases:procedure", case.address)


def _from(request: HttpRequest) -> str:
    """The id of the item from which she came; empty where that is none."""
    asked = checklist.checklist().item(request.GET.get("item", ""))
    return asked.id if asked else ""
