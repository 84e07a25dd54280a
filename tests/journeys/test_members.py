"""Members in a browser: an invitation, a passkey in a virtual authenticator, and pages that keep nobody out."""

from __future__ import annotations

import pytest

from support.members import codes_in
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
