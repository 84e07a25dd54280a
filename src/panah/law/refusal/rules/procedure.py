"""Rules on the procedure: which law is cited, and what the rules of the checklist find of its guarantees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from panah.law import checklist
from panah.law.checklist import Proposal, Status
from panah.law.checklist.onfile import Entry
from panah.law.checklist.rules.deciding import under_pact
from panah.law.model import Order
from panah.law.refusal.finding import stretches
from panah.law.refusal.loading import Fault, wordings
from panah.law.refusal.model import Defect, Refusal
from panah.law.refusal.proposing import fault, repeated


def wrong_regime(refusal: Refusal) -> Iterator[Defect]:
    """Law that does not govern an application of this day, wherever the decision cites it."""
    lodged = governed_by(refusal)
    if lodged is None:
        return
    finder = "regime-apd" if under_pact(lodged.days("day")) else "regime-apr"
    for stretch in stretches(refusal, refusal.paragraphs, finder):
        said = wordings()[Fault.WRONG_REGIME].sentence.format(said=lodged.said("day"), words=repeated(stretch))
        yield fault(
            refusal, Fault.WRONG_REGIME, str(stretch.paragraph.number),
            sentence=said, words=stretch.words, rests_on=[lodged.ref, refusal.decision.ref],
        )  # fmt: skip


def governed_by(refusal: Refusal) -> Entry | None:
    """The step by whose day it is told which law of the Union governs; None where that is not known, or none was chosen."""
    lodged = refusal.file.step("lodged")
    chosen = refusal.frameworks
    if lodged is None or (chosen and not any(each.order is Order.UNION for each in chosen)):
        return None
    return lodged if under_pact(lodged.days("day")) is not None else None


def authority_late(refusal: Refusal) -> Iterator[Defect]:
    """What the checklist proposes as deficient about the days of the authority."""
    items = wordings()[Fault.AUTHORITY_LATE].items
    yield from (_of(refusal, Fault.AUTHORITY_LATE, each) for each in _deficient(refusal) if each.item in items)


def guarantee_deficient(refusal: Refusal) -> Iterator[Defect]:
    """Everything else that the checklist proposes as deficient."""
    rule = Fault.GUARANTEE_DEFICIENT
    passed_over = {*wordings()[Fault.AUTHORITY_LATE].items, *wordings()[rule].leaves}
    yield from (_of(refusal, rule, each) for each in _deficient(refusal) if each.item not in passed_over)


def _deficient(refusal: Refusal) -> Iterator[Proposal]:
    """What is proposed on the procedure up to this decision, whatever other decisions there are in the case."""
    own = refusal.decision
    file = replace(
        refusal.file,
        records=tuple(each for each in refusal.file.records if each.kind != own.kind or each.number == own.number),
        decisions=tuple(each for each in refusal.file.decisions if each.record.number == own.number),
    )
    return (each for each in checklist.proposals(file) if each.status is Status.DEFICIENT)


def _of(refusal: Refusal, rule: Fault, proposal: Proposal) -> Defect:
    said = wordings()[rule].sentence.format(reason=proposal.reason)
    return fault(
        refusal, rule, proposal.item,
        sentence=said, words=proposal.words, rests_on=proposal.rests_on, item=proposal.item,
    )  # fmt: skip
