"""The one place that talks to the network. It is loaded when a time-stamp is asked for, and never to verify one."""

from __future__ import annotations

import urllib.request
from http.client import HTTPException
from urllib.error import HTTPError

from panah.proof.timestamp import LARGEST_TOKEN, TimestampRefused

PATIENCE_SECONDS = 20


def asked(url: str, question: bytes) -> bytes:
    """What the authority at `url` answers, unread, of at most `LARGEST_TOKEN` bytes. Raises `TimestampRefused`."""
    if not url.startswith(("https://", "http://")):
        raise TimestampRefused(reason="its address is neither http nor https")
    try:
        request = urllib.request.Request(url, question, {"Content-Type": "application/timestamp-query"})  # noqa: S310
        with urllib.request.build_opener(_NowhereElse).open(request, timeout=PATIENCE_SECONDS) as answer:
            body: bytes = answer.read(LARGEST_TOKEN + 1)
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, HTTPError):
            error.close()  # it holds the connection
        raise TimestampRefused(reason=f"it does not answer ({type(error).__name__})") from error
    if len(body) > LARGEST_TOKEN:
        raise TimestampRefused(reason="its answer is too long")
    return body


class _NowhereElse(urllib.request.HTTPRedirectHandler):
    """The operator named one address; where it sends elsewhere, that is its answer, and nobody is asked there."""

    def redirect_request(self, *_answer: object) -> None:
        """No other request is made."""
