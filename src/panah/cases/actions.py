"""Every write to a case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import cast

from django.db import transaction
from django.db.models import CharField, Max, Model, TextField

from panah import law, proof
from panah.cases import queries
from panah.cases.models import AppliedFramework, Case, Fact, Finding, Name, Statement, Support
from panah.cases.outlining import outline_of
from panah.dossier import actions as dossiers
from panah.dossier.models import Dossier
from panah.errors import PanahError
from panah.law import Box, Stance
from panah.library.models import Collection, Document, Quotation
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Compartment, Member
from panah.team.rules import May
from panah.vault.actions import set_up

_REFERENCE = re.compile(r"[^\W_](?:[^\W_]|[.-]){0,39}")
"""Letters of any script and digits, then also dots and hyphens: fit for an address and for the name of a file."""

_BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of characters that end a line or speak to a terminal, and halves of characters; marks of direction may stay."""


class ReferenceTaken(PanahError):
    """There is already a case {reference}."""

    status = 409


class CaseNameless(PanahError):
    """Say how the applicant is to be called."""


class NameEmpty(PanahError):
    """A name needs letters."""


class ReferenceUnusable(PanahError):
    """“{reference}” cannot be a reference: use letters, digits, dots and hyphens, 40 at most."""


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


class LineTooLong(PanahError):
    """“{words}” is too long: {longest} characters at most fit here, and nothing is cut off."""


class LineBroken(PanahError):
    """“{words}” has to stand on one line, and without characters that control a terminal."""


class AnswerUnasked(PanahError):
    """Say where and when it was put to the applicant, before writing down the answer."""


@transaction.atomic
def open_case(
    *,
    called: str,
    reference: str = "",
    compartment: Compartment | None = None,
    note: str = "",
    opened_at: datetime | None = None,
    by: Member,
    now: datetime,
) -> Case:
    """Open a case, with a collection for its papers; without `compartment` in one of its own, which its opener leads.

    Raises `CaseNameless`, `ReferenceTaken`, `ReferenceUnusable`, `LineTooLong`, `LineBroken`, `NotAllowed`.
    """
    if not called.strip():
        raise CaseNameless
    lines = _lines(Case, called=called)
    reference = free_reference(wanted=reference, by=by, now=now)
    place = compartment or own_compartment(reference=reference, by=by, now=now)
    papers, _ = Collection.objects.get_or_create(compartment=place, name=shelf_of(reference=reference))
    case = Case.objects.create(
        compartment=place, reference=reference, **lines, papers=papers, note=_tidy(note), opened_at=opened_at or now
    )
    _entered(Verb.OPENED, case, by=by, now=now)
    return case


def free_reference(*, wanted: str, by: Member, now: datetime) -> str:
    """The reference that a new case will have: the wanted one, or the next of the year, among those that `by` may see.

    Raises `ReferenceTaken`, `ReferenceUnusable`.
    """
    reference = wanted.strip() or _next_reference(by, now)
    if not _REFERENCE.fullmatch(reference):
        raise ReferenceUnusable(reference=reference)
    if queries.cases(by).filter(reference=reference).exists():
        raise ReferenceTaken(reference=reference)
    return reference


@transaction.atomic
def own_compartment(*, reference: str, by: Member, now: datetime) -> Compartment:
    """A compartment for one case, led by who opens it: the one in which opening it broke off before, or a new one."""
    name = shelf_of(reference=reference)
    begun = team.compartments(by, May.LEAD).filter(name=name, cases=None).first()
    return begun or set_up(name=name, by=by, now=now)


def shelf_of(*, reference: str) -> str:
    """The name of the collection in which the papers of a case stand."""
    return f"Case {reference}"


@transaction.atomic
def add_name(*, case: Case, name: str, script: str, paper: Document | None = None, by: Member, now: datetime) -> Name:
    """Keep a spelling of the applicant's name. The same spelling again is the same.

    Raises `NameEmpty`, `LineTooLong`, `LineBroken`.
    """
    if not name.strip():
        raise NameEmpty
    lines = _lines(Name, name=name, script=script)
    known = next((row for row in case.names.all() if row.name == lines["name"]), None)
    if known is None:
        known = Name.objects.create(case=case, **lines, paper=paper)
        _entered(Verb.NAMED, case, by=by, now=now)
    return known


@transaction.atomic
def choose_frameworks(*, case: Case, framework_ids: Iterable[str], by: Member, now: datetime) -> None:
    """Say under which bodies of law the case is examined, in their present edition. Raises `law.FrameworkUnknown`."""
    chosen = [law.framework(framework_id) for framework_id in framework_ids]
    applied = {row.framework: row for row in case.frameworks.all()}
    for dropped in applied.keys() - {framework.id for framework in chosen}:
        applied[dropped].delete()
        _entered(Verb.WITHDREW, case, {"framework": dropped}, by=by, now=now)
    for framework in chosen:
        digest = proof.digest_of(framework.source)
        if framework.id not in applied or applied[framework.id].digest != digest:
            defaults = {"digest": digest, "chosen_at": now}
            AppliedFramework.objects.update_or_create(case=case, framework=framework.id, defaults=defaults)
            _entered(Verb.CHOSE_LAW, case, {"framework": framework.id, "edition": digest}, by=by, now=now)


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
        number=_next_number(case.statements.aggregate(Max("number"))),
        **_lines(Statement, told_on=told_on, occasion=occasion, language=language, interpreter=interpreter),
        words=_tidy(words),
        paper=paper,
    )
    _entered(Verb.RECORDED, case, {"statement": statement.number}, by=by, now=now)
    return statement


