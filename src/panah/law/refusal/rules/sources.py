"""Rules on the country information that a decision cites: its age, its roots, and how it is quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from panah.law.checklist.model import Ref
from panah.law.checklist.onfile import refs
from panah.law.checklist.rules.deciding import answered, listed
from panah.law.citations import Outcome
from panah.law.currency import TurningPoint, all_before, latest, overtaken, turning_points
from panah.law.examining import shortened
from panah.law.refusal.loading import Fault, wordings
from panah.law.refusal.model import Defect, Refusal, Source
from panah.law.refusal.proposing import LONGEST, fault

EVERY = "every"
"""What a proposal is about that is said of all sources together."""


def before_turning_point(refusal: Refusal) -> Iterator[Defect]:
    """A source that is older than a turning point on what it is about; all of them, where all are older than the newest."""
    rule = Fault.COI_BEFORE_TURNING_POINT
    points, sources = _known(refusal), refusal.sources
    for source in sources:
        if passed := overtaken(source.date, source.concepts, points):
            said = wordings()[rule].sentence.format(title=source.title, date=source.date, than=_called(passed))
            yield fault(refusal, rule, source.id, sentence=said, words=source.words, rests_on=_used(refusal, [source]))
    if newest := all_before([each.date for each in sources], points):
        said = wordings()[rule].every.format(than=_called([newest]))
        words = (found for each in sources for found in each.words)
        yield fault(refusal, rule, EVERY, sentence=said, words=words, rests_on=_used(refusal, sources))


def superseded(refusal: Refusal) -> Iterator[Defect]:
    """A source of which a newer version was there."""
    rule = Fault.COI_SUPERSEDED
    for source in refusal.sources:
        if source.superseded_by:
            said = wordings()[rule].sentence.format(title=source.title, than=source.superseded_by)
            yield fault(refusal, rule, source.id, sentence=said, words=source.words, rests_on=_used(refusal, [source]))


def one_root(refusal: Refusal) -> Iterator[Defect]:
    """Two sources or more, and all have what they say from one."""
    rule, sources = Fault.COI_ONE_ROOT, refusal.sources
    roots = {source.root or source.id for source in sources}
    if len(sources) > 1 and len(roots) == 1:
        [root] = roots
        called = next((source.title for source in sources if source.id == root), root)
        words = (found for each in sources for found in each.words)
        said = wordings()[rule].every.format(than=called)
        yield fault(refusal, rule, EVERY, sentence=said, words=words, rests_on=_used(refusal, sources))


def quotation_differs(refusal: Refusal) -> Iterator[Defect]:
    """Words that are not those of the source."""
    yield from _quoted(refusal, Fault.QUOTATION_DIFFERS, Outcome.DIFFERS)


def quotation_not_found(refusal: Refusal) -> Iterator[Defect]:
    """Words that no source has."""
    yield from _quoted(refusal, Fault.QUOTATION_NOT_FOUND, Outcome.NOT_FOUND)


def _quoted(refusal: Refusal, rule: Fault, outcome: Outcome) -> Iterator[Defect]:
    altered = refs(answered(refusal.file.of("coi-use"), "exact").no)
    for each in refusal.quoted:
        if each.outcome is outcome:
            words = shortened(each.words.words, LONGEST)
            said = wordings()[rule].sentence.format(words=words, said=each.sentence)
            yield fault(
                refusal, rule, str(each.words.start), sentence=said.strip(), words=[each.words], rests_on=altered
            )


def _known(refusal: Refusal) -> tuple[TurningPoint, ...]:
    """The turning points that could be known on the day of the decision."""
    day = latest(refusal.decision.said("day")) if refusal.decision.said("day") else None
    return tuple(point for point in turning_points() if day is None or point.last <= day)


def _called(points: Iterable[TurningPoint]) -> str:
    return listed(f"{point.words} ({point.date})" for point in points)


def _used(refusal: Refusal, sources: Iterable[Source]) -> list[Ref]:
    """The records of country information that are of these sources: of the same day, and called so."""
    return [
        entry.ref
        for source in sources
        for entry in refusal.file.of("coi-use")
        if entry.said("date") == source.date and _is(source, entry.said("source").casefold())
    ]


def _is(source: Source, called: str) -> bool:
    names = [name.casefold() for name in (source.title, source.publisher) if name]
    return bool(called) and any(name in called or called in name for name in names)
