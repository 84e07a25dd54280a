"""Somebody at the workbench who does what a lawyer does there, by what the pages say and not by how they are made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from support.workbench import sign_in

PAPER = "letter-of-an-invented-neighbour.txt"
LETTER = (
    "A letter by an invented neighbour.\n\n"
    "Everybody in the street knew that she was held for three days in July.\n\n"
    "ئۇ ئۈچ كۈن سولاندى. 她被关了三天。\n\n"
    "My brother was held as well, and longer. That was in another July.\n"
)
HELD = "held for three days in July"
"""Words of the second paragraph; the fourth has the first and the last of them too."""


class Lawyer:
    """One browser window in which things are found by their labels."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address

    def signs_in(self) -> None:
        """At the door."""
        sign_in(self.page, self.address)
        self.page.get_by_role("heading", name="Docket").wait_for()

    def opens_a_case(self, called: str) -> None:
        """From the empty docket, which says how to begin."""
        self.page.get_by_role("link", name="Open the first one").click()
        self.page.get_by_label("How the applicant wishes to be called").fill(called)
        self.page.get_by_role("button", name="Open the case").click()
        self.page.get_by_role("heading", name=called).wait_for()

    def states(self, fact: str) -> None:
        """A material fact."""
        self.page.get_by_role("link", name="Facts", exact=True).click()
        self.page.get_by_label("The fact").fill(fact)
        self.page.get_by_role("button", name="State it").click()
        self.page.get_by_role("link", name=fact).wait_for()

    def adds(self, folder: Path) -> None:
        """The letter, to the papers of the case, and stays until it is read."""
        paper = folder / PAPER
        paper.write_text(LETTER, encoding="utf-8")
        self.page.get_by_role("link", name="Account", exact=True).click()
        self.page.get_by_role("link", name="Add papers to this case").click()
        self.page.get_by_label("Files").set_input_files(paper)
        self.page.get_by_role("button", name="Take them in").click()
        self.page.get_by_role("heading", name="Taken in").wait_for()

    def opens(self, case: str, tab: str) -> None:
        """A page of a case, from its first."""
        self.page.goto(case)
        self.page.get_by_role("link", name=tab, exact=True).click()

    def hands_in(self, *papers: Path) -> None:
        """Papers to those of the case whose account is open, and stays until all of them are read."""
        self.page.get_by_role("link", name="Add papers to this case").click()
        self.page.get_by_label("Files").set_input_files(papers)
        self.page.get_by_role("button", name="Take them in").click()
        self.page.get_by_role("heading", name="Taken in").wait_for()
        self.page.get_by_role("cell", name="read", exact=True).nth(len(papers) - 1).wait_for()

    def records(self, words: str, said: Mapping[str, str]) -> None:
        """A telling; what is said of it, under the labels of the form."""
        self.page.get_by_label("What was told").fill(words)
        for label, value in said.items():
            self.page.get_by_label(label).fill(value)
        self.page.get_by_role("button", name="Record it").click()
        self.page.locator("article.statement").last.get_by_text(words.splitlines()[0]).wait_for()

    def quotes(self, paper: str, words: str) -> None:
        """Words of a paper of the case, typed into the form under its text."""
        self.page.get_by_role("link", name=paper, exact=True).click()
        form = self.page.locator("#quote")
        form.get_by_label("Words").fill(words)
        form.get_by_role("button", name="Quote these words").click()
        self.page.get_by_role("heading", name="Quotation").wait_for()

    def puts_to_her(self, *, where: str, answer: str) -> None:
        """The one contradiction that the page of a fact shows."""
        self.page.get_by_text("Write down where it was put, and the answer").click()
        self.page.get_by_label("Where and when it was put to the applicant").fill(where)
        self.page.get_by_label("The answer").fill(answer)
        self.page.get_by_role("button", name="Write it down").click()
        self.page.get_by_text("Put to the applicant:").wait_for()

    def waits_until_it_is_read(self, *, looks_again: bool) -> None:
        """Until the report says so; where no script runs, by asking again."""
        outcome = self.page.get_by_role("cell", name="read", exact=True)
        while looks_again and not outcome.count():
            again = self.page.get_by_role("link", name="Look again")
            again.click()
            self.page.wait_for_load_state()
        outcome.wait_for()

    def finds(self, words: str) -> None:
        """From the box that is on every page."""
        box = self.page.get_by_role("searchbox")
        box.fill(words)
        box.press("Enter")
        self.page.locator("p.count", has_text="1 passage ·").wait_for()

    def opens_the_hit(self) -> None:
        """The document in which it stands."""
        self.page.locator("ol.hits").get_by_role("link").first.click()
        self.page.locator("#reading").wait_for()
        self.page.wait_for_load_state()

    def puts_it_beside(self, fact: str, note: str, stance: str = "supports it") -> None:
        """The quotation that was just made, beside the fact."""
        self.page.get_by_label("Fact", exact=True).select_option(label=f"1. {fact}")
        self.page.get_by_label("The quotation").select_option(label=stance)
        self.page.get_by_label("Note").fill(note)
        self.page.get_by_role("button", name="Put it there").click()
        self.page.get_by_role("heading", name=fact).wait_for()

    def finds_on(self, question: str, finding: str, reasons: str, fact: str) -> None:
        """Writes a finding on a question of the law."""
        self.page.get_by_role("link", name="Examination", exact=True).click()
        self.page.get_by_role("link", name=question).first.click()
        self.page.get_by_label("Finding", exact=True).fill(finding)
        self.page.get_by_label("Reasons").fill(reasons)
        self.page.get_by_label(f"1. {fact}").check()
        self.page.get_by_role("button", name="Write the finding").click()
        self.page.get_by_text("The finding is written.").wait_for()

    def seals(self) -> str:
        """The dossier; returns the fingerprint that the page says to hand over by another way."""
        self.page.get_by_role("link", name="Dossier", exact=True).click()
        self.page.get_by_role("button", name="Seal the dossier").click()
        self.page.get_by_text("The dossier is sealed.").wait_for()
        return self.page.locator("code.digest").inner_text()

    def erases(self, compartment: str, why: str) -> None:
        """A compartment, from its page; who she is is asked once more where that was long ago."""
        self.page.get_by_role("link", name="Compartments").first.click()
        self.page.get_by_role("link", name=compartment, exact=True).click()
        self.page.get_by_text("Erase it for ever").click()
        self.page.get_by_label("Why").select_option(label=why)
        self.page.get_by_label("Its name once more").fill(compartment)
        self.page.get_by_role("button", name="Erase it").click()
        self.page.get_by_text("It is erased.").wait_for()

    def downloads(self, folder: Path) -> Path:
        """The bundle, under the name that it comes with."""
        with self.page.expect_download() as begun:
            self.page.get_by_role("link", name=re.compile(r"\.zip$")).click()
        bundle = folder / begun.value.suggested_filename
        begun.value.save_as(bundle)
        return bundle
