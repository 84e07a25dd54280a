"""The socket for the exits by which captures leave this machine, and what a capture may cost.

To add one: write a class in a file of its own here, and name it in `EXITS` of `panah.site.settings`. Which of them is
used, and whether any is, the operator says: with nothing said, no page is ever asked for.
"""

from __future__ import annotations

import shutil
import socket
import time
from importlib import import_module
from typing import NamedTuple, Protocol

from django.conf import settings

from panah.errors import PanahError
from panah.library.captures.addresses import Address, Neighbours, address_of, require_name


class CaptureNotAllowed(PanahError):
    """Pages of the web are not captured here, unless whoever keeps this Panah allows it with PANAH_CAPTURE."""

    status = 403


class NeighboursUnreadable(PanahError):
    """PANAH_CAPTURE_PRIVATE names something that is neither a name nor a network: {reason}."""


class CaptureTooSlow(PanahError):
    """It took longer than {seconds} seconds, and was broken off."""

    status = 504


class Bounds(NamedTuple):
    """What one capture may cost."""

    seconds: float = 200
    """For everything; a lease of the work outlasts it."""
    patience: float = 60
    """Seconds for one request and its answer."""
    size: int = 100_000_000
    """Bytes of all answers, as they are received and as they unpack."""
    redirects: int = 10
    requests: int = 400
    requisites: int = 60
    """How many pictures and style sheets are asked for where no browser asks for them itself."""
    rendering: float = 60
    """Seconds for the browser."""
    calendar: float = 20
    """Seconds for one calendar of OpenTimestamps and its answer; three times as many for all of them."""


class Deadline:
    """A moment after which nothing is waited for. Raises `CaptureTooSlow` from then on."""

    def __init__(self, seconds: float, *, within: Deadline | None = None) -> None:
        self._seconds = min(seconds, within.left()) if within else seconds
        self._end = time.monotonic() + self._seconds

    def left(self) -> float:
        """Seconds that are left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise CaptureTooSlow(seconds=round(self._seconds, 1))
        return left

    def bind(self, connection: socket.socket) -> socket.socket:
        """The connection, which waits no longer than this for what it does next."""
        connection.settimeout(self.left())
        return connection


class Reached(NamedTuple):
    """A connection to where an address is served, or to a proxy that speaks for it."""

    connection: socket.socket
    ip: str = ""
    """Where it leads; empty where only the exit knows."""
    resolved: tuple[str, ...] = ()
    """All that the name was said to mean, where it was asked for here."""
    to_proxy: bool = False
    """Whether the request must name the whole address, since a proxy reads it."""


class Exit(Protocol):
    """A way out of this machine."""

    name: str

    def reach(self, address: Address, deadline: Deadline) -> Reached:
        """A connection. Raises a `PanahError` that says why there is none."""


def allowed() -> bool:
    """Whether the operator allows captures."""
    return bool(settings.PANAH_CAPTURE)


def address_to_ask(written: str) -> Address:
    """An address that a person wrote, if it may be asked for. Raises `AddressUnusable`, `AddressForbidden`."""
    address = address_of(written)
    require_name(address, neighbours())
    return address


def neighbours() -> Neighbours:
    """What the operator allows of this machine and of private networks. Raises `NeighboursUnreadable`."""
    try:
        return Neighbours.of(settings.PANAH_CAPTURE_PRIVATE)
    except ValueError as error:
        raise NeighboursUnreadable(reason=error) from None


def chosen_exit() -> Exit:
    """The exit that the operator chose. Raises `CaptureNotAllowed`, `NeighboursUnreadable`."""
    if not allowed():
        raise CaptureNotAllowed
    module, _, name = settings.EXITS[settings.PANAH_CAPTURE].rpartition(".")
    found: Exit = getattr(import_module(module), name)(settings.PANAH_CAPTURE_PROXY, neighbours())
    return found


def browser() -> str:
    """The program that draws pages; empty where there is none, or the operator wants none."""
    if settings.PANAH_CAPTURE_BROWSER == "0":
        return ""
    return shutil.which(settings.PANAH_CAPTURE_BROWSER) or ""
