"""One capture: a page asked for, every step and every answer on the way to it, and what it needs to be seen."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from threading import Lock
from typing import NamedTuple
from urllib.robotparser import RobotFileParser

from panah.errors import PanahError
from panah.library.captures import Bounds, CaptureTooSlow, Deadline, Exit
from panah.library.captures.addresses import Address, AddressUnusable, address_of
from panah.library.captures.fetching import Budget, Exchange, Fetcher, unpacked
from panah.library.captures.requisites import of_page, of_sheet
from panah.library.captures.warc import Warc

_LEADS_ON = {301, 302, 303, 307, 308}
_LONGEST_ROBOTS = 512 * 1024
_AS_A_READER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


class RedirectsEndless(PanahError):
    """It leads on and on: after {count} addresses it was not followed any further."""

    status = 502


class RedirectBroken(PanahError):
    """{host} leads to an address that cannot be asked for. {reason}"""

    status = 502


class RequestsTooMany(PanahError):
    """The page asks for more than {count} things; the rest was not asked for."""

    status = 502


class Robots(StrEnum):
    """What the site says to programs that collect pages, in its robots.txt."""

    ALLOWED = "allowed"
    DISALLOWED = "disallowed"
    NONE = "none"
    UNKNOWN = "unknown"


class Hop(NamedTuple):
    """A step on the way to a page."""

    address: str
    status: int
    ip: str
    at: str


class Page(NamedTuple):
    """What came of asking for a page: the steps on the way, the last of which is where it is, and its content, unpacked."""

    hops: tuple[Hop, ...]
    reached: Exchange
    content: bytes
    robots: Robots
    failure: PanahError | None


class Visit:
    """Everything that is asked for in one capture goes through here: bounded, written down, and asked for once."""

    def __init__(self, leave: Exit, agent: str, bounds: Bounds, warc: Warc) -> None:
        self.bounds = bounds
        self.deadline = Deadline(bounds.seconds)
        self.requests = 0
        self._agent = agent
        self._warc = warc
        self._fetcher = Fetcher(leave, agent, Budget(bounds.size))
        self._known: dict[str, Exchange] = {}
        self._lock = Lock()

    def ask(self, address: Address, more: dict[str, str] | None = None) -> Exchange:
        """What came of asking for an address; the second time, what came the first time."""
        with self._lock:
            if known := self._known.get(str(address)):
                return known
            self.requests += 1
        try:
            seen = self._fetcher.fetch(address, self._limit(), more or {})
        except (RequestsTooMany, CaptureTooSlow) as refused:
            return _unasked(address, refused)
        self._warc.exchange(seen)
        with self._lock:
            return self._known.setdefault(str(address), seen)

    def page(self, address: Address) -> Page:
        """Follow an address to its page."""
        robots = self._robots(address)
        hops: list[Hop] = []
        while True:
            seen = self.ask(address, _AS_A_READER)
            hops.append(Hop(str(address), seen.status, seen.ip, seen.began.isoformat()))
            if seen.failure or seen.status not in _LEADS_ON or not seen.header("location"):
                return self._arrived(hops, seen, robots)
            try:
                address = self._next(seen, len(hops))
            except PanahError as error:
                return Page(tuple(hops), seen, b"", robots, error)

    def requisites(self, page: Page) -> None:
        """Ask for the pictures and style sheets of a page, as many as are allowed, and for those that the sheets name."""
        wanted = list(of_page(page.content, page.reached.address))
        left = self.bounds.requisites
        while wanted and left:
            seen = self.ask(wanted.pop(0))
            left -= 1
            if seen.header("content-type").startswith("text/css") and not seen.failure:
                wanted += [each for each in of_sheet(seen.body, seen.address) if str(each) not in self._known]

    def _limit(self) -> Deadline:
        """How long one more request may take. Raises `RequestsTooMany`, `CaptureTooSlow`."""
        if self.requests > self.bounds.requests:
            raise RequestsTooMany(count=self.bounds.requests)
        return Deadline(self.bounds.patience, within=self.deadline)

    def _arrived(self, hops: list[Hop], seen: Exchange, robots: Robots) -> Page:
        content, failure = b"", seen.failure
        if not failure:
            try:
                content = unpacked(seen, self.bounds.size)
            except PanahError as error:
                failure = error
        return Page(tuple(hops), seen, content, robots, failure)

    def _next(self, seen: Exchange, count: int) -> Address:
        """Where a site leads on to. Raises `RedirectsEndless`, `RedirectBroken`."""
        if count > self.bounds.redirects:
            raise RedirectsEndless(count=count)
        location = seen.header("location").encode("latin-1", "replace").decode("utf-8", "replace")
        try:
            return address_of(location, seen.address)
        except AddressUnusable as error:
            raise RedirectBroken(host=seen.address.host, reason=error.sentence) from None

    def _robots(self, address: Address) -> Robots:
        """What the site of an address says of it. It is written down and heeded by nobody: a person asks for one page."""
        seen = self.ask(address._replace(target="/robots.txt"))
        if seen.failure or seen.status >= 500 or not seen.status:
            return Robots.UNKNOWN
        if seen.status != 200:
            return Robots.NONE
        rules = RobotFileParser()
        rules.parse(seen.body[:_LONGEST_ROBOTS].decode("utf-8", "replace").splitlines())
        return Robots.ALLOWED if rules.can_fetch(self._agent, str(address)) else Robots.DISALLOWED


def _unasked(address: Address, why: PanahError) -> Exchange:
    now = datetime.now(UTC)
    return Exchange(address, now, now, failure=why)
