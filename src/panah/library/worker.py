"""Reads what the workbench was given, beside the web process's own work."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from threading import Event, Thread

from django.db import OperationalError, connection

from panah.errors import PanahError
from panah.library import actions, queries
from panah.library.bulk import Readers, ReadingStopped
from panah.library.models import Document

LOOKS_EVERY_SECONDS = 5.0
"""How often it looks for work that another process left, such as an interrupted ingest."""

_log = logging.getLogger("panah.library.worker")
_work = Event()


def wake() -> None:
    """Say that there is something to read."""
    _work.set()


class Worker(Thread):
    """One thread with one confined reader. It may be ended at any moment: a document that was not finished waits again."""

    def __init__(self) -> None:
        super().__init__(name="panah-reader", daemon=True)
        self._ending = Event()
        self._readers = Readers(1)

    def run(self) -> None:
        """Read what waits, until told to end."""
        while not self._ending.is_set():
            if not self._one():
                connection.close()
                _work.wait(LOOKS_EVERY_SECONDS)
                _work.clear()
        connection.close()

    def end(self) -> None:
        """End now: the document that is being read waits to be read again."""
        self._ending.set()
        self._readers.stop()
        wake()
        if self.is_alive():
            self.join(timeout=30)

    def _one(self) -> bool:
        """Read one document; False where none waits, or none can be had. The one place that survives whatever fails."""
        try:
            return any(read_one(document, self._readers) for document in queries.waiting()[:20])
        except ReadingStopped:
            return False
        except (PanahError, OperationalError):
            _log.exception("a document could not be read")
        except Exception:  # noqa: BLE001  the worker must outlive any one document
            _log.exception("a document could not be read")
        return False


def read_one(document: Document, readers: Readers) -> bool:
    """Read one waiting document; False where another process has it. Raises `ReadingStopped`, and gives it back."""
    extractor = readers.extractors.get(document.original.media_type)
    if actions.take_on(document=document, extractor=extractor, by=None, now=_now()):
        try:
            result = readers.read(document)
        except ReadingStopped:
            actions.give_back(document=document)
            raise
        readers.record(document, result, by=None, now=_now())
    return document.state != Document.State.WAITING


def _now() -> datetime:
    return datetime.now(UTC)
