"""The pages that belong to no one package: signing in, the docket, help, and what is shown when something fails."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.cases import queries as cases
from panah.library import queries as library
from panah.library.finding import saved
from panah.site import signing_in
from panah.site.doctor import CHECKS, Outcome, examined
from panah.site.forms import SecondFactor, SignIn
from panah.team import factors
from panah.team.acting import member_of, now
from panah.team.knowing import enters, local, passkey_question, show_factor

RECENT = 12


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in. A wrong name and a wrong password are answered alike."""
    onward = request.POST.get("next", request.GET.get("next", ""))
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            member = signing_in.knock(request, **form.cleaned_data)
            if factors.has_one(member):
                signing_in.go_half_way(request, member)
                return redirect(f"{resolve_url('second-factor')}?{urlencode({'next': onward})}")
            enters(request, member)
            return redirect(local(onward, "docket"))
    return render(request, "site/sign_in.html", {"form": form, "next": onward}, status=form.status)


@login_not_required
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second half of signing in: a code, or a passkey."""
    member, onward = signing_in.half_way(request), request.POST.get("next", request.GET.get("next", ""))
    if member is None:
        return redirect("sign-in")
    form = SecondFactor(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            show_factor(request, member, **form.cleaned_data)
            signing_in.come_in(request)
            enters(request, member)
            return redirect(local(onward, "docket"))
    context = {"form": form, "next": onward, "passkey": passkey_question(request, member)}
    return render(request, "site/second_factor.html", context, status=form.status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("sign-in")


@require_GET
def docket(request: HttpRequest) -> HttpResponse:
    """What needs me now: cases, what waits to be read, and what could not be read."""
    member = member_of(request)
    documents = library.documents(member)
    context = {
        "cases": cases.cases(member),
        "news": saved.news(member, now=now()),
        "overdue": cases.overdue(member, now().date()),
        "waiting": documents.filter(state="waiting").count(),
        "refused": documents.filter(state="refused").order_by("-added_at")[:RECENT],
        "recent": documents.filter(state="read").order_by("-added_at")[:RECENT],
    }
    return render(request, "site/docket.html", context)


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """What the keys of the keyboard do."""
    return render(request, "site/keys.html")


@require_GET
def doctor(request: HttpRequest) -> HttpResponse:
    """What is unsafe on this machine; for members who administer."""
    if not member_of(request).administers:
        raise Http404
    unsafe = [finding for finding in examined() if finding.outcome is not Outcome.SAFE]
    return render(request, "site/doctor.html", {"unsafe": unsafe, "checks": CHECKS})


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """There is no such page, or none that the asker may see: the same answer."""
    return render(
        request, "site/problem.html", {"sentence": _("There is no such page."), "code": "page-unknown"}, status=404
    )


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """Panah itself failed."""
    sentence = _("Panah failed at this point. What was stored before is safe.")
    return render(request, "site/problem.html", {"sentence": sentence, "code": "internal-error"}, status=500)


@login_not_required
def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The request was not one that this workbench's own pages make."""
    sentence = _("This request did not come from a page of this workbench. Go back, reload the page and try again.")
    return render(request, "site/problem.html", {"sentence": sentence, "code": "request-refused"}, status=403)


@login_not_required
def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form without the token of its page."""
    return refused(request)
