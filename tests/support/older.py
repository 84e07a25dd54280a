"""Workspaces as an older Panah made them."""

from __future__ import annotations

from support.processes import Panah

_BEGIN = """
import sys
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from panah.site.command import set_up
set_up()
from panah.vault import keyring, workspace

passphrase = workspace.given_passphrase()
workspace.home().mkdir()
workspace.hold(keyring.make(workspace.home(), passphrase))
(workspace.home() / "workspace.db").touch()
executor = MigrationExecutor(connection)
"""


def older_workspace(panah: Panah, program: str, *arguments: str) -> Panah:
    """Its workspace, begun without tables; the program makes them, with `executor`, and what stands in them."""
    made = panah.run("-c", _BEGIN + program, *arguments, program="python")
    assert (made.code, made.err) == (0, ""), made
    return panah
