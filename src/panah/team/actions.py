"""Who joins, who works in which compartment, and what is entered in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from panah import proof
from panah.errors import PanahError
from panah.team import chain, queries
from panah.team.models import LONGEST_NAME, Compartment, LedgerBlock, LedgerLine, Look, Member, Membership, Particulars
from panah.team.rules import May, Role

PROGRAM = "panah"
"""Who acted, where no member did."""
ONE_LOOK = timedelta(hours=1)
"""Who looks at a thing again within it has not looked anew."""


class Verb(StrEnum):
    """What can be done that the ledger keeps. `docs/reference/ledger.md` explains each."""

    BEGAN = "began"
    JOINED = "joined"
    SET_UP = "set up"
    ADMITTED = "admitted"
    RELEASED = "released"
    BEGAN_ROTATION = "began replacing its key"
    ROTATED = "replaced its key"
    ERASED = "erased"
    CHANGED_PASSPHRASE = "changed the passphrase"  # noqa: S105  a verb
    SIGNED_IN = "signed in"
    INVITED = "invited"
    UNINVITED = "withdrew an invitation"
    CHOSE_PASSWORD = "chose a password"  # noqa: S105
    ADDED_FACTOR = "added a second factor"
    REMOVED_FACTOR = "removed a second factor"
    WROTE_CODES = "made recovery codes"
    USED_CODE = "used a recovery code"
    ENDED_SITTING = "ended a session"
    KEPT_WAITING = "kept waiting"
    LEFT = "left"
    TAKEN_IN = "taken in"
    READ = "read"
    NOT_READ = "not read"
    ASKED_AGAIN = "asked to read again"
    QUOTED = "quoted"
    SUPERSEDED = "superseded"
    ASSESSED = "assessed"
    TRANSLATED = "translated"
    TRACED = "traced"
    TOLD_APART = "told apart"
    OPENED = "opened"
    NAMED = "named"
    LOOKED_FOR = "looked for a name"
    IDENTIFIED = "identified a name"
    STATED_ABSENCE = "stated an absence"
    CHOSE_LAW = "chose law"
    DATED = "dated the proceedings"
    SETTLED_LAW = "settled the law"
    RECORDED = "recorded"
    STATED = "stated"
    SUPPORTED = "supported"
    PUT = "put to the applicant"
    WEIGHED = "weighed"
    ASSESSED_INDICATOR = "assessed an indicator"
    SOUGHT = "sought an explanation"
    CONCLUDED = "concluded on a fact"
    TOOK_ACCOUNT = "took account of a factor"
    INVENTORIED = "inventoried"
    MARKED = "marked a difference"
    JUDGED = "judged a difference"
    FOUND = "found"
    KEPT_RECORD = "kept a record"
    ANSWERED = "answered"
    DISMISSED = "dismissed a proposal"
    MARKED_REASON = "marked a reason"
    TOOK_UP_GROUND = "took up a ground"
    ORDERED_GROUNDS = "ordered the grounds"
    WITHDREW = "withdrew"
    IMPORTED = "imported"
    EXPORTED = "exported"
    BEGAN_SEALING = "began sealing"
    SEALED = "sealed"
    HANDED_OUT = "handed out"
    PROFILED = "profiled"
    ASKED = "asked to hand over"
    APPROVED = "approved"
    DECLINED = "declined"
    HANDED_OVER = "handed over"
    GUARDED = "guarded"
    BEGAN_BACKUP = "began backup"
    BACKED_UP = "backed up"
    RESTORED = "restored"
    CHECKED_FIXITY = "checked fixity"
    LOOKED_AT = "looked at"
    REVEALED = "revealed"
    RETAINED = "said how long to keep"
    HELD = "held"
    LIFTED_HOLD = "lifted the hold"
    SHARED = "shared"
    UNSHARED = "took back"
    ASKED_CAPTURE = "asked for a capture"
    CAPTURED = "captured"
    NOT_CAPTURED = "not captured"
    UPGRADED = "upgraded a timestamp"


class NameTaken(PanahError):
    """There is already a member called {name}."""

    status = 409


class LeadMissing(PanahError):
    """A compartment needs a lead: make another member one first."""

    status = 409


class LedgerBroken(PanahError):
    """Nothing was signed: line {line} of the ledger is not as it was ({reason}). See: panah ledger verify."""

    status = 500


class NameUnusable(PanahError):
    """“{name}” cannot be a name here: it has 1 to {longest} characters, all of which can be seen."""


@transaction.atomic
def join(*, name: str, now: datetime) -> Member:
    """Make a member; the first administers. Raises `NameTaken`, `NameUnusable`."""
    name = free_name(name=name)
    member = Member(name=name, joined_at=now, administers=not Member.objects.exists())
    member.set_unusable_password()
    member.save(force_insert=True)
    enter(verb=Verb.JOINED, kind="member", subject=name, by=member, now=now)
    return member


@transaction.atomic
def set_up(*, name: str, by: Member, now: datetime) -> Compartment:
    """Make a compartment, led by its maker. Raises `NameUnusable`."""
    made = Compartment.objects.create(name=_usable(name), made_at=now)
    enter(verb=Verb.SET_UP, kind="compartment", subject=str(made.pk), by=by, now=now, compartment=made)
    Membership.objects.create(compartment=made, member=by, role=Role.LEAD, since=now)
    return made


@transaction.atomic
def admit(*, compartment: Compartment, member: Member, role: Role, by: Member, now: datetime) -> Membership:
    """Give a member a role in a compartment, in the place of the one they had.

    Raises `NotAllowed`, `LeadMissing`.
    """
    queries.require(by, compartment, May.LEAD)
    _end_role(compartment, member, keep_lead=role is not Role.LEAD, now=now)
    return give_role(compartment=compartment, member=member, role=role, by=by, now=now)


def give_role(
    *, compartment: Compartment, member: Member, role: Role, by: Member, now: datetime, **more: proof.Canonical
) -> Membership:
    """The role itself, and its line, of which `more` is told. The caller has ended the one before, in this transaction."""
    given = Membership.objects.create(compartment=compartment, member=member, role=role, since=now)
    details: dict[str, proof.Canonical] = {"member": member.name, "role": role, **more}
    enter(
        verb=Verb.ADMITTED, kind="compartment", subject=str(compartment.pk), by=by, now=now, compartment=compartment,
        details=details,
    )  # fmt: skip
    return given


@transaction.atomic
def release(*, compartment: Compartment, member: Member, by: Member, now: datetime) -> None:
    """Take a member out of a compartment. Raises `NotAllowed`, `LeadMissing`."""
    queries.require(by, compartment, May.LEAD)
    if _end_role(compartment, member, keep_lead=True, now=now):
        details: dict[str, proof.Canonical] = {"member": member.name}
        enter(
            verb=Verb.RELEASED, kind="compartment", subject=str(compartment.pk), by=by, now=now,
            compartment=compartment, details=details,
        )  # fmt: skip


@transaction.atomic
def close(*, compartment: Compartment, now: datetime) -> None:
    """Leave of an erased compartment its id, the time, and its lines without what they are about.

    The caller has erased what it held, and entered the line that says so.
    """
    Membership.objects.filter(compartment=compartment, until=None).update(until=now)
    compartment.name, compartment.erased_at = "", now
    compartment.save(update_fields=["name", "erased_at"])
    Particulars.objects.filter(line__compartment=compartment.pk).delete()
    compartment.looks.all().delete()


def look(*, kind: str, subject: str, compartment: Compartment, by: Member, now: datetime) -> None:
    """Enter that a member is about to see a thing of a compartment that she does not lead: once in `ONE_LOOK`.

    A transaction of its own, before anything is shown. What a lead sees of her own compartment leaves no line.
    """
    if queries.role(by, compartment) is Role.LEAD:
        return
    before = Look.objects.filter(compartment=compartment, member=by, kind=kind, subject=subject)
    last = before.values_list("at", flat=True).first()
    if last is not None and last <= now < last + ONE_LOOK:
        return
    with transaction.atomic():
        Look.objects.update_or_create(
            compartment=compartment, member=by, kind=kind, subject=subject, defaults={"at": now}
        )
        enter(verb=Verb.LOOKED_AT, kind=kind, subject=subject, by=by, now=now, compartment=compartment)


def _end_role(compartment: Compartment, member: Member, *, keep_lead: bool, now: datetime) -> bool:
    """End the role that a member has, if any; the last lead stays one where a lead must stay."""
    roles = Membership.objects.filter(compartment=compartment, until=None)
    leads = roles.filter(role=Role.LEAD, member__left_at=None)
    if keep_lead and list(leads.values_list("member", flat=True)) == [member.pk]:
        raise LeadMissing
    return bool(roles.filter(member=member).update(until=now))


def free_name(*, name: str) -> str:
    """A name as a member may have it. Raises `NameTaken`, `NameUnusable`."""
    name = _usable(name)
    if Member.objects.filter(name=name).exists():
        raise NameTaken(name=name)
    return name


def _usable(name: str) -> str:
    name = name.strip()  # as who signs in types it
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise NameUnusable(name=name, longest=LONGEST_NAME)
    return name


def enter(
    *,
    verb: Verb,
    kind: str,
    subject: str,
    by: Member | None,
    now: datetime,
    compartment: Compartment | None = None,
    details: Mapping[str, proof.Canonical] | None = None,
) -> LedgerLine:
    """Append a line, in the same transaction as the act that it is about.

    Where the act belongs to a compartment, only its members may see what the line is about.

    Transactions begin with the write lock (`BEGIN IMMEDIATE`), so two lines can never claim one place in the chain.
    """
    salt = proof.random_salt()
    record = proof.canonical({"kind": kind, "subject": subject, "details": dict(details or {}), "salt": salt})
    said: dict[str, proof.Canonical] = {
        "at": _utc(now),
        "by": by.name if by else PROGRAM,
        "verb": verb,
        "what": proof.digest_of(record),
    }
    if compartment:
        said["compartment"] = compartment.pk.hex
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        return _appended(cursor, said, record)


def _appended(cursor: CursorWrapper, said: dict[str, proof.Canonical], record: bytes) -> LedgerLine:
    """Chain a line and keep its record. In plain SQL: thousands of lines are entered while a folder is taken in."""
    last = cursor.execute("SELECT seq, link FROM team_ledgerline ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (last[0] + 1, proof.Digest(last[1])) if last else (1, proof.GENESIS)
    body = proof.canonical(said | {"seq": seq})
    values = [seq, body.decode(), proof.linked(previous, proof.digest_of(body))]
    cursor.execute("INSERT INTO team_ledgerline (seq, body, link) VALUES (%s, %s, %s)", values)
    cursor.execute("INSERT INTO team_particulars (line_id, record) VALUES (%s, %s)", [seq, record.decode()])
    return LedgerLine.from_db("default", ["seq", "body", "link"], values)


@transaction.atomic
def close_block(*, key: proof.SigningKey, now: datetime) -> LedgerBlock | None:
    """Sign the lines that no block has yet, after following them; None where there are none. Raises `LedgerBroken`."""
    before = queries.newest_block()
    found = chain.followed_on(before)
    if found.broken:
        raise LedgerBroken(line=found.broken, reason=found.reason)
    first = before.last + 1 if before else 1
    link = queries.link_of(found.lines)
    if found.lines < first or link is None:
        return None
    block = proof.Block(proof.public_key(key), first, found.lines, link, _utc(now))
    signature = proof.block_signature(block, key)
    return LedgerBlock.objects.create(first=first, last=block.last, link=link, at=block.at, signature=signature)


def stamp_block(*, block: LedgerBlock, authority: proof.Authority) -> None:
    """Add an authority's time-stamp to a block that has none. This uses the network. Raises `TimestampRefused`."""
    token = proof.stamp(bytes.fromhex(block.signature), authority)
    LedgerBlock.objects.filter(pk=block.pk, token=None).update(token=token)


def _utc(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="microseconds")
