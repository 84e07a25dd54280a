"""Reads what the workbench was given, beside the web process's own work."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from threading import Event

from django.db import OperationalError

from panah.errors import PanahError
from panah.library import actions, queries
from panah.library.bulk import Readers, ReadingStopped
from panah.library.models import Document
from panah.vault.beside import Beside

_log = logging.getLogger("panah.library.worker")
_work = Event()


def wake() -> None:
    """Say that there is something to read."""
    _work.set()


class Worker(Beside):
    """One thread with one confined reader."""

    looks_every = 5.0
    """Another process may have left work, such as an interrupted ingest."""

    def __init__(self) -> None:
        super().__init__("panah-reader", _work)
        self._readers = Readers(1)

    def tell(self) -> None:
        """Tell it to end now: the document that is being read waits to be read again."""
        super().tell()
        self._readers.stop()

    def look(self) -> bool:
        """Read one document."""
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
