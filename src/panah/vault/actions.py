"""What is done with stored bytes and keys."""

from __future__ import annotations

from datetime import datetime

from django.core.management import call_command
from django.db import transaction

from panah import proof
from panah.team.actions import Verb, enter, join
from panah.team.models import Member
from panah.vault import keyring, workspace
from panah.vault.beginning import DATABASE, UNFINISHED, building
from panah.vault.models import Original
from panah.vault.store import Kept


def begin(*, passphrase: str, name: str, now: datetime) -> Member:
    """Make a workspace with its first member, and unlock it.

    Raises `PassphraseEmpty`, `NameUnusable`, and what `beginning.building` raises; then nothing is left of it.
    """
    if not passphrase:
        raise keyring.PassphraseEmpty
    home = workspace.home()
    with building(home):
        workspace.hold(keyring.make(home, passphrase, file=UNFINISHED))  # first: by it, what follows is known as ours
        (home / DATABASE).touch(mode=0o600)
        try:
            bring_up_to_date()
            with transaction.atomic():
                key = proof.public_key(workspace.signing_key())
                enter(verb=Verb.BEGAN, kind="workspace", subject=key, by=None, now=now)
                return join(name=name, now=now)
        except BaseException:
            workspace.lock()
            raise


def bring_up_to_date() -> None:
    """Make or change the tables to this Panah's schema. Raises `WorkspaceNewer`, `DatabaseMissing`."""
    workspace.refuse_newer()
    call_command("migrate", verbosity=0, interactive=False)
    workspace.stamp_version()


@transaction.atomic
def preserve(*, kept: Kept, media_type: str, by: Member | None, now: datetime) -> Original:
    """Take responsibility for stored bytes. The same bytes again: the same Original, and a second line of custody."""
    original, _ = Original.objects.get_or_create(
        digest=kept.digest, defaults={"size": kept.size, "media_type": media_type, "first_received": now}
    )
    details: dict[str, proof.Canonical] = {"size": kept.size, "media_type": original.media_type}
    enter(verb=Verb.TAKEN_IN, kind="original", subject=kept.digest, by=by, now=now, details=details)
    return original
