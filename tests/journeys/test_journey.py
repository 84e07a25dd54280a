"""The main job, end to end, in a browser: from a paper to a dossier that a stranger verifies; with scripts, without, and by keys alone."""

from __future__ import annotations

import json

import pytest

from support.lawyer import HELD, LETTER, PAPER, Lawyer
from support.processes import MEMBER, PASSWORD

pytestmark = pytest.mark.journey

CALLED, FACT = "Ms Invented", "She was held for three days in July."
QUESTION = "Are there substantial grounds for believing"
FINDING = "Yes: she was held before, and a neighbour knew of it."


@pytest.fixture
def address(panah):
    with panah.served() as (address, _):
        yield address


def lawyer(browser, address, **how):
    return Lawyer(browser.new_context(accept_downloads=True, locale="en", **how).new_page(), address)


def selects_and_presses_q(lawyer: Lawyer) -> None:
    """From the first letter of the first hit to the last of the second, with the mouse."""
    first, last = (lawyer.page.locator("mark").nth(number).bounding_box() for number in (0, 1))
    lawyer.page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    lawyer.page.mouse.down()
    lawyer.page.mouse.move(last["x"] + last["width"], last["y"] + last["height"] / 2, steps=5)
    lawyer.page.mouse.up()
    lawyer.page.keyboard.press("q")


def types_the_words(lawyer: Lawyer) -> None:
    """Into the form under the text, as somebody does who has no script."""
    form = lawyer.page.locator("#quote")
    form.get_by_label("Words").fill(HELD)
    form.get_by_role("button", name="Quote these words").click()


@pytest.mark.parametrize(
    ("scripts", "quotes"), [(True, selects_and_presses_q), (False, types_the_words)], ids=["with scripts", "without"]
)
def test_from_a_paper_to_a_dossier_that_a_stranger_verifies(whole_browser, panah, address, scripts, quotes, tmp_path):
    one = lawyer(whole_browser, address, java_script_enabled=scripts)
    one.signs_in()
    one.opens_a_case(CALLED)
    one.states(FACT)
    one.adds(tmp_path)
    one.waits_until_it_is_read(looks_again=not scripts)
    one.finds("held July")
    one.opens_the_hit()
    assert one.page.locator("mark").all_inner_texts() == ["held", "July", "held", "July"]
    quotes(one)
    one.page.get_by_role("heading", name="Quotation").wait_for()
    assert one.page.locator("blockquote").inner_text() == HELD
    one.puts_it_beside(FACT, "The neighbour does not say who held her.")
    assert one.page.locator("article.support blockquote").inner_text() == HELD
    one.finds_on(QUESTION, FINDING, "It is plausible and was not contradicted.", FACT)
    fingerprint = one.seals()
    bundle = one.downloads(tmp_path)
    verified = panah.run(bundle, "--key", fingerprint, program="panah-verify")
    assert verified.code == 0, verified
    assert "OK: the bundle is whole" in verified.out
    assert HELD in verified.out or "1 footnote" in verified.out


def test_what_is_erased_is_nowhere_any_more(browser, panah, address, tmp_path):
    one = lawyer(browser, address)
    one.signs_in()
    one.opens_a_case(CALLED)
    case = one.page.url
    one.states(FACT)
    one.adds(tmp_path)
    one.waits_until_it_is_read(looks_again=False)
    one.erases(f"Case {case.rstrip('/').rpartition('/')[2]}", "the person asked for it")
    assert one.page.goto(case).status == 404
    one.page.goto(address)
    assert CALLED not in one.page.locator("main").inner_text()
    assert one.page.goto(f"{address}library/?q=July").status == 200
    one.page.get_by_text("No passage has these words.").wait_for()
    assert panah.does("ledger", "verify").out.startswith("OK: ")


@pytest.fixture(scope="module")
def known(browser, new_workspace, tmp_path_factory):
    """The address of a workbench that has the letter, and what a browser keeps of having signed in there."""
    panah = new_workspace.copied(tmp_path_factory.mktemp("panah-letter"))
    papers = panah.folder / "papers"
    papers.mkdir()
    (papers / PAPER).write_text(LETTER, encoding="utf-8")
    said = panah.folder / "said.jsonl"
    said.write_text(json.dumps({"path": f"papers/{PAPER}", "language": "en"}), encoding="utf-8")
    panah.does("ingest", papers, "--manifest", said)
    with panah.served() as (address, _):
        one = lawyer(browser, address)
        one.signs_in()
        yield address, one.page.context.storage_state()


