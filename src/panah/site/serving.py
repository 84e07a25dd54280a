"""The workbench as a process: one web server, one reader of documents, one copy of the keys."""

from __future__ import annotations

import ipaddress
import logging
import socket

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
    """Listens, and serves until it is told to end."""

    def __init__(self, host: str, port: int) -> None:
        """Bind; port 0 takes a free one. Raises `AddressNotLocal`, `PortTaken`."""
        if not _is_local(host):
            raise AddressNotLocal(host=host)
        get_resolver().url_patterns  # noqa: B018  a page that cannot be loaded stops us now, not its first reader
        self._server = QuietServer(
            (host, port), get_wsgi_application(), numthreads=THREADS, server_name="panah", timeout=60
        )
        try:
            self._server.prepare()
        except OSError:
            raise PortTaken(host=host, port=port) from None
        self.address = f"http://{host}:{self._server.bind_addr[1]}/"

    def serve(self) -> None:
        """Serve until somebody presses Ctrl+C, or tells the process to end."""
        worker = Worker()
        worker.start()
        try:
            self._server.serve()
        except KeyboardInterrupt:
            pass
        finally:
            self._server.stop()
            worker.end()


def _is_local(host: str) -> bool:
    try:
        found = {ipaddress.ip_address(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except (OSError, ValueError):
        return False
    return bool(found) and all(address.is_loopback for address in found)
