"""Captures what members asked for, beside everybody's work."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Lock, Thread

from django.db import OperationalError, connection

from panah.errors import PanahError
from panah.library import actions, captures
from panah.library import worker as reading
from panah.library.captures import queries
from panah.library.captures.capturing import CaptureStopped, capture_one

LOOKS_EVERY_SECONDS = 5.0

_log = logging.getLogger("panah.library.captures")
_work = Event()


def wake() -> None:
    """Say that there is something to capture."""
    _work.set()


class Capturer(Thread):
    """One thread. It may be ended at any moment: a capture that was not finished waits again, and leaves nothing."""

    def __init__(self) -> None:
        super().__init__(name="panah-capturer", daemon=True)
        self._ending = Event()
        self._keeping = Lock()

    def run(self) -> None:
        """Capture what waits, until told to end; nothing at all where the operator does not allow it."""
        while captures.allowed() and not self._ending.is_set():
            if not self._one():
                connection.close()
                _work.wait(LOOKS_EVERY_SECONDS)
                _work.clear()
        connection.close()

    def end(self) -> None:
        """End now. What is being stored is stored to its end; what is still being asked for waits to be asked for again."""
        self._ending.set()
        wake()
        with self._keeping:  # from now on it stores nothing: the keys may go
            pass

    def _one(self) -> bool:
        """Do one capture; False where none waits, or none can be had."""
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
            if self._ending.is_set():
                raise CaptureStopped
            yield
