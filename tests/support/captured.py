"""Captures as they are kept, without a web to capture from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NOTICE = "<!doctype html><title>A captured notice</title><p>The road to the north was closed on Monday."
AT = "https://lantern.example/notices/closed-road"
_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FOUND = {
    "hops": [
        {"address": "http://lantern.example/n/7", "status": 302, "ip": "93.184.216.34", "at": "2026-11-23T12:00:00+00:00"},
        {"address": AT, "status": 403, "ip": "93.184.216.34", "at": "2026-11-23T12:00:01+00:00"},
    ],
    "robots": "disallowed", "requests": 7, "agent": "Mozilla/5.0", "tls": "TLSv1.3", "stamper": "CN=Clock of the tests",
    "undrawn": {"code": "no-browser", "reason": "There is no browser here that could draw the page."},
    "certificates": [{
        "subject": "CN=lantern.example", "issuer": "CN=Root of the tests", "begins": "2026-01-01T00:00:00+00:00",
        "ends": "2027-01-01T00:00:00+00:00", "fingerprint": "sha256:" + "ab" * 32,
    }],
}  # fmt: skip


def captured(desk, *, shelf: str = "Library", notice: str = NOTICE, failure=None, timestamp=None, calendars=()):
    """A capture that ended: with a page that the site answered with 403, or with a failure; and what calendars gave."""
    from panah.library import actions
    from panah.library.models import Capture, Captured, Collection
    from panah.vault.data_keys import store_of

    place = desk.shelf(shelf)
    collection, _ = Collection.objects.get_or_create(compartment=place.compartment, name=shelf)
    asked = {"by": desk.member, "asked": "http://lantern.example/n/7", "asked_at": desk.now()}
    capture = Capture.objects.create(collection=collection, **asked)
    kept = store_of(place.compartment.pk).keep([notice.encode()])
    page = actions.Piece(
        Captured.What.PAGE, kept, "text/html", "lantern.example/notices/closed-road", "A captured notice"
    )
    stamp = (None, None) if failure else (b"an invented time-stamp", _NOON + timedelta(seconds=9))
    came = actions.Came(
        () if failure else (page,), "tor", AT, 0 if failure else 403, _NOON, _NOON + timedelta(seconds=8),
        {} if failure else FOUND | {"calendars": list(calendars)}, failure, *stamp, timestamp,
    )  # fmt: skip
    actions.end_capture(capture=capture, came=came, now=desk.now())
    return capture
