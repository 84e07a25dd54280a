"""Differences between two places of the file, and interviews."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from panah import text
from panah.cases.actions import AnswerUnasked, OfAnotherCase
from panah.cases.entering import entered, lines, next_number, require_as_shown, require_unchanged, tidy
from panah.cases.models import Case, Contradiction, Fact, Interview, Statement
from panah.errors import PanahError
from panah.law import Judged, Mode
from panah.library.models import Document, Quotation
from panah.team.actions import Verb
from panah.team.models import Member


class PlaceOutside(PanahError):
    """The place {start}–{end} does not lie in the words of statement {number}."""


class PlacesSayNothing(PanahError):
    """At one of the two places there must be words."""


class SamePlace(PanahError):
    """These are not two places: both are the same words of one statement."""


class MaterialityUnreasoned(PanahError):
    """Say whether it is material together with the reason, or neither."""


class InterviewTold(PanahError):
    """Statement {number} already belongs to another interview."""

    status = 409


class Place(NamedTuple):
    """A stretch of a statement's words, in characters; an empty one says that nothing is said there."""

    statement: Statement
    start: int
    end: int


class Judgement(NamedTuple):
    """What a human takes a difference for."""

    judged: Judged = Judged.OPEN
    material: bool | None = None
    material_reason: str = ""
    fact: Fact | None = None


class Held(NamedTuple):
    """How an interview was held; empty, or None, where nobody knows."""

    statement: Statement | None = None
    held_on: str = ""
    place: str = ""
    mode: Mode | None = None
    preferred_language: str = ""
    preferred_dialect: str = ""
    interpreter_language: str = ""
    interpreter_dialect: str = ""
    interpreter_sex: str = ""
    objection: str = ""
    interviewer: str = ""
    present: str = ""
    recording: Document | None = None
    transcript: Document | None = None
    corrections: str = ""
    read_back: bool | None = None


_ON_ONE_LINE = (
    "held_on", "place", "preferred_language", "preferred_dialect", "interpreter_language", "interpreter_dialect",
    "interpreter_sex", "interviewer", "present",
)  # fmt: skip


@transaction.atomic
def mark(
    *,
    case: Case,
    a: Place,
    b: Place | Quotation,
    judgement: Judgement | None = None,
    author: str = "",
    at: datetime | None = None,
    by: Member,
    now: datetime,
) -> Contradiction:
    """Mark two places of the file that differ. Nobody says thereby which of them is right.

    Raises `OfAnotherCase`, `PlaceOutside`, `PlacesSayNothing`, `SamePlace`, `MaterialityUnreasoned`.
    """
    other = b if isinstance(b, Place) else None
    for place in filter(None, (a, other)):
        _require_within(case, place)
    if other == a:
        raise SamePlace
    if other and a.start == a.end and other.start == other.end:
        raise PlacesSayNothing
    made = Contradiction(
        case=case,
        number=next_number(case.contradictions.aggregate(Max("number"))),
        a_statement=a.statement, a_start=a.start, a_end=a.end,
        b_statement=other.statement if other else None,
        b_start=other.start if other else 0, b_end=other.end if other else 0,
        b_quotation=None if isinstance(b, Place) else b,
        at=at or now, **lines(Contradiction, by=author or by.name),
    )  # fmt: skip
    _judge(made, judgement or Judgement())
    made.save(force_insert=True)
    entered(Verb.MARKED, case, {"contradiction": made.number}, by=by, now=now)
    return made


@transaction.atomic
def judge(
    *, contradiction: Contradiction, judgement: Judgement, over: int | None = None, by: Member, now: datetime
) -> None:
    """Write down what a difference is taken for; `over` is the edition that its author saw.

    Raises `MaterialityUnreasoned`, `OfAnotherCase`, `WrittenMeanwhile`.
    """
    _require_unchanged(contradiction, over)
    _judge(contradiction, judgement)
    contradiction.by, contradiction.at = by.name, now
    contradiction.save(update_fields=["judged", "material", "material_reason", "fact", "by", "at"])
    entered(Verb.JUDGED, contradiction.case, {"contradiction": contradiction.number}, by=by, now=now)


