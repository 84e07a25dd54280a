"""Rules on words of the reasons and of the order: they show a place, and most of them only ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from panah.law.checklist.model import Ref
from panah.law.checklist.onfile import refs
from panah.law.checklist.rules.deciding import named
from panah.law.refusal.countries import destinations
from panah.law.refusal.finding import judged, stretches
from panah.law.refusal.loading import Fault, wordings
from panah.law.refusal.model import Defect, Paragraph, Part, Refusal
from panah.law.refusal.plain import plain
from panah.law.refusal.proposing import fault, repeated


def relocation_state_actor(refusal: Refusal) -> Iterator[Defect]:
    """Another part of the country, though the state is the actor; asked where the file does not say who is."""
    places = refusal.file.of("internal-alternative")
    unlimited = [each for each in places if each.yes("state") and not each.yes("limited")]
    state = [*unlimited, *(each for each in refusal.file.of("act") if each.said("actor") == "state")]
    if not state and places and all(each.no("state") or each.yes("limited") for each in places):
        return
    yield from _asked(refusal, Fault.RELOCATION_STATE_ACTOR, surely=bool(state), rests_on=refs(state))


def discretion(refusal: Refusal) -> Iterator[Defect]:
    """Words that may expect her to hide."""
    yield from _asked(refusal, Fault.DISCRETION)


def balancing(refusal: Refusal) -> Iterator[Defect]:
    """Words that may weigh the risk against danger."""
    yield from _asked(refusal, Fault.BALANCING)


def persecutor_label(refusal: Refusal) -> Iterator[Defect]:
    """Labels and notices that may be those of the persecutor."""
    yield from _asked(refusal, Fault.PERSECUTOR_LABEL)


def embassy_check(refusal: Refusal) -> Iterator[Defect]:
    """A step of verification that reached the persecutor, and words that may tell of one."""
    rule = Fault.EMBASSY_CHECK
    for step in refusal.file.of("verification"):
        if step.yes("persecutor"):
            said = wordings()[rule].sentence.format(said=f"{named([step])}, {step.said('step').rstrip('.')}")
            yield fault(refusal, rule, step.kind, str(step.number), sentence=said, rests_on=[step.ref])
    yield from _asked(refusal, rule)


def exit_with_own_passport(refusal: Refusal) -> Iterator[Defect]:
    """Leaving legally, or with an own passport, as it may be held against her."""
    yield from _asked(refusal, Fault.EXIT_WITH_OWN_PASSPORT)


def no_destination(refusal: Refusal) -> Iterator[Defect]:
    """An order to remove her that names no country, or any."""
    rule = Fault.NO_DESTINATION
    order = [each for each in refusal.paragraphs if each.part is Part.ORDER]
    removing = list(stretches(refusal, order, wordings()[rule].finder, wordings()[rule].denied))
    if not removing:
        return
    nowhere = [each for each in refusal.file.of("removal-order") if not each.said("destination")]
    anywhere = list(stretches(refusal, order, "any-state"))
    for stretch in anywhere:
        yield fault(
            refusal, rule, str(stretch.paragraph.number),
            sentence=_ordered(repeated(stretch), "leaves open to which state"), words=stretch.words, rests_on=refs(nowhere),
        )  # fmt: skip
    if not anywhere and not any(_names_a_country(each, refusal) for each in order):
        first = removing[0]
        yield fault(
            refusal, rule, str(first.paragraph.number),
            sentence=_ordered(repeated(first), "names no country"), words=first.words, rests_on=refs(nowhere),
        )  # fmt: skip


def _ordered(words: str, said: str) -> str:
    return wordings()[Fault.NO_DESTINATION].sentence.format(words=words, said=said)


def _names_a_country(paragraph: Paragraph, refusal: Refusal) -> bool:
    return bool(destinations(plain(paragraph.words).words, refusal.language))


def _asked(refusal: Refusal, rule: Fault, *, surely: bool = False, rests_on: Iterable[Ref] = ()) -> Iterator[Defect]:
    """Each paragraph of the reasons in which words of a rule stand: a question, or a fault where the file answers it."""
    wording = wordings()[rule]
    said = wording.sentence if surely else wording.asks
    for stretch in stretches(refusal, judged(refusal), wording.finder, wording.denied):
        proposed = fault(
            refusal, rule, str(stretch.paragraph.number),
            sentence=said.format(words=repeated(stretch)), words=stretch.words, rests_on=rests_on,
        )  # fmt: skip
        yield replace(proposed, asks=not surely)
