"""How facts were established, where places differ, and how interviews were held, taken over from a `case.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from panah.cases.folder.establishing import (
    ContradictionEntry,
    DistortionEntry,
    EstablishedEntry,
    InterviewEntry,
    InventoriedEntry,
    PlaceEntry,
)
from panah.cases.folder.parts import QuoteEntry
from panah.cases.method import actions as method
from panah.cases.models import Case, Fact, Statement
from panah.cases.telling import actions as telling
from panah.cases.telling.actions import Held, Judgement, Place
from panah.library.models import Document, Quotation
from panah.team.models import Member


class TakingOver(NamedTuple):
    """A case that is being imported, and what it has already."""

    case: Case
    statements: Sequence[Statement]
    documents: Mapping[str, Document]
    quote: Callable[[QuoteEntry], Quotation]
    by: Member
    clock: Callable[[], datetime]

    def established(self, fact: Fact, entry: EstablishedEntry) -> None:
        """What was done to establish a fact."""
        for each in entry.assessments:
            method.assess(
                fact=fact, indicator=each.indicator, words=each.words,
                quotations=[self.quote(quote) for quote in each.quotes],
                statements=[self.statements[number - 1] for number in each.statements], author=each.by,
                written_at=each.written_at, stands=each.current, by=self.by, now=self.clock(),
            )  # fmt: skip
        for said in entry.explanations:
            method.seek_explanation(fact=fact, **said._asdict() | {"author": said.by, "by": self.by}, now=self.clock())
        for concluded in entry.acceptances:
            method.conclude(
                fact=fact, accepted=concluded.accepted, reasons=concluded.reasons, past_harm=concluded.past_harm,
                author=concluded.by, written_at=concluded.written_at, stands=concluded.current, by=self.by,
                now=self.clock(),
            )  # fmt: skip

    def distortion(self, entry: DistortionEntry) -> None:
        """A factor of which account was taken."""
        method.take_account(
            case=self.case, factor=entry.factor, words=entry.words, statement=self._told(entry.statement),
            author=entry.by, at=entry.at, by=self.by, now=self.clock(),
        )  # fmt: skip

    def inventoried(self, entry: InventoriedEntry) -> None:
        """A place of the inventory."""
        method.take_inventory(
            case=self.case, slot=entry.slot, presence=entry.presence, words=entry.words,
            papers=[self.documents[paper] for paper in entry.papers if paper], author=entry.by,
            written_at=entry.written_at, by=self.by, now=self.clock(),
        )  # fmt: skip

    def contradiction(self, entry: ContradictionEntry, facts: Sequence[Fact]) -> None:
        """Two places that differ."""
        fact = facts[entry.fact - 1] if entry.fact else None
        made = telling.mark(
            case=self.case, a=self._place(entry.a),
            b=self._place(entry.b) if isinstance(entry.b, PlaceEntry) else self.quote(entry.b),
            judgement=Judgement(entry.judged, entry.material, entry.material_reason, fact), author=entry.by,
            at=entry.at, by=self.by, now=self.clock(),
        )  # fmt: skip
        if entry.put_at or entry.her_answer:
            telling.put_contradiction(
                contradiction=made, put_at=entry.put_at, her_answer=entry.her_answer, author=entry.by, at=entry.at,
                by=self.by, now=self.clock(),
            )  # fmt: skip

    def interview(self, entry: InterviewEntry) -> None:
        """How an interview was held."""
        held = Held(
            statement=self._told(entry.statement), mode=entry.mode, interpreter_sex=entry.interpreter_sex,
            recording=self.documents.get(entry.recording), transcript=self.documents.get(entry.transcript),
            read_back=entry.read_back, **entry.said,
        )  # fmt: skip
        telling.record_interview(case=self.case, held=held, by=self.by, now=self.clock())

    def _place(self, entry: PlaceEntry) -> Place:
        return Place(self.statements[entry.statement - 1], entry.start, entry.end)

    def _told(self, number: int | None) -> Statement | None:
        return self.statements[number - 1] if number else None
