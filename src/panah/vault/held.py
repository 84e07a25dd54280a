"""What the store should hold: the one list from which backups and fixity checks work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import UUID

from django.apps import apps
from django.db import connection

from panah import proof
from panah.vault import data_keys
from panah.vault.models import DataKey, Stored
from panah.vault.store import ObjectKeys, path_of

FIRST = ("", 0)
"""Before every content."""


class Held(NamedTuple):
    """A content that rows speak of, and the row of the key that opens it: sorted by them, one after the other."""

    digest: proof.Digest
    key: int
    size: int


class Opens(NamedTuple):
    """Whose a data key is, and what it opens."""

    compartment: UUID
    objects: ObjectKeys

    def path_of(self, digest: proof.Digest) -> Path:
        """Where the object of a content lies in the home."""
        return path_of(Path("objects"), digest, self.objects)


class Cursor(Protocol):
    """A cursor of this database, or of a snapshot of it."""

    def execute(self, query: str, params: Sequence[str | int], /) -> object:
        """Ask."""

    def fetchall(self) -> list[tuple[str, int, int]]:
        """What it answered."""


def contents(cursor: Cursor, after: tuple[str, int] = FIRST) -> list[Held]:
    """Every Original and Reading after a place in their order: each content under each key once."""
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, Stored)]  # noqa: SLF001
    each = " UNION ".join(f'SELECT digest, key_id, size FROM "{table}"' for table in tables)  # noqa: S608  our own tables
    cursor.execute(f"SELECT * FROM ({each}) WHERE (digest, key_id) > (%s, %s) ORDER BY digest, key_id", after)  # noqa: S608
    return [Held(proof.Digest(digest), key, size) for digest, key, size in cursor.fetchall()]


def contents_now(after: tuple[str, int] = FIRST) -> list[Held]:
    """The contents of the workspace as it is."""
    with connection.cursor() as cursor:
        return contents(cursor, after)


def openers() -> Mapping[int, Opens]:
    """What each data key opens, by its row."""
    return {row.pk: Opens(row.compartment_id, data_keys.Unwrapped(row.pk, data_keys.unwrapped(row)).objects)
            for row in DataKey.objects.order_by("pk")}  # fmt: skip


def is_held(digest: proof.Digest, compartment: UUID) -> bool:
    """Whether a row of a compartment still speaks of a content: an erasure may have been quicker than who asks."""
    keys = DataKey.objects.filter(compartment=compartment).values("pk")
    models = (model for model in apps.get_models() if issubclass(model, Stored))
    return any(model._default_manager.filter(digest=digest, key__in=keys).exists() for model in models)  # noqa: SLF001
