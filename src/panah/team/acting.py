"""Who acts in a request of the workbench, and when; and that it is still the same person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from panah.team.models import Member

FRESH = timedelta(minutes=5)
_KNOWN_AT = "known-at"

View = Callable[..., HttpResponseBase]


def member_of(request: HttpRequest) -> Member:
    """The member who asks; a view that is open to strangers has none."""
    if isinstance(request.user, Member):
        return request.user
    raise PermissionDenied


def now() -> datetime:
    """The time of an act."""
    return datetime.now(UTC)


def origin(request: HttpRequest) -> str:
    """Where the browser says that it is: what a passkey signs."""
    return f"{request.scheme}://{request.get_host()}"


def known(request: HttpRequest) -> None:
    """Remember that the member showed just now who she is."""
    request.session[_KNOWN_AT] = now().timestamp()


def is_fresh(request: HttpRequest) -> bool:
    """Whether the member showed within the last minutes who she is."""
    return 0 <= now().timestamp() - float(request.session.get(_KNOWN_AT, 0)) <= FRESH.total_seconds()


def fresh(view: View) -> View:
    """A view that seals, hands out, erases, or changes keys: whoever left her desk is asked first who she is.

    Nothing is lost by it: what was typed into a form is asked for again by nobody, it travels with the answer.
    """

    @wraps(view)
    def asked_first(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        from panah.team.knowing import ask_again, shows

        if not is_fresh(request) and not shows(request):
            return ask_again(request)
        return view(request, *args, **named)

    return asked_first
