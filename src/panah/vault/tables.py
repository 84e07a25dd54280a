"""The tables of a new workspace, made at once. `tables.sql` is what all migrations together give (tools/tables.py)."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

SCRIPT = Path(__file__).with_name("tables.sql")


def make() -> None:
    """Make all tables in an empty database, in which every migration then counts as done."""
    with connection.cursor() as cursor:
        cursor.executescript(SCRIPT.read_text(encoding="utf-8"))
