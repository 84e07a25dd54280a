"""Facts by the method: indicators, explanations, acceptance, what distorts a telling, and the inventory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from panah import proof
from panah.cases.actions import OfAnotherCase
from panah.cases.entering import entered, lines, make_way, next_number, require_unchanged, tidy
from panah.cases.method import queries
from panah.cases.models import Acceptance, Assessment, Case, Distortion, Explanation, Fact, Inventoried, Statement
from panah.errors import PanahError
from panah.law import Acceptance as Accepted
from panah.law import Presence
from panah.library.models import Document, Quotation
from panah.team.actions import Verb
from panah.team.models import Member


class AssessmentWithoutWords(PanahError):
    """An assessment needs words: what was found, and in what."""


class NotAskedAnywhere(PanahError):
    """Say where and when the applicant was asked, as far as to the place in the transcript."""


class FactorWithoutWords(PanahError):
    """Say in words what was taken into account."""


class AbsenceUnexplained(PanahError):
    """An absence that is explained needs its explanation in words."""


@transaction.atomic
def assess(
    *,
    fact: Fact,
    indicator: str,
    words: str,
    quotations: Iterable[Quotation] = (),
    statements: Iterable[Statement] = (),
    author: str = "",
    written_at: datetime | None = None,
    stands: bool = True,
    over: int | None = None,
    by: Member,
    now: datetime,
) -> Assessment:
    """Assess a credibility indicator on a fact. An earlier assessment is replaced and kept.

    `author`, `written_at`, `stands` and `over` are as for a finding. Raises `IndicatorUnknown`, `AssessmentWithoutWords`,
    `OfAnotherCase`, `WrittenMeanwhile`.
    """
    queries.indicator(indicator)
    if not words.strip():
        raise AssessmentWithoutWords
    told = list(statements)
    if any(statement.case_id != fact.case_id for statement in told):
        raise OfAnotherCase
    standing = fact.assessments.filter(indicator=indicator, current=True)
    if stands:
        make_way(fact.case, standing, over)
    made = Assessment.objects.create(
        fact=fact, indicator=indicator, words=tidy(words), **lines(Assessment, by=author or by.name),
        written_at=written_at or now, current=stands,
    )  # fmt: skip
    made.quotations.set(quotations)
    made.statements.set(told)
    details: dict[str, proof.Canonical] = {"fact": fact.number, "indicator": indicator}
    entered(Verb.ASSESSED_INDICATOR, fact.case, details, by=by, now=now)
    return made


@transaction.atomic
def conclude(
    *,
    fact: Fact,
    accepted: Accepted,
    reasons: str = "",
    past_harm: bool = False,
    author: str = "",
    written_at: datetime | None = None,
    stands: bool = True,
    over: int | None = None,
    by: Member,
    now: datetime,
) -> Acceptance:
    """Write down what a human concludes on a fact. An earlier conclusion is replaced and kept.

    What is missing on the way to it is a gap, and nothing that is refused here. Raises `WrittenMeanwhile`.
    """
    standing = fact.acceptances.filter(current=True)
    if stands:
        make_way(fact.case, standing, over)
    made = Acceptance.objects.create(
        fact=fact, accepted=accepted, reasons=tidy(reasons), past_harm=past_harm,
        **lines(Acceptance, by=author or by.name), written_at=written_at or now, current=stands,
    )  # fmt: skip
    entered(Verb.CONCLUDED, fact.case, {"fact": fact.number}, by=by, now=now)
    return made


@transaction.atomic
def seek_explanation(
    *,
    fact: Fact,
    put_at: str,
    asked: str = "",
    her_answer: str = "",
    author: str = "",
    at: datetime | None = None,
    by: Member,
    now: datetime,
) -> Explanation:
    """Write down what the applicant was asked about a fact, where, and the answer.

    Raises `NotAskedAnywhere`, `LineTooLong`, `LineBroken`.
    """
    if not put_at.strip():
        raise NotAskedAnywhere
    made = Explanation.objects.create(
        fact=fact, asked=tidy(asked), her_answer=tidy(her_answer), at=at or now,
        **lines(Explanation, put_at=put_at, by=author or by.name),
    )  # fmt: skip
    entered(Verb.SOUGHT, fact.case, {"fact": fact.number}, by=by, now=now)
    return made


@transaction.atomic
def withdraw_explanation(*, explanation: Explanation, by: Member, now: datetime) -> None:
    """Take out an explanation that was written down by mistake; the ledger keeps that it was there."""
    entered(Verb.WITHDREW, explanation.fact.case, {"explanation of fact": explanation.fact.number}, by=by, now=now)
    explanation.delete()


@transaction.atomic
def take_account(
    *,
    case: Case,
    factor: str,
    words: str,
    statement: Statement | None = None,
    author: str = "",
    at: datetime | None = None,
    by: Member,
    now: datetime,
) -> Distortion:
    """Write down a factor that can distort a telling or how it is heard, and how account is taken of it.

    Raises `CircumstanceUnknown`, `FactorWithoutWords`, `OfAnotherCase`.
    """
    queries.factor(factor)
    if not words.strip():
        raise FactorWithoutWords
    if statement and statement.case_id != case.pk:
        raise OfAnotherCase
    number = next_number(case.distortions.aggregate(Max("number")))
    made = Distortion.objects.create(
        case=case, number=number, statement=statement, factor=factor, words=tidy(words), at=at or now,
        **lines(Distortion, by=author or by.name),
    )  # fmt: skip
    entered(Verb.TOOK_ACCOUNT, case, {"factor": made.number}, by=by, now=now)
    return made


@transaction.atomic
def withdraw_distortion(*, distortion: Distortion, by: Member, now: datetime) -> None:
    """Take out a factor; the ledger keeps that it was there."""
    entered(Verb.WITHDREW, distortion.case, {"factor": distortion.number}, by=by, now=now)
    distortion.delete()


@transaction.atomic
def take_inventory(
    *,
    case: Case,
    slot: str,
    presence: Presence,
    words: str = "",
    papers: Iterable[Document] = (),
    author: str = "",
    written_at: datetime | None = None,
    over: int | None = None,
    by: Member,
    now: datetime,
) -> Inventoried:
    """Write down whether one of the things that an applicant has to show is on file, in the place of what was written.

    `over` is the edition that its author saw, 0 for none. Raises `SlotUnknown`, `AbsenceUnexplained`, `OfAnotherCase`,
    `WrittenMeanwhile`.
    """
    queries.slot(slot)
    if presence is Presence.EXPLAINED and not words.strip():
        raise AbsenceUnexplained
    shown = list(papers)
    if any(paper.collection_id != case.papers_id for paper in shown):
        raise OfAnotherCase
    standing = Inventoried.objects.filter(case=case, slot=slot).select_related("case")
    require_unchanged(case, standing, over, written="written_at")
    made = standing.first() or Inventoried(case=case, slot=slot)
    made.presence, made.words, made.written_at = presence, tidy(words), written_at or now
    made.by = lines(Inventoried, by=author or by.name)["by"]
    made.save()
    made.papers.set(shown)
    entered(Verb.INVENTORIED, case, {"slot": slot}, by=by, now=now)
    return made
