"""Every write to the audit of a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from panah.cases import queries as cases
from panah.cases.actions import OfAnotherCase
from panah.cases.entering import entered, lines, make_way, next_number, require_unchanged, tidy
from panah.cases.evidence.laid import Place
from panah.cases.models import Case, Contradiction, Fact, ProcedureRecord, Reason, Support, Verdict
from panah.cases.procedure.actions import Came, ProposalChanged, require_citable
from panah.cases.refusal import queries
from panah.errors import PanahError
from panah.law import Acceptance
from panah.law.refusal import Defect
from panah.library import actions as library
from panah.library.models import Document, Quotation
from panah.team import queries as team
from panah.team.actions import Verb
from panah.team.models import Member
from panah.team.rules import May


class VerdictUnreasoned(PanahError):
    """Say why the proposal is accepted, corrected or set aside."""


class CorrectionWithoutWords(PanahError):
    """Write the ground in your own words, or accept it as it is proposed."""


class GroundsChanged(PanahError):
    """The grounds are no longer those that you saw: look at them again, and order them then."""

    status = 409


class ConclusionWithoutFact(PanahError):
    """Say on which fact the reason concludes."""


class About(NamedTuple):
    """What a human says that a reason is about."""

    note: str = ""
    concludes: Acceptance | None = None
    bare: bool = False
    elements: Sequence[Place] = ()
    facts: Sequence[Fact] = ()
    contradictions: Sequence[Contradiction] = ()
    supports: Sequence[Support] = ()
    papers: Sequence[Document] = ()


class RestsOn(NamedTuple):
    """What shows a fault: words of the decision and of other papers, records, facts, and whole papers."""

    quotations: Sequence[Quotation] = ()
    records: Sequence[ProcedureRecord] = ()
    facts: Sequence[Fact] = ()
    papers: Sequence[Document] = ()


class Ruled(NamedTuple):
    """What a human made of a fault that was proposed: `proposed` and `authority` as they were then."""

    defect: str
    proposed: str
    authority: str
    outcome: Verdict.Outcome
    reason: str
    words: str = ""
    sought: str = ""
    place: int | None = None
    """None for the end of the grounds."""


@transaction.atomic
def mark(
    *,
    case: Case,
    decision: Document,
    words: str,
    start: int | None = None,
    about: About | None = None,
    number: int = 0,
    over: int | None = None,
    by: Member,
    now: datetime,
) -> Reason:
    """Mark words of a decision as a reason of it; with a number, in the place of the one that has it and is `over`.

    Raises what `library.actions.quote` and `keep_reason` raise.
    """
    team.require(by, case.compartment, May.WORK)
    quotation = library.quote(document=decision, words=words, start=start, by=by, now=now)
    return keep_reason(
        case=case, decision=decision, quotation=quotation, about=about or About(), number=number, over=over,
        by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def keep_reason(
    *,
    case: Case,
    decision: Document,
    quotation: Quotation,
    about: About,
    number: int = 0,
    over: int | None = None,
    came: Came | None = None,
    by: Member,
    now: datetime,
) -> Reason:
    """Keep a reason whose words are quoted already.

    Raises `OfAnotherCase`, `ConclusionWithoutFact`, `queries.ReasonUnknown`, `ElementUnknown`, `WrittenMeanwhile`.
    """
    _require_own(case, decision, quotation, about)
    require_citable(case=case, papers=about.papers, by=by)
    standing = case.reasons.filter(number=number, current=True)
    if number and came is None and not standing.exists():
        raise queries.ReasonUnknown(number=number)
    stands = came.stands if came else True
    if stands:
        make_way(case, standing, over)
    kept = Reason.objects.create(
        case=case, decision=decision, quotation=quotation, note=tidy(about.note), concludes=about.concludes or "",
        bare=about.bare,
        number=number or next_number(case.reasons.aggregate(Max("number"))),
        **lines(Reason, by=came.by if came else by.name), at=came.at if came else now, current=stands,
    )  # fmt: skip
    for element in dict.fromkeys(about.elements):
        cases.element(*element)
        kept.elements.create(framework=element.framework, element=element.element)
    for name in ("facts", "contradictions", "supports", "papers"):
        getattr(kept, name).set(getattr(about, name))
    entered(Verb.MARKED_REASON, case, {"reason": kept.number}, by=by, now=now)
    return kept


@transaction.atomic
def withdraw_mark(*, reason: Reason, over: int | None = None, by: Member, now: datetime) -> None:
    """Let a reason stand no more. It stays in the file. Raises `WrittenMeanwhile`."""
    make_way(reason.case, reason.case.reasons.filter(number=reason.number, current=True), over)
    entered(Verb.WITHDREW, reason.case, {"reason": reason.number}, by=by, now=now)


@transaction.atomic
def accept(
    *, case: Case, decision: Document, defect: str, said: str, reason: str, sought: str = "", over: int | None = None,
    by: Member, now: datetime,
) -> Verdict:  # fmt: skip
    """Take a proposal up as a ground, as it stands; `said` is its sentence as it was shown.

    Without `sought`, what the rule asks for is asked. Raises `VerdictUnreasoned`, `ProposalChanged`, `WrittenMeanwhile`.
    """
    found = _proposed(case, decision, defect, said, reason, by, now)
    ruled = _ruled(found, Verdict.Outcome.ACCEPTED, reason, sought=sought or found.sought)
    return _rule(case, decision, found, ruled, over, by, now)


@transaction.atomic
def correct(
    *, case: Case, decision: Document, defect: str, said: str, words: str, reason: str, sought: str = "",
    over: int | None = None, by: Member, now: datetime,
) -> Verdict:  # fmt: skip
    """Take a proposal up as a ground in other words. Raises `CorrectionWithoutWords`, and what `accept` raises."""
    if not words.strip():
        raise CorrectionWithoutWords
    found = _proposed(case, decision, defect, said, reason, by, now)
    ruled = _ruled(found, Verdict.Outcome.CORRECTED, reason, words=words, sought=sought or found.sought)
    return _rule(case, decision, found, ruled, over, by, now)


@transaction.atomic
def dismiss(
    *, case: Case, decision: Document, defect: str, said: str, reason: str, over: int | None = None,
    by: Member, now: datetime,
) -> Verdict:  # fmt: skip
    """Set a proposal aside; it stays listed. Raises what `accept` raises."""
    found = _proposed(case, decision, defect, said, reason, by, now)
    return _rule(case, decision, found, _ruled(found, Verdict.Outcome.DISMISSED, reason), over, by, now)


@transaction.atomic
def keep_verdict(
    *,
    case: Case,
    decision: Document,
    ruled: Ruled,
    rests_on: RestsOn,
    over: int | None = None,
    came: Came | None = None,
    by: Member,
    now: datetime,
) -> Verdict:
    """Keep a verdict, given here or elsewhere, in the place of the one that stands.

    A ground keeps its place where it had one, and else comes last. Raises `VerdictUnreasoned`, `CorrectionWithoutWords`,
    `OfAnotherCase`, `WrittenMeanwhile`.
    """
    _require_verdict(case, ruled, rests_on)
    standing = case.verdicts.filter(decision=decision, defect=ruled.defect, current=True)
    place = ruled.place or _place(case, decision, standing.first(), ruled.outcome)
    stands = came.stands if came else True
    if stands:
        make_way(case, standing, over)
    kept = Verdict.objects.create(
        case=case, decision=decision, defect=ruled.defect, proposed=tidy(ruled.proposed), authority=ruled.authority,
        outcome=ruled.outcome, words=tidy(ruled.words), sought=tidy(ruled.sought), reason=tidy(ruled.reason),
        place=None if ruled.outcome == Verdict.Outcome.DISMISSED else place,
        **lines(Verdict, by=came.by if came else by.name), at=came.at if came else now, current=stands,
    )  # fmt: skip
    for name, rows in rests_on._asdict().items():
        getattr(kept, name).set(rows)
    dismissed = kept.outcome == Verdict.Outcome.DISMISSED
    verb = Verb.DISMISSED if dismissed else Verb.TOOK_UP_GROUND
    entered(verb, case, {"defect": ruled.defect}, by=by, now=now)
    return kept


@transaction.atomic
def ask_for(*, verdict: Verdict, sought: str, over: int | None = None, by: Member, now: datetime) -> Verdict:
    """Say what is asked of the court for a ground. The verdict as it was is kept. Raises `WrittenMeanwhile`."""
    ruled = Ruled(
        verdict.defect, verdict.proposed, verdict.authority, Verdict.Outcome(verdict.outcome), verdict.reason,
        verdict.words, sought, verdict.place,
    )  # fmt: skip
    rests_on = RestsOn(**{name: list(getattr(verdict, name).all()) for name in RestsOn._fields})
    return keep_verdict(
        case=verdict.case, decision=verdict.decision, ruled=ruled, rests_on=rests_on, over=over, by=by, now=now
    )


@transaction.atomic
def order_grounds(*, case: Case, decision: Document, order: Sequence[int], by: Member, now: datetime) -> None:
    """Put the grounds into an order, which names each of them by its id. Raises `GroundsChanged`."""
    require_unchanged(case, case.verdicts.none(), None)
    grounds = {row.pk: row for row in queries.grounds(by, case, decision)}
    if sorted(order) != sorted(grounds):
        raise GroundsChanged
    for place, number in enumerate(order, start=1):
        grounds[number].place = place
    Verdict.objects.bulk_update(grounds.values(), ["place"])
    entered(Verb.ORDERED_GROUNDS, case, {"grounds": len(grounds)}, by=by, now=now)


def _proposed(case: Case, decision: Document, defect: str, said: str, reason: str, by: Member, now: datetime) -> Defect:
    """The proposal that was shown, where it is still made, with whole sentences for its places.

    Raises `NotAllowed`, `VerdictUnreasoned`, `ProposalChanged`.
    """
    team.require(by, case.compartment, May.WORK)
    if not reason.strip():
        raise VerdictUnreasoned
    audited = queries.audited(by, case, decision, now=now)
    for found in audited.audit.defects:
        if found.id == defect and found.sentence == said:
            return replace(found, words=audited.passages(found))
    raise ProposalChanged(item=defect)


def _ruled(found: Defect, outcome: Verdict.Outcome, reason: str, *, words: str = "", sought: str = "") -> Ruled:
    return Ruled(found.id, found.sentence, found.authority, outcome, reason, words, sought)


def _rule(
    case: Case, decision: Document, found: Defect, ruled: Ruled, over: int | None, by: Member, now: datetime
) -> Verdict:
    """Keep a verdict together with what shows the fault: the places of the decision as quotations, and the evidence."""
    passages = [
        library.quote(document=decision, words=each.words, start=each.start, by=by, now=now) for each in found.words
    ]
    cited = queries.rests_on(by, case, found)
    rests_on = RestsOn(
        list(dict.fromkeys([*passages, *cited["quotations"]])), cited["records"], cited["facts"],
        list(dict.fromkeys(cited["papers"])),
    )  # fmt: skip
    return keep_verdict(case=case, decision=decision, ruled=ruled, rests_on=rests_on, over=over, by=by, now=now)


def _require_own(case: Case, decision: Document, quotation: Quotation, about: About) -> None:
    """Raises `OfAnotherCase`, `ConclusionWithoutFact`."""
    of_cases = {row.case_id for row in about.facts} | {row.case_id for row in about.contradictions}
    own = of_cases | {row.fact.case_id for row in about.supports} <= {case.pk}
    if not own or quotation.document_id != decision.pk or decision.collection_id != case.papers_id:
        raise OfAnotherCase
    if about.concludes and not about.facts:
        raise ConclusionWithoutFact


def _require_verdict(case: Case, ruled: Ruled, rests_on: RestsOn) -> None:
    """Raises `VerdictUnreasoned`, `CorrectionWithoutWords`, `OfAnotherCase`."""
    if not ruled.reason.strip():
        raise VerdictUnreasoned
    if ruled.outcome == Verdict.Outcome.CORRECTED and not ruled.words.strip():
        raise CorrectionWithoutWords
    if not {row.case_id for row in rests_on.records} | {row.case_id for row in rests_on.facts} <= {case.pk}:
        raise OfAnotherCase


def _place(case: Case, decision: Document, standing: Verdict | None, outcome: Verdict.Outcome) -> int | None:
    """Where a verdict comes among the grounds; None where it is none."""
    if outcome == Verdict.Outcome.DISMISSED:
        return None
    if standing and standing.place:
        return standing.place
    last = case.verdicts.filter(decision=decision, current=True).aggregate(Max("place"))["place__max"]
    return (last or 0) + 1
