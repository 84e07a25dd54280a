"""Files and what stands inside them, each preserved, read beside the next, and accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from panah.errors import PanahError
from panah.library import actions
from panah.library.actions import Details
from panah.library.bulk.files import preserved, real, shown
from panah.library.bulk.readers import Readers
from panah.library.extractors.supervisor import Refusal, Text
from panah.library.manifest import Listed
from panah.library.models import Document
from panah.library.queries import Shelf
from panah.team.models import Member
from panah.vault.data_keys import store_of
from panah.vault.files import DiskFull


class Outcome(StrEnum):
    """How it went with a file."""

    READ = "read"
    ALREADY = "already"
    REFUSED = "refused"


class FileOutcome(NamedTuple):
    """The line of one file in the report."""

    id: str
    """The digest of its Original; `path:` and its path where it could not even be preserved."""
    path: str
    outcome: Outcome
    code: str
    """Why it was refused; empty where it was not."""
    reason: str
    """Why it was refused, and what was filled in of a document that was here before."""
    document: str


def taken_in(
    files: Iterable[Path],
    *,
    listed: Mapping[Path, Listed],
    shelf: Shelf,
    readers: Readers,
    by: Member | None,
    clock: Callable[[], datetime],
) -> Iterator[FileOutcome]:
    """Take in every file and yield one outcome for each, in the order in which they end.

    A full disk ends the run: `DiskFull` is raised after what was already being read has been stored. Told to stop, it
    stops at once: what was being read waits to be read again.
    """
    batch = _Batch(listed, shelf, readers, by, clock)
    with ThreadPoolExecutor(readers.count) as threads:
        try:
            for file in files:
                yield from batch.begin(file, threads)
            yield from batch.rest()
        except (KeyboardInterrupt, GeneratorExit):
            threads.shutdown(wait=False, cancel_futures=True)
            readers.stop()
            batch.give_back()
            raise


class _Batch:
    """One run: what is being read at the moment, and how its outcome is told."""

    def __init__(
        self,
        listed: Mapping[Path, Listed],
        shelf: Shelf,
        readers: Readers,
        by: Member | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._listed = listed
        self._shelf = shelf
        self._readers = readers
        self._by = by
        self._clock = clock
        self._reading: dict[Future[Text | Refusal], tuple[Path, actions.Shelved]] = {}

    def begin(self, file: Path, threads: ThreadPoolExecutor) -> Iterator[FileOutcome]:
        """Preserve a file and hand it to a reader; tells the outcome of whatever ended meanwhile."""
        while len(self._reading) >= 2 * self._readers.count:
            yield from self._ended()
        try:
            shelved = self._preserved(file)
        except DiskFull:
            yield from self.rest()
            raise
        except PanahError as error:
            yield FileOutcome(f"path:{shown(file)}", shown(file), Outcome.REFUSED, error.code, error.sentence, "")
            return
        document = shelved.document
        extractor = self._readers.extractors.get(document.original.media_type)
        if not shelved.new:
            actions.try_again(document=document, by=self._by)
        waits = document.state == Document.State.WAITING
        if not waits or not actions.take_on(document=document, extractor=extractor, by=self._by, now=self._clock()):
            yield _outcome(file, shelved, Outcome.READ if shelved.new and document.reading else Outcome.ALREADY)
            return
        self._reading[threads.submit(self._readers.read, document)] = (file, shelved)

    def rest(self) -> Iterator[FileOutcome]:
        """Wait for everything that is still being read."""
        while self._reading:
            yield from self._ended()

    def give_back(self) -> None:
        """Leave what is being read to whoever comes next."""
        for _, shelved in self._reading.values():
            actions.give_back(document=shelved.document)

    def _ended(self) -> Iterator[FileOutcome]:
        for future in wait(self._reading, return_when=FIRST_COMPLETED).done:
            file, shelved = self._reading.pop(future)
            self._readers.record(shelved.document, future.result(), by=self._by, now=self._clock())
            yield _outcome(file, shelved, Outcome.READ)

    def _preserved(self, file: Path) -> actions.Shelved:
        entry = self._listed.get(real(file))
        kept, kind = preserved(file, store_of(self._shelf.compartment.pk), entry.digest if entry else "")
        return actions.shelve(
            kept=kept,
            media_type=kind,
            path=shown(file),
            shelf=self._shelf,
            details=entry.details if entry else Details(),
            by=self._by,
            now=self._clock(),
        )


def _outcome(file: Path, shelved: actions.Shelved, outcome: Outcome) -> FileOutcome:
    """The line of a document. One that is here already but could not be read says so again."""
    document = shelved.document
    if document.state == Document.State.REFUSED:
        outcome = Outcome.REFUSED
    filled = f"Filled in what nobody had said of it: {', '.join(shelved.filled)}." if shelved.filled else ""
    reason = " ".join(filter(None, [document.refusal_reason, filled]))
    return FileOutcome(document.original.digest, shown(file), outcome, document.refusal_code, reason, str(document.pk))
