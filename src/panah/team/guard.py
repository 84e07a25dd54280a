"""Who is let through to the workbench: a member who is still on the team, still at her desk, and has a second factor."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from panah.team import factors, sittings
from panah.team.acting import now
from panah.team.models import Member

Answer = Callable[[HttpRequest], HttpResponseBase]

BEFORE_READY = {
    "team:begin", "team:password", "team:telephone", "team:passkey",
    "sign-in", "second-factor", "sign-out", "set_language",
}  # fmt: skip
"""What a member reaches who has not chosen a password and a second factor yet."""
_READY = "ready"


class MembersAtWork:
    """Notes where members are signed in, ends what was left alone, and leads to what is still to be chosen."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; whoever went away for too long is a stranger by now."""
        session = request.session.session_key
        if session and isinstance(request.user, Member):
            if sittings.went_idle(session, now()):
                sittings.forget(session=session)
                logout(request)
            else:
                browser = request.headers.get("User-Agent", "")
                sittings.note(member=request.user, session=session, browser=browser, now=now())
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Lead whoever is not ready to what is missing."""
        member, page = request.user, request.resolver_match
        if not isinstance(member, Member) or (page and page.view_name in BEFORE_READY) or _is_ready(request, member):
            return None
        return redirect("team:begin")


def _is_ready(request: HttpRequest, member: Member) -> bool:
    if not request.session.get(_READY):
        request.session[_READY] = member.has_usable_password() and factors.has_one(member)
    return bool(request.session[_READY])
