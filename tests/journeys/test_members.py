"""Members in a browser: an invitation, a passkey in a virtual authenticator, and pages that keep nobody out."""

from __future__ import annotations

import pytest

from support import looking
from support.members import code_now, codes_in, secret_in
from support.processes import PASSWORD
from support.workbench import sign_in

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def address(new_workspace, tmp_path_factory):
    panah = new_workspace.copied(tmp_path_factory.mktemp("panah-members"))
    with panah.served() as (address, _):
        yield address


def with_key(context):
    """A page of a browser into which a key is plugged, whose owner touches it whenever she is asked."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": True}
    options = key | {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def test_from_an_invitation_to_a_passkey_and_in_again(browser, address):
    with browser.new_context(locale="en") as lead:
        page = lead.new_page()
        sign_in(page, address)
        page.get_by_role("link", name="Team").click()
        page.get_by_label("Name").fill("Ayperi")
        page.get_by_role("button", name="Invite").click()
        invitation = page.locator("code.address").inner_text()
    with browser.new_context(locale="en") as context:
        page = with_key(context)
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(invitation)
        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_label("The same again").fill(PASSWORD)
        page.get_by_role("button", name="Join").click()
        page.get_by_role("button", name="A passkey").click()
        page.get_by_label("A name for it").fill("An invented key")
        page.get_by_role("button", name="Make a passkey").click()
        page.get_by_role("heading", name="Recovery codes").wait_for()
        assert len(codes_in(page.locator("main").inner_text())) == 10
        page.get_by_role("button", name="I have them on paper").click()
        page.get_by_role("button", name="Sign out").click()
        page.get_by_label("Name").fill("Ayperi")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Use a passkey").click()
        page.get_by_role("heading", name="Docket").wait_for()
        page.get_by_role("link", name="Team").click()
        page.get_by_role("link", name="What I sign in with").click()
        assert "An invented key" in page.locator("main").inner_text()
        assert not complaints
        page.goto(invitation)
        assert "invitation-unknown" in page.locator("main").inner_text()


class Looker:
    """Looks at each page that it comes by: whom it keeps out, and whether it fits."""

    def __init__(self, page, address: str) -> None:
        self.page, self._address, self._axe = page, address, looking.axe()
        self.seen: list[str] = []

    def looks(self) -> None:
        looking.keeps_nobody_out(self.page, self._axe)
        looking.fits(self.page)
        self.seen.append(self.page.url.removeprefix(self._address).partition("join/")[0].partition("?")[0])

    def sends(self, **fields: str) -> None:
        """Fill in a form by the names of its fields: in Uyghur its labels are others."""
        for name, words in fields.items():
            self.page.locator(f"main [name={name}]").fill(words)
        with self.page.expect_navigation():
            self.page.locator("main button").first.click()

    def comes_in(self, invitation: str, name: str) -> None:
        """From the invitation through all that must be chosen, out, and in again."""
        self.page.goto(invitation)
        self.looks()
        self.sends(password=PASSWORD, again=PASSWORD)
        self.looks()
        self.page.goto(f"{self._address}team/me/telephone")
        secret = secret_in(self.page.locator("main").inner_text())
        self.sends(code="0")
        self.looks()
        self.sends(code=code_now(secret))
        codes = codes_in(self.page.locator("main").inner_text())
        self.looks()
        self.page.goto(self._address)
        self.page.locator("header form").last.locator("button").click()
        self.looks()
        self.sends(name=name, password=PASSWORD)
        self.looks()
        self.sends(code=codes[0])
        self.page.wait_for_url(self._address)


@pytest.mark.parametrize("language", ["en", "ug"])
def test_no_page_on_the_way_in_keeps_anybody_out(browser, address, language):
    """The door, an invitation, what must be chosen, and the second step: pages that nobody sees who is in."""
    name = f"Invented {language}"
    with browser.new_context(locale="en", reduced_motion="reduce") as lead:
        one = Looker(lead.new_page(), address)
        sign_in(one.page, address)
        one.page.goto(f"{address}team/")
        one.page.get_by_label("Name").fill(name)
        one.page.get_by_role("button", name="Invite", exact=True).click()
        invitation = one.page.locator("code.address").inner_text()
        one.looks()
    with browser.new_context(locale=language, reduced_motion="reduce") as context:
        other = Looker(context.new_page(), address)
        other.comes_in(invitation, name)
    assert one.seen == ["team/invitations"]
    assert other.seen == ["team/", "team/begin", "team/me/telephone", "team/me/telephone", "sign-in", "sign-in/second"]
