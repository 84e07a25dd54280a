"""The confined readers of this process, and how what they read is stored."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from queue import SimpleQueue
from threading import Event

from django.conf import settings

from panah import proof
from panah.errors import PanahError
from panah.library import actions
from panah.library.extractors import Extractor, loaded, paths_of
from panah.library.extractors.languages import of_tag
from panah.library.extractors.ocr import installed
from panah.library.extractors.supervisor import Refusal, Supervisor, Text
from panah.library.models import Document
from panah.team.models import Member
from panah.vault.data_keys import store_of


class ReadingStopped(PanahError):
    """Reading it was stopped before its end; it waits to be read again."""


class Readers:
    """The confined readers of this process: one per processor, shared by whoever has documents to read."""

    def __init__(self, count: int | None = None) -> None:
        self.extractors: Mapping[str, Extractor] = loaded(settings.EXTRACTORS)
        self.count = count or os.cpu_count() or 1
        self._stopped = Event()
        self._idle: SimpleQueue[Supervisor] = SimpleQueue()
        paths = paths_of(self.extractors)
        self._all = [Supervisor(paths) for _ in range(self.count)]
        for supervisor in self._all:
            self._idle.put(supervisor)

    def read(self, document: Document) -> Text | Refusal:
        """Have a document's Original read. Waits for a reader that is idle; touches no database.

        Raises `ReadingStopped` where the readers are ended meanwhile: then nothing is known of the document.
        """
        supervisor = self._idle.get()
        try:
            if self._stopped.is_set():
                raise ReadingStopped
            original = document.original
            pieces = store_of(original.compartment_id).pieces(proof.Digest(original.digest))
            result = supervisor.read(
                media_type=original.media_type,
                size=original.size,
                pieces=pieces,
                charset=document.charset,
                languages=document.languages or of_tag(document.language, installed()),
                going_on=lambda: not self._stopped.is_set(),
            )
            if self._stopped.is_set():
                supervisor.stop()  # it may have been started once more in between
                raise ReadingStopped
            return result
        finally:
            self._idle.put(supervisor)

    def record(
        self,
        document: Document,
        result: Text | Refusal,
        *,
        by: Member | None,
        now: datetime,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Store how the reading of a document ended: first what stands inside it, so that one that is read is so entirely.

        `then` is called in the same transaction.
        """
        if isinstance(result, Text):
            try:
                actions.enclose(document=document, inside=result.inside, by=by, now=now)
            except (actions.NestedTooDeep, actions.CarriesTooMuch) as error:
                result = Refusal(error.code, error.sentence)
        if isinstance(result, Refusal):
            actions.refuse(document=document, refusal=result, by=by, now=now, then=then)
        else:
            extractor = self.extractors[document.original.media_type]
            actions.read(document=document, extractor=extractor, text=result, by=by, now=now, then=then)

    def stop(self) -> None:
        """End them all, at once."""
        self._stopped.set()
        for supervisor in self._all:
            supervisor.stop()
