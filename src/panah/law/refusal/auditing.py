"""The audit of a refusal: every rule over one decision, in its order, with what was looked at and what could not be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from panah.law.checklist.finding import language_of, unreadable
from panah.law.checklist.model import Ref
from panah.law.checklist.onfile import Decision
from panah.law.citations import Outcome
from panah.law.currency import latest
from panah.law.method import method
from panah.law.refusal.finding import is_headed
from panah.law.refusal.loading import Fault
from panah.law.refusal.model import Audit, Defect, Part, Refusal
from panah.law.refusal.reading import disorder, paragraphs, stranger
from panah.law.refusal.record import alike, bodies
from panah.law.refusal.rules import RULES
from panah.law.refusal.rules.procedure import governed_by

_QUOTED = re.compile('[“„«»”"][^“”„«»"]{20,}[”“»«"]')


def audit(refusal: Refusal) -> Audit:
    """What the rules propose on a refusal, in the order of its text, and then in that of the rules.

    Paragraphs and language are read from its text where they are not given. Nothing is proposed twice, and nothing that
    could not be looked at passes in silence.
    """
    read = replace(
        refusal,
        paragraphs=refusal.paragraphs or paragraphs(refusal.text),
        language=refusal.language or language_of(refusal.text),
    )
    found = [defect for rule in RULES.values() for defect in rule(read)]
    order = list(Fault)
    behind = max((each.end for each in read.paragraphs), default=0)
    once = {each.id: each for each in _without_twins(found)}
    return Audit(
        tuple(sorted(once.values(), key=lambda each: (_first(each, behind), order.index(Fault(each.rule))))),
        _looked(read),
        tuple(_not_looked(read)),
    )


def _first(defect: Defect, behind: int) -> int:
    """Where it stands in the decision; behind all others where it is about what does not stand there."""
    return min((each.start for each in defect.words), default=behind)


def _without_twins(defects: Iterable[Defect]) -> Iterator[Defect]:
    """Without proposals of the checklist that another rule makes about the same item and records, and what is said twice.

    Where past harm is accepted and not weighed, it is not said once more that the question is not addressed.
    """
    every = list(defects)
    own = [each for each in every if each.rule != Fault.GUARANTEE_DEFICIENT and not each.asks]
    unweighed = any(each.rule == Fault.PRESUMPTION_NOT_APPLIED for each in own)
    past_harm = {same for asked in method().past_harm_asked_by for same in alike(asked)} if unweighed else set()
    for each in every:
        if each.rule == Fault.GUARANTEE_DEFICIENT:
            said = {ref for other in own if other.item == each.item for ref in other.rests_on}
            records = _records(each.rests_on)
            if records and records <= said:
                continue
        if each.rule == Fault.ELEMENT_NOT_ADDRESSED and past_harm.intersection(each.about):
            continue
        yield each


def _records(rests_on: Iterable[Ref]) -> set[Ref]:
    """What it rests on beside the decision itself."""
    return {ref for ref in rests_on if ref.kind != "decision"}


def _looked(refusal: Refusal) -> dict[str, int]:
    return {
        "paragraphs": len(refusal.paragraphs),
        "reasons": len(refusal.reasons),
        "questions": sum(each.id in refusal.raised for body in bodies(refusal) for each in body.claims),
        "papers": len(refusal.submitted) if refusal.language else 0,
        "sources": len(refusal.sources),
        "quotations": sum(each.outcome is not Outcome.NOT_CHECKABLE for each in refusal.quoted),
    }


def _not_looked(refusal: Refusal) -> Iterator[str]:
    """What could not be looked at, or has to be looked at first."""
    yield from filter(None, [unreadable(Decision(refusal.decision, refusal.text))])
    if refusal.language:
        yield from _of_the_text(refusal)
    if not refusal.reasons:
        yield "No reason of the decision is marked: which questions it leaves open, and what it concludes, was not looked at."
    if governed_by(refusal) is None:
        yield "It is not known here which law of the Union governs, or none was chosen: what law is cited was not looked at."
    yield from _of_sources(refusal)


def _of_sources(refusal: Refusal) -> Iterator[str]:
    """The same, of the country information that it cites, and of what it quotes."""
    if not refusal.sources:
        yield "No country information is known here that the decision cites: its age and its roots were not looked at."
    if not refusal.quoted and _QUOTED.search(refusal.text):
        yield "What the decision quotes was compared with nothing."
    for source in refusal.sources:
        if not source.date or latest(source.date) is None:
            yield f"“{source.title}” has no date: whether it is current was not looked at."
    yield from (each.sentence for each in refusal.quoted if each.outcome is Outcome.NOT_CHECKABLE)


def _of_the_text(refusal: Refusal) -> Iterator[str]:
    """The same, of the text of a decision that can be read."""
    yield from filter(None, [stranger(refusal.text, refusal.names), disorder(refusal.text)])
    if not is_headed(refusal, Part.REASONS):
        yield "No heading says where the reasons of the decision begin: words were looked for in all of it."
    if not is_headed(refusal, Part.ORDER):
        yield "No heading says where the order of the decision begins: whether it names a destination was not looked at."
    if not refusal.submitted:
        yield "Nothing on file says which papers were before the authority: whether it mentions them was not looked at."
