"""Does what was asked for: captures a page, keeps what came of it, has it stamped, and says how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import NamedTuple

from django.conf import settings

from panah import proof
from panah.errors import PanahError, taken_apart
from panah.library import actions
from panah.library.captures import Bounds, browser, calendars, chosen_exit
from panah.library.captures.addresses import Address, address_of
from panah.library.captures.chromium import Drawn
from panah.library.captures.rendering import rendered
from panah.library.captures.visiting import Page, Visit
from panah.library.captures.warc import MEDIA_TYPE, Warc
from panah.library.extractors.answers import charset_of
from panah.library.extractors.kinds import HEAD, HTML, PDF, media_type
from panah.library.models import Capture, Captured
from panah.proof.certificates import CertificateUnreadable, certificate_of
from panah.team import queries as team
from panah.team import stamping
from panah.team.rules import May
from panah.vault.data_keys import store_of
from panah.vault.store import Incoming, Kept, Store


class NoBrowser(PanahError):
    """There is no browser here that could draw the page; it was asked for its pictures and style sheets without one."""


class NoPage(PanahError):
    """It is no page that a browser would draw."""


class CaptureStopped(PanahError):
    """Capturing it was stopped before its end; it waits to be captured again."""


class Seen(NamedTuple):
    """What a visit saw."""

    page: Page
    drawn: Drawn | None
    undrawn: PanahError | None
    exit: str
    requests: int
    began: datetime
    ended: datetime


def capture_one(
    capture: Capture,
    *,
    bounds: Bounds = Bounds(),  # noqa: B008
    keeping: AbstractContextManager[object] = nullcontext(),  # noqa: B008
) -> None:
    """Do a capture whose lease we have. Whatever keeps it from its end is its recorded outcome.

    What it saw is stored inside `keeping`. Raises `CaptureStopped` where that does not let it; then nothing is kept.
    """
    try:
        team.require(capture.by, capture.compartment, May.WORK)
        store = store_of(capture.compartment.pk)
        with store.incoming() as incoming:
            seen = _seen(address_of(capture.asked), bounds, incoming)
            asked = calendars.timestamped(incoming.digest, bounds.calendar)
            with keeping:
                came = _came(seen, asked, incoming.keep(), store)
                actions.end_capture(capture=capture, came=came, now=datetime.now(UTC))
    except CaptureStopped:
        actions.give_back_capture(capture=capture)
        raise
    except PanahError as failure:
        actions.fail_capture(capture=capture, failure=failure, now=datetime.now(UTC))


def _seen(address: Address, bounds: Bounds, incoming: Incoming) -> Seen:
    """Go and look; all of it goes into a WARC on the way."""
    leave, agent, program = chosen_exit(), settings.PANAH_CAPTURE_AGENT, browser()
    warc, began = Warc(incoming.write), datetime.now(UTC)
    warc.begin({"exit": leave.name, "http-header-user-agent": agent, "robots": "recorded, and heeded by nobody"})
    visit = Visit(leave, agent, bounds, warc)
    page = visit.page(address)
    drawn: Drawn | None = None
    undrawn: PanahError | None = NoPage()
    if _is_page(page):
        drawn, undrawn = _drawn(page, visit, program, agent)
        if drawn is None:
            visit.requisites(page)
    seen = Seen(page, drawn, undrawn, leave.name, visit.requests, began, datetime.now(UTC))
    warc.end(_said(address, seen), str(page.reached.address))
    return seen


def _is_page(page: Page) -> bool:
    return not page.failure and bool(page.content) and _kind(page.content) == HTML


def _drawn(page: Page, visit: Visit, program: str, agent: str) -> tuple[Drawn | None, PanahError | None]:
    """The page as a browser shows it, or why there is no such picture."""
    try:
        if not program:
            raise NoBrowser
        return rendered(str(page.reached.address), visit, program, agent), None
    except PanahError as error:
        return None, error


def _came(seen: Seen, asked: calendars.Asked, record: Kept, store: Store) -> actions.Came:
    """What the shelf gets of it, and what the row says."""
    found = _found(seen)
    if asked.answers:
        found["calendars"] = [answer.kept() for answer in asked.answers]
    token, stamp, unstamped = _stamped(record, store)
    if unstamped:
        found["unstamped"] = _reason(unstamped)
    if stamp:
        found["stamper"] = stamp.by
    page = seen.page
    return actions.Came(
        tuple(_pieces(seen, record, store)), seen.exit, str(page.reached.address), page.reached.status, seen.began,
        seen.ended, found, page.failure, token, stamp.at if stamp else None, asked.timestamp,
    )  # fmt: skip


def _pieces(seen: Seen, record: Kept, store: Store) -> Iterator[actions.Piece]:
    address, what = seen.page.reached.address, Captured.What
    place = (address.host + address.target.partition("?")[0]).rstrip("/")[:300]
    at, minute = seen.began.strftime("%Y-%m-%dT%H%M%SZ"), seen.began.strftime("%Y-%m-%d %H:%M")
    title = f"Capture of {address}"[:460] + f", {minute} UTC"
    if seen.page.content:
        content = seen.page.content
        charset = charset_of(seen.page.reached.header("content-type"))
        yield actions.Piece(what.PAGE, store.keep([content]), _kind(content), place, "", charset)
    if seen.drawn:
        called, picture, printed = seen.drawn.title or str(address), seen.drawn.picture, seen.drawn.print
        yield actions.Piece(
            what.PICTURE, store.keep([picture]), "image/png", f"{place} {at}.png", f"{called} (picture)"
        )
        yield actions.Piece(what.PRINT, store.keep([printed]), PDF, f"{place} {at}.pdf", f"{called} (print)")
    yield actions.Piece(what.RECORD, record, MEDIA_TYPE, f"{address.host} {at}.warc", title)


def _stamped(record: Kept, store: Store) -> tuple[bytes | None, proof.Stamp | None, PanahError | None]:
    """A time-stamp over the WARC, where the operator names an authority; where it gives none, why."""
    try:
        authority = stamping.authority()
        if authority is None:
            return None, None, None
        content = store.content(record.digest)
        token = proof.stamp(content, authority)
        return token, proof.read_stamp(token, content, authority.roots), None
    except PanahError as error:
        return None, None, error


def _found(seen: Seen) -> dict[str, object]:
    page = seen.page
    found: dict[str, object] = {
        "hops": [hop._asdict() for hop in page.hops],
        "robots": page.robots,
        "requests": seen.requests,
        "agent": settings.PANAH_CAPTURE_AGENT,
        "tls": page.reached.tls.version,
        "certificates": [_certificate(der) for der in page.reached.tls.chain],
    }
    if seen.undrawn:
        found["undrawn"] = _reason(seen.undrawn)
    if seen.drawn and seen.drawn.address != str(page.reached.address):
        found["drawn_at"] = seen.drawn.address
    return found


def _certificate(der: bytes) -> dict[str, str]:
    try:
        said = certificate_of(der)
    except CertificateUnreadable as error:
        return {"subject": error.sentence, "fingerprint": proof.digest_of(der)}
    return {
        "subject": said.subject,
        "issuer": said.issuer,
        "begins": said.begins.isoformat(),
        "ends": said.ends.isoformat(),
        "fingerprint": said.fingerprint,
    }


def _said(asked: Address, seen: Seen) -> dict[str, str]:
    """The last record of the WARC."""
    page = seen.page
    said = {
        "asked": str(asked), "reached": str(page.reached.address), "status": str(page.reached.status),
        "robots": page.robots, "began": seen.began.isoformat(), "ended": seen.ended.isoformat(),
    }  # fmt: skip
    for name, error in (("failure", page.failure), ("undrawn", seen.undrawn)):
        if error:
            said |= {name: error.code, f"{name}Said": error.sentence}
    return said


def _reason(error: PanahError) -> dict[str, object]:
    return {"code": error.code, "reason": error.sentence, "parts": taken_apart(error.sentence)}


def _kind(content: bytes) -> str:
    return media_type(content[:HEAD], content[-HEAD:])
