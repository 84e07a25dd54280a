"""Reads documents once more, beside each other, and tells of each what came of it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from panah.library import actions
from panah.library.bulk.readers import Readers
from panah.library.extractors.supervisor import Refusal, Text
from panah.library.models import Document
from panah.team.models import Member


class Again(StrEnum):
    """What came of reading a document once more."""

    READ = "read"
    """It has another reading."""
    SAME = "same"
    """It was read as it was before."""
    REFUSED = "refused"
    """It could not be read; a reading that it had stays."""


class RereadOutcome(NamedTuple):
    """The line of one document."""

    id: str
    title: str
    outcome: Again
    code: str
    reason: str
    reading: str
    """The digest of the reading that it has now; empty where it has none."""
    before: str
    """The digest of the one that it had."""


def read_again(
    documents: Iterable[Document], *, languages: str | None, readers: Readers, by: Member, clock: Callable[[], datetime]
) -> Generator[RereadOutcome, None, None]:
    """Have documents read once more; yields one outcome for each, in the order in which they end.

    Told to stop, it stops at once: what was being read keeps its reading and waits to be read again. Raises what
    `actions.reread` does.
    """
    run = _Run(languages, readers, by, clock)
    with ThreadPoolExecutor(readers.count) as threads:
        try:
            for document in documents:
                yield from run.begin(document, threads)
            yield from run.rest()
        except (KeyboardInterrupt, GeneratorExit):
            threads.shutdown(wait=False, cancel_futures=True)
            readers.stop()
            run.give_back()
            raise


class _Run:
    """What is being read at the moment, and what reading each document had before."""

    def __init__(self, languages: str | None, readers: Readers, by: Member, clock: Callable[[], datetime]) -> None:
        self._languages = languages
        self._readers = readers
        self._by = by
        self._clock = clock
        self._reading: dict[Future[Text | Refusal], tuple[Document, str]] = {}

    def begin(self, document: Document, threads: ThreadPoolExecutor) -> Iterator[RereadOutcome]:
        """Hand a document to a reader; tells the outcome of whatever ended meanwhile."""
        while len(self._reading) >= 2 * self._readers.count:
            yield from self._ended()
        before = _digest(document)
        actions.reread(document=document, languages=self._languages, by=self._by, now=self._clock())
        extractor = self._readers.extractors.get(document.original.media_type)
        if actions.take_on(document=document, extractor=extractor, by=self._by, now=self._clock()):
            self._reading[threads.submit(self._readers.read, document)] = (document, before)
        else:
            yield _outcome(document, before)

    def rest(self) -> Iterator[RereadOutcome]:
        """Wait for everything that is still being read."""
        while self._reading:
            yield from self._ended()

    def give_back(self) -> None:
        """Leave what is being read to whoever comes next."""
        for document, _before in self._reading.values():
            actions.give_back(document=document)

    def _ended(self) -> Iterator[RereadOutcome]:
        for future in wait(self._reading, return_when=FIRST_COMPLETED).done:
            document, before = self._reading.pop(future)
            self._readers.record(document, future.result(), by=self._by, now=self._clock())
            yield _outcome(document, before)


def _digest(document: Document) -> str:
    return document.reading.digest if document.reading else ""


def _outcome(document: Document, before: str) -> RereadOutcome:
    document.refresh_from_db()
    now = _digest(document)
    outcome = Again.REFUSED if document.refusal_code else Again.SAME if now == before else Again.READ
    reason = document.refusal_reason
    return RereadOutcome(str(document.pk), document.title, outcome, document.refusal_code, reason, now, before)
