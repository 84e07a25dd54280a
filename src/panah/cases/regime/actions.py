"""The law of a case settled: its State and days written down, and the lawyer's choice where the law leaves a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from panah import law
from panah.cases.actions import ReasonMissing, choose_frameworks
from panah.cases.entering import entered, lines, tidy, write_alone
from panah.cases.models import Case, Proceedings
from panah.cases.regime import queries
from panah.errors import PanahError
from panah.law import CaseDates, Regime
from panah.team.actions import Verb
from panah.team.models import Member


class ProceedingsUntold(PanahError):
    """Say first which State examines the claim, and the days that are known."""

    status = 409


class DayAhead(PanahError):
    """{day} lies ahead: write a day down when it has come."""


class QuestionOpen(PanahError):
    """The law leaves a question open: choose {stands}, or several of them."""


class LawElsewhere(PanahError):
    """{framework} does not apply to a case of these days in this State."""

    status = 409


@transaction.atomic
def date_proceedings(*, case: Case, state: str, dates: CaseDates, by: Member, now: datetime) -> Proceedings:
    """Write down the State and the days of a case. What was chosen before stands for as long as it can still be chosen.

    Raises `DayAhead`, `law.DatesImpossible`, `law.StateUnreadable`, `NotAllowed`.
    """
    for day in filter(None, vars(dates).values()):
        if day > (now + timedelta(days=1)).date():  # somewhere, it may be that day already
            raise DayAhead(day=day)
    regime = law.applicable(dates, state)
    write_alone(case)
    before = queries.proceedings(case)
    choice, reason = (queries.chosen(before), before.regime_reason) if before else ((), "")
    if not _answers(regime, choice):
        choice, reason = (), ""
    entered(Verb.DATED, case, by=by, now=now)
    return _standing(case, regime, choice, reason, by.name, now)


@transaction.atomic
def settle_regime(*, case: Case, framework_ids: Iterable[str], reason: str, by: Member, now: datetime) -> Proceedings:
    """Say which bodies of law govern a case: of those that apply, and of each question one or several, with the reason.

    What was chosen for the case and lies outside of what these days and this State give stays chosen. Raises
    `ProceedingsUntold`, `LawElsewhere`, `QuestionOpen`, `ReasonMissing`, `law.FrameworkUnknown`, `NotAllowed`.
    """
    write_alone(case)
    regime = queries.regime(case)
    if regime is None:
        raise ProceedingsUntold
    wanted = [law.framework(each).id for each in framework_ids]
    offered = {*regime.settled, *regime.standing}
    if outside := [each for each in wanted if each not in offered]:
        raise LawElsewhere(framework=law.framework(outside[0]).title)
    for question in regime.questions:
        if not set(wanted) & set(question.stands):
            raise QuestionOpen(stands=" or ".join(law.framework(each).short for each in question.stands))
    choice = tuple(each for each in regime.standing if each in wanted)
    if choice and not tidy(reason):
        raise ReasonMissing
    kept = [each.framework for each in case.frameworks.all() if each.framework not in offered]
    choose_frameworks(case=case, framework_ids=[*wanted, *kept], by=by, now=now)
    entered(Verb.SETTLED_LAW, case, {"chosen": list(choice)}, by=by, now=now)
    return _standing(case, regime, choice, tidy(reason) if choice else "", by.name, now)


@transaction.atomic
def take_over(
    *, case: Case, state: str, dates: CaseDates, choice: Sequence[str], reason: str, author: str, written_at: datetime,
    by: Member, now: datetime,
) -> Proceedings:  # fmt: skip
    """Keep the proceedings of a case that were written down on another machine, as they were there.

    Raises `ReasonMissing`, `LineTooLong`, `law.DatesImpossible`, `law.StateUnreadable`, `NotAllowed`.
    """
    if choice and not tidy(reason):
        raise ReasonMissing
    regime, who = law.applicable(dates, state), lines(Proceedings, by=author)["by"]
    write_alone(case)
    entered(Verb.DATED, case, by=by, now=now)
    return _standing(case, regime, tuple(choice), reason, who, written_at)


def _answers(regime: Regime, choice: tuple[str, ...]) -> bool:
    """Whether a choice answers every question of a regime, and nothing else."""
    answered = all(set(choice) & set(question.stands) for question in regime.questions)
    return answered and set(choice) <= set(regime.standing)


def _standing(
    case: Case, regime: Regime, choice: tuple[str, ...], reason: str, author: str, at: datetime
) -> Proceedings:
    Proceedings.objects.filter(case=case, current=True).update(current=False)
    days = {f"{day}_on": getattr(regime.dates, day) for day in queries.DAYS}
    return Proceedings.objects.create(
        case=case, state=regime.state, **days, regime_choice=" ".join(choice), regime_reason=reason, by=author, at=at
    )
