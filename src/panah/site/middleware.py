"""What holds for every answer of the workbench."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from panah.errors import PanahError

Answer = Callable[[HttpRequest], HttpResponseBase]

POWERS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi",
    "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
"""What a browser can lend to a page, and no page of ours asks for. Passkeys are not among them."""


GUARDS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in POWERS),
    "X-DNS-Prefetch-Control": "off",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-XSS-Protection": "0",  # old browsers had a filter that could be turned against the page
}
"""What Django and django-csp do not send: nothing is kept on a disk, nothing is lent to another page, no device is used."""


class EveryAnswerIsGuarded:
    """Every answer carries `GUARDS`, unless it has a stricter or a better founded word of its own."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and guard the answer."""
        response = self._get_response(request)
        for name, value in GUARDS.items():
            response.headers.setdefault(name, value)
        return response


class FormTooLarge(PanahError):
    """A form may have {fields} fields, {files} files and {characters} characters, and this one has more."""

    status = 413


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
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            return page_of(request, _too_large())
        except UnreadablePostError:  # the browser went away; nobody waits for an answer
            return None
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of an error of ours; others are Django's to handle."""
        return page_of(request, error) if isinstance(error, PanahError) else None


def page_of(request: HttpRequest, error: PanahError) -> HttpResponse:
    """The page that says what could not be done."""
    return render(request, "site/error.html", {"error": error, "back": _came_from(request)}, status=error.status)


def _too_large() -> FormTooLarge:
    return FormTooLarge(
        fields=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        files=settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        characters=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    )


def _came_from(request: HttpRequest) -> str:
    """The page of this workbench that led here; empty where none did."""
    address = request.headers.get("Referer", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else ""
