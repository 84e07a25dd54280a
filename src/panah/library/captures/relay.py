"""What a browser is told is the web: it asks here, and here the capture asks, by its own exit, and writes down.

It is spoken to as a proxy. Where the browser wants a safe line, it gets one to here, under a certificate that lives as
long as the capture; the line from here on is safe in its own right, and the site's certificates are those that are kept.
"""

from __future__ import annotations

import os
import socket
import ssl
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from io import BufferedIOBase
from socketserver import TCPServer, ThreadingMixIn
from threading import Condition, Thread
from typing import Any, Self, cast

from panah.errors import PanahError
from panah.library.captures.addresses import address_of
from panah.library.captures.fetching import Exchange, unpacked
from panah.library.captures.visiting import Visit

_PASSED_ON = ("Accept", "Origin")
"""All that a browser may say for itself to a site."""
_QUIET = 0.7
"""Seconds without a request after which a page is taken to have everything."""


class Relay(ThreadingMixIn, TCPServer):
    """A proxy at a socket that is given, for one visit and one browser."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, listening: socket.socket, visit: Visit, agent: str, pem: bytes) -> None:
        super().__init__(("", 0), _Asked, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.visit, self.agent = visit, agent
        self.safe = _safe(pem)
        self._busy, self._last = 0, time.monotonic()
        self._change = Condition()
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, *_where: Any) -> None:
        """A browser hangs up when it likes: that is no error of ours."""

    def until_quiet(self, deadline: float) -> bool:
        """Wait until the browser asks for nothing more; False where it never stops before `deadline`, a monotonic time."""
        with self._change:
            while time.monotonic() < deadline:
                rest = self._last + _QUIET - time.monotonic()
                if not self._busy and rest <= 0:
                    return True
                self._change.wait(min(deadline - time.monotonic(), rest if not self._busy else _QUIET))
        return False

    def answer(self, address: str, more: dict[str, str]) -> bytes:
        """What the site answers, as it came. Raises a `PanahError` where it did not, or unpacks to too much."""
        self._count(1)
        try:
            seen: Exchange = self.visit.ask(address_of(address), more)
            if seen.failure:
                raise seen.failure
            unpacked(seen, self.visit.bounds.size)
            return seen.received
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._change:
            self._busy += more
            self._last = time.monotonic()
            self._change.notify_all()


class _Asked(BaseHTTPRequestHandler):
    """One request of the browser, inside a safe line or not."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    _site = ""

    def do_CONNECT(self) -> None:
        """A safe line to a site: it ends here, and what is asked next is asked inside it."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        self.connection = self._relay.safe.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = cast("BufferedIOBase", self.connection.makefile("wb", 0))
        self._site = f"https://{self.path}"
        self.close_connection = False

    def do_GET(self) -> None:
        """A page, a picture, a script."""
        self.close_connection = True
        relay = self._relay
        if self.headers.get("User-Agent") != relay.agent:  # the browser asks for itself, and not for the page
            self._refuse("not-for-the-page")
            return
        more = {name: " ".join(self.headers[name].split()) for name in _PASSED_ON if name in self.headers}
        try:
            self.wfile.write(relay.answer(self._site + self.path, more))
        except PanahError as error:
            self._refuse(error.code)

    def finish(self) -> None:
        """Let go of the line."""
        with suppress(OSError):
            super().finish()
        self.connection.close()

    def log_message(self, *_line: object) -> None:
        """Nothing that is asked for is logged."""

    @property
    def _relay(self) -> Relay:
        return cast("Relay", self.server)

    def _refuse(self, why: str) -> None:
        self.wfile.write(f"HTTP/1.1 502 {why}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode("ascii"))


def _safe(pem: bytes) -> ssl.SSLContext:
    """Safe lines under a certificate of our own. OpenSSL wants a file: it gets one that lies in memory and has no name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])
    file = os.memfd_create("certificate")
    try:
        os.write(file, pem)
        context.load_cert_chain(f"/proc/self/fd/{file}")
    finally:
        os.close(file)
    return context
