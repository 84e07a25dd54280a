"""Rules on what a decision examined: the gaps of its own examination, as it stands by its reasons."""

from __future__ import annotations

from collections.abc import Iterator

from panah.law.checklist.model import Ref
from panah.law.loading import placed
from panah.law.model import Acceptance, Contradiction, Gap, Support
from panah.law.refusal.loading import Fault, wordings
from panah.law.refusal.model import Defect, Reason, Refusal
from panah.law.refusal.proposing import fault, of_gap
from panah.law.refusal.record import SUPPORT, alike, bodies, concluding, gaps, relying_on

_ACCEPTED = (Acceptance.ACCEPTED, Acceptance.BY_DOUBT)


def element_not_addressed(refusal: Refusal) -> Iterator[Defect]:
    """A question that something on file bears on, and no reason; of those that ask the same, the first one."""
    if not refusal.reasons:
        return
    said = set[str]()
    for gap in _of(refusal, Fault.ELEMENT_NOT_ADDRESSED):
        if gap.element in said or gap.element not in refusal.raised:
            continue
        same = alike(gap.element)
        said |= same
        asked = [each for body in bodies(refusal) for each in body.elements if each.id in same]
        also = [placed(gap.element).element.authority, *(each.authority for each in asked)]
        facts = [Ref("fact", fact.id) for fact in refusal.record.facts if same.intersection(fact.used_in)]
        yield fault(
            refusal, Fault.ELEMENT_NOT_ADDRESSED, gap.element, sentence=gap.reason, rests_on=facts, also=also
        )  # fmt: skip


def presumption_not_applied(refusal: Refusal) -> Iterator[Defect]:
    """Past harm that is accepted, and no reason on why it should not be repeated."""
    harms = refusal.file.of("past-harm")
    for gap in _of(refusal, Fault.PRESUMPTION_NOT_APPLIED):
        rests_on = [Ref("fact", gap.fact), *(each.ref for each in harms if each.said("fact") == gap.fact)]
        reasons = concluding(refusal, gap.fact, *_ACCEPTED)
        yield of_gap(refusal, Fault.PRESUMPTION_NOT_APPLIED, gap, gap.fact, reasons=reasons, rests_on=rests_on)


def contradiction_not_put(refusal: Refusal) -> Iterator[Defect]:
    """A difference on which a reason relies, and which was never put to her."""
    for gap in _of(refusal, Fault.CONTRADICTION_NOT_PUT):
        about = SUPPORT + gap.support if gap.support else gap.contradiction
        ref = Ref("support", gap.support) if gap.support else Ref("contradiction", gap.contradiction)
        reasons = _relying(refusal, gap)
        yield of_gap(refusal, Fault.CONTRADICTION_NOT_PUT, gap, about, reasons=reasons, rests_on=[ref])


def explanation_not_sought(refusal: Refusal) -> Iterator[Defect]:
    """A fact that is not accepted, and on which nobody asked her."""
    yield from _not_accepted(refusal, Fault.EXPLANATION_NOT_SOUGHT)


def not_accepted_without_reasons(refusal: Refusal) -> Iterator[Defect]:
    """A fact that is not accepted, and of which a human says that no reasons are given."""
    yield from _not_accepted(refusal, Fault.NOT_ACCEPTED_WITHOUT_REASONS)


def _not_accepted(refusal: Refusal, rule: Fault) -> Iterator[Defect]:
    for gap in _of(refusal, rule):
        reasons = concluding(refusal, gap.fact, Acceptance.NOT_ACCEPTED)
        yield of_gap(refusal, rule, gap, gap.fact, reasons=reasons, rests_on=[Ref("fact", gap.fact)])


def _of(refusal: Refusal, rule: Fault) -> tuple[Gap, ...]:
    """The gaps that a rule passes on."""
    gap = wordings()[rule].gap
    return gaps(refusal, gap) if gap else ()


def _relying(refusal: Refusal, gap: Gap) -> tuple[Reason, ...]:
    """The reasons that rely on what a gap is about."""
    record = refusal.record
    differences: list[Contradiction | Support] = [
        each for each in record.contradictions if each.id == gap.contradiction
    ]
    differences += [each for fact in record.facts for each in fact.supports if each.id == gap.support]
    return tuple(dict.fromkeys(reason for each in differences for reason in relying_on(refusal, each)))
