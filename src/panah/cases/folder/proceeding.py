"""The procedure of a case, as `case.yaml` says it: understood before anything is imported."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import yaml

from panah.cases.folder.parts import Parts, QuoteEntry
from panah.law import checklist
from panah.law.checklist import Status
from panah.law.checklist.filling import RecordUnfit, filled

MOST = 999_999
"""The largest number of a record."""


class RecordEntry(NamedTuple):
    """A record of the procedure."""

    kind: str
    number: int
    said: dict[str, str]
    paper: str
    by: str
    at: datetime | None
    current: bool


class AnswerEntry(NamedTuple):
    """An answer to an item of the checklist; records and searches by their places in the lists above, from 1."""

    item: str
    status: Status
    words: dict[str, str]
    """`words`, `reason`, `nothing_found`, `proposed`."""
    quotes: list[QuoteEntry]
    records: list[int]
    facts: list[int]
    papers: list[str]
    searches: list[int]
    by: str
    written_at: datetime | None
    current: bool


class DismissalEntry(NamedTuple):
    """A proposal that was set aside."""

    item: str
    proposed: str
    reason: str
    by: str
    at: datetime | None


class ProcedureEntry(NamedTuple):
    """All of it."""

    records: list[RecordEntry]
    answers: list[AnswerEntry]
    dismissals: list[DismissalEntry]


class Proceeding(Parts):
    """Reads these entries."""

    def _procedure(self, node: yaml.Node | None, searches: int) -> ProcedureEntry:
        if node is None:
            return ProcedureEntry([], [], [])
        own = self._page.entries(node, (), ProcedureEntry._fields)
        records = [self._record(each) for each in self._page.items(own.get("records"))]
        answers = [self._answer(each, len(records), searches) for each in self._page.items(own.get("answers"))]
        return ProcedureEntry(
            records, answers, [self._dismissal(each) for each in self._page.items(own.get("dismissals"))]
        )

    def _record(self, node: yaml.Node) -> RecordEntry:
        own = self._page.entries(node, ("kind", "number", "said"), ("paper", "by", "at", "current"))
        kind = self._page.text(own["kind"])
        if kind not in checklist.checklist().kinds:
            raise self._page.refused(own["kind"], f"there is no kind of record “{kind}”")
        fields = self._page.mapping(own["said"])
        try:
            said = filled(checklist.kind(kind), {name: self._words(fields, name) for name in fields})
        except RecordUnfit as unfit:
            raise self._page.refused(own["said"], unfit.sentence.removesuffix(". The record was not kept.")) from unfit
        return RecordEntry(
            kind, self._counted(own["number"], MOST, "record"), said, self._of_paper(own, "paper"),
            self._line_of(own, "by"), self._moment(own.get("at")), self._stands(own),
        )  # fmt: skip

    def _answer(self, node: yaml.Node, records: int, searches: int) -> AnswerEntry:
        words = ("words", "reason", "nothing_found", "proposed")
        may = (*words, "quotes", "records", "facts", "papers", "searches", "by", "written_at", "current")
        own = self._page.entries(node, ("item", "status"), may)
        items = self._page.items
        entry = AnswerEntry(
            item=self._item(own["item"]),
            status=self._page.one_of(own["status"], Status),
            words={name: self._words(own, name).strip() for name in words},
            quotes=[self._quote(each) for each in items(own.get("quotes"))],
            records=[self._counted(each, records, "record") for each in items(own.get("records"))],
            facts=[self._counted(each, self._facts, "fact") for each in items(own.get("facts"))],
            papers=[self._named(each) for each in items(own.get("papers"))],
            searches=[self._counted(each, searches, "search") for each in items(own.get("searches"))],
            by=self._line_of(own, "by"),
            written_at=self._moment(own.get("written_at")),
            current=self._stands(own),
        )
        self._require_ground(node, entry)
        return entry

    def _require_ground(self, node: yaml.Node, entry: AnswerEntry) -> None:
        """An answer rests on something, or says where it was looked in vain; that it does not apply has a reason."""
        cites = entry.quotes or entry.records or entry.facts or entry.papers or entry.words["nothing_found"]
        if entry.status is not Status.NOT_EXAMINED and not cites:
            raise self._page.refused(node, "an answer cites something, or says where it was looked in vain")
        if entry.status is Status.NOT_APPLICABLE and not entry.words["reason"]:
            raise self._page.refused(node, "a reason is expected why it does not apply")

    def _dismissal(self, node: yaml.Node) -> DismissalEntry:
        own = self._page.entries(node, ("item", "proposed", "reason"), ("by", "at"))
        proposed, reason = (self._words(own, name).strip() for name in ("proposed", "reason"))
        if not proposed or not reason:
            raise self._page.refused(node, "what was proposed, and a reason, are expected")
        return DismissalEntry(
            self._item(own["item"]), proposed, reason, self._line_of(own, "by"), self._moment(own.get("at"))
        )

    def _item(self, node: yaml.Node) -> str:
        item = self._page.text(node)
        if checklist.checklist().item(item) is None:
            raise self._page.refused(node, f"the checklist has no item {item}")
        return item

    def _named(self, node: yaml.Node) -> str:
        return self._of_paper({"paper": node}, "paper")
