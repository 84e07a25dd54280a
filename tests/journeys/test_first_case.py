"""The first invented case in the browser, from nothing to a sealed dossier, on the day that stands in two months.

After each stage the gaps are those of the hand-made table, as far as it speaks of what is entered here: one fact, and one
question. Each page of the examination is opened once, at the stage at which a lawyer opens it.
"""

from __future__ import annotations

import pytest

from support.lawyer import Lawyer
from support.three import Table
from support.workbench import DEMO

pytestmark = pytest.mark.journey

TABLE = Table("student")
NUMBER = "12"
FACT = "At the end of Rajab 1437, in the first days of May 2016, she was called to the police station."
FORM, INTERVIEW, CHAT = "14-registration-form.txt", "15-first-interview.txt", "17-mother-chat.txt"
TOLD = "Recep ayıydı. Recep'in sonuydu."
OF_IT = {
    "When": "2026-07-16", "On what occasion": "First interview", "In which language": "tr",
    "Interpreter's language and dialect": "Turkish; she had asked for Uyghur",
}  # fmt: skip
ON_THE_FORM = "May 2016, one day, because of my studies in Türkiye."
OF_THE_FORM = {"When": "2026-06-22", "On what occasion": "Registration form", "In which language": "en"}
HELD = {"When": "2026-07-16", "The language that the applicant asked for": "ug", "The interpreter's language": "tr"}
HELD_CHOSEN = {
    "What was told there": "Statement 1 First interview", "The transcript": INTERVIEW, "Was the record read back?": "no",
}  # fmt: skip
DAYS = {"Made": "2026-06-22", "Registered": "2026-06-24", "Lodged": "2026-07-02"}
WHO = "Who was present, was it private"
QUESTION, ELEMENT = "Which credible evidence bears on the danger", "GC4.49"


@pytest.fixture
def counsel(browser, panah):
    with panah.served() as (address, _):
        page = browser.new_context(accept_downloads=True, locale="en").new_page()
        yield Lawyer(page, address)


@pytest.fixture
def lacks(panah):
    """Whether the program names the gaps of the table at a stage: of the fact, and of the question."""

    def lacks(case: str, stage: str) -> bool:
        reference = case.rstrip("/").rpartition("/")[2]
        listed = {(rule, about) for rule, about in TABLE.open_at(stage) if about in {NUMBER, ELEMENT}}
        found = {(gap["rule"], gap["element"] or gap["fact"]) for gap in panah.lines("examine", reference)}
        return {(rule, NUMBER if about == "1" else about) for rule, about in found if about in {"1", ELEMENT}} == listed

    return lacks


def writes_down_what_was_told(counsel, case):
    """Two tellings, the interview of one, where they differ, and the fact."""
    counsel.opens(case, "Account")
    counsel.records(TOLD, OF_IT)
    counsel.page.get_by_text("Record a statement").click()
    counsel.records(ON_THE_FORM, OF_THE_FORM)
    counsel.writes_down_an_interview(HELD, HELD_CHOSEN)
    counsel.page.get_by_text("The applicant asked for Uyghur; the interpreter spoke Turkish.").wait_for()
    counsel.marks_a_difference(
        "Statement 1 First interview", "Statement 2 Registration form", (TOLD, ON_THE_FORM), "a clarification"
    )
    counsel.states(FACT)


def brings_evidence(counsel, case):
    """Three quotations beside the fact, and an indicator."""
    for paper, words, stance in (
        (FORM, "May 2016, one day, because of my studies in Türkiye.", "supports it"),
        (CHAT, "ئۇ رەجەب ئېيىنىڭ ئاخىرى ئىدى، ئېسىڭدىمۇ؟", "supports it"),
        (INTERVIEW, "It was in April 2016.", "contradicts it"),
    ):
        counsel.opens(case, "Account")
        counsel.quotes(paper, words)
        counsel.puts_it_beside(FACT, "", stance)
    counsel.assesses("Internal consistency", "By the Islamic calendar the tellings agree.")


def concludes(counsel, case):
    """A finding, the inventory, the fact accepted, and two items of the procedure."""
    counsel.finds_on(QUESTION, "The inconsistency comes from the interpretation.", "She had said Rajab.", FACT)
    counsel.opens(case, "Facts")
    counsel.takes_inventory("identity", "it is absent, and why is explained", "The authority keeps her passport.")
    counsel.opens(case, "Facts")
    counsel.page.get_by_role("link", name=FACT).click()
    counsel.concludes("accepted", "Form and messages agree.")
    counsel.opens(case, "Procedure")
    counsel.answers(WHO, "Examined, deficient", "A man asked, although she had wished for a woman.", INTERVIEW)
    counsel.opens(case, "Procedure")
    counsel.confirms("B4", "Examined, deficient")


def test_is_brought_from_nothing_to_a_dossier_that_a_stranger_verifies(counsel, panah, lacks, tmp_path):
    counsel.signs_in()
    counsel.opens_a_case("Ms A.")
    case = counsel.page.url
    counsel.opens(case, "Examination")
    counsel.page.get_by_role("link", name="Applicable law").click()
    counsel.dates_the_proceedings("SE", DAYS)
    assert lacks(case, "nothing")

    counsel.opens(case, "Account")
    counsel.hands_in(*(DEMO / "papers" / name for name in (FORM, INTERVIEW, CHAT)))
    assert lacks(case, "papers")

    writes_down_what_was_told(counsel, case)
    assert lacks(case, "told")

    brings_evidence(counsel, case)
    assert lacks(case, "evidence")

    concludes(counsel, case)
    assert lacks(case, "findings")

    counsel.opens(case, "Facts")
    counsel.page.get_by_role("link", name=FACT).click()
    counsel.puts_to_her(where="In writing, 20 November 2026", answer="I said Rajab, and I said its end.")
    assert lacks(case, "ready")

    counsel.opens(case, "Examination")
    counsel.page.get_by_role("link", name="The examination on one page").click()
    counsel.page.locator("figure.map svg").wait_for()

    fingerprint = counsel.seals("a court")
    verified = panah.run(counsel.downloads(tmp_path), "--key", fingerprint, program="panah-verify")
    assert verified.code == 0, verified
    assert "all 3 footnotes verify" in verified.out
