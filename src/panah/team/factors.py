"""Second factors: the code that a telephone shows, a passkey, and recovery codes on paper for when both are lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from panah import proof
from panah.errors import PanahError
from panah.proof import passkeys
from panah.team.actions import Verb, enter
from panah.team.models import CodeSecret, Member, Passkey, RecoveryCode

PAPER_CODES = 10


class CodeWrong(PanahError):
    """This is not the code that is asked for; each is taken once, and a telephone's for half a minute."""

    status = 403


class FactorLast(PanahError):
    """This is the only second factor: add another one first."""

    status = 409


class FactorUnknown(PanahError):
    """There is no such second factor."""

    status = 404


def has_one(member: Member) -> bool:
    """Whether a member has a second factor; recovery codes alone are none."""
    return CodeSecret.objects.filter(member=member).exists() or Passkey.objects.filter(member=member).exists()


def passkeys_at(member: Member, origin: str) -> list[bytes]:
    """A member's passkeys that can be used at this address of the workbench."""
    if not passkeys.can_be_used_at(origin):
        return []
    kept = Passkey.objects.filter(member=member, host=urlsplit(origin).hostname or "")
    return [bytes(credential) for credential in kept.order_by("pk").values_list("credential", flat=True)]


@transaction.atomic
def add_telephone(*, member: Member, secret: bytes, code: str, now: datetime) -> None:
    """Take a telephone as second factor, in the place of the one before, once it shows the right code. Raises `CodeWrong`."""
    step = proof.step_of(code, secret, now)
    if step is None:
        raise CodeWrong
    CodeSecret.objects.update_or_create(member=member, defaults={"secret": secret, "made_at": now, "last_step": step})
    _enter(Verb.ADDED_FACTOR, member, now, factor="telephone")


@transaction.atomic
def add_passkey(*, member: Member, called: str, origin: str, state: dict[str, Any], answer: str, now: datetime) -> None:
    """Take a passkey that a browser made as second factor. Raises `PasskeyRefused`."""
    made = passkeys.made(origin, state, answer)
    if Passkey.objects.filter(key_id=made.id).exists():
        raise passkeys.PasskeyRefused(reason="it is known here already")
    Passkey.objects.create(
        member=member, called=called, host=urlsplit(origin).hostname or "", key_id=made.id,
        credential=made.credential, uses=made.uses, made_at=now,
    )  # fmt: skip
    _enter(Verb.ADDED_FACTOR, member, now, factor="passkey", called=called)


@transaction.atomic
def remove_telephone(*, member: Member, now: datetime) -> None:
    """Raises `FactorUnknown`, `FactorLast`."""
    kept = CodeSecret.objects.filter(member=member)
    if not kept.exists():
        raise FactorUnknown
    if not Passkey.objects.filter(member=member).exists():
        raise FactorLast
    kept.delete()
    _enter(Verb.REMOVED_FACTOR, member, now, factor="telephone")


@transaction.atomic
def remove_passkey(*, member: Member, number: int, now: datetime) -> None:
    """Raises `FactorUnknown`, `FactorLast`."""
    kept = Passkey.objects.filter(member=member, pk=number).first()
    if kept is None:
        raise FactorUnknown
    others = Passkey.objects.filter(member=member).exclude(pk=kept.pk)
    if not others.exists() and not CodeSecret.objects.filter(member=member).exists():
        raise FactorLast
    kept.delete()
    _enter(Verb.REMOVED_FACTOR, member, now, factor="passkey", called=kept.called)


@transaction.atomic
def write_codes(*, member: Member, now: datetime) -> list[str]:
    """New recovery codes, in the place of all earlier ones. They are shown once."""
    RecoveryCode.objects.filter(member=member).delete()
    codes = [proof.new_paper_code() for _ in range(PAPER_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(member=member, digest=proof.paper_digest(code)) for code in codes)
    _enter(Verb.WROTE_CODES, member, now)
    return codes


@transaction.atomic
def show_code(*, member: Member, code: str, now: datetime) -> None:
    """Take a code of a member's telephone, or one of her recovery codes; each is taken once. Raises `CodeWrong`."""
    kept = CodeSecret.objects.filter(member=member).first()
    step = proof.step_of("".join(code.split()), bytes(kept.secret), now) if kept else None
    if kept and step is not None and step > kept.last_step:
        CodeSecret.objects.filter(pk=kept.pk).update(last_step=step)
        return
    paper = RecoveryCode.objects.filter(member=member, digest=proof.paper_digest(code), used_at=None)
    if not paper.update(used_at=now):
        raise CodeWrong
    _enter(Verb.USED_CODE, member, now, left=RecoveryCode.objects.filter(member=member, used_at=None).count())


@transaction.atomic
def show_passkey(*, member: Member, origin: str, state: dict[str, Any], answer: str) -> None:
    """Take one of a member's passkeys, as a browser shows it. Raises `PasskeyRefused`."""
    shown = passkeys.used(origin, state, answer, passkeys_at(member, origin))
    kept = Passkey.objects.get(member=member, key_id=shown.id)
    if 0 < shown.uses <= kept.uses:
        raise passkeys.PasskeyRefused(reason="it counts fewer uses than before, as a copy would")
    Passkey.objects.filter(pk=kept.pk).update(uses=shown.uses)


def _enter(verb: Verb, member: Member, now: datetime, **details: proof.Canonical) -> None:
    enter(verb=verb, kind="member", subject=member.name, by=member, now=now, details=details)
