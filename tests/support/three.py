"""The three invented cases: what a hand-made table says of each, and each brought from nothing to where it can be sealed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from panah.law import Acceptance, Box, Gap, Judged
from panah.law.checklist import Status
from support.workbench import DEMO

TABLES = Path(__file__).parent.parent / "journeys" / "three"
NAMES = ("student", "couple", "interpreted")
STAGES = ("nothing", "papers", "told", "evidence", "findings", "ready")
"""Nothing entered; papers in; accounts and facts; what bears on them; findings; ready to seal."""
NEVER = "never"
DIFFERENCE = "difference {}"
SITE = DEMO.parent
_RULES = {
    "without_finding": "element-unanswered", "without_reasons": "finding-without-reasons",
    "facts_without_support": "fact-without-support", "contradictions_not_put": "contradiction-not-put",
    "superseded_facts": "quotation-superseded", "superseded_findings": "quotation-superseded",
    "plausible_without_source": "plausibility-without-source", "inventory_open": "inventory-open",
    "differences_not_put": "contradiction-not-put", "differences_not_judged": "contradiction-not-judged",
}  # fmt: skip
"""What a table calls a list, and the rule that names such a gap."""


class Table:
    """What somebody found missing who worked through the law and the papers by hand."""

    def __init__(self, name: str) -> None:
        self._said: dict[str, Any] = yaml.safe_load((TABLES / f"{name}.yaml").read_text(encoding="utf-8"))
        self.elements: dict[str, list[str]] = self._said["elements"]
        self.checklist: dict[str, dict[str, str]] = self._said["checklist"]
        self.law: dict[str, list[Any]] = self._said["law"]
        self.folder = SITE / self._said["folder"]

    def open_at(self, stage: str) -> set[tuple[str, str]]:
        """The gaps at a stage: the rule, and the element, the number of the fact, or that of the difference."""
        return {
            (_RULES[kind], DIFFERENCE.format(each) if kind.startswith("differences") else str(each))
            for kind, listed in self._listed(stage)
            for each in listed
        }

    def standing_at(self, stage: str) -> dict[str, str]:
        """How each item of the checklist stands that is examined at a stage."""
        return {
            item: said[stage] if stage in said else said["stands"]
            for item, said in self.checklist.items()
            if said["from"] in _over(stage)
        }

    def answered_first_at(self, stage: str) -> set[str]:
        """The items of the checklist that can be answered from this stage on."""
        return {item for item, said in self.checklist.items() if said["from"] == stage}

    def proposed_at(self, stage: str) -> dict[str, str]:
        """What the rules have to propose at a stage, by item."""
        return {item: status for each in _over(stage) for item, status in self._said["proposals"].get(each, {}).items()}

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


def _over(stage: str) -> tuple[str, ...]:
    """The stages that are over when this one is, this one among them."""
    return STAGES[: STAGES.index(stage) + 1]


def entries_of(folder: Path) -> Any:
    """What the `case.yaml` of a folder says."""
    from panah.cases.folder.reading import FILE, read_case_file

    return read_case_file((folder / FILE).read_bytes())


class Brought:
    """A case that somebody at a desk brings from stage to stage, with the actions that pages and commands use."""

    def __init__(self, desk: Any, table: Table) -> None:
        self._desk, self._table = desk, table
        self._entries = entries_of(table.folder)
        self._papers: dict[str, Any] = {}
        self._records: dict[int, Any] = {}
        """By their places in the folder."""

    def to(self, stage: str) -> None:
        """Do the work of one stage; those before it are done. What the file answers by then is answered."""
        getattr(self, f"_do_{stage}")()
        self._answer(stage)

    @cached_property
    def case(self) -> Any:
        """The case, opened under the law that its folder names."""
        own = self._entries
        return self._desk.case(own.reference, own.called, own.frameworks, note=own.note)

    def gaps(self) -> set[tuple[str, str]]:
        """What the program finds missing: the rule, and the element, the number of the fact, or that of the difference."""
        from panah.cases import queries

        return {(gap.rule.value, gap.element or gap.fact or _difference(gap)) for gap in queries.gaps(self.case)}

    def answered(self) -> dict[str, str]:
        """How the program has each item of the checklist that somebody answered."""
        from panah.cases.procedure import queries

        return {row.item: row.status for row in queries.answers(self._desk.member, self.case)}

    def open_items(self) -> set[str]:
        """The items of the checklist that a dossier would name as open or wrong."""
        from panah.cases.procedure import queries

        return {gap.item for gap in queries.open_items(self.case)}

    def proposed(self) -> dict[str, str]:
        """What the rules propose."""
        from panah.cases.procedure import queries

        found = queries.proposals(self._desk.member, self.case, now=self._desk.now())
        return {each.item: each.status.value for each in found}

    def heard_through(self) -> list[str]:
        """The language of each interview, where another was asked for."""
        from panah import law
        from panah.cases.telling.queries import interviews

        differ = [law.mismatch(held) for held in interviews(self._desk.member, self.case)]
        return [each.spoken if each else "" for each in differ]

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
        self._settle_the_law()
        self._keep_records()

    def _settle_the_law(self) -> None:
        """The State and the days, and what counsel chose where the law leaves a question."""
        from panah.cases.regime import actions, queries

        came = self._entries.proceedings
        actions.date_proceedings(case=self.case, state=came.state, dates=came.dates, **self._desk.act)
        settled = [each for each in self._entries.frameworks if each in queries.regime(self.case).settled]
        actions.settle_regime(
            case=self.case, framework_ids=[*settled, *came.choice], reason=came.reason, **self._desk.act
        )

    def _do_told(self) -> None:
        from panah.cases import actions

        for each in self._entries.statements:
            actions.record_statement(
                case=self.case, **each._asdict() | {"paper": self._papers[each.paper]}, **self._desk.act
            )
        told = self._taking_over.statements
        for entry in self._entries.facts:
            self._desk.fact(self.case, entry.words, statement=told[entry.statement - 1] if entry.statement else None)
        for held in self._entries.interviews:
            self._taking_over.interview(held)
        for factor in self._entries.distortions:
            self._taking_over.distortion(factor)
        for difference in self._entries.contradictions:
            self._taking_over.contradiction(difference, list(self.case.facts.order_by("number")))
        self._keep_records(of_facts=True)

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
            self._taking_over.established(self._fact(number), entry.established._replace(acceptances=[]))

    def _do_findings(self) -> None:
        for entry in self._entries.findings:
            self._find(
                entry.element, entry.words, entry.reasons, entry.facts, stands=entry.current,
                quotations=[self._quoted(quote) for quote in entry.quotes],
            )  # fmt: skip
        for number, fact in enumerate(self._entries.facts, start=1):
            concluded = fact.established._replace(assessments=[], explanations=[])
            self._taking_over.established(self._fact(number), concluded)
        for slot in self._entries.inventory:
            self._taking_over.inventoried(slot)
        self._work("findings")

    def _do_ready(self) -> None:
        self._work("ready")

    @cached_property
    def _taking_over(self) -> Any:
        """What writes down how facts were established, as an import does."""
        from panah.cases.folder.taking_over import TakingOver

        told = list(self.case.statements.order_by("number"))
        return TakingOver(self.case, told, self._papers, self._quoted, self._desk.member, self._desk.now)

    def _keep_records(self, *, of_facts: bool = False) -> None:
        """The records that name a fact, or those that name none."""
        from panah.cases.procedure import actions

        for place, entry in enumerate(self._entries.procedure.records, start=1):
            if ("fact" in entry.said) == of_facts:
                self._records[place] = actions.keep_record(
                    case=self.case,
                    kind=entry.kind,
                    said=entry.said,
                    paper=self._papers.get(entry.paper),
                    **self._desk.act,
                )

    def _answer(self, stage: str) -> None:
        """The items that the table has from this stage on, as the folder answers them: all that they cite is there by then."""
        from panah.cases.procedure import actions

        for entry in self._entries.procedure.answers:
            if entry.item in self._table.answered_first_at(stage):
                citing = actions.Citing(
                    records=[self._records[place] for place in entry.records],
                    facts=[self._fact(number) for number in entry.facts],
                    papers=[self._papers[paper] for paper in entry.papers],
                )
                words = {name: entry.words[name] for name in ("words", "reason", "nothing_found")}
                actions.answer(
                    case=self.case, item=entry.item, status=entry.status, citing=citing, **words, **self._desk.act
                )

    def _work(self, stage: str) -> None:
        """What the table says that counsel does beyond what the folder holds."""
        for kind, listed in self._table.work(stage).items():
            for said in listed:
                getattr(self, f"_work_{kind}")(said)

    def _work_put(self, said: dict[str, Any]) -> None:
        from panah.cases import actions

        for against in self._on(said, "contradicts"):
            actions.put_to_applicant(
                support=against, put_at=said["put_at"], her_answer=said["her_answer"], **self._desk.act
            )

    def _work_put_difference(self, said: dict[str, Any]) -> None:
        from panah.cases.telling import actions

        actions.put_contradiction(
            contradiction=self.case.contradictions.get(number=said["difference"]), put_at=said["put_at"],
            her_answer=said["her_answer"], **self._desk.act,
        )  # fmt: skip

    def _work_judge(self, said: dict[str, Any]) -> None:
        from panah.cases.telling import actions

        row = self.case.contradictions.get(number=said["difference"])
        judgement = actions.Judgement(
            Judged(said["judged"]), material=True, material_reason=said["material"], fact=row.fact
        )
        actions.judge(contradiction=row, judgement=judgement, **self._desk.act)
        self._work_put_difference(said)

    def _work_weigh(self, said: dict[str, Any]) -> None:
        from panah.cases import actions

        boxes = {Box(name): why for name, why in said.items() if name != "fact"}
        actions.weigh(fact=self._fact(said["fact"]), boxes=boxes, **self._desk.act)

    def _work_withdraw(self, said: dict[str, Any]) -> None:
        from panah.cases import actions

        for support in self._on(said, "supports"):
            actions.withdraw_support(support=support, **self._desk.act)

    def _work_assess(self, said: dict[str, Any]) -> None:
        from panah.cases.method import actions

        actions.assess(
            fact=self._fact(said["fact"]), indicator=said["indicator"], words=said["words"],
            quotations=[self._desk.quote(self._papers[said["paper"]], said["quote"])], **self._desk.act,
        )  # fmt: skip

    def _work_conclude(self, said: list[Any]) -> None:
        from panah.cases.method import actions

        number, accepted, reasons, harm = said
        actions.conclude(
            fact=self._fact(number),
            accepted=Acceptance(accepted),
            reasons=reasons,
            past_harm=bool(harm),
            **self._desk.act,
        )

    def _work_answer(self, said: dict[str, Any]) -> None:
        from panah.cases.procedure import actions

        citing = actions.Citing(
            facts=[self._fact(number) for number in said.get("facts", [])],
            papers=[self._papers[paper] for paper in said.get("papers", [])],
        )
        words = {name: said.get(name, "") for name in ("words", "reason", "nothing_found")}
        actions.answer(
            case=self.case, item=said["item"], status=Status(said["status"]), citing=citing, **words, **self._desk.act
        )

    def _work_find(self, said: list[Any]) -> None:
        self._find(*said)

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


def _difference(gap: Gap) -> str:
    return DIFFERENCE.format(gap.contradiction) if gap.contradiction else "all"
