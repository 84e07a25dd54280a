"""The page on which a draft is checked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from panah.law.citations import Outcome
from panah.library.checking.forms import CheckDraft
from panah.library.checking.results import CheckedQuotation
from panah.team.acting import member_of, now

OUTCOMES = {
    Outcome.EXACT: _("exact"),
    Outcome.DIFFERS: _("differs"),
    Outcome.NOT_FOUND: _("not found"),
    Outcome.NOT_CHECKABLE: _("not checkable"),
}


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check the quotations and citations of a draft; nothing of it is kept."""
    member = member_of(request)
    form = CheckDraft(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            draft, checked = form.checked(member, now().date())
            context |= {
                "draft": draft, "checked": checked,
                "rows": [(each, isinstance(each, CheckedQuotation), OUTCOMES[each.outcome]) for each in checked],
                "counts": [(OUTCOMES[kind], sum(each.outcome is kind for each in checked)) for kind in Outcome],
            }  # fmt: skip
    return render(request, "library/check.html", context, status=form.status)
