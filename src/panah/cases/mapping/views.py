"""The page with the map of an examination."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from panah.cases import queries
from panah.cases.mapping.queries import plan
from panah.cases.mapping.rules import Examination
from panah.cases.views.page import page
from panah.team.acting import member_of

STATES = {
    Examination.ANSWERED: _("answered"),
    Examination.CONTRADICTED: _("answered, and contradicted by something on file"),
    Examination.UNREASONED: _("answered with a gap"),
    Examination.OPEN: _("not examined"),
}


@require_GET
def examination_map(request: HttpRequest, reference: str) -> HttpResponse:
    """The examination on one page, as a picture and as a table."""
    case = queries.case(member_of(request), reference)
    drawn = plan(case)
    counted = [(state, words, sum(len(strip.of(state)) for strip in drawn.strips)) for state, words in STATES.items()]
    return page(request, "map", case, {"plan": drawn, "counted": counted})
