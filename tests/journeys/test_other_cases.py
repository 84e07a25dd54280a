"""The second invented case in the browser: what it shows, on the pages that are made for it."""

from __future__ import annotations

import pytest

from support.lawyer import Lawyer
from support.three import SITE

pytestmark = pytest.mark.journey

HELD = "While he was held, officers came to Ms B. every day"
OPEN = "which of the two governs it, or are both to be asked?"
REASON = "Both are asked. Before 1 July 2026 the State responsible was found under the older Regulation."


@pytest.fixture
def counsel(browser, panah):
    """Signed in, in a workspace with the family's two cases."""
    for name in ("couple", "wife"):
        panah.does("case", "import", SITE / "invented" / name)
    with panah.served() as (address, _):
        lawyer = Lawyer(browser.new_context(accept_downloads=True, locale="en").new_page(), address)
        lawyer.signs_in()
        yield lawyer


def test_of_a_family_what_is_shared_and_which_law_is_open(counsel):
    page, case = counsel.page, f"{counsel.address}cases/2026-002/"
    counsel.opens(case, "Examination")
    page.get_by_role("link", name="Applicable law").click()
    assert page.get_by_text(OPEN).count() == 2  # among the questions, and over what may be chosen
    page.get_by_label("Reason", exact=True).fill(REASON)
    page.get_by_role("button", name="Examine under this law").click()
    page.get_by_text("The law of the case is settled.").wait_for()
    assert page.get_by_text(REASON).count() == 2  # in the form, too

    counsel.opens(case, "Account")
    page.get_by_role("link", name="Persons of the family who have a case of their own").click()
    page.get_by_text("Another person of the family").click()
    page.get_by_label("The other person's case").select_option(label="2026-003 Ms B.")
    page.get_by_label("What that person is to the applicant").fill("The wife, by herself")
    page.get_by_label("What the applicant is to that person").fill("Her family, she among them")
    page.get_by_role("button", name="They are of one family").click()
    page.locator("table.report tr", has_text=HELD).get_by_role("link", name="Share it").click()
    page.get_by_role("button", name="Share it").click()
    page.get_by_text("The fact is stated there.").wait_for()
    assert "/cases/2026-003/" in page.url
    page.goto(f"{case}family")
    row = page.locator("table.report tr", has_text=HELD)
    assert row.get_by_role("link", name="fact 3", exact=True).count() == 1
