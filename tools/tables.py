"""`make data`: the tables of a new workspace, as all migrations together make them. With `--check`: they are current."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.backends.utils import CursorWrapper
from making import made

from panah import proof
from panah.site.command import set_up

SCHEMA = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
OF_A_VIRTUAL_TABLE = ("data", "idx", "content", "docsize", "config")
"""In which tables FTS5 keeps what stands in one; it makes them itself."""


def script() -> str:
    """One script: every table, index and trigger in the order of its making, and each migration as done.

    It holds no row of ours: what a migration puts into tables is not in it, so none may put anything into empty ones.
    """
    from django.apps import apps
    from django.core.management import call_command

    from panah.vault import workspace

    with _a_workspace() as cursor:
        call_command("migrate", verbosity=0, interactive=False)
        assert not any(model.objects.exists() for model in apps.get_models() if model.__module__.startswith("panah"))
        schema = cursor.execute(SCHEMA).fetchall()
        done = cursor.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    version = f"PRAGMA user_version = {workspace.schema_version():d};"  # in the moment in which there is a schema
    lines = ["BEGIN;", *_made(schema), *_done(done), version, "COMMIT;"]
    written = "".join(f"{line}\n" for line in lines)
    with _a_workspace() as cursor:
        cursor.executescript(written)
        assert sorted(cursor.execute(SCHEMA).fetchall()) == sorted(schema)
    return written


def _made(schema: list[tuple[str, str]]) -> Iterator[str]:
    virtual = [name for name, sql in schema if sql.startswith("CREATE VIRTUAL")]
    themselves = {f"{name}_{part}" for name in virtual for part in OF_A_VIRTUAL_TABLE}
    return (f"{sql};" for name, sql in schema if name not in themselves)


def _done(migrations: list[tuple[str, str]]) -> Iterator[str]:
    for app, name in migrations:
        yield f"INSERT INTO django_migrations (app, name, applied) VALUES ('{app}', '{name}', datetime('now'));"


@contextmanager
def _a_workspace() -> Iterator[CursorWrapper]:
    from django.db import connection

    from panah.vault import keyring, workspace

    with tempfile.TemporaryDirectory() as folder:
        workspace.settle_in(Path(folder))
        workspace.hold(keyring.Keys(proof.random_key(), proof.new_signing_key()))
        with connection.cursor() as cursor:
            yield cursor
        connection.close()


def main() -> int:
    """Write it, or compare what is there with it."""
    set_up()
    from panah.vault import tables

    return made(tables.SCRIPT, script().encode(), "Write the tables of a new workspace.")


if __name__ == "__main__":
    sys.exit(main())
