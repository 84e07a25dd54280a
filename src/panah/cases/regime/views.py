"""Pages of the law of a case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from panah import law
from panah.cases import queries as cases
from panah.cases.models import Case
from panah.cases.regime import actions, queries
from panah.cases.regime.forms import AREAS, AT, Days, Settle
from panah.cases.views.page import page
from panah.team.acting import member_of, now
from panah.team.asking import Asking


@require_GET
def applicable(request: HttpRequest, reference: str) -> HttpResponse:
    """Which law applies to the case, why, and what the lawyer has to decide."""
    return _page(request, cases.case(member_of(request), reference))


def _page(request: HttpRequest, case: Case, **given: Asking) -> HttpResponse:
    """The law of a case; a form that is given keeps what was typed in it."""
    standing, regime = queries.proceedings(case), queries.regime(case)
    areas = [
        (called, [(law.framework(each.framework), each) for each in regime.applied if each.area is area])
        for area, called in AREAS.items()
        if regime and any(each.area is area for each in regime.applied)
    ]
    context: dict[str, object] = {
        "standing": standing,
        "regime": regime,
        "areas": areas,
        "questions": [(AREAS[each.area], each, map(law.framework, each.stands)) for each in regime.questions]
        if regime
        else [],
        "early": [law.placed(each.id) for each in regime.early] if regime else [],
        "chosen": [law.framework(each) for each in queries.chosen(standing)] if standing else [],
        "earlier": queries.earlier(case),
        "days": [(AT[day], getattr(standing, f"{day}_on")) for day in queries.DAYS] if standing else [],
        "days_form": Days(standing),
        "settle_form": Settle(standing, regime) if standing and regime else None,
        **given,
    }
    return page(request, "applicable", case, context)


@require_POST
def days(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down the State and the days."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    form = Days(queries.proceedings(case), request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            state = form.cleaned_data["state"]
            actions.date_proceedings(case=case, state=state, dates=form.dates(), by=member, now=now())
            return redirect("cases:law", reference)
    return _page(request, case, days_form=form)


@require_POST
def settle(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose among what applies and what may apply, with the reason."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    standing, regime = queries.proceedings(case), queries.regime(case)
    if standing is None or regime is None:
        raise actions.ProceedingsUntold
    form = Settle(standing, regime, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            reason = form.cleaned_data.get("reason", "")
            actions.settle_regime(case=case, framework_ids=form.wanted(), reason=reason, by=member, now=now())
            messages.success(request, _("The law of the case is settled."))
            return redirect("cases:law", reference)
    return _page(request, case, settle_form=form)
