"""Signs the ledger while the workbench is open, so that nobody can cut off much of its end unseen."""

from __future__ import annotations

import logging
from threading import Event, Thread

from django.db import DatabaseError, connection

from panah.dossier.actions import sign_ledger
from panah.errors import PanahError
from panah.team import queries
from panah.team.acting import now
from panah.team.rules import block_is_due

LOOKS_EVERY_SECONDS = 20.0

_log = logging.getLogger("panah.site.keeper")


class Keeper(Thread):
    """One thread. It signs whenever a block is due (`team.rules`), and once more at the end."""

    def __init__(self) -> None:
        super().__init__(name="panah-keeper", daemon=True)
        self._ending = Event()

    def run(self) -> None:
        """Look now and then, until told to end."""
        while not self._ending.wait(LOOKS_EVERY_SECONDS):
            self.look()
            connection.close()

    def look(self) -> None:
        """Sign the ledger if it is due. What cannot be signed now is tried again at the next look."""
        try:
            unsigned = queries.unsigned()
            if block_is_due(unsigned.lines, unsigned.since, now()):
                sign_ledger(now=now())
        except (PanahError, DatabaseError):
            _log.exception("the ledger could not be signed")

    def end(self) -> None:
        """Sign what is left; the workbench is being closed."""
        self._ending.set()
        if self.is_alive():
            self.join(timeout=30)
        try:
            sign_ledger(now=now())
        except (PanahError, DatabaseError):
            _log.exception("the ledger could not be signed")
