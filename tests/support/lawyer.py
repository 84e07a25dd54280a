"""Somebody at the workbench who does what a lawyer does there, by what the pages say and not by how they are made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from panah.law import shortened
from support.processes import PASSWORD
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
        self.page.get_by_label("The fact", exact=True).fill(fact)
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
        part = self.page.locator("article.contradicts")
        part.get_by_text("Write down where it was put, and the answer").click()
        part.get_by_label("Where and when it was put to the applicant").fill(where)
        part.get_by_label("The answer").fill(answer)
        part.get_by_role("button", name="Write it down").click()
        part.get_by_text("Put to the applicant:").wait_for()

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
        self.page.get_by_label("Beside", exact=True).select_option(label=f"1. {shortened(fact)}")
        self.page.get_by_label(stance, exact=True).check()
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

    def dates_the_proceedings(self, state: str, days: Mapping[str, str]) -> None:
        """The State and the days, on the page of the law; and takes all that follows from them."""
        self.page.get_by_label("State that examines").fill(state)
        for label, day in days.items():
            self.page.get_by_label(label, exact=True).fill(day)
        self.page.get_by_role("button", name="Write it down").click()
        self.page.get_by_role("button", name="Examine under this law").click()
        self.page.get_by_text("The law of the case is settled.").wait_for()

    def writes_down_an_interview(self, said: Mapping[str, str], chosen: Mapping[str, str]) -> None:
        """How it was held: what is typed, and what is chosen from lists."""
        self.page.get_by_role("link", name="Interviews").click()
        for label, value in said.items():
            self.page.get_by_label(label, exact=True).fill(value)
        for label, value in chosen.items():
            self.page.get_by_label(label, exact=True).select_option(label=value)
        self.page.get_by_role("button", name="Write it down").click()
        self.page.get_by_role("heading", name="Interview 1").wait_for()

    def marks_a_difference(self, one: str, other: str, words: tuple[str, str], judged: str) -> None:
        """Of two statements in different languages: one passage on each side, by its words, and what it is."""
        self.page.get_by_role("link", name="Compare two statements").first.click()
        self.page.get_by_label("The one statement").select_option(label=one)
        self.page.get_by_label("The other statement").select_option(label=other)
        self.page.get_by_role("button", name="Compare them").click()
        for place, passage in enumerate(words, start=1):
            cell = self.page.locator(f"table.tellings td:nth-child({place})", has_text=passage)
            cell.get_by_label("this one").check()
        self.page.get_by_role("button", name="Mark the two that are chosen").click()
        self.page.get_by_label("It is", exact=True).select_option(label=judged)
        self.page.get_by_role("button", name="Mark it").click()
        self.page.get_by_role("heading", name=re.compile("Difference [0-9]+")).wait_for()

    def assesses(self, indicator: str, words: str) -> None:
        """A credibility indicator, on the page of a fact."""
        part = self.page.locator("article.support", has=self.page.get_by_role("heading", name=indicator, exact=True))
        part.get_by_text("Assess it").click()
        part.get_by_label("What was found").fill(words)
        part.get_by_role("button", name="Write it down").click()
        self.page.locator("div.finding", has_text=words).wait_for()

    def concludes(self, accepted: str, reasons: str) -> None:
        """Whether a fact is accepted, on its page."""
        part = self.page.locator("#conclusion")
        part.get_by_text("Write down whether it is accepted").click()
        part.get_by_label("The fact is").select_option(label=accepted)
        part.get_by_label("Reasons", exact=True).fill(reasons)
        part.get_by_role("button", name="Write it down").click()
        part.locator("div.finding", has_text=reasons).wait_for()

    def takes_inventory(self, slot: str, presence: str, words: str) -> None:
        """Of one of the things that an applicant has to show."""
        self.page.get_by_role("link", name="Inventory").click()
        part = self.page.locator("ol.elements > li", has=self.page.get_by_role("heading", name=slot))
        part.get_by_text("Write down what is on file").click()
        part.get_by_label("On file").select_option(label=presence)
        part.get_by_label("What there is, or why there is nothing").fill(words)
        part.get_by_role("button", name="Write it down").click()
        part.get_by_text(words).first.wait_for()

    def answers(self, question: str, status: str, words: str, paper: str) -> None:
        """An item of the checklist, resting on a paper."""
        self.page.get_by_role("link", name=question).first.click()
        self.page.get_by_label(status, exact=True).check()
        self.page.get_by_label("In your words").fill(words)
        self.page.get_by_label(paper).check()
        self.page.get_by_role("button", name="Write the answer").click()
        self.page.locator("div.finding", has_text=words).wait_for()

    def confirms(self, item: str, status: str) -> None:
        """What a rule proposes on an item."""
        self.page.get_by_role("button", name=f"Confirm {item}").click()
        self.page.locator(f"li#{item} strong", has_text=status).first.wait_for()

    def seals(self, reader: str = "a court") -> str:
        """The dossier; returns the fingerprint that the page says to hand over by another way."""
        self.page.get_by_role("link", name="Dossier", exact=True).click()
        self.page.get_by_label("For", exact=True).select_option(label=reader)
        self.page.get_by_role("button", name="Seal the dossier").click()
        sealed, who = self.page.get_by_text("The dossier is sealed."), self.page.get_by_label("Password")
        sealed.or_(who).wait_for()
        if who.is_visible():
            self.is_still_she()
            sealed.wait_for()
        return self.page.locator("code.digest").inner_text()

    def is_still_she(self) -> None:
        """Says so, where that was asked because she signed in long ago."""
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.locator("main form button").last.click()

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
