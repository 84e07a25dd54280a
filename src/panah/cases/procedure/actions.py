"""Every write to the procedure of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, Q

from panah.cases.actions import OfAnotherCase
from panah.cases.entering import entered, lines, make_way, next_number, tidy
from panah.cases.models import Answer, Case, Dismissal, Fact, ProcedureRecord, Search, Support
from panah.cases.procedure import queries
from panah.errors import PanahError
from panah.law import checklist
from panah.law.checklist import Proposal, Status, Type
from panah.law.checklist.filling import RecordUnfit, as_json, filled
from panah.library import queries as library
from panah.library.models import Document, Quotation
from panah.team import queries as team
from panah.team.actions import Verb
from panah.team.models import Member
from panah.team.rules import May


class CitationMissing(PanahError):
    """An answer rests on a quotation, a record, a fact or a paper; where there is none, say where it was looked in vain."""


class NotApplicableUnreasoned(PanahError):
    """Say why the item does not apply."""


class DismissalUnreasoned(PanahError):
    """Say why the proposal is set aside."""


class ProposalChanged(PanahError):
    """What the rule proposes on {item} is no longer what you saw: look at it again."""

    status = 409


class ProposalWithoutCitation(PanahError):
    """What the rule proposes on {item} cannot be confirmed as it is: answer the item yourself, with what it rests on."""


class Citing(NamedTuple):
    """What an answer rests on."""

    quotations: Iterable[Quotation] = ()
    records: Iterable[ProcedureRecord] = ()
    facts: Iterable[Fact] = ()
    papers: Iterable[Document] = ()
    searches: Iterable[Search] = ()


class Came(NamedTuple):
    """Who wrote something, when, and whether it stands: of what came from elsewhere."""

    by: str
    at: datetime
    stands: bool = True


@transaction.atomic
def keep_record(
    *,
    case: Case,
    kind: str,
    said: Mapping[str, str],
    paper: Document | None = None,
    number: int = 0,
    over: int | None = None,
    came: Came | None = None,
    by: Member,
    now: datetime,
) -> ProcedureRecord:
    """Keep a record, as a new one or in the place of the one of this number; `over` is the id of the one that was shown.

    Raises `checklist.RecordKindUnknown`, `RecordUnfit`, `queries.RecordUnknown`, `OfAnotherCase`, `WrittenMeanwhile`.
    """
    written = filled(checklist.kind(kind), said)
    _require_numbers(case, kind, written)
    require_citable(case=case, papers=[paper] if paper else [], by=by)
    rows = case.procedure_records.filter(kind=kind)
    standing = rows.filter(number=number, current=True)
    if number and came is None and not standing.exists():
        raise queries.RecordUnknown(kind=kind, number=number)
    stands = came.stands if came else True
    if stands:
        make_way(case, standing, over)
    record = ProcedureRecord.objects.create(
        case=case,
        kind=kind,
        number=number or next_number(rows.aggregate(Max("number"))),
        said=as_json(written),
        paper=paper,
        **lines(ProcedureRecord, by=came.by if came else by.name),
        at=came.at if came else now,
        current=stands,
    )
    entered(Verb.KEPT_RECORD, case, {"record": f"{kind} {record.number}"}, by=by, now=now)
    return record


@transaction.atomic
def take_away_record(*, record: ProcedureRecord, by: Member, now: datetime) -> None:
    """Let a record stand no more. It stays in the file, for what cites it."""
    record.current = False
    record.save(update_fields=["current"])
    entered(Verb.WITHDREW, record.case, {"record": f"{record.kind} {record.number}"}, by=by, now=now)


@transaction.atomic
def answer(
    *,
    case: Case,
    item: str,
    status: Status,
    words: str = "",
    reason: str = "",
    nothing_found: str = "",
    citing: Citing | None = None,
    over: int | None = None,
    proposal: Proposal | None = None,
    came: Came | None = None,
    by: Member,
    now: datetime,
) -> Answer:
    """Say how an item stands. An earlier answer is replaced and kept; `over` is the id of the one that was shown, or 0.

    `proposal` is what a rule proposed then. Raises `checklist.ItemUnknown`, `CitationMissing`, `NotApplicableUnreasoned`,
    `OfAnotherCase`, `WrittenMeanwhile`.
    """
    checklist.item(item)
    cited = _cited(case, item, citing or Citing(), by)
    count = sum(len(each) for name, each in cited.items() if name != "searches")
    _require_ground(status, reason, cited=bool(count or nothing_found.strip()))
    stands = came.stands if came else True
    if stands:
        standing = case.answers.filter(item=item, current=True)
        make_way(case, standing, over)
    written = Answer.objects.create(
        case=case, item=item, status=status, words=tidy(words), reason=tidy(reason), nothing_found=tidy(nothing_found),
        citations=count, proposed_by=proposal.item if proposal else "", proposed=proposal.reason if proposal else "",
        **lines(Answer, by=came.by if came else by.name), written_at=came.at if came else now, current=stands,
    )  # fmt: skip
    for name, rows in cited.items():
        getattr(written, name).set(rows)
    entered(Verb.ANSWERED, case, {"item": item}, by=by, now=now)
    return written


@transaction.atomic
def confirm(*, case: Case, item: str, said: str, over: int, by: Member, now: datetime) -> Answer:
    """Answer an item as its rule proposes, with what that rests on; `said` is the reason of the proposal that was shown.

    Raises `ProposalChanged`, `ProposalWithoutCitation`, and what `answer` raises.
    """
    proposal = _standing(case, item, said, by, now)
    citing = Citing(**queries.rests_on(by, case, proposal.rests_on))
    if not proposal.answers or not any(citing):
        raise ProposalWithoutCitation(item=item)
    reason = proposal.reason if proposal.status is Status.NOT_APPLICABLE else ""
    return answer(
        case=case, item=item, status=proposal.status, words=proposal.reason, reason=reason, citing=citing, over=over,
        proposal=proposal, by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def dismiss(*, case: Case, item: str, said: str, reason: str, by: Member, now: datetime) -> Dismissal:
    """Set aside what a rule proposes; `said` is its reason as it was shown. Raises `DismissalUnreasoned`, `ProposalChanged`."""
    if not reason.strip():
        raise DismissalUnreasoned
    proposal = _standing(case, item, said, by, now)
    return keep_dismissal(case=case, item=item, proposed=proposal.reason, reason=reason, by=by, now=now)


@transaction.atomic
def keep_dismissal(
    *, case: Case, item: str, proposed: str, reason: str, came: Came | None = None, by: Member, now: datetime
) -> Dismissal:
    """Keep that a proposal was set aside, here or elsewhere. Raises `checklist.ItemUnknown`."""
    checklist.item(item)
    kept = Dismissal.objects.create(
        case=case,
        item=item,
        proposed=tidy(proposed),
        reason=tidy(reason),
        **lines(Dismissal, by=came.by if came else by.name),
        at=came.at if came else now,
    )
    entered(Verb.DISMISSED, case, {"item": item}, by=by, now=now)
    return kept


def _standing(case: Case, item: str, said: str, by: Member, now: datetime) -> Proposal:
    """The proposal that was shown, where the rule still proposes it. Raises `NotAllowed`, `ProposalChanged`."""
    team.require(by, case.compartment, May.WORK)
    checklist.item(item)
    for proposal in queries.proposals(by, case, now=now):
        if proposal.item == item and proposal.reason == said:
            return proposal
    raise ProposalChanged(item=item)


def _require_ground(status: Status, reason: str, *, cited: bool) -> None:
    """Raises `CitationMissing`, `NotApplicableUnreasoned`."""
    if status is not Status.NOT_EXAMINED and not cited:
        raise CitationMissing
    if status is Status.NOT_APPLICABLE and not reason.strip():
        raise NotApplicableUnreasoned


def _cited(case: Case, item: str, citing: Citing, by: Member) -> dict[str, list[object]]:
    """What is cited, by its kind. Raises `OfAnotherCase`.

    What the answer that stands rests on is kept, whoever corrects it.
    """
    citing = citing._replace(papers=list(citing.papers))
    kept = set(case.answers.filter(item=item, current=True).values_list("papers", flat=True))
    require_citable(case=case, papers=[each for each in citing.papers if each.pk not in kept], by=by)
    cited: dict[str, list[object]] = {name: list(rows) for name, rows in citing._asdict().items()}
    for name in ("records", "facts", "searches"):
        if any(getattr(row, "case_id", None) != case.pk for row in cited[name]):
            raise OfAnotherCase
    return cited


def require_citable(*, case: Case, papers: Iterable[Document], by: Member) -> None:
    """Raises `OfAnotherCase` where a paper is none of the case, stands beside none of its facts, and may not be read by her."""
    strange = {paper.pk for paper in papers if paper.collection_id != case.papers_id}
    if strange:
        citable = library.documents(by).filter(pk__in=strange).values("pk")
        beside = Support.objects.filter(fact__case=case, paper__in=strange).values("paper")
        if len(strange) > Document.objects.filter(Q(pk__in=citable) | Q(pk__in=beside)).count():
            raise OfAnotherCase


def _require_numbers(case: Case, kind: str, written: Mapping[str, str]) -> None:
    """Raises `RecordUnfit` where a field names a fact or a statement that this case has not."""
    for field in checklist.kind(kind).fields:
        if field.type not in {Type.FACT, Type.STATEMENT} or field.name not in written:
            continue
        rows = case.facts if field.type is Type.FACT else case.statements
        if not rows.filter(number=int(written[field.name])).exists():
            raise RecordUnfit(label=field.label, reason=f"this case has no {field.type} {written[field.name]}")
