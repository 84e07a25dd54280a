"""How somebody becomes a member, by an address that works once, and how a member leaves."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from panah import proof
from panah.errors import PanahError
from panah.team import passwords, sittings, succession
from panah.team.actions import Verb, enter, free_name, join
from panah.team.models import Invitation, Member

VALID = timedelta(hours=72)


class NotAdministering(PanahError):
    """Only a member who administers the workspace may do this."""

    status = 403


class InvitationUnknown(PanahError):
    """This invitation does not open anything: it was used, it is older than three days, or it never was one."""

    status = 404


class AdministratorLast(PanahError):
    """The last member who administers the workspace cannot leave it: let another one administer it first."""

    status = 409


class MemberNotAlone(PanahError):
    """The workspace has other members, and no one may become another: be taken off the team and invited anew."""

    status = 409


class MemberUnknown(PanahError):
    """There is no member “{name}” here."""

    status = 404


def members() -> QuerySet[Member]:
    """Who is on the team, by name. Members see each other; what each works on, they do not."""
    return Member.objects.filter(left_at=None).order_by("name")


def member(name: str) -> Member:
    """A member of the team by name. Raises `MemberUnknown`."""
    found = members().filter(name=name).first()
    if found is None:
        raise MemberUnknown(name=name)
    return found


def alone() -> Member:
    """The only member of the team: whoever has the passphrase is she. Raises `MemberNotAlone`."""
    found = list(members()[:2])
    if len(found) != 1:
        raise MemberNotAlone
    return found[0]


def open_invitations(asker: Member, now: datetime) -> QuerySet[Invitation]:
    """The invitations that can still be taken up, for those who may withdraw them."""
    seen = Invitation.objects.filter(ended_at=None, until__gt=now).order_by("made_at")
    return seen if asker.administers else seen.none()


def invited(token: str, now: datetime) -> Invitation:
    """The invitation of this token. Raises `InvitationUnknown`."""
    found = Invitation.objects.filter(digest=proof.token_digest(token), ended_at=None, until__gt=now).first()
    if found is None or Member.objects.filter(name=found.name).exists():
        raise InvitationUnknown
    return found


@transaction.atomic
def invite(*, name: str, by: Member, now: datetime) -> str:
    """The token of an address by which somebody of this name joins, once, within three days; it is kept nowhere.

    Raises `NotAdministering`, `NameTaken`, `NameUnusable`.
    """
    require_administering(by)
    name, token = free_name(name=name), proof.new_token()
    Invitation.objects.filter(name=name, ended_at=None).update(ended_at=now)
    Invitation.objects.create(name=name, digest=proof.token_digest(token), by=by, made_at=now, until=now + VALID)
    enter(verb=Verb.INVITED, kind="member", subject=name, by=by, now=now)
    return token


@transaction.atomic
def withdraw_invitation(*, number: int, by: Member, now: datetime) -> None:
    """End an invitation that nobody took up. Raises `NotAdministering`, `InvitationUnknown`."""
    require_administering(by)
    found = open_invitations(by, now).filter(pk=number).first()
    if found is None:
        raise InvitationUnknown
    Invitation.objects.filter(pk=found.pk).update(ended_at=now)
    enter(verb=Verb.UNINVITED, kind="member", subject=found.name, by=by, now=now)


def take_up(*, token: str, password: str, now: datetime) -> Member:
    """Become a member, with a password of one's own choice.

    Raises `InvitationUnknown`, and what `passwords.check` raises; then the invitation stays as it was.
    """
    passwords.check(password=password, name=invited(token, now).name)
    kept = proof.password_kept(password)
    with transaction.atomic():
        invitation = invited(token, now)  # again, and now nobody else can take it up
        Invitation.objects.filter(pk=invitation.pk).update(ended_at=now)
        joined = join(name=invitation.name, now=now)
        joined.password = kept
        joined.save(update_fields=["password"])
        enter(verb=Verb.CHOSE_PASSWORD, kind="member", subject=joined.name, by=joined, now=now)
    return joined


@transaction.atomic
def leave(*, member: Member, by: Member, now: datetime) -> None:
    """End a membership: from now on nothing opens for this member, whatever browser is still signed in.

    A member leaves by her own wish, or is taken off the team by one who administers it. Nothing that she leads holds it
    up: `succession` says who leads that from now on.
    Raises `NotAdministering`, `AdministratorLast`.
    """
    if by != member:
        require_administering(by)
    if member.administers and not members().filter(administers=True).exclude(pk=member.pk).exists():
        raise AdministratorLast
    Member.objects.filter(pk=member.pk).update(left_at=now)
    sittings.end_all(member=member)
    enter(verb=Verb.LEFT, kind="member", subject=member.name, by=by, now=now)
    succession.hand_on(leaver=member, by=by, now=now)


@transaction.atomic
def succeed(*, member: Member, by: Member, now: datetime) -> int:
    """Make a member lead of every compartment without one to which that member belongs; how many these were.

    Who asks for it learns no more than that number. Raises `NotAdministering`.
    """
    require_administering(by)
    return succession.take_over(member=member, by=by, now=now)


def require_administering(by: Member) -> None:
    """Raises `NotAdministering`."""
    if not by.administers or not by.is_active:
        raise NotAdministering
