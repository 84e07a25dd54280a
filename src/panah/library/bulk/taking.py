"""Files and what stands inside them, each preserved, read beside the next, and accounted for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Self

from panah.errors import PanahError, Phrase, put_together
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

_ASKED = ("original", "collection__compartment", "carrier")
"""What is asked of a document when it is read."""


class Outcome(StrEnum):
    """How it went with a file."""

    READ = "read"
    ALREADY = "already"
    REFUSED = "refused"
    WOULD = "would"
    """It would be taken in, were this no rehearsal."""


class FileOutcome(NamedTuple):
    """The line of one file in the report, or of one document that stood inside another."""

    id: str
    """The digest of its Original; `path:` and its path where it could not even be preserved."""
    path: str
    outcome: Outcome
    code: str
    """Why it was refused; empty where it was not."""
    reason: str
    """Why it was refused, and what was filled in of a document that was here before."""
    document: str
    inside: str = ""
    """The document that was handed in, and in which this one stood; empty for a file."""


def taken_in(
    files: Iterable[Path],
    *,
    listed: Mapping[Path, Listed],
    shelf: Shelf,
    readers: Readers,
    by: Member | None,
    clock: Callable[[], datetime],
    account: Callable[[Path, FileOutcome], None] = lambda _file, _outcome: None,
) -> Iterator[FileOutcome]:
    """Take in every file, with what stands inside it, and yield one outcome for each, in the order in which they end.

    `account` is told of each file, before its outcome is yielded.

    A full disk ends the run: `DiskFull` is raised after what was already being read has been stored. Told to stop, it
    stops at once: what was being read waits to be read again.
    """
    with ThreadPoolExecutor(readers.count) as threads:
        batch = _Batch(listed, shelf, readers, threads, by, clock, account)
        try:
            for file in files:
                yield from batch.begin(file)
            yield from batch.rest()
        except (KeyboardInterrupt, GeneratorExit):
            threads.shutdown(wait=False, cancel_futures=True)
            readers.stop()
            batch.give_back()
            raise


class _Paper(NamedTuple):
    """A document on its way to a reader, and how its outcome will be told."""

    path: str
    shelved: actions.Shelved
    file: Path | None
    """None for what stands inside another document."""

    @classmethod
    def inside(cls, path: str, document: Document) -> Self:
        return cls(path, actions.Shelved(document, new=False, filled=[]), None)


class _Batch:
    """One run: what is being read at the moment, what waits inside what was read, and how its outcome is told."""

    def __init__(
        self,
        listed: Mapping[Path, Listed],
        shelf: Shelf,
        readers: Readers,
        threads: ThreadPoolExecutor,
        by: Member | None,
        clock: Callable[[], datetime],
        account: Callable[[Path, FileOutcome], None],
    ) -> None:
        self._listed = listed
        self._shelf = shelf
        self._readers = readers
        self._threads = threads
        self._by = by
        self._clock = clock
        self._account = account
        self._reading: dict[Future[Text | Refusal], _Paper] = {}
        self._inside: deque[_Paper] = deque()

    def begin(self, file: Path) -> Iterator[FileOutcome]:
        """Preserve a file and hand it to a reader; tells the outcome of whatever ended meanwhile."""
        yield from self._make_room()
        try:
            shelved = self._preserved(file)
        except DiskFull:
            yield from self.rest()
            raise
        except PanahError as error:
            refused = FileOutcome(f"path:{shown(file)}", shown(file), Outcome.REFUSED, error.code, error.sentence, "")
            self._account(file, refused)
            yield refused
            return
        if not shelved.new:
            unread = shelved.document.carries.exclude(state=Document.State.READ)
            self._inside.extend(_Paper.inside(each.path, each) for each in unread.select_related(*_ASKED))
        yield from self._hand_on(_Paper(shown(file), shelved, file))

    def rest(self) -> Iterator[FileOutcome]:
        """Wait for everything that is still being read, and for what stands inside it."""
        while self._inside or self._reading:
            yield from self._make_room()
            yield from self._ended()

    def give_back(self) -> None:
        """Leave what is being read to whoever comes next."""
        for paper in self._reading.values():
            actions.give_back(document=paper.shelved.document)

    def _make_room(self) -> Iterator[FileOutcome]:
        """Have no more under way than the readers keep busy with; what stands inside goes first, or it would pile up."""
        while self._inside or len(self._reading) >= 2 * self._readers.count:
            if len(self._reading) >= 2 * self._readers.count:
                yield from self._ended()
            else:
                yield from self._hand_on(self._inside.popleft())

    def _hand_on(self, paper: _Paper) -> Iterator[FileOutcome]:
        shelved = paper.shelved
        document = shelved.document
        if not shelved.new:
            actions.try_again(document=document, by=self._by)
        extractor = self._readers.extractors.get(document.original.media_type)
        waits = document.state == Document.State.WAITING
        if waits and actions.take_on(
            document=document, extractor=extractor, leased=shelved.new, by=self._by, now=self._clock()
        ):
            self._reading[self._threads.submit(self._readers.read, document)] = paper
        else:
            yield self._told(paper, Outcome.READ if shelved.new and document.reading else Outcome.ALREADY)

    def _ended(self) -> Iterator[FileOutcome]:
        for future in wait(self._reading, return_when=FIRST_COMPLETED).done:
            paper = self._reading.pop(future)
            document = paper.shelved.document
            result = future.result()
            yield self._recorded(paper, result)
            if isinstance(result, Refusal) or not result.inside:
                continue
            inside = document.encloses.order_by("place").select_related(*(f"document__{name}" for name in _ASKED))
            self._inside.extend(_Paper.inside(f"{paper.path}/{row.name}", row.document) for row in inside)

    def _recorded(self, paper: _Paper, result: Text | Refusal) -> FileOutcome:
        """Store how reading it ended and account for it at once: a delivery says nothing else than its documents."""
        told: list[FileOutcome] = []
        document, now = paper.shelved.document, self._clock()
        self._readers.record(
            document, result, by=self._by, now=now, then=lambda: told.append(self._told(paper, Outcome.READ))
        )
        return told[0]

    def _told(self, paper: _Paper, outcome: Outcome) -> FileOutcome:
        told = _outcome(paper.path, paper.shelved, outcome)
        if paper.file is None:
            return told._replace(inside=str(paper.shelved.document.carrier_id or ""))
        self._account(paper.file, told)
        return told

    def _preserved(self, file: Path) -> actions.Shelved:
        entry = self._listed.get(real(file))
        kept, kind = preserved(file, store_of(self._shelf.compartment.pk), entry.digest if entry else "")
        return actions.shelve(
            kept=kept,
            media_type=kind,
            path=shown(file),
            shelf=self._shelf,
            details=entry.details if entry else Details(),
            charset=entry.charset if entry else "",
            lease=True,
            by=self._by,
            now=self._clock(),
        )


def _outcome(path: str, shelved: actions.Shelved, outcome: Outcome) -> FileOutcome:
    """The line of a document. One that is here already but could not be read says so again."""
    document = shelved.document
    if document.state == Document.State.REFUSED:
        outcome = Outcome.REFUSED
    reason = put_together(document.refusal_reason, document.refusal_parts)
    if shelved.filled:
        filled = Phrase("Filled in what nobody had said of it: {fields}.", fields=", ".join(shelved.filled))
        reason = Phrase("{refused} {filled}", refused=reason, filled=filled) if reason else filled
    return FileOutcome(document.original.digest, path, outcome, document.refusal_code, reason, str(document.pk))
