"""The tables of a new workspace, made at once. `tables.sql` is what all migrations together give (tools/tables.py)."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

SCRIPT = Path(__file__).with_name("tables.sql")
FIRST = "BEGIN;"


def last(version: int) -> str:
    """How the script ends: the database says of which schema it is in the moment in which it has one."""
    return f"PRAGMA user_version = {version:d};\nCOMMIT;"


def make() -> None:
    """Make all tables in an empty database, in which every migration then counts as done."""
    with connection.cursor() as cursor:
        cursor.executescript(SCRIPT.read_text(encoding="utf-8"))
