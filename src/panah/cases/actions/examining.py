"""The account, the facts and what bears on them, the answers to the law's questions, and the seal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from panah import proof
from panah.cases import queries
from panah.cases.cited import cited_documents
from panah.cases.entering import entered, lines, make_way, next_number, require_as_shown, tidy
from panah.cases.models import Case, Fact, Finding, Statement, Support
from panah.cases.outlining import Addressee, outline_of
from panah.cases.research.actions import note_use
from panah.cases.research.annex import annex
from panah.cases.research.queries import trail
from panah.dossier import actions as dossiers
from panah.dossier.models import Dossier
from panah.errors import PanahError
from panah.law import Box, Stance
from panah.library.models import Document, Quotation
from panah.team.actions import Verb
from panah.team.models import Member

PUT = ("put_at", "her_answer")
WEIGHED = tuple(box.value for box in Box)
"""The fields of a support, and of a fact, that are written anew in their place."""


class FactWithoutWords(PanahError):
    """A fact needs words."""


class StatementEmpty(PanahError):
    """A statement needs words, or the paper in which they stand."""


class FindingWithoutWords(PanahError):
    """A finding needs words: an answer to the question of the law."""


class SupportTwice(PanahError):
    """This already stands beside the fact."""

    status = 409


class OfAnotherCase(PanahError):
    """This belongs to another case."""

    status = 404


class AnswerUnasked(PanahError):
    """Say where and when it was put to the applicant, before writing down the answer."""


@transaction.atomic
def record_statement(
    *,
    case: Case,
    words: str = "",
    told_on: str = "",
    occasion: str = "",
    language: str = "",
    interpreter: str = "",
    paper: Document | None = None,
    by: Member,
    now: datetime,
) -> Statement:
    """Keep one telling of the account. Raises `StatementEmpty`, `LineTooLong`, `LineBroken`."""
    if not words.strip() and paper is None:
        raise StatementEmpty
    statement = Statement.objects.create(
        case=case,
        number=next_number(case.statements.aggregate(Max("number"))),
        **lines(Statement, told_on=told_on, occasion=occasion, language=language, interpreter=interpreter),
        words=tidy(words),
        paper=paper,
    )
    entered(Verb.RECORDED, case, {"statement": statement.number}, by=by, now=now)
    return statement


@transaction.atomic
def state_fact(*, case: Case, words: str, statement: Statement | None = None, by: Member, now: datetime) -> Fact:
    """State a material fact. Raises `FactWithoutWords`, `OfAnotherCase`."""
    if not words.strip():
        raise FactWithoutWords
    if statement and statement.case_id != case.pk:
        raise OfAnotherCase
    number = next_number(case.facts.aggregate(Max("number")))
    fact = Fact.objects.create(case=case, number=number, words=tidy(words), statement=statement)
    entered(Verb.STATED, case, {"fact": fact.number}, by=by, now=now)
    return fact


@transaction.atomic
def support(
    *,
    fact: Fact,
    stance: Stance,
    quotation: Quotation | None = None,
    paper: Document | None = None,
    note: str = "",
    by: Member,
    now: datetime,
) -> Support:
    """Put a quotation, or a whole paper, beside a fact. Raises `SupportTwice`."""
    if Support.objects.filter(fact=fact, quotation=quotation, paper=paper).exists():
        raise SupportTwice
    kept = Support.objects.create(
        fact=fact, stance=stance, quotation=quotation, paper=paper, note=tidy(note), added_at=now
    )
    if quotation:
        note_use(case=fact.case, document=quotation.document, words=quotation.words, by=by, now=now)
    entered(Verb.SUPPORTED, fact.case, {"fact": fact.number, "stance": stance.value}, by=by, now=now)
    return kept


@transaction.atomic
def withdraw_support(*, support: Support, by: Member, now: datetime) -> None:
    """Take something away from a fact; the ledger keeps that it stood there."""
    details: dict[str, proof.Canonical] = {"fact": support.fact.number, "stance": str(support.stance)}
    entered(Verb.WITHDREW, support.fact.case, details, by=by, now=now)
    support.delete()


@transaction.atomic
def put_to_applicant(
    *, support: Support, put_at: str, her_answer: str, over: int | None = None, by: Member, now: datetime
) -> None:
    """Write down where a contradiction was put to the applicant, and the answer; `over` is the edition that its author saw.

    Raises `AnswerUnasked`, `LineTooLong`, `LineBroken`, `WrittenAnew`.
    """
    if not put_at.strip():
        raise AnswerUnasked
    require_as_shown(support.fact.case, support, PUT, over)
    support.put_at, support.her_answer = lines(Support, put_at=put_at)["put_at"], tidy(her_answer)
    support.save(update_fields=PUT)
    entered(Verb.PUT, support.fact.case, {"fact": support.fact.number}, by=by, now=now)


@transaction.atomic
def weigh(*, fact: Fact, boxes: Mapping[Box, str], over: int | None = None, by: Member, now: datetime) -> None:
    """Write the reasons of benefit of the doubt, one for each condition that is met; `over` is the edition that was seen.

    Raises `WrittenAnew`.
    """
    require_as_shown(fact.case, fact, WEIGHED, over)
    for box in Box:
        setattr(fact, box.value, tidy(boxes.get(box, "")))
    fact.save(update_fields=WEIGHED)
    entered(Verb.WEIGHED, fact.case, {"fact": fact.number}, by=by, now=now)


@transaction.atomic
def find(
    *,
    case: Case,
    framework_id: str,
    element_id: str,
    words: str,
    reasons: str,
    facts: Iterable[Fact] = (),
    quotations: Iterable[Quotation] = (),
    author: str = "",
    written_at: datetime | None = None,
    stands: bool = True,
    over: int | None = None,
    by: Member,
    now: datetime,
) -> Finding:
    """Answer an element. An earlier answer is replaced and kept; `over` is the one that its author saw, 0 for none.

    `author`, `written_at` and `stands` are of one that was imported; one that stands no more replaces nothing. Raises
    `queries.ElementUnknown`, `FindingWithoutWords`, `OfAnotherCase`, `WrittenMeanwhile`, `LineTooLong`, `LineBroken`.
    """
    queries.element(framework_id, element_id)
    if not words.strip():
        raise FindingWithoutWords
    rests_on = _all_of(case, facts)
    standing = case.findings.filter(framework=framework_id, element=element_id, current=True)
    if stands:
        make_way(case, standing, over)
    finding = Finding.objects.create(
        case=case, framework=framework_id, element=element_id, words=tidy(words), reasons=tidy(reasons),
        **lines(Finding, by=author or by.name), written_at=written_at or now, current=stands,
    )  # fmt: skip
    finding.facts.set(rests_on)
    finding.quotations.set(quotations)
    entered(Verb.FOUND, case, {"framework": framework_id, "element": element_id}, by=by, now=now)
    return finding


def seal(
    *,
    case: Case,
    addressee: Addressee = Addressee.COURT,
    research: bool = False,
    by: Member,
    clock: Callable[[], datetime],
    authority: proof.Authority | None = None,
) -> Dossier:
    """Seal what the examination of a case holds now for its reader, with every paper of it; with its `research`, as an annex.

    Raises `LawNotChosen`, `PaperWithheld`, and what `dossier.actions.seal` raises.
    """
    cited_documents(by, case)
    annexes = [annex(trail(by, case))] if research else []
    return dossiers.seal(
        outline=outline_of(case, annexes, addressee),
        compartment=case.compartment,
        by=by,
        clock=clock,
        authority=authority,
    )


def _all_of(case: Case, facts: Iterable[Fact]) -> list[Fact]:
    found = list(facts)
    if any(fact.case_id != case.pk for fact in found):
        raise OfAnotherCase
    return found
