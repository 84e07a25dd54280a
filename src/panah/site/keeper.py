"""Signs the ledger while the workbench is open, so that nobody can cut off much of its end unseen."""

from __future__ import annotations

import logging

from django.db import DatabaseError

from panah.dossier.actions import sign_ledger
from panah.errors import PanahError
from panah.team import queries
from panah.team.acting import now
from panah.team.rules import block_is_due
from panah.vault.beside import Beside

_log = logging.getLogger("panah.site.keeper")


class Keeper(Beside):
    """One thread. It signs whenever a block is due (`team.rules`), and once more at the end."""

    looks_every = 20.0

    def __init__(self) -> None:
        super().__init__("panah-keeper")

    def look(self) -> bool:
        """Sign the ledger if it is due. What cannot be signed now is tried again at the next look."""
        try:
            unsigned = queries.unsigned()
            if block_is_due(unsigned.lines, unsigned.since, now()):
                sign_ledger(now=now())
        except (PanahError, DatabaseError):
            _log.exception("the ledger could not be signed")
        return False

    def end(self, within: float = 30) -> None:
        """Sign what is left; the workbench is being closed."""
        super().end(within)
        try:
            sign_ledger(now=now())
        except (PanahError, DatabaseError):
            _log.exception("the ledger could not be signed")
