"""Which law applies to a case: told by its days and its State, with reasons; and asked where the law does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from panah.errors import PanahError
from panah.law.loading import framework, frameworks, lawbook
from panah.law.model import Authority, Element, Trigger
from panah.law.regimes import OTHERS, Area, Body, Doubt, Note, Regimes, Succession

_STATE = re.compile("[A-Z]{2}")


class DatesImpossible(PanahError):
    """An application that was {later} on {later_day} cannot have been {earlier} as late as {earlier_day}: look at the days."""


class StateUnreadable(PanahError):
    """“{state}” is not a State by its two letters, as in SE."""


@dataclass(frozen=True)
class CaseDates:
    """The days of an application, each where it is known."""

    made: date | None = None
    """The wish for protection was expressed."""
    registered: date | None = None
    lodged: date | None = None
    decided: date | None = None
    """At first instance."""
    notified: date | None = None
    """The applicant was told of the decision."""


_FOLLOWING = [
    pair
    for pair in combinations(("made", "registered", "lodged", "decided", "notified"), 2)
    if pair != ("registered", "lodged")
]
"""What cannot come before what. Some authorities register what was lodged before, and some the other way round."""


@dataclass(frozen=True)
class Applied:
    """A body of law that applies, and why."""

    framework: str
    area: Area
    reason: str
    authority: Authority


@dataclass(frozen=True)
class Question:
    """What the law leaves open, or what cannot be told without a day: the lawyer chooses, and it is never guessed."""

    id: str
    area: Area
    asks: str
    stands: tuple[str, ...]
    """The ids of the bodies of law that may apply; until somebody chooses, each of them stands."""
    authority: Authority


@dataclass(frozen=True)
class Regime:
    """The law of a case."""

    state: str
    dates: CaseDates
    applied: tuple[Applied, ...]
    questions: tuple[Question, ...]
    notes: tuple[Note, ...]
    early: tuple[Element, ...]
    """Provisions that may apply although their body of law does not yet; each says why in `apart`."""

    @property
    def settled(self) -> tuple[str, ...]:
        """The ids of the bodies of law that apply beyond question, in the order of the law."""
        ids = {each.framework for each in self.applied}
        return tuple(each for each in frameworks() if each in ids)

    @property
    def standing(self) -> tuple[str, ...]:
        """The ids of those that may apply, depending on an answer."""
        ids = {each for question in self.questions for each in question.stands}
        return tuple(each for each in frameworks() if each in ids)


@dataclass(frozen=True)
class _Span:
    """The first and the last day on which something may have happened, each where it is known."""

    first: date | None
    last: date | None


def applicable(dates: CaseDates, state: str, known: Regimes | None = None) -> Regime:
    """The law of a case with these days before the authorities of a State (ISO 3166, two letters).

    Raises `DatesImpossible`, `StateUnreadable`.
    """
    _in_order(dates)
    if not _STATE.fullmatch(state):
        raise StateUnreadable(state=state)
    regimes = known or lawbook().regimes
    where = {state} if state in regimes.states else {OTHERS}
    answers = [_answer(each, dates) for each in regimes.successions if where.intersection(each.states)]
    applied = [_of_body(each) for each in regimes.bodies if where.intersection(each.states)]
    questions = [_of_doubt(each) for each in regimes.doubts if where.intersection(each.states)]
    applied += [each for each in answers if isinstance(each, Applied)]
    questions += [each for each in answers if isinstance(each, Question)]
    order = list(Area).index
    return Regime(
        state=state,
        dates=dates,
        applied=tuple(sorted(applied, key=lambda each: order(each.area))),
        questions=tuple(sorted(questions, key=lambda each: order(each.area))),
        notes=tuple(each for each in regimes.notes if where.intersection(each.states)),
        early=tuple(_early(applied, regimes, dates)),
    )


def _in_order(dates: CaseDates) -> None:
    for earlier, later in _FOLLOWING:
        before, after = getattr(dates, earlier), getattr(dates, later)
        if before and after and after < before:
            raise DatesImpossible(later=later, later_day=after, earlier=earlier, earlier_day=before)


def _of_body(body: Body) -> Applied:
    return Applied(body.framework, body.area, body.reason, body.authority)


def _of_doubt(doubt: Doubt) -> Question:
    return Question(doubt.id, doubt.area, doubt.asks, doubt.stands, doubt.authority)


def _answer(asked: Succession, dates: CaseDates) -> Applied | Question:
    """The older of two, the newer, or the question which."""
    newer = framework(asked.newer)
    turn, span = date.fromisoformat(newer.in_force_from), _span(newer.trigger, dates)
    if asked.doubtful_day and span.first == span.last == date.fromisoformat(asked.doubtful_day):
        return _question(asked, asked.doubt)
    if span.last and span.last < turn:
        return Applied(asked.older, asked.area, asked.before, asked.authority)
    if span.first and span.first >= turn:
        return Applied(asked.newer, asked.area, asked.since, asked.authority)
    begun = _span(Trigger.LODGED, dates)
    if asked.unsettled and begun.last and begun.last < turn:
        return _question(asked, asked.unsettled)
    return _question(asked, asked.missing)


def _question(asked: Succession, words: str) -> Question:
    return Question(asked.id, asked.area, words, (asked.newer, asked.older), asked.authority)


def _span(trigger: Trigger, dates: CaseDates) -> _Span:
    """Between which days that one lies by which it is told; a day that is not known is somewhere between its neighbours."""
    over = dates.decided or dates.notified
    match trigger:
        case Trigger.LODGED:
            return _Span(dates.lodged or dates.made, dates.lodged or over)
        case Trigger.REGISTERED:
            return _Span(dates.registered or dates.made, dates.registered or over)
        case Trigger.DECIDED:
            return _Span(dates.decided or _latest(dates), over)
        case Trigger.NOTIFIED:
            return _Span(dates.notified or dates.decided or _latest(dates), dates.notified)
        case Trigger.UNSETTLED:
            return _Span(dates.lodged or dates.made, over)
        case Trigger.ALWAYS:
            return _Span(None, None)


def _latest(dates: CaseDates) -> date | None:
    """The latest day on which the application is known not to have been decided yet, or to have been decided."""
    return max((day for day in (dates.made, dates.registered, dates.lodged) if day), default=None)


def _early(applied: list[Applied], regimes: Regimes, dates: CaseDates) -> Iterator[Element]:
    """Elements of the newer of two bodies of law that apply, or may, although the older one governs the case."""
    governs = {each.framework for each in applied}
    for succession in regimes.successions:
        newer = framework(succession.newer)
        if succession.older in governs:
            yield from (
                each for each in newer.elements if each.in_force_from < newer.in_force_from and _may(each, dates)
            )


def _may(element: Element, dates: CaseDates) -> bool:
    last = _span(element.trigger, dates).last
    return last is None or last >= date.fromisoformat(element.in_force_from)
