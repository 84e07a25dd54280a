"""What the workbench does by itself, beside everybody's work: it checks what is stored, when the last check is old."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import OperationalError

from panah.errors import PanahError
from panah.vault import fixity, queries
from panah.vault.beside import Beside

_log = logging.getLogger("panah.vault.upkeep")


class Upkeep(Beside):
    """One thread of the lowest priority. A check that was not finished goes on the next time."""

    looks_every = 3600.0

    def __init__(self) -> None:
        super().__init__("panah-upkeep")
        self._pace = fixity.Calm()

    def look(self) -> bool:
        """Check what is stored, if that is due."""
        try:
            if is_due(datetime.now(UTC)):
                fixity.check(by=None, now=datetime.now(UTC), pace=self._pace)
        except (PanahError, OperationalError):  # another process checks, or the disk is full: later
            _log.exception("what is stored could not be checked")
        return False

    def tell(self) -> None:
        """Tell it to end soon."""
        super().tell()
        self._pace.end()


def is_due(now: datetime) -> bool:
    """Whether the last check, or the beginning of the workspace, is longer ago than PANAH_FIXITY_DAYS. 0: never."""
    last = queries.last_fixity()
    since = last.finished_at if last else queries.began_at()
    days: float = settings.PANAH_FIXITY_DAYS
    return bool(days and since and now - since > timedelta(days=days))
