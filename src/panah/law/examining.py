"""What an examination has left open, found by comparing its record with what the law asks.

The same function serves whoever prepares a claim and whoever audits its refusal. It looks at the examination,
never at the person: it says what is missing, and neither how much nor how grave.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from panah.law.loading import boxes, rules
from panah.law.method import is_sought, method
from panah.law.model import (
    Acceptance,
    Box,
    Contradiction,
    Element,
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

PLAUSIBILITY = "CI.plaus"
"""The indicator that must rest on words of the file."""
LONGEST = 120
"""Characters of a fact that a sentence repeats."""


def examine(record: Record, framework: Framework) -> tuple[Gap, ...]:
    """The gaps of `record` under `framework`: claim by claim in the law's order, then fact by fact, then the rest.

    Of several findings on one element the last one stands; findings on elements of other frameworks are not
    looked at. What concerns a fact is the same under every framework, save what follows from past harm: that, and the
    inventory, are asked for by frameworks with such an element.
    """
    found = list(examine_claims(record.findings, framework))
    past_harm = any(framework.element(asked) for asked in method().past_harm_asked_by)
    for fact in record.facts:
        found += [*_of_fact(fact), *_of_conclusion(fact, record), *(_of_past_harm(fact) if past_harm else ())]
    found += [gap for each in record.contradictions for gap in _of_contradiction(each)]
    if any(framework.element(asked) for asked in method().slots_asked_by):
        found += _of_inventory(record)
    return tuple(dict.fromkeys(found))


def examine_claims(findings: Iterable[Finding], framework: Framework) -> tuple[Gap, ...]:
    """Of these gaps, those in how the elements of `framework` are answered."""
    standing = {finding.element: finding for finding in findings}
    return tuple(gap for element in framework.claims for gap in _of_element(element, standing.get(element.id)))


def _of_element(element: Element, finding: Finding | None) -> Iterator[Gap]:
    if finding is None or _is_blank(finding.words):
        yield _about_element(Rule.ELEMENT_UNANSWERED, element, str(element.authority))
        return
    if _is_blank(finding.reasons):
        rule = Rule.FINDING_WITHOUT_REASONS
        yield _about_element(rule, element, str(rules()[rule].authority))
    if finding.superseded:
        rule = Rule.QUOTATION_SUPERSEDED
        named = "; ".join(_flat(label) for label in finding.superseded)
        yield _about_element(rule, element, str(rules()[rule].authority), support=named)


def _of_fact(fact: Fact) -> Iterator[Gap]:
    supported = any(support.stance is Stance.SUPPORTS for support in fact.supports)
    if not supported and (open_boxes := [box for box in Box if box not in fact.boxes]):
        yield _about_fact(Rule.FACT_WITHOUT_SUPPORT, fact, open_boxes)
    for support in fact.supports:
        if support.stance is Stance.CONTRADICTS and not support.put_to_her:
            yield _about_support(Rule.CONTRADICTION_NOT_PUT, fact, support)
    for support in fact.supports:
        if support.superseded:
            yield _about_support(Rule.QUOTATION_SUPERSEDED, fact, support)


def _of_conclusion(fact: Fact, record: Record) -> Iterator[Gap]:
    """What is missing in the way to an acceptance, or to the refusal of one."""
    if any(each.indicator == PLAUSIBILITY and not each.rests for each in fact.assessed):
        yield _about_fact(Rule.PLAUSIBILITY_WITHOUT_SOURCE, fact)
    if fact.acceptance is not None and not fact.assessed:
        yield _about_fact(Rule.NO_INDICATOR_ASSESSED, fact)
    if fact.acceptance is Acceptance.BY_DOUBT and (open_boxes := [box for box in Box if box not in fact.boxes]):
        yield _about_fact(Rule.DOUBT_NOT_REASONED, fact, open_boxes)
    if fact.acceptance is Acceptance.NOT_ACCEPTED:
        if not is_sought(fact, record.contradictions):
            yield _about_fact(Rule.EXPLANATION_NOT_SOUGHT, fact)
        if _is_blank(fact.reasons):
            yield _about_fact(Rule.REFUSED_WITHOUT_REASONS, fact)
        if not any(each.statement in {"", fact.statement} for each in record.distortions):
            yield _about_fact(Rule.CIRCUMSTANCES_NOT_CONSIDERED, fact)


def _of_past_harm(fact: Fact) -> Iterator[Gap]:
    accepted = fact.acceptance in {Acceptance.ACCEPTED, Acceptance.BY_DOUBT}
    if fact.past_harm and accepted and not method().past_harm_asked_by & set(fact.used_in):
        yield _about_fact(Rule.PAST_HARM_NOT_WEIGHED, fact)


def _of_contradiction(asked: Contradiction) -> Iterator[Gap]:
    if asked.judged is Judged.OPEN:
        yield _about_contradiction(Rule.CONTRADICTION_NOT_JUDGED, asked)
    if asked.judged is not Judged.CONTRADICTION:
        return
    if asked.material is None:
        yield _about_contradiction(Rule.MATERIALITY_NOT_REASONED, asked)
    if asked.material is not False and not asked.put_to_her:
        yield _about_contradiction(Rule.CONTRADICTION_NOT_PUT, asked)


def _of_inventory(record: Record) -> Iterator[Gap]:
    known = {each.slot for each in record.inventory}
    if missing := [slot.name for slot in method().slots.values() if slot.id not in known]:
        wording = rules()[Rule.INVENTORY_OPEN]
        yield Gap(Rule.INVENTORY_OPEN, wording.inventory.format(slots="; ".join(missing)), str(wording.authority))


def _about_element(rule: Rule, element: Element, authority: str, support: str = "") -> Gap:
    sentence = rules()[rule].element
    reason = sentence.format(element=element.id, question=element.asks, support=support)
    return Gap(rule, reason, authority, element=element.id)


def _about_fact(rule: Rule, fact: Fact, open_boxes: Iterable[Box] = ()) -> Gap:
    wording = rules()[rule]
    conditions = "; ".join(boxes()[box] for box in open_boxes)
    reason = wording.fact.format(fact=shortened(fact.words), boxes=conditions)
    return Gap(rule, reason, str(wording.authority), fact=fact.id)


def _about_contradiction(rule: Rule, asked: Contradiction) -> Gap:
    wording = rules()[rule]
    reason = wording.contradiction.format(contradiction=_flat(asked.label))
    return Gap(rule, reason, str(wording.authority), contradiction=asked.id)


def _about_support(rule: Rule, fact: Fact, support: Support) -> Gap:
    wording = rules()[rule]
    reason = wording.support.format(fact=shortened(fact.words), support=_flat(support.label))
    return Gap(rule, reason, str(wording.authority), fact=fact.id, support=support.id)


def shortened(words: str, longest: int = LONGEST) -> str:
    """`words` on one line, of at most `longest` characters, cut between two words.

    Where there is no space to cut at, as in Chinese, it is cut between characters, never before a mark.
    """
    flat = _flat(words)
    if len(flat) <= longest:
        return flat
    end = flat.rfind(" ", longest // 2, longest)
    if end < 0:
        end = longest - 1
        while end > 1 and unicodedata.category(flat[end]).startswith("M"):
            end -= 1
    return flat[:end].rstrip(" ,;:.–—-") + "…"


def _flat(words: str) -> str:
    return " ".join(words.split())


def _is_blank(words: str) -> bool:
    """Whether nothing is said: spaces and dashes are no finding, and no reasons."""
    return not any(character.isalnum() for character in words)
