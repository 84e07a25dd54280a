"""What the store should hold: the one list from which backups and fixity checks work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import UUID

from django.db import connection

from panah import proof
from panah.vault import data_keys, queries
from panah.vault.models import DataKey
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
    tables = [kind._meta.db_table for kind in queries.kinds()]  # noqa: SLF001  Django's own
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
    return any(rows.filter(digest=digest).exists() for rows in queries.stored_in(compartment))
