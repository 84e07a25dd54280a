from __future__ import annotations

import pytest

from support.calendars import Calendar
from support.web import Certified


@pytest.fixture
def allowed(settings):
    """Captures are allowed, directly, and of this machine; there is no browser."""
    settings.PANAH_CAPTURE, settings.PANAH_CAPTURE_BROWSER = "direct", "0"
    settings.PANAH_CAPTURE_PRIVATE = ["127.0.0.0/8", "localhost"]
    return settings


@pytest.fixture(scope="session")
def certified(tmp_path_factory) -> Certified:
    return Certified(tmp_path_factory.mktemp("web"))


@pytest.fixture
def trusted(certified, monkeypatch) -> Certified:
    """This machine trusts the authority of the tests."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certified.roots))
    return certified


@pytest.fixture
def capture(allowed, member, library, now):
    """Captures an address, and gives the row of it."""
    from panah.library import actions, captures
    from panah.library.captures import Bounds
    from panah.library.captures.capturing import capture_one
    from panah.library.queries import Shelf

    def capture(address: str, **bounds):
        asked = captures.address_to_ask(address)
        found = actions.ask_capture(address=asked, shelf=Shelf(library, "Web"), by=member, now=now, at_once=True)
        capture_one(found, bounds=Bounds(**bounds))
        return found

    return capture


@pytest.fixture
def calendar(allowed):
    """A calendar of the tests, which the operator names."""
    with Calendar() as calendar:
        allowed.PANAH_OTS_CALENDARS = [calendar.url]
        yield calendar


@pytest.fixture
def left(store):
    """What a capture left: the bytes of each document, by what it is."""
    from panah.proof import Digest

    def left(capture) -> dict[str, bytes]:
        rows = capture.captured.select_related("document__original")
        return {each.what: store.content(Digest(each.document.original.digest)) for each in rows}

    return left
