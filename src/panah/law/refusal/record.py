"""The examination that a decision made, as the record of an examination, so that one function serves author and auditor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from panah.law.examining import examine
from panah.law.loading import USUAL, NotInTheLaw, framework, parallels, placed
from panah.law.model import (
    Acceptance,
    Contradiction,
    Fact,
    Finding,
    Framework,
    Gap,
    Judged,
    Record,
    Rule,
    Stance,
    Support,
)
from panah.law.refusal.model import Reason, Refusal

SUPPORT = "support:"
"""Before the id of a support, where it stands among the differences that a reason relies on."""


def concluded(refusal: Refusal) -> Record:
    """What a decision answers, concludes and relies on, by the reasons that a human marked; all else is as it is on file."""
    answered = addressed(refusal)
    return Record(
        facts=tuple(_fact(fact, refusal, answered) for fact in refusal.record.facts if reasons_on(refusal, fact.id)),
        findings=tuple(Finding(element, words, words) for element, words in answered.items()),
        contradictions=tuple(
            replace(each, judged=Judged.CONTRADICTION, material=True)
            for each in refusal.record.contradictions
            if relying_on(refusal, each)
        ),
        inventory=refusal.record.inventory,
        distortions=refusal.record.distortions,
    )


def gaps(refusal: Refusal, rule: Rule) -> tuple[Gap, ...]:
    """What the examination of a decision left open, of one kind, under each body of law that was chosen for the case."""
    record = concluded(refusal)
    found = (gap for each in bodies(refusal) for gap in examine(record, each) if gap.rule is rule)
    return tuple(dict.fromkeys(found))


def bodies(refusal: Refusal) -> tuple[Framework, ...]:
    """The bodies of law that were chosen, or the usual ones."""
    return refusal.frameworks or tuple(framework(each) for each in USUAL)


def addressed(refusal: Refusal) -> Mapping[str, str]:
    """The questions of the law that a reason is linked to, and those that ask the same, with its words."""
    found = dict[str, str]()
    for reason in refusal.reasons:
        for element in reason.elements:
            found |= dict.fromkeys(alike(element), reason.words)
    return found


def alike(element: str) -> frozenset[str]:
    """A question, and those that ask the same."""
    try:
        return frozenset({element, *(each.element.id for each in parallels(placed(element).element))})
    except NotInTheLaw:
        return frozenset({element})


def reasons_on(refusal: Refusal, fact: str) -> tuple[Reason, ...]:
    """The reasons that are about a fact."""
    return tuple(reason for reason in refusal.reasons if fact in reason.facts)


def relying_on(refusal: Refusal, difference: Contradiction | Support) -> tuple[Reason, ...]:
    """The reasons that rely on a difference between two places, or on what contradicts a fact."""
    named = {difference.id} if isinstance(difference, Contradiction) else _support_names(refusal, difference)
    return tuple(reason for reason in refusal.reasons if named.intersection(reason.contradictions))


def _support_names(refusal: Refusal, support: Support) -> set[str]:
    """By what a reason may name it: its bare id does where no difference has the same."""
    taken = any(each.id == support.id for each in refusal.record.contradictions)
    return {SUPPORT + support.id} | (set() if taken else {support.id})


def _fact(fact: Fact, refusal: Refusal, answered: Mapping[str, str]) -> Fact:
    """A fact as the decision leaves it."""
    reasons = reasons_on(refusal, fact.id)
    concludes = [reason.concludes for reason in reasons if reason.concludes]
    given = [reason.words for reason in reasons if not reason.bare]
    return replace(
        fact,
        supports=tuple(_relied_on(fact, refusal)),
        acceptance=concludes[-1] if concludes else None,
        reasons=" ".join(given),
        used_in=tuple(answered),
    )


def _relied_on(fact: Fact, refusal: Refusal) -> Iterator[Support]:
    """What bears on it, without what contradicts it and the decision does not rely on."""
    for support in fact.supports:
        if support.stance is not Stance.CONTRADICTS or support.put_to_her or relying_on(refusal, support):
            yield support


def concluding(refusal: Refusal, fact: str, *what: Acceptance) -> tuple[Reason, ...]:
    """The reasons that conclude one of these on a fact."""
    return tuple(reason for reason in reasons_on(refusal, fact) if reason.concludes in what)
