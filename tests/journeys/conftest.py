from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest

from support.archives import box
from support.calendars import Calendar
from support.processes import PASSWORD, Panah
from support.scans import letter
from support.sharing import once
from support.web import Certified, Site, answer, leads_to
from support.workbench import CHAT, CHROMIUM, DEMO, REFERENCE, WINDOWLESS, address_of, launched, sign_in

_IDS = """
import json
from panah.cases.models import Case
from panah.cases.naming.actions import Kept, state_absence
from panah.cases.naming.record import Asked
from panah.library.finding.actions import save
from panah.library.finding.question import of_address
from panah.library.models import Capture, Delivery, Document, Quotation, SavedSearch, Source
from panah.team.models import Member
ids = {title: str(pk) for title, pk in Document.objects.values_list("title", "pk")}
ids["quotation"] = str(Quotation.objects.order_by("made_at").first().pk)
ids["delivery"] = str(Delivery.objects.first().pk)
ids["source"] = str(Source.objects.get(name="Monsoon Road Legal Clinic (invented)").pk)
ids |= {name: str(Capture.objects.get(state=state).pk) for name, state in (("capture", "captured"), ("failed capture", "failed"))}
ids["compartment"] = str(Case.objects.get().compartment_id)
member = Member.objects.order_by("pk").first()
ids["search"] = str(save(question=of_address("q=passport"), name="A watched question", by=member, now=member.joined_at).pk)
case = Case.objects.get()
asked = Asked({"uyghur-latin": ("Ghopur Sabir",)}, ("Library",), papers=True, documents=9, unread=1, put_aside=2)
made = state_absence(
    kept=Kept(case.compartment, case), sought="Ghopur Sabir", asked=asked, reason="Nobody of her town bears it.",
    by=member, now=member.joined_at,
)
ids["absence"] = str(made.pk)
SavedSearch.objects.update(up_to=0)
print(json.dumps(ids))
"""


@pytest.fixture(scope="module")
def playwright():
    """What drives browsers, as long as a module's tests run."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the workbench was not opened")
    with api.sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright):
    """Chromium, as long as a module's tests run."""
    with launched(playwright, WINDOWLESS) as running:
        yield running


@pytest.fixture
def whole_browser(playwright):
    """The Chromium that people have, for one test."""
    with launched(playwright, CHROMIUM) as running:
        yield running


@pytest.fixture(scope="session")
def invented(new_workspace, everybody, tmp_path_factory) -> Panah:
    """A workspace with the invented case, a paper that cannot be read, and a sealed dossier; tests only look at it."""
    shared = everybody / "panah-invented"
    with once(shared) as new:
        if new:
            (shared / "allowed").write_text(json.dumps(fill(new_workspace.copied(shared))))
    panah = Panah(shared).copied(tmp_path_factory.mktemp("panah-invented"))
    panah.environment |= json.loads((shared / "allowed").read_text())
    return panah


def fill(panah: Panah) -> dict[str, str]:
    """All that a page can show; returns the environment that `captures` returns."""
    panah.does("case", "import", DEMO)
    scan = panah.folder / "scan.jpg"
    scan.write_bytes(b"\xff\xd8\xff")
    assert panah.run("ingest", scan, "--collection", f"Case {REFERENCE}").code == 1
    (panah.folder / "box.zip").write_bytes(box())
    (panah.folder / "A chat").write_text(CHAT)
    panah.does("ingest", panah.folder / "box.zip", panah.folder / "A chat")
    allowed = captures(panah)
    (panah.folder / "A scan").write_bytes(letter())
    panah.run("ingest", panah.folder / "A scan")
    panah.does("seal", REFERENCE, "-o", panah.folder / "dossier.zip")
    return allowed


def captures(panah: Panah) -> dict[str, str]:
    """Captures are allowed; there is one of a page behind a wall, on a safe line, that a block attests to, and one of nothing.

    Returns the environment in which they are allowed.
    """
    folder = panah.folder / "web"
    folder.mkdir()
    web = Certified(folder)
    allowed = {
        "PANAH_CAPTURE": "direct",
        "PANAH_CAPTURE_PRIVATE": "127.0.0.1",
        "PANAH_CAPTURE_BROWSER": "0",
        "SSL_CERT_FILE": str(web.roots),
    }
    wall = answer("<title>A captured notice</title><p>For subscribers.", status="403 Forbidden")
    with Site({"/": leads_to("/wall"), "/wall": wall}, web.site("127.0.0.1")) as site, Calendar() as calendar:
        allowed["PANAH_OTS_CALENDARS"] = calendar.url
        panah.environment |= allowed
        panah.does("capture", site.address())
        calendar.mine(912_345)
        panah.does("timestamp", "upgrade")
    assert panah.run("capture", site.address()).code == 1
    return allowed


@pytest.fixture(scope="session")
def ids(invented) -> dict[str, str]:
    """The id of each document by its title, and of a quotation."""
    return json.loads(invented.python(_IDS).out)


@pytest.fixture(scope="module")
def workbench(browser, invented, ids):
    """The address of the workbench that serves the invented case."""
    with invented.served() as (address, _):
        yield address


@pytest.fixture(scope="module")
def signed_in(browser, workbench) -> dict:
    """What a browser keeps of having signed in, so that not every test has to."""
    with browser.new_context(locale="en") as context:
        sign_in(context.new_page(), workbench)
        return context.storage_state()


@pytest.fixture(scope="module")
def window(browser, workbench, ids, signed_in):
    """One window for a module: to make one for each page takes six times as long as the page."""
    with browser.new_context(storage_state=signed_in, locale="en", reduced_motion="reduce") as context:
        yield Window(context, workbench, ids)


@pytest.fixture
def opens(window):
    """Opens a page by its name in `PAGES`, signed in."""
    window.as_new()
    return window


class Window:
    """A browser's window, what it was told, and whom it asked, while a test looked at pages."""

    def __init__(self, context, address: str, ids: dict[str, str]) -> None:
        self._context, self._address, self._ids = context, address, ids
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        self.host = urlsplit(address).netloc
        self.page = context.new_page()
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc or self.host))
        self.page.on("console", lambda message: self._told(message.type, message.text))
        self.page.on("pageerror", lambda error: self._told("error", str(error)))

    def as_new(self) -> None:
        """Forget what the last test looked at, and how."""
        self.page.goto("about:blank")
        self.page.set_viewport_size({"width": 1280, "height": 720})
        self.page.emulate_media(media="null", color_scheme="null")
        self.complaints.clear()
        self.hosts.clear()

    def __call__(self, name: str, *, language: str = "en"):
        """The page."""
        place = {"domain": urlsplit(self._address).hostname, "path": "/", "secure": True}
        self._context.add_cookies([{"name": "__Host-panah-language", "value": language, **place}])
        address = self._address.rstrip("/") + address_of(name, self._ids)
        self.page.goto(address)
        if "/team/known" in self.page.url and "/team/known" not in address:  # the tests take longer than it counts
            self.page.get_by_label("Password").fill(PASSWORD)
            self.page.locator("main form button").last.click()
            self.page.wait_for_url(address)
        return self.page

    def _told(self, kind: str, words: str) -> None:
        # Some of the pages are answered with 404 or 400, and the browser remarks on it.
        if kind in {"error", "warning"} and "responded with a status of 4" not in words:
            self.complaints.append(words)
