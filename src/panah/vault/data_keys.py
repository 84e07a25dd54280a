"""The keys of compartments, as long as the workspace is unlocked, and the stores that they open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from panah import proof
from panah.errors import PanahError
from panah.vault import workspace
from panah.vault.models import DataKey
from panah.vault.store import Kept, ObjectKeys, Store

PURPOSE = "panah compartment 1"
"""What a data key is wrapped for, with the compartment's id after it: it opens no other compartment."""


class KeyDestroyed(PanahError):
    """The key of this compartment was destroyed: nothing of it can be read any more."""

    status = 410


class KeyReplaced(PanahError):
    """The key of this compartment was replaced while this came in: add it once more."""

    status = 409


@dataclass(frozen=True, repr=False)
class Unwrapped:
    """A data key and what is derived from it. Its `repr` shows none of them."""

    id: int
    """The number of its row, `DataKey.pk`."""
    data: proof.Key
    objects: ObjectKeys = field(init=False)
    fields: proof.Key = field(init=False)

    def __post_init__(self) -> None:
        objects, names, fields = (
            proof.derived(self.data, f"panah {purpose} 1") for purpose in ("objects", "names", "fields")
        )
        object.__setattr__(self, "objects", ObjectKeys(self.id, objects, names))
        object.__setattr__(self, "fields", fields)

    def wipe(self) -> None:
        """Overwrite them, at the end."""
        for key in (self.data, self.objects.objects, self.objects.names, self.fields):
            proof.wipe(key)


def of(compartment: UUID, *, fresh: bool = False) -> Sequence[Unwrapped]:
    """The keys of a compartment, the one to write with first; `fresh` asks the database anew. Raises `KeyDestroyed`."""
    held = workspace.data_keys()
    found = held.get(compartment)
    if found is None or (
        fresh and [each.id for each in found] != list(_rows(compartment).values_list("pk", flat=True))
    ):
        found = held[compartment] = tuple(Unwrapped(row.pk, unwrapped(row)) for row in _rows(compartment))
    if not found:
        raise KeyDestroyed
    return found


def one(key: int, compartment: UUID) -> Unwrapped:
    """The key of a compartment that has this row. Raises `KeyDestroyed`."""
    for fresh in (False, True):
        for held in of(compartment, fresh=fresh):
            if held.id == key:
                return held
    raise KeyDestroyed


def store_of(compartment: UUID) -> Store:
    """Where the content of a compartment is kept."""
    return Store(workspace.home() / "objects", partial(_object_keys, compartment))


def require(kept: Kept) -> None:
    """In the transaction in which a stored content gets its row. Raises `KeyReplaced` where its key is gone since."""
    if not DataKey.objects.filter(pk=kept.key).exists():
        raise KeyReplaced


def wrapped(key: proof.Key, compartment: UUID) -> str:
    """A data key as its row keeps it."""
    return proof.wrapped(key, workspace.keys().workspace, f"{PURPOSE} {compartment}").hex()


def unwrapped(row: DataKey) -> proof.Key:
    """The data key of a row. Raises `SealBroken`."""
    box = bytes.fromhex(row.wrapped)
    return proof.Key(proof.unwrapped(box, workspace.keys().workspace, f"{PURPOSE} {row.compartment_id}"))


def forget(compartment: UUID) -> None:
    """Hold the keys of a compartment no longer; who needs them asks the database."""
    workspace.data_keys().pop(compartment, None)


def _rows(compartment: UUID) -> QuerySet[DataKey]:
    return DataKey.objects.filter(compartment=compartment).order_by("-number")


def _object_keys(compartment: UUID, *, fresh: bool) -> Sequence[ObjectKeys]:
    return [each.objects for each in of(compartment, fresh=fresh)]
