"""What is on file of a procedure, as the rules of the checklist read it: one function for each source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from panah import law
from panah.cases.method.recorded import differing, interview
from panah.cases.models import Case, Fact, ProcedureRecord, Statement, Support
from panah.law import Box, Interview, Stance
from panah.law.checklist import OnFile
from panah.law.checklist.filling import from_json
from panah.law.checklist.onfile import Contradiction, Decision, Entry, Stated, Telling
from panah.library.models import Document
from panah.library.queries import content

LABEL = 80
"""Characters of a quotation by which people know it."""


def on_file(asked: Case, *, today: date) -> OnFile:
    """Everything that the rules may look at."""
    rows = list(
        ProcedureRecord.objects.filter(case=asked, current=True)
        .select_related("case", "paper__reading__original")
        .order_by("kind", "number")
    )
    entries = {row.pk: Entry(row.kind, row.number, from_json(row.said), row.paper is not None) for row in rows}
    return OnFile(
        facts=_facts(asked),
        tellings=_tellings(asked),
        interviews=_interviews(asked),
        contradictions=_contradictions(asked),
        inventory=_inventory(asked),
        records=tuple(entries.values()),
        decisions=tuple(
            Decision(entries[row.pk], text_of(row.paper)) for row in rows if row.kind == "decision" and row.paper
        ),
        today=today,
    )


def _facts(asked: Case) -> tuple[Stated, ...]:
    """The facts, each with whether something supports it, and its boxes."""
    supported = set(Support.objects.filter(fact__case=asked, stance=Stance.SUPPORTS).values_list("fact_id", flat=True))
    return tuple(
        Stated(row.number, row.words, row.pk in supported, frozenset(box for box in Box if getattr(row, box.value)))
        for row in Fact.objects.filter(case=asked).order_by("number")
    )


def _tellings(asked: Case) -> tuple[Telling, ...]:
    """The statements, without their words."""
    rows = Statement.objects.filter(case=asked).order_by("number")
    return tuple(Telling(*each) for each in rows.values_list("number", "told_on", "language", "interpreter"))


def _interviews(asked: Case) -> tuple[Interview, ...]:
    """The interviews, in their order."""
    rows = asked.interviews.select_related(
        "case__compartment", "statement", "recording__original", "transcript__original"
    )
    return tuple(interview(row) for row in rows.order_by("number"))


def _contradictions(asked: Case) -> tuple[Contradiction, ...]:
    """Where two places differ and a human says that they contradict each other, and what contradicts a fact."""
    return (*_between_tellings(asked), *_beside_facts(asked))


def _between_tellings(asked: Case) -> Iterator[Contradiction]:
    labels = {each.id: each.label for each in differing(asked)}
    rows = asked.contradictions.filter(judged=law.Judged.CONTRADICTION).select_related("case__compartment")
    for row in rows.order_by("number"):
        yield Contradiction(
            str(row.number), labels[str(row.number)], material=row.material, put_at=row.put_at, answer=row.her_answer
        )


def _beside_facts(asked: Case) -> Iterator[Contradiction]:
    rows = Support.objects.filter(fact__case=asked, stance=Stance.CONTRADICTS).select_related("quotation", "paper")
    for row in rows.order_by("added_at", "pk"):
        yield Contradiction(str(row.pk), _label(row), kind="support", put_at=row.put_at, answer=row.her_answer)


def _inventory(asked: Case) -> Mapping[str, str]:
    """The ten things that an applicant has to show, as far as somebody looked."""
    return dict(asked.inventory.values_list("slot", "presence"))


def _label(row: Support) -> str:
    words = row.quotation.words if row.quotation else row.paper.title if row.paper else ""
    return f"“{law.shortened(words, LABEL)}”"


def text_of(paper: Document) -> str:
    """The words of a paper; empty where it has no reading. Raises `SealBroken`."""
    return content(paper.reading).decode() if paper.reading else ""
