"""How a member signs in: by name and password, and then by a second factor.

Who made the workspace has no password at first, and is let in once by the passphrase that opens the workspace.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from django.contrib.auth import authenticate
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.http import HttpRequest

from panah import proof
from panah.errors import PanahError
from panah.team import knocking
from panah.team.acting import now
from panah.team.models import Member
from panah.vault import workspace

HALF_WAY = timedelta(minutes=5)
"""So long a password that was given waits for the second factor."""
_HALF = "half-way"
_ONE_AT_A_TIME = Lock()
"""Trying a password takes the memory and time of Argon2id: two at once would only help whoever guesses."""


class SignInRefused(PanahError):
    """This name and password do not open the workspace."""

    status = 403


class ByPassword(BaseBackend):
    """Knows a member by name and password."""

    def authenticate(
        self, request: HttpRequest | None, name: str | None = None, password: str | None = None, **_other: str
    ) -> Member | None:
        """The member; None for a wrong name or password, after the same work for either."""
        if request is None or not name or not password:
            return None
        on_the_team = Member.objects.filter(left_at=None)
        member = on_the_team.filter(name=name).first()
        fits = proof.password_fits(password, member.password if member else UNUSABLE_PASSWORD_PREFIX)
        if on_the_team.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():  # whoever knocks, for all alike
            opens = workspace.passphrase_opens(password)
            if member and not member.has_usable_password():
                return member if opens else None
        return member if fits else None

    def get_user(self, user_id: int) -> Member | None:
        """The member of a session, as long as she is on the team."""
        return Member.objects.filter(pk=user_id, left_at=None).first()


def knock(request: HttpRequest, *, name: str, password: str) -> Member:
    """Who this is, by name and password. Raises `Wait` and `SignInRefused`, which tell not whether there is such a name."""
    whose = [knocking.name(name), knocking.address(str(request.META.get("REMOTE_ADDR", "")))]
    with _ONE_AT_A_TIME:
        knocking.require_none(whose, now())
        member = authenticate(request, name=name, password=password)
        if not isinstance(member, Member):
            named = Member.objects.filter(name=name.strip()).first()
            knocking.refused(whose=whose, member=named, now=now())
            raise SignInRefused
        knocking.welcomed(whose=whose[:1])
    return member


def go_half_way(request: HttpRequest, member: Member) -> None:
    """Remember, under a new session, whose second factor is awaited. Nobody is signed in by it."""
    request.session.flush()
    request.session[_HALF] = {"member": member.pk, "at": now().timestamp(), "hash": member.get_session_auth_hash()}


def half_way(request: HttpRequest) -> Member | None:
    """Whose second factor is awaited; None where nobody's is, or it was waited for too long."""
    half = request.session.get(_HALF) or {}
    begun = datetime.fromtimestamp(float(half.get("at", 0)), tz=now().tzinfo)
    member = Member.objects.filter(pk=half.get("member", 0), left_at=None).first()
    if member is None or now() - begun > HALF_WAY or half.get("hash") != member.get_session_auth_hash():
        return None
    return member


def come_in(request: HttpRequest) -> None:
    """Nothing of the half way is kept."""
    request.session.pop(_HALF, None)
