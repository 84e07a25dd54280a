"""The one place that talks to the network. It is loaded when a time-stamp is asked for, and never to verify one."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Lock, Thread
from typing import Any
from urllib.error import HTTPError

from panah.errors import Phrase
from panah.proof.timestamp import LARGEST_TOKEN, TimestampRefused

PATIENCE_SECONDS = 20.0
"""For all of it: finding the authority, reaching it, and its answer to the last byte, however busily that drips."""

_SAYS = {"Content-Type": "application/timestamp-query"}
Watch = Callable[[socket.socket], None]


def asked(url: str, question: bytes, patience: float = PATIENCE_SECONDS) -> bytes:
    """What the authority at `url` answers, unread, of at most `LARGEST_TOKEN` bytes, within `patience` seconds.

    Raises `TimestampRefused`.
    """
    if not url.startswith(("https://", "http://")):
        raise TimestampRefused(reason="its address is neither http nor https")
    asking = _Asking(url, question, patience)
    asking.start()
    asking.join(patience)
    if asking.is_alive():
        asking.hang_up()
        raise TimestampRefused(reason=Phrase("it does not answer within {seconds} seconds", seconds=f"{patience:g}"))
    if isinstance(asking.came, Exception):
        kind = type(asking.came).__name__
        raise TimestampRefused(reason=Phrase("it does not answer ({kind})", kind=kind)) from asking.came
    if len(asking.came) > LARGEST_TOKEN:
        raise TimestampRefused(reason="its answer is too long")
    return asking.came


class _Asking(Thread):
    """Asks, and may be left to itself: nothing but hanging up ends a wait for a name or for one more byte."""

    came: bytes | Exception = b""

    def __init__(self, url: str, question: bytes, patience: float) -> None:
        super().__init__(name="panah-authority", daemon=True)
        self._url, self._question, self._patience = url, question, patience
        self._lines: list[socket.socket] = []
        self._hung_up = False
        self._changing = Lock()

    def run(self) -> None:
        """Ask once; what came, or what kept it from coming, is `came`."""
        opener = urllib.request.build_opener(_NowhereElse, _Plain(self._watch), _Safe(self._watch))
        try:
            request = urllib.request.Request(self._url, self._question, _SAYS)  # noqa: S310
            with opener.open(request, timeout=self._patience) as answer:
                self.came = answer.read(LARGEST_TOKEN + 1)
        except (OSError, HTTPException, ValueError) as error:
            if isinstance(error, HTTPError):
                error.close()  # it holds the connection
            self.came = error
        finally:
            self.hang_up()

    def hang_up(self) -> None:
        """End every line, also one that is only just being taken up."""
        with self._changing:
            self._hung_up = True
            while self._lines:
                _end(self._lines.pop())

    def _watch(self, line: socket.socket) -> None:
        with self._changing:
            watched = line.dup()  # it stays what it is when TLS takes the other one over
            if self._hung_up:
                _end(watched)
            else:
                self._lines.append(watched)


def _end(line: socket.socket) -> None:
    with line, suppress(OSError):  # it ended by itself
        line.shutdown(socket.SHUT_RDWR)


class _Line(HTTPConnection):
    """A connection that is shown to whoever may have to end it, before anything is said on it."""

    watch: Watch

    def connect(self) -> None:
        """Reach the authority."""
        super().connect()
        self.watch(self.sock)


class _SafeLine(HTTPSConnection, _Line):
    """The same: the plain connection is shown, and then secured."""


def _watched(kind: type[_Line], watch: Watch, *place: Any, **settings: Any) -> _Line:
    line = kind(*place, **settings)
    line.watch = watch
    return line


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        """Ask over a plain line."""
        return self.do_open(partial(_watched, _Line, self._watch), req)


class _Safe(urllib.request.HTTPSHandler):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        """Ask over a safe line."""
        return self.do_open(partial(_watched, _SafeLine, self._watch), req)


class _NowhereElse(urllib.request.HTTPRedirectHandler):
    """The operator named one address; where it sends elsewhere, that is its answer, and nobody is asked there."""

    def redirect_request(self, *_answer: object) -> None:
        """No other request is made."""
