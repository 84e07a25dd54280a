"""What holds for every answer of the workbench."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

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
    """A `PanahError` that reaches the top is a page with its sentence and its code."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of an error of ours; others are Django's to handle."""
        if isinstance(error, PanahError):
            return render(request, "site/error.html", {"error": error}, status=error.status)
        return None
