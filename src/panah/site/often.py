"""What costs much may be asked only so often by one browser."""

from __future__ import annotations

import time
from collections import deque
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from panah.errors import PanahError
from panah.site.middleware import Answer, page_of

MINUTE = 60
MOST_ASKERS = 10_000
"""Of whom it is remembered how often they asked; of more, the one who asked longest ago is forgotten."""


class TooOften(PanahError):
    """This may be asked {most} times in a minute, and was asked more often; wait a minute, and ask again."""

    status = 429


class Costly(NamedTuple):
    """A page that costs much: how often one browser may ask for it in a minute, and by which method."""

    most: int
    method: str = ""


COSTLY = {
    "library:search": Costly(120),
    "library:many": Costly(60, "POST"),
    "library:check": Costly(30, "POST"),
    "library:searches": Costly(60),
    "library:add": Costly(60, "POST"),
    "library:again": Costly(60),
    "library:capture": Costly(30, "POST"),
    "library:original": Costly(300),
    "library:page": Costly(300),
    "library:picture": Costly(2400),
    "cases:seal": Costly(12),
    "cases:bundle": Costly(60),
    "doctor": Costly(12),
}
"""By the name of the page. A person does not come near; a program that empties the library does."""


class Asked:
    """When each asker asked for each page, no longer than a minute ago."""

    def __init__(self) -> None:
        self._times: dict[tuple[str, str], deque[float]] = {}
        self._lock = Lock()

    def may(self, asker: str, page: str, most: int, now: float) -> bool:
        """Whether this asker may have this page now; if so, it is counted."""
        with self._lock:
            times = self._times.pop((asker, page), deque())
            while times and times[0] <= now - MINUTE:
                times.popleft()
            allowed = len(times) < most
            if allowed:
                times.append(now)
            self._times[asker, page] = times  # now the last of all
            if len(self._times) > MOST_ASKERS:
                del self._times[next(iter(self._times))]
            return allowed


class NotTooOften:
    """Answers a page of `COSTLY` only as often as it says there."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response
        self._asked = Asked()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """The page that asks for patience, where it is due."""
        page = request.resolver_match.view_name if request.resolver_match else ""
        costly = COSTLY.get(page)
        if costly is None or request.method not in {costly.method or request.method, "HEAD"}:
            return None
        if self._asked.may(_asker(request), page, costly.most, time.monotonic()):
            return None
        answer = page_of(request, TooOften(most=costly.most))
        answer.headers["Retry-After"] = str(MINUTE)
        return answer


def _asker(request: HttpRequest) -> str:
    """One browser: by its session, or, before it has one, by its address."""
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME) or request.META.get("REMOTE_ADDR", "")
