"""Every write about names: whose one is, that one is absent, and how an applicant's are spelt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from panah import proof
from panah.cases.actions import add_name
from panah.cases.entering import WrittenMeanwhile, entered, lines, require_as_shown, tidy, write_alone
from panah.cases.models import Absence, Beside, Case, Identification, Name
from panah.cases.naming.asking import one_name
from panah.cases.naming.record import Asked
from panah.errors import PanahError
from panah.library import actions as library
from panah.library.models import Document, Quotation
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Compartment, Member
from panah.team.rules import May


class NameUnreasoned(PanahError):
    """Say why: whoever reads this later has nothing else to go by."""


class NotForACase(PanahError):
    """Only what was said for a case can stand among its papers, or become a spelling of the applicant's name."""

    status = 409


class Earlier(NamedTuple):
    """That a name is an earlier one, since when and until when, in people's words; a name of today has neither."""

    earlier: bool = False
    since: str = ""
    until: str = ""


class TakenOut(NamedTuple):
    """That a spelling was taken out on another machine, why, by whom and when."""

    reason: str
    by: str
    at: datetime


class Spelling(NamedTuple):
    """A spelling of the applicant's name that came from another machine."""

    name: str
    script: str
    paper: Document | None
    quotation: Quotation | None


class Kept(NamedTuple):
    """Where something about a name is kept: in a compartment, for a case of it or for none."""

    compartment: Compartment
    case: Case | None = None


class Identified(NamedTuple):
    """What was said of a name on another machine."""

    sought: str
    quote: Quotation
    outcome: Identification.Outcome
    reason: str
    by: str
    at: datetime
    current: bool


class Stated(NamedTuple):
    """A statement of absence that was made on another machine; `asked` as `record.Asked` writes it."""

    sought: str
    asked: str
    reason: str
    by: str
    at: datetime
    paper: Document | None


@transaction.atomic
def identify(
    *,
    kept: Kept,
    sought: str,
    document: Document,
    words: str,
    start: int,
    outcome: Identification.Outcome,
    reason: str,
    by: Member,
    now: datetime,
) -> Identification:
    """Say whether a name in a document is that of the person who is looked for.

    It stands in the place of what was said before about the same name; that stays. Raises `NotAllowed`, `NotAName`,
    `NameUnreasoned`, and what `library.actions.quote` raises.
    """
    team.require(by, kept.compartment, May.WORK)
    said, why = one_name(sought), _reason(reason)
    quotation = library.quote(document=document, words=words, start=start, by=by, now=now)
    for before in _said_of(kept, said, quotation):
        Identification.objects.filter(pk=before.pk).update(current=False)
    made = Identification.objects.create(
        compartment=kept.compartment, case=kept.case, sought=said, quotation=quotation, outcome=outcome, reason=why,
        by=by.name, at=now,
    )  # fmt: skip
    _enter(Verb.IDENTIFIED, kept, {"identification": str(made.pk)}, by=by, now=now)
    return made


@transaction.atomic
def state_absence(*, kept: Kept, sought: str, asked: Asked, reason: str, by: Member, now: datetime) -> Absence:
    """State that a name was looked for and not found. Raises `NotAllowed`, `NotAName`, `NameUnreasoned`."""
    team.require(by, kept.compartment, May.WORK)
    made = Absence.objects.create(
        compartment=kept.compartment, case=kept.case, sought=one_name(sought), asked=asked.written(),
        reason=_reason(reason), by=by.name, at=now,
    )  # fmt: skip
    _enter(Verb.STATED_ABSENCE, kept, {"absence": str(made.pk)}, by=by, now=now)
    return made


@transaction.atomic
def keep_spelling(
    *,
    case: Case,
    name: str,
    script: str,
    paper: Document | None = None,
    shown: bool = True,
    when: Earlier | None = None,
    by: Member,
    now: datetime,
) -> Name:
    """Keep a spelling of the applicant's name, and where it stands in a paper; `when` it was borne, if that is over.

    Where it is `shown`, the paper must have these words once. Raises what `add_name`, `mark_earlier` and
    `library.actions.quote` raise.
    """
    team.require(by, case.compartment, May.WORK)
    quotation = library.quote(document=paper, words=name.strip(), by=by, now=now) if paper and shown else None
    kept = add_name(case=case, name=name, script=script, paper=paper, by=by, now=now)
    if when and when.earlier:
        mark_earlier(name=kept, when=when, by=by, now=now)
    return put_beside(name=kept, quotation=quotation)


@transaction.atomic
def mark_earlier(*, name: Name, when: Earlier, over: int | None = None, by: Member, now: datetime) -> None:
    """Say that a spelling is of a name which the applicant bore before, or that it is none; the ledger says which was said.

    `over` is the edition that its author saw. Raises `NotAllowed`, `LineTooLong`, `LineBroken`, `WrittenMeanwhile`.
    """
    team.require(by, name.case.compartment, May.WORK)
    _require_standing(name)
    require_as_shown(name.case, name, Earlier._fields, over)
    said = lines(Name, since=when.since, until=when.until) if when.earlier else {"since": "", "until": ""}
    name.earlier = when.earlier
    for field, words in said.items():
        setattr(name, field, words)
    name.save(update_fields=Earlier._fields)
    entered(Verb.NAMED, name.case, {"spelling": name.pk, "earlier": when.earlier}, by=by, now=now)


