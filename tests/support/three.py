"""The three invented cases: what a hand-made table says of each, and each brought from nothing to where it can be sealed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from panah.law import Box
from support.workbench import DEMO

TABLES = Path(__file__).parent.parent / "journeys" / "three"
NAMES = ("student", "couple", "interpreted")
STAGES = ("nothing", "papers", "told", "evidence", "findings", "ready")
"""Nothing entered; papers in; accounts and facts; what bears on them; findings; ready to seal."""
NEVER = "never"
SITE = DEMO.parent
_RULES = {
    "without_finding": "element-unanswered", "without_reasons": "finding-without-reasons",
    "facts_without_support": "fact-without-support", "contradictions_not_put": "contradiction-not-put",
    "superseded_facts": "quotation-superseded", "superseded_findings": "quotation-superseded",
}  # fmt: skip
"""What a table calls a list, and the rule that names such a gap."""


class Table:
    """What somebody found missing who worked through the law and the papers by hand."""

    def __init__(self, name: str) -> None:
        self._said: dict[str, Any] = yaml.safe_load((TABLES / f"{name}.yaml").read_text(encoding="utf-8"))
        self.elements: dict[str, list[str]] = self._said["elements"]
        self.checklist: dict[str, dict[str, str]] = self._said["checklist"]
        self.folder = SITE / self._said["folder"]

    def open_at(self, stage: str) -> set[tuple[str, str]]:
        """The gaps at a stage: the rule, and the element or the number of the fact."""
        return {(_RULES[kind], str(each)) for kind, listed in self._listed(stage) for each in listed}

    def not_examined_at(self, stage: str) -> dict[str, str]:
        """The items of the checklist that are not examined at a stage, each with its line."""
        over = STAGES[: STAGES.index(stage) + 1]
        return {item: said["why"] for item, said in self.checklist.items() if said["from"] not in over}

    def work(self, stage: str) -> dict[str, list[Any]]:
        """What counsel does at a stage beyond what the folder holds."""
        work: dict[str, list[Any]] = self._said["work"].get(stage, {})
        return work

    def framework_of(self, element: str) -> str:
        """The body of law that asks a question."""
        return next(framework for framework, asked in self.elements.items() if element in asked)

    def _listed(self, stage: str) -> Iterator[tuple[str, list[Any]]]:
        for kind, listed in self._said["stages"][stage].items():
            yield kind, [each for asked in self.elements.values() for each in asked] if listed == "all" else listed


class Brought:
    """A case that somebody at a desk brings from stage to stage, with the actions that pages and commands use."""

    def __init__(self, desk: Any, table: Table) -> None:
        from panah.cases.folder.reading import FILE, read_case_file

        self._desk, self._table = desk, table
        self._entries = read_case_file((table.folder / FILE).read_bytes())
        self._papers: dict[str, Any] = {}

    def to(self, stage: str) -> None:
        """Do the work of one stage; those before it are done."""
        getattr(self, f"_do_{stage}")()

    @cached_property
    def case(self) -> Any:
        """The case, opened under the law that its folder names."""
        own = self._entries
        return self._desk.case(own.reference, own.called, own.frameworks, note=own.note)

    def gaps(self) -> set[tuple[str, str]]:
        """What the program finds missing: the rule, and the element or the number of the fact."""
        from panah.cases import queries

        return {(gap.rule.value, gap.element or gap.fact) for gap in queries.gaps(self.case)}

    def _do_nothing(self) -> None:
        """It is opened; nothing stands in it."""
        assert not self.case.facts.exists()

    def _do_papers(self) -> None:
        from panah.library.actions import supersede
        from panah.library.extractors.kinds import media_type

        for entry in self._entries.papers:
            content = (self._table.folder / entry.file).read_bytes()
            self._papers[entry.file] = self._desk.paper(
                content, shelf=entry.collection or self.case.papers.name, path=entry.path, kind=media_type(content, content),
                **{field: said for field, said in entry.details._asdict().items() if said},
            )  # fmt: skip
            if entry.supersedes:
                supersede(older=self._papers[entry.supersedes], newer=self._papers[entry.file], **self._desk.act)

    def _do_told(self) -> None:
        from panah.cases import actions

        told = [
            actions.record_statement(
                case=self.case, **each._asdict() | {"paper": self._papers[each.paper]}, **self._desk.act
            )
            for each in self._entries.statements
        ]
        for entry in self._entries.facts:
            statement = told[entry.statement - 1] if entry.statement else None
            self._desk.fact(self.case, entry.words, statement=statement)

    def _do_evidence(self) -> None:
        from panah.cases import actions

        for number, entry in enumerate(self._entries.facts, start=1):
            for said in entry.supports:
                on = {"quotation": self._quoted(said.quote)} if said.quote else {"paper": self._papers[said.paper]}
                kept = actions.support(
                    fact=self._fact(number), stance=said.stance, note=said.note, **on, **self._desk.act
                )
                if said.put_at:
                    actions.put_to_applicant(
                        support=kept, put_at=said.put_at, her_answer=said.her_answer, **self._desk.act
                    )
            actions.weigh(fact=self._fact(number), boxes=entry.doubt, **self._desk.act)

    def _do_findings(self) -> None:
        for entry in self._entries.findings:
            self._find(
                entry.element, entry.words, entry.reasons, entry.facts, stands=entry.current,
                quotations=[self._quoted(quote) for quote in entry.quotes],
            )  # fmt: skip
        self._work("findings")

    def _do_ready(self) -> None:
        self._work("ready")

    def _work(self, stage: str) -> None:
        """What the table says that counsel does."""
        from panah.cases import actions

        work = self._table.work(stage)
        for put in work.get("put", []):
            for against in self._on(put, "contradicts"):
                said = {"put_at": put["put_at"], "her_answer": put["her_answer"]}
                actions.put_to_applicant(support=against, **said, **self._desk.act)
        for weighed in work.get("weigh", []):
            boxes = {Box(name): why for name, why in weighed.items() if name != "fact"}
            actions.weigh(fact=self._fact(weighed["fact"]), boxes=boxes, **self._desk.act)
        for gone in work.get("withdraw", []):
            for support in self._on(gone, "supports"):
                actions.withdraw_support(support=support, **self._desk.act)
        for found in work.get("find", []):
            self._find(*found)

    def _find(self, element: str, words: str, reasons: str, facts: list[int], **said: Any) -> None:
        from panah.cases import actions

        actions.find(
            case=self.case, framework_id=self._table.framework_of(element), element_id=element, words=words,
            reasons=reasons, facts=[self._fact(number) for number in facts], **said, **self._desk.act,
        )  # fmt: skip

    def _on(self, named: dict[str, Any], stance: str) -> list[Any]:
        """What stands beside a fact, from a paper that is named, with this stance. There is something."""
        paper = self._papers[named["paper"]]
        found = list(self._fact(named["fact"]).supports.filter(stance=stance, quotation__document=paper))
        assert found, named
        return found

    def _fact(self, number: int) -> Any:
        return self.case.facts.get(number=number)

    def _quoted(self, quote: Any) -> Any:
        return self._desk.quote(self._papers[quote.paper], quote.words, start=quote.start)
