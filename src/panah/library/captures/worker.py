"""Captures what members asked for, beside everybody's work."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Lock

from django.db import OperationalError

from panah.errors import PanahError
from panah.library import actions, captures
from panah.library import worker as reading
from panah.library.captures import queries
from panah.library.captures.capturing import CaptureStopped, capture_one
from panah.vault.beside import Beside

_log = logging.getLogger("panah.library.captures")
_work = Event()


def wake() -> None:
    """Say that there is something to capture."""
    _work.set()


class Capturer(Beside):
    """One thread, which ends at once where the operator allows no captures. One that was not finished leaves nothing."""

    looks_every = 5.0

    def __init__(self) -> None:
        super().__init__("panah-capturer", _work)
        self._keeping = Lock()

    def run(self) -> None:
        """Capture what waits, until told to end."""
        if captures.allowed():
            super().run()

    def end(self, within: float = 30) -> None:
        """End now. What is being stored is stored to its end; what is still being asked for waits to be asked for again."""
        self.tell()
        if self._keeping.acquire(timeout=within):  # from now on it stores nothing: the keys may go
            self._keeping.release()

    def look(self) -> bool:
        """Do one capture."""
        try:
            for capture in queries.waiting()[:20]:
                if actions.take_on_capture(capture=capture, now=datetime.now(UTC)):
                    capture_one(capture, keeping=self._unless_ending())
                    reading.wake()
                    return True
        except CaptureStopped:
            return False
        except (PanahError, OperationalError):
            _log.exception("a page could not be captured")
        except Exception:  # noqa: BLE001  the worker must outlive any one page
            _log.exception("a page could not be captured")
        return False

    @contextmanager
    def _unless_ending(self) -> Iterator[None]:
        with self._keeping:
            if self.ending.is_set():
                raise CaptureStopped
            yield