@transaction.atomic
def take_out(*, name: Name, reason: str, by: Member, now: datetime) -> None:
    """Let a spelling stand no more. It stays with the reason; entered again, it stands again beside what was taken out.

    Raises `NotAllowed`, `NameUnreasoned`, `WrittenMeanwhile`.
    """
    team.require(by, name.case.compartment, May.WORK)
    _require_standing(name)
    _put_out(name, TakenOut(_reason(reason), by.name, now))
    entered(Verb.WITHDREW, name.case, {"spelling": name.pk}, by=by, now=now)


@transaction.atomic
def take_over_spelling(
    *, case: Case, spelling: Spelling, when: Earlier, out: TakenOut | None, by: Member, now: datetime
) -> Name:
    """Keep a spelling that came from another machine, also one that was taken out there. Raises as `keep_spelling`."""
    kept = add_name(case=case, name=spelling.name, script=spelling.script, paper=spelling.paper, by=by, now=now)
    if when.earlier:
        mark_earlier(name=kept, when=when, by=by, now=now)
    put_beside(name=kept, quotation=spelling.quotation)
    if out:
        who = lines(Name, out_by=out.by)["out_by"]
        _put_out(kept, TakenOut(_reason(out.reason), who, out.at))
    return kept


@transaction.atomic
def put_beside(*, name: Name, quotation: Quotation | None) -> Name:
    """Say where a spelling stands; a place that was said before stays."""
    if quotation and name.quotation is None:
        name.quotation, name.paper = quotation, quotation.document
        name.save(update_fields=["quotation", "paper"])
    return name


@transaction.atomic
def take_spelling(*, identification: Identification, script: str, by: Member, now: datetime) -> Name:
    """Keep the name in a passage as a spelling of the applicant's name, after a human said that it is hers."""
    from panah import names

    case, quotation = identification.case, identification.quotation
    if case is None:
        raise NotForACase
    written = names.unwrapped(quotation.words)
    kept = add_name(case=case, name=written, script=script, paper=quotation.document, by=by, now=now)
    return put_beside(name=kept, quotation=quotation)


@transaction.atomic
def write_beside(*, case: Case, said: Mapping[str, str], by: Member, now: datetime) -> Beside:
    """Write down what tells the applicant from namesakes. Raises `NotAllowed`, `LineTooLong`, `LineBroken`."""
    team.require(by, case.compartment, May.WORK)
    written = lines(Beside, **said)
    kept = Beside.objects.filter(case=case).first() or Beside(case=case)
    for field, words in written.items():
        setattr(kept, field, words)
    kept.save()
    entered(Verb.NAMED, case, {"beside": True}, by=by, now=now)
    return kept


@transaction.atomic
def take_over(*, case: Case, said: Identified, by: Member) -> Identification:
    """Keep what was said of a name on another machine. Raises `NotAllowed`, `LineTooLong`, `LineBroken`."""
    team.require(by, case.compartment, May.WORK)
    who = lines(Identification, by=said.by, sought=said.sought)
    return Identification.objects.create(
        compartment=case.compartment, case=case, quotation=said.quote, outcome=said.outcome, reason=said.reason,
        at=said.at, current=said.current, **who,
    )  # fmt: skip


@transaction.atomic
def take_over_absence(*, case: Case, said: Stated, by: Member) -> Absence:
    """Keep a statement of absence that was made on another machine. Raises as `take_over`."""
    team.require(by, case.compartment, May.WORK)
    who = lines(Absence, by=said.by, sought=said.sought)
    return Absence.objects.create(
        compartment=case.compartment,
        case=case,
        asked=said.asked,
        reason=said.reason,
        at=said.at,
        paper=said.paper,
        **who,
    )


def _require_standing(name: Name) -> None:
    """Raises `WrittenMeanwhile` where somebody took the spelling out; whoever else writes to the case waits."""
    write_alone(name.case)
    name.refresh_from_db(fields=["out_at", "out_by"])
    if name.out_at:
        raise WrittenMeanwhile(by=name.out_by)


def _put_out(name: Name, out: TakenOut) -> None:
    name.out_reason, name.out_by, name.out_at = out
    name.save(update_fields=["out_reason", "out_by", "out_at"])


def _said_of(kept: Kept, sought: str, quotation: Quotation) -> list[Identification]:
    """What stands of the same name at the same place, kept in the same place."""
    from panah import names

    rows = Identification.objects.filter(
        compartment=kept.compartment, case=kept.case, quotation=quotation, current=True
    )
    return [row for row in rows if names.parts(row.sought) == names.parts(sought)]


def _reason(reason: str) -> str:
    found = tidy(reason)
    if not found:
        raise NameUnreasoned
    return found


def _enter(verb: Verb, kept: Kept, details: dict[str, proof.Canonical], *, by: Member, now: datetime) -> None:
    if kept.case:
        entered(verb, kept.case, details, by=by, now=now)
    else:
        place = kept.compartment
        enter(verb=verb, kind="compartment", subject=str(place.pk), by=by, now=now, compartment=place, details=details)
