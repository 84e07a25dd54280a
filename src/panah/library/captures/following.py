"""Asks the calendars that the operator names what became of their promises, while the workbench is open."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError

from panah.errors import PanahError
from panah.library import actions, captures
from panah.library.captures import calendars, queries
from panah.library.models import Capture
from panah.proof.opentimestamps import read_detached
from panah.vault.beside import Beside

_log = logging.getLogger("panah.library.captures")


class Follower(Beside):
    """One thread. It asks for a capture once an hour at most, and for none where captures or calendars are not allowed."""

    looks_every = 300.0

    def __init__(self) -> None:
        super().__init__("panah-follower")

    def run(self) -> None:
        """Ask for whatever is due, until told to end."""
        if captures.allowed() and settings.PANAH_OTS_CALENDARS:
            super().run()

    def look(self) -> bool:
        """Ask for the capture that was asked for longest ago."""
        now = datetime.now(UTC)
        try:
            for capture in queries.due_at_calendars(now)[:1]:
                follow(capture, now=now, going_on=lambda: not self.ending.is_set())
                return True
        except (PanahError, DatabaseError):
            _log.exception("calendars could not be asked")
        return False


def follow(capture: Capture, *, now: datetime, going_on: Callable[[], bool] = lambda: True) -> None:
    """Ask for one capture, and keep what came, if it is still `going_on` then. A calendar that fails is asked in an hour again.

    Raises `OpentimestampsUnreadable`.
    """
    known = read_detached(bytes(capture.timestamp or b""))
    actions.ask_calendars(capture=capture, now=now)
    asked = calendars.upgraded(known)
    if asked.timestamp and going_on():
        actions.upgrade_timestamp(capture=capture, timestamp=asked.timestamp, by=None, now=datetime.now(UTC))
