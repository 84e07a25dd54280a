"""`make data`: the tables of a new workspace, as all migrations together make them. With `--check`: they are current."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator

from making import made

from panah import proof
from panah.site.command import set_up


def script() -> str:
    """One script: every table, index and trigger in the order of its making, and each migration as done.

    It holds no row of ours: what a migration puts into tables is not in it, so none may put anything into empty ones.
    """
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection

    from panah.vault import keyring, tables, workspace

    with tempfile.TemporaryDirectory() as folder:
        workspace.settle_in(tables.Path(folder))
        workspace.hold(keyring.Keys(proof.random_key(), proof.new_signing_key()))
        call_command("migrate", verbosity=0, interactive=False)
        assert not any(model.objects.exists() for model in apps.get_models() if model.__module__.startswith("panah"))
        with connection.cursor() as cursor:
            written = "\n".join([tables.FIRST, *_made(cursor), *_done(cursor), tables.last(workspace.schema_version())])
        connection.close()
    return written + "\n"


def _made(cursor: object) -> Iterator[str]:
    """What a virtual table keeps its content in is made by the virtual table, and left out."""
    rows = cursor.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    virtual = [name for name, sql in rows if sql.startswith("CREATE VIRTUAL")]
    for name, sql in rows:
        if not name.startswith(("sqlite_", *(f"{table}_" for table in virtual))):
            yield f"{sql};"


def _done(cursor: object) -> Iterator[str]:
    for app, name in cursor.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall():
        yield f"INSERT INTO django_migrations (app, name, applied) VALUES ('{app}', '{name}', datetime('now'));"


def main() -> int:
    """Write it, or compare what is there with it."""
    set_up()
    from panah.vault import tables

    return made(tables.SCRIPT, script().encode(), "Write the tables of a new workspace.")


if __name__ == "__main__":
    sys.exit(main())
