"""The workbench as a process: one web server, one reader of documents, one copy of the keys."""

from __future__ import annotations

import ipaddress
import logging
import socket
from types import TracebackType
from typing import Self

from cheroot.wsgi import Server
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from panah.errors import PanahError
from panah.library.worker import Worker

THREADS = 4
_log = logging.getLogger("panah.site")


class AddressNotLocal(PanahError):
    """{host} is not an address of this machine alone: the workbench speaks without TLS, so it listens only at home."""


class PortTaken(PanahError):
    """Something already listens at {host}, port {port}; choose another with --port."""


class QuietServer(Server):
    """Logs no request, and of a failure only its frames."""

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
        self._worker = Worker()
        self._server = QuietServer(
            (host, port), get_wsgi_application(), numthreads=THREADS, server_name="panah", timeout=60
        )

    def __enter__(self) -> Self:
        """Listen. Raises `PortTaken`."""
        try:
            self._server.prepare()
        except OSError:
            raise PortTaken(host=self._host, port=self._port) from None
        except KeyboardInterrupt:
            self._server.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Let go of everything."""
        self._server.stop()
        self._worker.end()
        return kind is KeyboardInterrupt

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://{self._host}:{self._server.bind_addr[1]}/"

    def serve(self) -> None:
        """Serve until somebody leaves."""
        self._worker.start()
        self._server.serve()


def _is_local(host: str) -> bool:
    try:
        found = {ipaddress.ip_address(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except (OSError, ValueError):
        return False
    return bool(found) and all(address.is_loopback for address in found)
