"""The pages that belong to no one package: signing in, the docket, help, and what is shown when something fails."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.cases import queries as cases
from panah.library import queries as library
from panah.site.doctor import CHECKS, Outcome, examined
from panah.site.forms import SignIn
from panah.team.acting import member_of, now
from panah.team.actions import Verb, enter

RECENT = 12


@login_not_required
@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in. A wrong name and a wrong passphrase are answered alike."""
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = authenticate(request, **form.cleaned_data)
        if member is not None:
            login(request, member)
            enter(verb=Verb.SIGNED_IN, kind="member", subject=str(member), by=member_of(request), now=now())
            return redirect(_local(request.POST.get("next", "")))
        form.add_error(None, _("This name and passphrase do not open the workspace."))
    return render(
        request,
        "site/sign_in.html",
        {"form": form, "next": request.GET.get("next", "")},
        status=403 if form.errors else 200,
    )


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


def _local(address: str) -> str:
    """Where to go after signing in: only to a page of this workbench."""
    if url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return resolve_url("docket")
