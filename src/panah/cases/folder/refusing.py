"""The audit of a refusal, as `case.yaml` says it: understood before anything is imported."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import yaml

from panah.cases.evidence.laid import Place
from panah.cases.folder.parts import Parts, QuoteEntry
from panah.cases.folder.proceeding import MOST
from panah.cases.models import Verdict
from panah.law import Acceptance

WORDS = ("proposed", "authority", "words", "sought", "reason")
"""What a verdict says."""


class SupportPlace(NamedTuple):
    """Something beside a fact: the number of the fact, and which of what stands beside it, from 1."""

    fact: int
    place: int


class ReasonEntry(NamedTuple):
    """A reason of a decision; differences by their places in the list of them, from 1."""

    decision: str
    number: int
    quote: QuoteEntry
    note: str
    concludes: Acceptance | None
    bare: bool
    elements: list[Place]
    facts: list[int]
    contradictions: list[int]
    supports: list[SupportPlace]
    papers: list[str]
    by: str
    at: datetime | None
    current: bool


class VerdictEntry(NamedTuple):
    """A verdict on what a rule proposed; records by their places in the list of them, from 1."""

    decision: str
    rule: str
    about: list[str]
    """What the fault is about; a paper by its file, what stands beside a fact as `FACT/PLACE`."""
    outcome: Verdict.Outcome
    words: dict[str, str]
    place: int | None
    quotes: list[QuoteEntry]
    records: list[int]
    facts: list[int]
    papers: list[str]
    by: str
    at: datetime | None
    current: bool


class RefusalEntry(NamedTuple):
    """All of it."""

    reasons: list[ReasonEntry]
    verdicts: list[VerdictEntry]


class Refusing(Parts):
    """Reads these entries."""

    def _refusal(self, node: yaml.Node | None, contradictions: int, records: int) -> RefusalEntry:
        if node is None:
            return RefusalEntry([], [])
        own = self._page.entries(node, (), RefusalEntry._fields)
        return RefusalEntry(
            [self._reason(each, contradictions) for each in self._page.items(own.get("reasons"))],
            [self._verdict(each, records) for each in self._page.items(own.get("verdicts"))],
        )

    def _reason(self, node: yaml.Node, contradictions: int) -> ReasonEntry:
        may = (
            "note", "concludes", "bare", "elements", "facts", "contradictions", "supports", "papers", "by", "at", "current",
        )  # fmt: skip
        own = self._page.entries(node, ("decision", "number", "quote"), may)
        items = self._page.items
        entry = ReasonEntry(
            decision=self._of_paper(own, "decision"),
            number=self._counted(own["number"], MOST, "reason"),
            quote=self._quote(own["quote"]),
            note=self._words(own, "note").strip(),
            concludes=self._page.one_of(own["concludes"], Acceptance) if "concludes" in own else None,
            bare=self._page.truth(own["bare"]) if "bare" in own else False,
            elements=[self._element(each) for each in items(own.get("elements"))],
            facts=[self._counted(each, self._facts, "fact") for each in items(own.get("facts"))],
            contradictions=[
                self._counted(each, contradictions, "difference") for each in items(own.get("contradictions"))
            ],
            supports=[self._beside_a_fact(each) for each in items(own.get("supports"))],
            papers=[self._of_paper({"paper": each}, "paper") for each in items(own.get("papers"))],
            by=self._line_of(own, "by"),
            at=self._moment(own.get("at")),
            current=self._stands(own),
        )
        if entry.quote.paper != entry.decision:
            raise self._page.refused(own["quote"], "words of the decision are expected")
        if entry.concludes and not entry.facts:
            raise self._page.refused(own["concludes"], "a fact is expected on which it concludes")
        return entry

    def _verdict(self, node: yaml.Node, records: int) -> VerdictEntry:
        may = ("about", *WORDS, "place", "quotes", "records", "facts", "papers", "by", "at", "current")
        own = self._page.entries(node, ("decision", "rule", "outcome"), may)
        items = self._page.items
        entry = VerdictEntry(
            decision=self._of_paper(own, "decision"),
            rule=self._page.text(own["rule"]),
            about=[self._page.text(each) for each in items(own.get("about"))],
            outcome=self._page.one_of(own["outcome"], Verdict.Outcome),
            words={name: self._words(own, name).strip() for name in WORDS},
            place=self._counted(own["place"], MOST, "place") if "place" in own else None,
            quotes=[self._quote(each) for each in items(own.get("quotes"))],
            records=[self._counted(each, records, "record") for each in items(own.get("records"))],
            facts=[self._counted(each, self._facts, "fact") for each in items(own.get("facts"))],
            papers=[self._of_paper({"paper": each}, "paper") for each in items(own.get("papers"))],
            by=self._line_of(own, "by"),
            at=self._moment(own.get("at")),
            current=self._stands(own),
        )
        self._require_whole(node, entry)
        return entry

    def _require_whole(self, node: yaml.Node, entry: VerdictEntry) -> None:
        """A verdict has what was proposed and a reason; a ground has its place, and words where it was corrected."""
        if not entry.words["proposed"] or not entry.words["reason"]:
            raise self._page.refused(node, "what was proposed, and a reason, are expected")
        if entry.outcome == Verdict.Outcome.CORRECTED and not entry.words["words"]:
            raise self._page.refused(node, "the ground in other words is expected")
        if (entry.outcome == Verdict.Outcome.DISMISSED) == bool(entry.place):
            raise self._page.refused(node, "a ground has a place, and what was set aside has none")

    def _element(self, node: yaml.Node) -> Place:
        return self._beside(self._page.entries(node, ("framework", "element")))

    def _beside_a_fact(self, node: yaml.Node) -> SupportPlace:
        own = self._page.entries(node, ("fact", "place"))
        fact = self._counted(own["fact"], self._facts, "fact")
        return SupportPlace(fact, self._counted(own["place"], self._supports.get(fact, 0), "support"))
