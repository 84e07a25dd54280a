"""The key of a compartment replaced by a new one, while people work with what it sealed.

From the first moment everything new is written with the new key. What was written before is encrypted anew, object by
object and row by row, each in a transaction of its own; who reads meanwhile finds it under the one key or the other.
Broken off at any moment, it goes on where it was when it is asked for again. The old key is destroyed when nothing is
left of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from django.apps import apps
from django.db import models, transaction

from panah import proof
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Compartment, Member
from panah.team.rules import May
from panah.vault import data_keys, workspace
from panah.vault.actions import add_key
from panah.vault.data_keys import store_of
from panah.vault.fields import SealedText
from panah.vault.files import write_new
from panah.vault.maintenance import alone
from panah.vault.models import DataKey
from panah.vault.queries import stored_in
from panah.vault.store import path_of


class Rotated(NamedTuple):
    """How far it is."""

    done: int
    left: int


def rotate(*, compartment: Compartment, by: Member | None, clock: Callable[[], datetime]) -> Iterator[Rotated]:
    """Replace the key of a compartment, or go on with that.

    Raises `NotAllowed`, `WorkspaceBusy`, and what reading the store raises.

    A content that is damaged keeps the old key alive: it stops there, and says which.
    """
    team.require(by, compartment, May.ROTATE)
    with alone():
        key = _new_key(compartment, by, clock())
        done = 0
        while not _ended(key, by, clock()):
            work = [*_contents(key), *_fields(key)]
            for left, step in zip(reversed(range(len(work))), work, strict=True):
                step()
                done += 1
                yield Rotated(done, left)


def renew_first_keys(*, clock: Callable[[], datetime]) -> Iterator[Rotated]:
    """Give a compartment a key of its own whose key is the workspace's, as it is where there were no compartments before."""
    for compartment in Compartment.objects.filter(keys__number=0):
        yield from rotate(compartment=compartment, by=None, clock=clock)


def unfinished() -> models.QuerySet[Compartment]:
    """The compartments whose key is being replaced, or where that broke off."""
    several = DataKey.objects.values("compartment").annotate(keys=models.Count("pk")).filter(keys__gt=1)
    return Compartment.objects.filter(pk__in=several.values("compartment"))


@transaction.atomic
def _new_key(compartment: Compartment, by: Member | None, now: datetime) -> DataKey:
    """The key to go to: a new one, unless there is one already that was not reached."""
    keys = list(compartment.keys.order_by("-number"))
    if len(keys) > 1:
        return keys[0]
    key = add_key(compartment=compartment, now=now)
    _entered(Verb.BEGAN_ROTATION, key, by, now)
    return key


def _contents(key: DataKey) -> Iterator[Callable[[], None]]:
    """For each content under an older key, what moves it to this one."""
    found = (rows.exclude(key=key).values_list("digest", flat=True) for rows in stored_in(key.compartment_id))
    for digest in dict.fromkeys(chain.from_iterable(found)):
        yield partial(_encrypt_anew, proof.Digest(digest), key)


def _fields(key: DataKey) -> Iterator[Callable[[], None]]:
    """For each row with words under an older key, what seals them with this one."""
    for kind in apps.get_models():
        for field in kind._meta.get_fields():  # noqa: SLF001  Django's own
            if isinstance(field, SealedText):
                for pk in field.not_sealed_with(key).values_list("pk", flat=True):
                    yield partial(_seal_anew, field, pk)


def _encrypt_anew(digest: proof.Digest, key: DataKey) -> None:
    """Write a content under the new key, then let its rows point there, then let go of the old object."""
    folder, keys = workspace.home() / "objects", data_keys.of(key.compartment_id, fresh=True)
    new, *older = (path_of(folder, digest, each.objects) for each in keys)
    if not new.exists():
        new.parent.mkdir(mode=0o700, exist_ok=True)
        _write(new, store_of(key.compartment_id).pieces(digest), keys[0].objects.objects)
    with transaction.atomic():
        for rows in stored_in(key.compartment_id):
            rows.filter(digest=digest).update(key=key)
    for path in older:
        path.unlink(missing_ok=True)


def _write(path: Path, pieces: Iterator[bytes], key: proof.Key) -> None:
    try:
        write_new(path, proof.encrypted(pieces, key))
    except FileExistsError:  # somebody took in the same content at this moment
        return


@transaction.atomic
def _seal_anew(field: SealedText, pk: object) -> None:
    row = field.model._base_manager.filter(pk=pk).first()  # noqa: SLF001  Django's own
    if row is not None:
        row.save(update_fields=[field.name])


@transaction.atomic
def _ended(key: DataKey, by: Member | None, now: datetime) -> bool:
    """Destroy the old keys, unless somebody wrote with one of them meanwhile."""
    if any(True for _ in chain(_contents(key), _fields(key))):
        return False
    key.compartment.keys.exclude(pk=key.pk).delete()
    data_keys.forget(key.compartment_id)
    _entered(Verb.ROTATED, key, by, now)
    return True


def _entered(verb: Verb, key: DataKey, by: Member | None, now: datetime) -> None:
    enter(
        verb=verb, kind="compartment", subject=str(key.compartment_id), by=by, now=now, compartment=key.compartment,
        details={"key": key.number},
    )  # fmt: skip
