"""What the rules of the audit have in common: how they say what they propose, and on which authority."""

from __future__ import annotations

from collections.abc import Iterable

from panah.law import checklist
from panah.law.checklist.model import Found, Item, Law, Ref
from panah.law.checklist.rules.deciding import under_pact
from panah.law.examining import shortened
from panah.law.loading import lawbook
from panah.law.model import Authority, Framework, Gap, Order
from panah.law.refusal.finding import Stretch
from panah.law.refusal.loading import Fault, wordings
from panah.law.refusal.model import Defect, Reason, Refusal
from panah.law.regimes import Area

LONGEST = 160
"""Characters of the words of a decision that a sentence repeats."""


def fault(
    refusal: Refusal,
    rule: Fault,
    *about: str,
    sentence: str,
    words: Iterable[Found] = (),
    rests_on: Iterable[Ref] = (),
    also: Iterable[Authority] = (),
    item: str = "",
) -> Defect:
    """A fault, with the authority of its item; `also` comes first."""
    wording = wordings()[rule]
    bears_on = item or wording.item
    return Defect(
        rule=rule,
        sentence=sentence,
        authority=authority(refusal, checklist.item(bears_on), also),
        sought=wording.sought,
        about=about,
        item=bears_on,
        words=tuple(words),
        rests_on=tuple(dict.fromkeys(rests_on)),
    )


def of_gap(
    refusal: Refusal, rule: Fault, gap: Gap, *about: str, reasons: Iterable[Reason], rests_on: Iterable[Ref]
) -> Defect:
    """A fault that the examination of a record found, with its sentence and the passages of the decision."""
    words = (place(refusal, reason) for reason in reasons)
    return fault(refusal, rule, *about, sentence=gap.reason, words=words, rests_on=rests_on)


def place(refusal: Refusal, reason: Reason) -> Found:
    """Where a reason stands."""
    return Found(refusal.decision.number, reason.start, reason.end, reason.words, "")


def repeated(stretch: Stretch) -> str:
    """The words of a stretch, as a sentence repeats them."""
    return shortened("”, “".join(dict.fromkeys(each.words for each in stretch.words)), LONGEST)


def authority(refusal: Refusal, item: Item, also: Iterable[Authority] = ()) -> str:
    """Where the law of this case asks for an item: the Pact or what was before it, the law of the State, the treaties."""
    chosen = refusal.frameworks
    national = (
        element.authority
        for each in chosen
        if each.order is Order.NATIONAL
        for element in each.elements
        if element.id in item.parallel
    )
    of_union = _of_days(refusal, item.law) if not chosen or any(map(_binds, chosen)) else ()
    found = dict.fromkeys(map(str, (*also, *of_union, *national, *item.law.international)))
    return "; ".join(found) or str(item.law)


def _binds(framework: Framework) -> bool:
    """Whether a State in which this is chosen is bound by the Union's law on asylum.

    Of a State outside the Union only the rules on which State is responsible are applied, by agreement.
    """
    return framework.order is Order.UNION and framework.id not in lawbook().regimes.governing(Area.RESPONSIBILITY)


def _of_days(refusal: Refusal, law: Law) -> tuple[Authority, ...]:
    """What applies by the day of lodging: both, where that is not known."""
    lodged = refusal.file.step("lodged")
    pact = under_pact(lodged.days("day") if lodged else None)
    if pact is None:
        return (*law.new, *law.old)
    return law.new if pact else law.old