@transaction.atomic
def put_contradiction(
    *,
    contradiction: Contradiction,
    put_at: str,
    her_answer: str = "",
    author: str = "",
    at: datetime | None = None,
    over: int | None = None,
    by: Member,
    now: datetime,
) -> None:
    """Write down where a difference was put to the applicant, and the answer; `over` is the edition that its author saw.

    Raises `AnswerUnasked`, `LineTooLong`, `LineBroken`, `WrittenMeanwhile`.
    """
    if not put_at.strip():
        raise AnswerUnasked
    _require_unchanged(contradiction, over)
    said = lines(Contradiction, put_at=put_at, by=author or by.name)
    contradiction.put_at, contradiction.by, contradiction.at = said["put_at"], said["by"], at or now
    contradiction.her_answer = tidy(her_answer)
    contradiction.save(update_fields=["put_at", "her_answer", "by", "at"])
    entered(Verb.PUT, contradiction.case, {"contradiction": contradiction.number}, by=by, now=now)


@transaction.atomic
def withdraw_contradiction(*, contradiction: Contradiction, by: Member, now: datetime) -> None:
    """Take out a difference that was marked by mistake; the ledger keeps that it was there."""
    entered(Verb.WITHDREW, contradiction.case, {"contradiction": contradiction.number}, by=by, now=now)
    contradiction.delete()


@transaction.atomic
def record_interview(*, case: Case, held: Held, by: Member, now: datetime) -> Interview:
    """Write down how an interview was held. Raises what `change_interview` raises, but `WrittenAnew`."""
    made = Interview(case=case, number=next_number(case.interviews.aggregate(Max("number"))))
    _write(made, held, by, now)
    return made


@transaction.atomic
def change_interview(*, interview: Interview, held: Held, over: int | None = None, by: Member, now: datetime) -> None:
    """Write down something else of an interview; `over` is the edition that its author saw.

    Raises `text.DateUnreadable`, `OfAnotherCase`, `InterviewTold`, `LineTooLong`, `LineBroken`, `WrittenAnew`.
    """
    require_as_shown(interview.case, interview, Held._fields, over)
    _write(interview, held, by, now)


def _write(interview: Interview, held: Held, by: Member, now: datetime) -> None:
    case = interview.case
    if held.held_on.strip():
        text.period(held.held_on.strip())
    if held.statement and held.statement.case_id != case.pk:
        raise OfAnotherCase
    if any(paper.collection_id != case.papers_id for paper in filter(None, (held.recording, held.transcript))):
        raise OfAnotherCase
    others = Interview.objects.exclude(pk=interview.pk)
    if held.statement and others.filter(statement=held.statement).exists():
        raise InterviewTold(number=held.statement.number)
    one_line = lines(Interview, **{name: getattr(held, name) for name in _ON_ONE_LINE})
    rest = {"objection": tidy(held.objection), "corrections": tidy(held.corrections), "mode": held.mode or ""}
    kept = {name: getattr(held, name) for name in ("statement", "recording", "transcript", "read_back")}
    for name, value in {**one_line, **rest, **kept}.items():
        setattr(interview, name, value)
    interview.save()
    entered(Verb.RECORDED, case, {"interview": interview.number}, by=by, now=now)


def _require_unchanged(row: Contradiction, over: int | None) -> None:
    require_unchanged(row.case, Contradiction.objects.filter(pk=row.pk), over, written="at")


def _judge(row: Contradiction, judgement: Judgement) -> None:
    reason = tidy(judgement.material_reason)
    if (judgement.material is None) != (not reason):
        raise MaterialityUnreasoned
    if judgement.fact and judgement.fact.case_id != row.case_id:
        raise OfAnotherCase
    row.judged, row.material, row.material_reason, row.fact = (
        judgement.judged, judgement.material, reason, judgement.fact,
    )  # fmt: skip


def _require_within(case: Case, place: Place) -> None:
    if place.statement.case_id != case.pk:
        raise OfAnotherCase
    if not 0 <= place.start <= place.end <= len(place.statement.words):
        raise PlaceOutside(start=place.start, end=place.end, number=place.statement.number)
