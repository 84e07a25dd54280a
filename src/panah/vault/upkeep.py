"""What the workbench does by itself, beside everybody's work: it checks what is stored, when the last check is old."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from django.conf import settings
from django.db import OperationalError, connection

from panah.errors import PanahError
from panah.vault import fixity, queries

LOOKS_EVERY_SECONDS = 3600.0
_log = logging.getLogger("panah.vault.upkeep")


class Upkeep(Thread):
    """One thread of the lowest priority. It may be ended at any moment: a check that was not finished goes on the next time."""

    def __init__(self) -> None:
        super().__init__(name="panah-upkeep", daemon=True)
        self._pace = fixity.Calm()
        self._ending = Event()

    def run(self) -> None:
        """Look now and every hour, until told to end."""
        while not self._ending.is_set():
            try:
                if is_due(datetime.now(UTC)):
                    fixity.check(by=None, now=datetime.now(UTC), pace=self._pace)
            except (PanahError, OperationalError):  # another process checks, or the disk is full: later
                _log.exception("what is stored could not be checked")
            finally:
                connection.close()
            self._ending.wait(LOOKS_EVERY_SECONDS)

    def end(self) -> None:
        """End soon."""
        self._ending.set()
        self._pace.end()
        if self.is_alive():
            self.join(timeout=30)


def is_due(now: datetime) -> bool:
    """Whether the last check, or the beginning of the workspace, is longer ago than PANAH_FIXITY_DAYS. 0: never."""
    last = queries.last_fixity()
    since = last.finished_at if last else queries.began_at()
    days: float = settings.PANAH_FIXITY_DAYS
    return bool(days and since and now - since > timedelta(days=days))
