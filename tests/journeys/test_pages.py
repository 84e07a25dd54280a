"""Every page, looked at in a browser: whom it keeps out, whether it fits, and whom it talks to."""

from __future__ import annotations

import pytest

from support import looking
from support.depth import some
from support.workbench import PAGES

pytestmark = pytest.mark.journey

FOCUS = """() => {
  const on = document.activeElement, look = getComputedStyle(on);
  if (on === document.body) return "";
  return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0 || look.boxShadow !== "none"
    ? "seen" : on.outerHTML.slice(0, 120);
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    return looking.axe()


@pytest.mark.parametrize(
    ("name", "language"), [*((name, "en") for name in PAGES), *((name, "ug") for name in some(list(PAGES)))]
)
def test_fits_a_narrow_window_talks_to_nobody_else_and_keeps_nobody_out(opens, request, name, language):
    page = opens(name, language=language)
    looking.fits(page)
    assert opens.complaints == []
    assert set(opens.hosts) == {opens.host}
    if language == "en" and name in some(list(PAGES)):
        page.set_viewport_size({"width": 1280, "height": 720})
        looking.keeps_nobody_out(page, request.getfixturevalue("axe"))


@pytest.mark.parametrize(
    "name",
    [
        "docket",
        "hits",
        "hits with filters",
        "a saved search",
        "a document with hits",
        "fact",
        "an open element",
        "dossier",
        "add",
    ],
)
def test_shows_where_the_keyboard_is(opens, name):
    page = opens(name)
    for _ in range(25):
        page.keyboard.press("Tab")
        if not (seen := page.evaluate(FOCUS)):
            break
        assert seen == "seen"


@pytest.mark.parametrize("name", ["facts", "examination", "fact", "account", "dossier"])
def test_of_a_case_is_a_document_when_printed(opens, name):
    page = opens(name)
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=1).is_visible()
    assert not page.locator("header.house, nav.tabs, form button, .act").filter(visible=True).count()


def test_a_printed_matrix_holds_its_quotations(opens):
    page = opens("facts")
    quotations = page.locator("table.matrix blockquote")
    assert not quotations.first.is_visible()
    page.emulate_media(media="print")
    assert quotations.count() == quotations.filter(visible=True).count() > 10
