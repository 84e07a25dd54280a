"""Workspaces as an older Panah made them."""

from __future__ import annotations

from support.processes import LEAST, Panah

_BEGIN = f"""{LEAST}
import sys
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from panah.site.command import set_up
set_up()
from panah.vault import keyring, workspace

words = workspace.given_passphrase()
if not workspace.exists():
    workspace.home().mkdir()
    keyring.make(workspace.home(), words)
    (workspace.home() / "workspace.db").touch()
workspace.hold(keyring.opened(workspace.home(), words))
executor = MigrationExecutor(connection)
"""


def older_workspace(panah: Panah, program: str, *arguments: str) -> Panah:
    """Its workspace, begun without tables where there is none; the program makes them, with `executor`, and what stands in them."""
    made = panah.run("-c", _BEGIN + program, *arguments, program="python")
    assert (made.code, made.err) == (0, ""), made
    return panah