@transaction.atomic
def state_fact(*, case: Case, words: str, statement: Statement | None = None, by: Member, now: datetime) -> Fact:
    """State a material fact. Raises `FactWithoutWords`, `OfAnotherCase`."""
    if not words.strip():
        raise FactWithoutWords
    if statement and statement.case_id != case.pk:
        raise OfAnotherCase
    number = _next_number(case.facts.aggregate(Max("number")))
    fact = Fact.objects.create(case=case, number=number, words=_tidy(words), statement=statement)
    _entered(Verb.STATED, case, {"fact": fact.number}, by=by, now=now)
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
        fact=fact, stance=stance, quotation=quotation, paper=paper, note=_tidy(note), added_at=now
    )
    _entered(Verb.SUPPORTED, fact.case, {"fact": fact.number, "stance": stance.value}, by=by, now=now)
    return kept


@transaction.atomic
def withdraw_support(*, support: Support, by: Member, now: datetime) -> None:
    """Take something away from a fact; the ledger keeps that it stood there."""
    details: dict[str, proof.Canonical] = {"fact": support.fact.number, "stance": str(support.stance)}
    _entered(Verb.WITHDREW, support.fact.case, details, by=by, now=now)
    support.delete()


@transaction.atomic
def put_to_applicant(*, support: Support, put_at: str, her_answer: str, by: Member, now: datetime) -> None:
    """Write down where a contradiction was put to the applicant, and the answer.

    Raises `AnswerUnasked`, `LineTooLong`, `LineBroken`.
    """
    if not put_at.strip():
        raise AnswerUnasked
    support.put_at, support.her_answer = _lines(Support, put_at=put_at)["put_at"], _tidy(her_answer)
    support.save(update_fields=["put_at", "her_answer"])
    _entered(Verb.PUT, support.fact.case, {"fact": support.fact.number}, by=by, now=now)


@transaction.atomic
def weigh(*, fact: Fact, boxes: Mapping[Box, str], by: Member, now: datetime) -> None:
    """Write the reasons of benefit of the doubt, one for each condition that is met."""
    for box in Box:
        setattr(fact, box.value, _tidy(boxes.get(box, "")))
    fact.save(update_fields=[box.value for box in Box])
    _entered(Verb.WEIGHED, fact.case, {"fact": fact.number}, by=by, now=now)


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
    by: Member,
    now: datetime,
) -> Finding:
    """Answer an element. An earlier answer is replaced and kept.

    `author`, `written_at` and `stands` are of one that was imported; one that stands no more replaces nothing. Raises
    `queries.ElementUnknown`, `FindingWithoutWords`, `OfAnotherCase`, `LineTooLong`, `LineBroken`.
    """
    queries.element(framework_id, element_id)
    if not words.strip():
        raise FindingWithoutWords
    rests_on = _all_of(case, facts)
    if stands:
        case.findings.filter(framework=framework_id, element=element_id, current=True).update(current=False)
    finding = Finding.objects.create(
        case=case,
        framework=framework_id,
        element=element_id,
        words=_tidy(words),
        reasons=_tidy(reasons),
        **_lines(Finding, by=author or by.name),
        written_at=written_at or now,
        current=stands,
    )
    finding.facts.set(rests_on)
    finding.quotations.set(quotations)
    _entered(Verb.FOUND, case, {"framework": framework_id, "element": element_id}, by=by, now=now)
    return finding


def seal(*, case: Case, by: Member, clock: Callable[[], datetime], authority: proof.Authority | None = None) -> Dossier:
    """Seal what the examination of a case holds now, with every paper that it cites.

    Raises `LawNotChosen`, `PaperWithheld`, and what `dossier.actions.seal` raises.
    """
    queries.cited_documents(by, case)
    return dossiers.seal(
        outline=outline_of(case), compartment=case.compartment, by=by, clock=clock, authority=authority
    )


def _all_of(case: Case, facts: Iterable[Fact]) -> list[Fact]:
    found = list(facts)
    if any(fact.case_id != case.pk for fact in found):
        raise OfAnotherCase
    return found


def _entered(
    verb: Verb, case: Case, details: Mapping[str, proof.Canonical] | None = None, *, by: Member, now: datetime
) -> None:
    """The line of an act, which is undone with it where the member's role does not allow it. Raises `NotAllowed`."""
    team.require(by, case.compartment, May.WORK)
    enter(verb=verb, kind="case", subject=case.reference, by=by, now=now, compartment=case.compartment, details=details)


def _tidy(words: str) -> str:
    """People's words with the line ends that browsers send made ours, and without space around them."""
    return words.replace("\r\n", "\n").strip()


def _lines(model: type[Model], **said: str) -> dict[str, str]:
    """What was said on one line each, whole, for these fields of a model. Raises `LineTooLong`, `LineBroken`.

    The database would keep more than a field has room for, and a form would not show it again: so it is refused here.
    """
    lines = {name: words.strip() for name, words in said.items()}
    for name, words in lines.items():
        longest = cast("CharField[str, str] | TextField[str, str]", model._meta.get_field(name)).max_length or 0  # noqa: SLF001  Django's own
        if len(words) > longest:
            raise LineTooLong(words=law.shortened(words), longest=longest)
        if any(unicodedata.category(character) in _BREAKING for character in words):
            raise LineBroken(words=law.shortened(words))
    return lines


def _next_number(largest: Mapping[str, int | None]) -> int:
    return (largest["number__max"] or 0) + 1


def _next_reference(by: Member, now: datetime) -> str:
    taken = set(queries.cases(by).filter(reference__startswith=f"{now.year}-").values_list("reference", flat=True))
    return next(ref for number in range(1, len(taken) + 2) if (ref := f"{now.year}-{number:03}") not in taken)
