"""A refusal in a browser: a reason marked by selecting its words, proposals decided on, and the draft of the grounds."""

from __future__ import annotations

import mammoth
import pytest

from support.workbench import DEMO, REFERENCE, sign_in

pytestmark = pytest.mark.journey
_SELECT = """() => {
  const paragraph = document.querySelector("#paragraph-30 p");
  document.getSelection().selectAllChildren(paragraph);
  return paragraph.textContent;
}"""


@pytest.fixture(scope="module")
def address(new_workspace, tmp_path_factory):
    panah = new_workspace.copied(tmp_path_factory.mktemp("panah-refusal"))
    panah.does("case", "import", DEMO)
    with panah.served() as (address, _):
        yield address


def decide(page, rule: str, button: str, **said: str) -> None:
    """Decide on the first proposal of a rule on which nobody has decided."""
    row = page.locator(f'li[id^="{rule}:"]').filter(has_text="Nobody has decided on it.").first
    row.get_by_role("link", name="Accept, correct or set aside").click()
    for label, words in {"Why": "As the file shows.", **said}.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("button", name=button, exact=True).click()


def test_from_the_words_of_the_decision_to_the_draft_of_the_grounds(browser, address, tmp_path):
    from playwright.sync_api import expect

    with browser.new_context(locale="en", accept_downloads=True) as context:
        page = context.new_page()
        sign_in(page, address)
        page.goto(f"{address}cases/{REFERENCE}/decision")
        page.get_by_text("Mark a reason").click()
        words = page.evaluate(_SELECT)
        expect(page.locator("#mark-words")).not_to_have_value("")
        assert page.locator("#mark-words").input_value().split() == words.split()
        page.get_by_role("button", name="Mark it").click()
        page.get_by_text("The reason is marked.").wait_for()
        decide(page, "paper-not-mentioned", "Accept")
        decide(page, "discretion", "Correct", **{"The ground in your words": "She is told to pray in hiding."})
        decide(page, "exit-with-own-passport", "Set it aside", Why="It only tells what happened.")
        assert page.get_by_text("It only tells what happened.").is_visible()
        page.get_by_role("link", name="Grounds of appeal").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Download the draft (DOCX)").click()
        download.value.save_as(tmp_path / "grounds.docx")
    with (tmp_path / "grounds.docx").open("rb") as file:
        html = mammoth.convert_to_html(file).value
    assert "She is told to pray in hiding." in html
    assert "It only tells what happened." not in html
