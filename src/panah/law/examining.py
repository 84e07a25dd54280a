"""What an examination has left open, found by comparing its record with what the law asks.

The same function serves whoever prepares a claim and whoever audits its refusal. It looks at the examination,
never at the person: it says what is missing, and neither how much nor how grave.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from panah.law.loading import boxes, rules
from panah.law.model import Box, Element, Fact, Finding, Framework, Gap, Record, Rule, Stance, Support

LONGEST = 120
"""Characters of a fact that a sentence repeats."""


def examine(record: Record, framework: Framework) -> tuple[Gap, ...]:
    """The gaps of `record` under `framework`: element by element in the law's order, then fact by fact.

    Of several findings on one element the last one stands; findings on elements of other frameworks are not
    looked at. What concerns a fact is the same under every framework.
    """
    findings = {finding.element: finding for finding in record.findings}
    found = [gap for element in framework.elements for gap in _of_element(element, findings.get(element.id))]
    found += [gap for fact in record.facts for gap in _of_fact(fact)]
    return tuple(dict.fromkeys(found))


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
        yield _without_support(fact, open_boxes)
    for support in fact.supports:
        if support.stance is Stance.CONTRADICTS and not support.put_to_her:
            yield _about_support(Rule.CONTRADICTION_NOT_PUT, fact, support)
    for support in fact.supports:
        if support.superseded:
            yield _about_support(Rule.QUOTATION_SUPERSEDED, fact, support)


def _about_element(rule: Rule, element: Element, authority: str, support: str = "") -> Gap:
    sentence = rules()[rule].element
    reason = sentence.format(element=element.id, question=element.asks, support=support)
    return Gap(rule, reason, authority, element=element.id)


def _without_support(fact: Fact, open_boxes: list[Box]) -> Gap:
    wording = rules()[Rule.FACT_WITHOUT_SUPPORT]
    conditions = "; ".join(boxes()[box] for box in open_boxes)
    reason = wording.fact.format(fact=shortened(fact.words), boxes=conditions)
    return Gap(Rule.FACT_WITHOUT_SUPPORT, reason, str(wording.authority), fact=fact.id)


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
