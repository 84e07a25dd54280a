"""How the one member of a workspace signs in: by name, and by the passphrase that opens the workspace."""

from __future__ import annotations

from threading import Lock

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from panah.team.models import Member
from panah.vault import workspace

_ONE_AT_A_TIME = Lock()
"""Trying a passphrase takes the memory and time of Argon2id: two at once would only help whoever guesses."""


class ByPassphrase(BaseBackend):
    """Knows a member by the workspace's passphrase."""

    def authenticate(
        self, request: HttpRequest | None, name: str | None = None, passphrase: str | None = None, **_other: str
    ) -> Member | None:
        """The member; None for a wrong name or passphrase, after the same time for either."""
        if request is None or not name or not passphrase:
            return None
        with _ONE_AT_A_TIME:
            opens = workspace.passphrase_opens(passphrase)
        member = Member.objects.filter(name=name).first()
        return member if opens else None

    def get_user(self, user_id: int) -> Member | None:
        """The member of a session."""
        return Member.objects.filter(pk=user_id).first()
