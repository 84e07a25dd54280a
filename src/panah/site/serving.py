"""The workbench as a process: one web server, one reader of documents, one copy of the keys."""

from __future__ import annotations

import errno
import faulthandler
import ipaddress
import logging
import signal
import socket
import threading
import time
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any, Self

from cheroot.server import HTTPConnection, HTTPRequest
from cheroot.workers.threadpool import ThreadPool, WorkerThread
from cheroot.wsgi import Server
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from panah.errors import PanahError
from panah.library.captures.following import Follower
from panah.library.captures.worker import Capturer
from panah.library.worker import Worker
from panah.site.keeper import Keeper
from panah.site.middleware import GUARDS
from panah.site.searching import Searching, insist
from panah.vault.upkeep import Upkeep
from panah.vault.uploads import LARGEST

THREADS = 4
LONGEST_HEAD = 64 * 1024
"""Bytes of a request's line and headers."""
LONGEST_BODY = 100 * LARGEST + (1 << 20)
"""Bytes of a request: as many files as a form may have, each as large as an upload may be, and what is between them."""
HEAD_WITHIN = 10
"""Seconds in which the head of a request must have come whole, however busily it drips."""
IDLE = 60
"""Seconds for which a connection may be silent."""
ANSWERED_WITHIN, LEFT_WITHIN = 10, 15
"""Seconds in which requests may still be answered, and in which all else ends, once somebody asks the workbench to end."""
A_MOMENT = 2
GONE_WITHIN = 45
"""Seconds after which the process is gone, whatever still waits in it."""
BARE = {
    "Connection": "close",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Content-Type": "text/plain; charset=utf-8",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What an answer carries, beside `GUARDS`, that neither Django nor django-csp has seen."""
_ASKS_TO_END = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_log = logging.getLogger("panah.site")


class AddressNotLocal(PanahError):
    """{host} is not an address of this machine alone: the workbench speaks without TLS, so it listens only at home."""


class PortTaken(PanahError):
    """Something already listens at {host}, port {port}; choose another with --port."""


class Request(HTTPRequest):
    """A request whose head comes soon or not at all; what cheroot answers by itself is guarded like any page."""

    def parse_request(self) -> None:
        """Read the head."""
        patience = threading.Timer(HEAD_WITHIN, self._hang_up)
        patience.daemon = True
        patience.start()
        try:
            super().parse_request()
        finally:
            patience.cancel()

    def _hang_up(self) -> None:
        with suppress(OSError):
            self.conn.socket.shutdown(socket.SHUT_RDWR)

    def simple_response(self, status: str, msg: str = "") -> None:
        """What is answered before any page is asked: the status, and one sentence."""
        body = (msg or "The request could not be understood.").encode("utf-8", "replace")
        head = {**GUARDS, **BARE, "Content-Length": str(len(body))}
        lines = [f"{self.server.protocol} {status}", *(f"{name}: {value}" for name, value in head.items()), "", ""]
        self.close_connection = True
        with suppress(OSError):  # nobody waits for the answer
            self.conn.wfile.write("\r\n".join(lines).encode("latin-1") + body)


class Connection(HTTPConnection):
    """A connection that speaks in `Request`s."""

    RequestHandlerClass = Request


class Pool(ThreadPool):
    """Threads that nobody waits for without a limit: those that do not end when they are told to end with the process."""

    def __init__(self, server: Server) -> None:
        super().__init__(server, min=THREADS)
        self._hands: list[WorkerThread] = []

    def _spawn_worker(self) -> WorkerThread:
        hand = WorkerThread(self.server)  # type: ignore[no-untyped-call]
        hand.daemon = True
        hand.start()
        self._hands.append(hand)
        return hand

    def stop(self, timeout: float = ANSWERED_WITHIN) -> None:
        """Let requests be answered for `timeout` seconds, then hang up on whoever still waits, also on who does not listen."""
        stopping = threading.Thread(target=super().stop, args=[timeout], daemon=True)
        stopping.start()
        stopping.join(timeout)
        for hand in self._hands:
            if (line := hand.conn) is not None:
                with suppress(OSError):
                    line.socket.shutdown(socket.SHUT_RDWR)
        stopping.join(A_MOMENT)


class QuietServer(Server):
    """Logs no request, and of a failure only its frames."""

    ConnectionClass = Connection
    max_request_header_size = LONGEST_HEAD
    max_request_body_size = LONGEST_BODY

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """What cheroot would print to standard error."""
        if traceback:
            _log.exception("the web server failed")


class Workbench:
    """Listens as long as it is entered. Ctrl+C, or whatever asks for the same, is how one leaves it: that is no error."""

    def __init__(self, host: str, port: int) -> None:
        """At a port of an address of this machine; 0 takes a free one. Raises `AddressNotLocal`."""
        if not _is_local(host):
            raise AddressNotLocal(host=host)
        get_resolver().url_patterns  # noqa: B018  a page that cannot be loaded stops us now, not its first reader
        self._host, self._port = host, port
        self._beside = (Worker(), Capturer(), Follower(), Upkeep(), Searching(), Keeper())
        self._twin: socket.socket | None = None
        self._interruption = _OneInterruption()
        self._server = QuietServer(
            (host, port), get_wsgi_application(), server_name="panah", timeout=IDLE, shutdown_timeout=ANSWERED_WITHIN
        )
        self._server.requests = Pool(self._server)

    def __enter__(self) -> Self:
        """Listen. Raises `PortTaken`, `NoPlaceInMemory`."""
        insist()
        try:
            self._server.prepare()
        except OSError:
            raise PortTaken(host=self._host, port=self._port) from None
        except KeyboardInterrupt:
            self._server.stop()
            raise
        self._keep_name_to_ourselves()
        self._interruption.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Let go of everything, within a minute: what does not end by then ends with the process, and what it did waits again.

        Should even the process not end, it says in which frames its threads are, and ends.
        """
        faulthandler.dump_traceback_later(GONE_WITHIN, exit=True)  # of C: also where Python waits for ever as it ends
        for each in self._beside:
            each.tell()
        self._server.stop()
        if self._twin:
            self._twin.close()
        deadline = time.monotonic() + LEFT_WITHIN
        for each in self._beside:
            each.end(max(0, deadline - time.monotonic()))
        self._interruption.over()
        return kind is KeyboardInterrupt

    @property
    def address(self) -> str:
        """Where it is. By name, where it has one that browsers allow passkeys at."""
        named = self._host == "127.0.0.1" and "localhost" in settings.PANAH_HOSTS
        return f"http://{'localhost' if named else self._host}:{self._server.bind_addr[1]}/"

    def _keep_name_to_ourselves(self) -> None:
        """`localhost` is ::1 as well, and browsers ask there first: nobody else may answer. Raises `PortTaken`."""
        if self._host != "127.0.0.1":
            return
        twin = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        try:
            twin.bind(
                ("::1", self._server.bind_addr[1])
            )  # and never listens: whoever asks is refused, and asks 127.0.0.1
            self._twin = twin
        except OSError as error:
            twin.close()
            if error.errno == errno.EADDRINUSE:
                self._server.stop()
                raise PortTaken(host="::1", port=self._server.bind_addr[1]) from None

    def serve(self) -> None:
        """Serve until somebody leaves. This thread only waits: what interrupts it, interrupts nothing that holds a lock."""
        for each in self._beside:
            each.start()
        serving = threading.Thread(target=self._server.serve, name="panah-server", daemon=True)
        serving.start()
        serving.join()


class _OneInterruption:
    """The first signal interrupts. Whoever asks once more has been heard: that would only break off the end."""

    def __init__(self) -> None:
        self._before: dict[int, Any] = {}

    def begin(self) -> None:
        """From now on, where signals come to this thread; what is ignored, as by nohup, stays so."""
        if threading.current_thread() is threading.main_thread():
            self._before = {
                number: signal.signal(number, self._interrupt)
                for number in _ASKS_TO_END
                if signal.getsignal(number) != signal.SIG_IGN
            }

    def over(self) -> None:
        """As before."""
        for number, before in self._before.items():
            signal.signal(number, before)

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        for number in self._before:
            signal.signal(number, lambda *_signal: None)
        raise KeyboardInterrupt


def _is_local(host: str) -> bool:
    try:
        found = {ipaddress.ip_address(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except (OSError, ValueError):
        return False
    return bool(found) and all(address.is_loopback for address in found)
