"""What is done with stored bytes and keys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.management import call_command
from django.db import connection, transaction

from panah import proof
from panah.errors import PanahError
from panah.team import actions as team
from panah.team.actions import Verb, enter, join
from panah.team.models import Compartment, Member
from panah.vault import data_keys, keyring, tables, workspace
from panah.vault.beginning import DATABASE, UNFINISHED, building
from panah.vault.models import BrokenContent, DataKey, Original
from panah.vault.store import Kept


class DatabaseInUse(PanahError):
    """The database could not be rewritten while another program reads it. End what runs beside it, then run: panah compact."""

    status = 409


LIBRARY = "Library"
"""The compartment that every workspace begins with."""


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
            tables.make()
            bring_up_to_date(then=())  # changes nothing, unless somebody is just writing a migration
            with transaction.atomic():
                key = workspace.public_key()
                enter(verb=Verb.BEGAN, kind="workspace", subject=key, by=None, now=now)
                member = join(name=name, now=now)
                set_up(name=LIBRARY, by=member, now=now)
                return member
        except BaseException:
            workspace.lock()
            raise


def bring_up_to_date(*, then: Iterable[object] | None = None) -> None:
    """Change the tables to this Panah's schema, where they are not of it. Raises `WorkspaceNewer`, `DatabaseMissing`.

    What is to be done `then` is gone through before an older workspace counts as up to date: broken off, or where nobody
    said what is to be done, it is still older, and asks for `panah upgrade`.
    """
    if workspace.refuse_newer() < workspace.schema_version():
        call_command("migrate", verbosity=0, interactive=False)
        if then is None:
            return
    for _ in then or ():
        pass
    workspace.stamp_version()


@transaction.atomic
def change_passphrase(*, passphrase: str, by: Member, now: datetime) -> None:
    """Let another passphrase open the workspace. Raises `PassphraseEmpty`."""
    enter(
        verb=Verb.CHANGED_PASSPHRASE,
        kind="workspace",
        subject=workspace.public_key(),
        by=by,
        now=now,
    )
    keyring.change_passphrase(workspace.home(), workspace.keys(), passphrase)


@transaction.atomic
def set_up(*, name: str, by: Member, now: datetime) -> Compartment:
    """Make a compartment with its key, led by its maker. Raises `NameUnusable`."""
    made = team.set_up(name=name, by=by, now=now)
    add_key(compartment=made, now=now)
    return made


@transaction.atomic
def add_key(*, compartment: Compartment, now: datetime) -> DataKey:
    """Give a compartment a new key, with which everything is written from now on."""
    newest = compartment.keys.order_by("-number").values_list("number", flat=True).first() or 0
    wrapped = data_keys.wrapped(proof.random_key(), compartment.pk)
    data_keys.forget(compartment.pk)
    return DataKey.objects.create(compartment=compartment, number=newest + 1, wrapped=wrapped, made_at=now)


@transaction.atomic
def destroy_keys(*, compartment: Compartment) -> None:
    """Destroy the keys of a compartment and the rows of its Originals: what it stored is noise from now on.

    Nothing may refer to an Original of it any more.
    """
    BrokenContent.objects.filter(compartment=compartment).delete()
    Original.objects.filter(compartment=compartment).delete()
    compartment.keys.all().delete()
    data_keys.forget(compartment.pk)


def compact() -> None:
    """Rewrite the database without what was deleted, and empty its journal. Raises `DatabaseInUse`."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise DatabaseInUse


@transaction.atomic
def preserve(
    *,
    kept: Kept,
    compartment: Compartment,
    media_type: str,
    by: Member | None,
    now: datetime,
    inside: Original | None = None,
) -> Original:
    """Take responsibility for stored bytes; `inside` is the Original that they stood in.

    The same bytes again, in the same compartment: the same Original, and a second line of custody. Raises `KeyReplaced`.
    """
    data_keys.require(kept)
    original, _ = Original.objects.get_or_create(
        compartment=compartment,
        digest=kept.digest,
        defaults={"size": kept.size, "key_id": kept.key, "media_type": media_type, "first_received": now},
    )
    details: dict[str, proof.Canonical] = {"size": kept.size, "media_type": original.media_type}
    if inside:
        details["inside"] = inside.digest
    enter(
        verb=Verb.TAKEN_IN, kind="original", subject=kept.digest, by=by, now=now, compartment=compartment,
        details=details,
    )  # fmt: skip
    return original
