"""What was done to establish the facts of a case. The first argument is who asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from panah import law
from panah.cases import queries as cases
from panah.cases.method.recorded import differing, stated
from panah.cases.models import Acceptance, Assessment, Case, Distortion, Explanation, Fact, Inventoried
from panah.errors import PanahError
from panah.law import Factor, Indicator, Slot, Stage, StageName
from panah.team import queries as team
from panah.team.models import Member
from panah.team.rules import May


class ExplanationUnknown(PanahError):
    """This fact has no such explanation."""

    status = 404


class DistortionUnknown(PanahError):
    """This case has no distortion factor {number}."""

    status = 404


class IndicatorUnknown(PanahError):
    """There is no credibility indicator {indicator}."""

    status = 404


class SlotUnknown(PanahError):
    """The inventory has no place called {slot}."""

    status = 404


class CircumstanceUnknown(PanahError):
    """There is no distortion factor {factor}."""

    status = 404


class Staged(NamedTuple):
    """A fact, and where its examination stands."""

    fact: law.Fact
    stage: Stage

    @property
    def lines(self) -> list[tuple[StageName, str]]:
        """Each stage in its order, with `reached`, `open` or `uncalled`."""
        open_, uncalled = self.stage.open, self.stage.not_called_for
        return [
            (name, "open" if stage in open_ else "uncalled" if stage in uncalled else "reached")
            for stage, name in law.method().stages.items()
        ]


class OfIndicator(NamedTuple):
    """An indicator, the assessment that stands, and those that it replaced, newest first."""

    indicator: Indicator
    standing: Assessment | None
    earlier: Sequence[Assessment]


class OfSlot(NamedTuple):
    """A place of the inventory, and what somebody found."""

    slot: Slot
    found: Inventoried | None


class Taken(NamedTuple):
    """A factor of which somebody took account."""

    factor: Factor
    row: Distortion

    def concerns(self, fact: Fact) -> bool:
        """Whether it is of the person, or of the telling from which a fact is taken."""
        return self.row.statement_id in {None, fact.statement_id}


def stages(asker: Member, asked: Case, rows: Sequence[Fact] | None = None) -> list[Staged]:
    """Where the examination of each fact stands, in the order of the facts; `rows` are those, where they are read already.

    Raises `NotAllowed`.
    """
    team.require(asker, asked.compartment, May.SEE)
    contradictions = differing(asked)
    facts = stated(cases.facts(asked) if rows is None else rows)
    return [Staged(fact, law.stage(fact, contradictions)) for fact in facts]


def stage(asker: Member, asked: Case, number: int) -> Staged:
    """Where the examination of a fact stands. Raises `FactUnknown`, `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    found = stated(cases.facts(asked).filter(number=number))
    if not found:
        raise cases.FactUnknown(number=number)
    return Staged(found[0], law.stage(found[0], differing(asked)))


def assessments(asker: Member, fact: Fact) -> list[OfIndicator]:
    """Every indicator in its order, assessed on a fact or not. Raises `NotAllowed`."""
    team.require(asker, fact.case.compartment, May.SEE)
    rows = fact.assessments.select_related("fact__case").prefetch_related("quotations__document", "statements")
    written = list(rows.order_by("-written_at", "-pk"))
    return [
        OfIndicator(
            each,
            next((row for row in written if row.indicator == each.id and row.current), None),
            [row for row in written if row.indicator == each.id and not row.current],
        )
        for each in law.method().indicators.values()
    ]


def acceptances(asker: Member, fact: Fact) -> list[Acceptance]:
    """What was concluded on a fact, the newest first: the first stands, where it is current. Raises `NotAllowed`."""
    team.require(asker, fact.case.compartment, May.SEE)
    return list(fact.acceptances.select_related("fact__case").order_by("-current", "-written_at", "-pk"))


def explanations(asker: Member, fact: Fact) -> QuerySet[Explanation]:
    """What the applicant was asked about a fact, the oldest first. Raises `NotAllowed`."""
    team.require(asker, fact.case.compartment, May.SEE)
    return fact.explanations.select_related("fact__case__compartment").order_by("at", "pk")


def explanation(asker: Member, fact: Fact, explanation_id: UUID) -> Explanation:
    """One of them. Raises `ExplanationUnknown`, `NotAllowed`."""
    found = explanations(asker, fact).filter(pk=explanation_id).first()
    if found is None:
        raise ExplanationUnknown
    return found


def distortions(asker: Member, asked: Case) -> list[Taken]:
    """The factors of which somebody took account, in their order. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    rows = asked.distortions.select_related("statement", "case__compartment").order_by("number")
    return [Taken(factor(row.factor), row) for row in rows]


def distortion(asker: Member, asked: Case, number: int) -> Distortion:
    """One of them by its number. Raises `DistortionUnknown`, `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    found = asked.distortions.filter(number=number).select_related("statement", "case__compartment").first()
    if found is None:
        raise DistortionUnknown(number=number)
    return found


def inventory(asker: Member, asked: Case) -> list[OfSlot]:
    """The ten things that an applicant has to show, in the law's order, each with what was found. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    rows = {row.slot: row for row in asked.inventory.select_related("case").prefetch_related("papers")}
    return [OfSlot(slot, rows.get(slot.id)) for slot in law.method().slots.values()]


def indicator(indicator_id: str) -> Indicator:
    """An indicator by its id. Raises `IndicatorUnknown`."""
    found = law.method().indicators.get(indicator_id)
    if found is None:
        raise IndicatorUnknown(indicator=indicator_id)
    return found


def slot(slot_id: str) -> Slot:
    """A place of the inventory by its id. Raises `SlotUnknown`."""
    found = law.method().slots.get(slot_id)
    if found is None:
        raise SlotUnknown(slot=slot_id)
    return found


def factor(factor_id: str) -> Factor:
    """A distortion factor by its id. Raises `CircumstanceUnknown`."""
    found = law.method().factors.get(factor_id)
    if found is None:
        raise CircumstanceUnknown(factor=factor_id)
    return found
