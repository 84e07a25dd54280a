"""What holds for every answer of the workbench."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from panah.errors import PanahError

Answer = Callable[[HttpRequest], HttpResponseBase]


class NothingIsCached:
    """No page is kept by the browser on its disk, and none by anything between."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and forbid to store the answer."""
        response = self._get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class ErrorsAreSentences:
    """A `PanahError` that reaches the top is a page with its sentence and its code; so is an address that takes forms."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; where only a form is taken, say so."""
        response = self._get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        sentence = _("This address only takes a form. Go back to the page on which the form stands.")
        page = render(request, "site/problem.html", {"sentence": sentence, "code": "form-wanted"}, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Read the form now: an upload that cannot be taken in would else fail before any page was asked."""
        try:
            request.POST  # noqa: B018
        except PanahError as error:
            return self.process_exception(request, error)
        except UnreadablePostError:  # the browser went away; nobody waits for an answer
            return None
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of an error of ours; others are Django's to handle."""
        if isinstance(error, PanahError):
            context = {"error": error, "back": _came_from(request)}
            return render(request, "site/error.html", context, status=error.status)
        return None


def _came_from(request: HttpRequest) -> str:
    """The page of this workbench that led here; empty where none did."""
    address = request.headers.get("Referer", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else ""
