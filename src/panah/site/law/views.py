"""Pages of the law: the bodies of law by legal order, and one page for each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from panah import law
from panah.law import Order
from panah.library import saving
from panah.site.law.listing import Listed, counted, elements, listed
from panah.site.law.words import OF, ORDERS, TRIGGERS

UNVERIFIED = "unverified"
"""What an address asks with where it wants nothing but what nobody compared with its text."""


@require_GET
def bodies(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Every body of law, by legal order; its questions as a table or as JSON lines where that is asked for."""
    alone = UNVERIFIED in request.GET
    if (form := request.GET.get("as")) in saving.FORMS:
        lines = listed(law.frameworks().values(), unverified=alone)
        return saving.attachment("law", form, Listed._fields, lines)
    shown = [each for each in counted() if each.unverified or not alone]
    orders = [
        (called, [each for each in shown if each.framework.order is Order(order)]) for order, called in ORDERS.items()
    ]
    return render(request, "site/laws.html", {"orders": orders, "unverified": alone})


@require_GET
def body(request: HttpRequest, framework_id: str) -> HttpResponse | StreamingHttpResponse:
    """A body of law: what it asks, where it says so, from which day on, what asks the same, and what is not verified."""
    framework, alone = law.framework(framework_id), UNVERIFIED in request.GET
    if (form := request.GET.get("as")) in saving.FORMS:
        lines = listed([framework], unverified=alone)
        return saving.attachment(framework.id, form, Listed._fields, lines)
    asked = [
        (each, OF[each.of], TRIGGERS[each.trigger], law.parallels(each))
        for each in elements(framework, unverified=alone)
    ]
    context = {
        "framework": framework,
        "order": ORDERS[framework.order],
        "trigger": TRIGGERS[framework.trigger],
        "follows": law.framework(framework.follows) if framework.follows else None,
        "followed_by": [each for each in law.frameworks().values() if each.follows == framework.id],
        "edition": law.edition(framework.id),
        "asked": asked,
        "unverified": alone,
        "doubtful": len(elements(framework, unverified=True)),
    }
    return render(request, "site/law.html", context)