class TestHits:
    @pytest.fixture
    def reading(self, browser, known):
        """The letter, with four hits, and whether scripts run."""
        address, signed_in = known

        def reading(*, scripts: bool):
            one = lawyer(browser, address, java_script_enabled=scripts, storage_state=signed_in)
            one.page.goto(address)
            one.finds("held July")
            one.opens_the_hit()
            return one

        return reading

    def test_are_walked_through_with_keys(self, reading):
        page = reading(scripts=True).page
        for key, hit in (("n", 1), ("n", 2), ("n", 3), ("p", 2), ("p", 1), ("p", 1)):
            page.keyboard.press(key)
            page.wait_for_url(f"**#hit-{hit}")

    def test_are_walked_through_without_scripts(self, reading):
        page = reading(scripts=False).page
        page.get_by_role("link", name="first", exact=True).click()
        for way, hit in (("Next hit", 2), ("Next hit", 3), ("Previous hit", 2)):
            page.get_by_role("link", name=way).click()
            page.wait_for_url(f"**#hit-{hit}")

    def test_and_filters_are_there_again_when_the_document_is_closed(self, reading):
        page = reading(scripts=False).page
        page.goto(page.url.partition("/library/")[0] + "/library/?q=held&collection=Library&language=en")
        page.locator("ol.hits").get_by_role("link").first.click()
        page.get_by_role("link", name="Back to the hits").click()
        assert "collection=Library" in page.url
        assert "language=en" in page.url
        assert page.get_by_role("searchbox").input_value() == "held"

    def test_words_that_differ_are_refused_and_stay_where_they_were_typed(self, reading):
        page = reading(scripts=True).page
        form = page.locator("#quote")
        form.get_by_label("Words").fill(HELD.replace("three", "tree"))
        form.get_by_role("button", name="Quote these words").click()
        page.get_by_role("alert").wait_for()
        assert "words-differ" in form.inner_text()
        assert page.locator("#quote").get_by_label("Words").input_value() == HELD.replace("three", "tree")
        assert page.locator("mark").count() == 4


class TestKeyboard:
    def test_alone_is_enough_to_sign_in_and_to_get_about(self, browser, panah, address):
        lawyer(browser, address).signs_in()
        page = lawyer(browser, address).page
        page.goto(address)
        page.locator("input[name=name]:focus").wait_for()
        for words, then in ((MEMBER, "Tab"), (PASSWORD, "Enter")):
            page.keyboard.type(words)
            page.keyboard.press(then)
        page.get_by_role("heading", name="Second factor").wait_for()
        page.keyboard.type(panah.papers[MEMBER].pop())
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Docket").wait_for()
        for keys, heading in (
            ("gc", "Cases"),
            ("gl", "Library"),
            ("ga", "Add papers"),
            ("gd", "Docket"),
            ("?", "Keys"),
        ):
            page.keyboard.type(keys)
            page.get_by_role("heading", name=heading, level=1).wait_for()

    def test_skips_to_the_content(self, opens):
        page = opens("examination")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"

    def test_searches_from_every_page_and_types_letters_in_a_field(self, opens):
        page = opens("fact")
        page.keyboard.press("/")
        page.keyboard.type("?gjq passport")
        box = page.get_by_role("searchbox")
        assert (box.input_value(), page.url.endswith("/facts/2")) == ("?gjq passport", True)
        box.fill("passport")
        page.keyboard.press("Enter")
        page.locator("ol.hits").wait_for()
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.value") == "passport"

    @pytest.mark.parametrize("name", ["docket", "hits", "examination", "a collection", "account", "cases", "dossier"])
    def test_walks_a_list_and_opens_what_it_stands_on(self, opens, name):
        page = opens(name)
        on = "document.activeElement.getAttribute('href')"
        page.keyboard.press("j")
        first = page.evaluate(on)
        assert first
        if name != "cases":
            page.keyboard.press("j")
            assert page.evaluate(on) != first
            page.keyboard.press("k")
            assert page.evaluate(on) == first
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url.endswith(first))

    def test_takes_no_key_that_belongs_to_the_browser(self, opens):
        page = opens("docket")
        for chord in ("Control+j", "Alt+g", "Meta+k"):
            page.keyboard.press(chord)
        assert page.evaluate("document.activeElement === document.body")
