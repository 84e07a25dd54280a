"""Takes in many files: preserves each, has it read beside the next, and accounts for every single one."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import NamedTuple

from django.conf import settings

from panah import proof
from panah.errors import PanahError
from panah.library import actions
from panah.library.actions import Details
from panah.library.extractors import Extractor, loaded
from panah.library.extractors.kinds import HEAD, media_type
from panah.library.extractors.supervisor import Refusal, Supervisor, Text
from panah.library.manifest import Listed
from panah.library.models import Document
from panah.library.queries import Shelf
from panah.team.models import Member
from panah.vault.data_keys import store_of
from panah.vault.files import DiskFull
from panah.vault.store import Kept, Store

PIECE = 1 << 20
_NO_FILES = {errno.ELOOP: "link", errno.ENXIO: "pipe, socket or device"}
"""What opening says of things that are no files."""


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


class FileVanished(PanahError):
    """The file is not there."""


class FileUnreadable(PanahError):
    """The file cannot be read: {reason}."""


class FileNotRegular(PanahError):
    """This is not a file but a {kind}; it was passed over."""


class FileChanged(PanahError):
    """The file changed while it was being read; add it again when it is at rest."""


class FileNotAsListed(PanahError):
    """The file is not the one that the manifest lists: its SHA-256 is {found}."""


class ReadingStopped(PanahError):
    """Reading it was stopped before its end; it waits to be read again."""


class Readers:
    """The confined readers of this process: one per processor, shared by whoever has documents to read."""

    def __init__(self, count: int | None = None) -> None:
        self.extractors: Mapping[str, Extractor] = loaded(settings.EXTRACTORS)
        self.count = count or os.cpu_count() or 1
        self._stopped = Event()
        self._idle: SimpleQueue[Supervisor] = SimpleQueue()
        self._all = [Supervisor(settings.EXTRACTORS, self.extractors) for _ in range(self.count)]
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
            result = supervisor.read(media_type=original.media_type, size=original.size, pieces=pieces)
            if self._stopped.is_set():
                supervisor.stop()  # it may have been started once more in between
                raise ReadingStopped
            return result
        finally:
            self._idle.put(supervisor)

    def record(self, document: Document, result: Text | Refusal, *, by: Member | None, now: datetime) -> None:
        """Store how the reading of a document ended."""
        if isinstance(result, Refusal):
            actions.refuse(document=document, refusal=result, by=by, now=now)
        else:
            extractor = self.extractors[document.original.media_type]
            actions.read(document=document, extractor=extractor, text=result, by=by, now=now)

    def stop(self) -> None:
        """End them all, at once."""
        self._stopped.set()
        for supervisor in self._all:
            supervisor.stop()


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


def regular_files(paths: Iterable[Path], *, leaving_out: Iterable[Path] = ()) -> Iterator[Path]:
    """The files of these paths, folders walked in order. A link is followed only where it was named itself.

    What is to be left out are files, such as the manifest, and whole folders, such as the workspace.
    """
    out = {_real(path) for path in leaving_out}
    for path in paths:
        for file in _walked(_real(path) if os.path.islink(path) else path):  # noqa: PTH114  it stands names too long
            place = _real(file)
            if out.isdisjoint((place, *place.parents)):
                yield file


def not_there(listed: Iterable[Path], paths: Iterable[Path]) -> Iterator[Path]:
    """The files that a manifest lists in one of these folders and that are not in it."""
    folders = [_real(path) for path in paths]
    for file in listed:
        if not os.path.lexists(file) and any(folder in file.parents for folder in folders):
            yield file


def _walked(path: Path) -> Iterator[Path]:
    """Whatever is in a folder, however deep; what cannot be looked at is for `preserved` to say."""
    waiting = [path]
    while waiting:
        place = waiting.pop()
        try:
            inside = sorted(place.iterdir(), reverse=True) if _is_folder(place) else None
        except OSError:
            inside = None
        if inside is None:
            yield place
        else:
            waiting += inside


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(path.lstat().st_mode)


def _real(path: Path) -> Path:
    """Where a path leads. Unlike `Path.resolve` it stands links that lead in a circle."""
    return Path(os.path.realpath(path))


def shown(path: Path) -> str:
    """A path as text, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace")


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
        entry = self._listed.get(_real(file))
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


def preserved(file: Path, store: Store, digest: str = "") -> tuple[Kept, str]:
    """Store the bytes of a file; what was stored, and its media type. With `digest` (hexadecimal) it must be that file.

    Raises `FileVanished`, `FileUnreadable`, `FileNotRegular`, `FileChanged`, `FileNotAsListed` or `DiskFull`; then
    nothing is stored.
    """
    with _opened(file) as stream:
        head, tail = _read(stream, 0), _read(stream, max(0, os.fstat(stream).st_size - HEAD))
        return store.keep(_at_rest(stream, digest)), media_type(head, tail)


class _opened:  # noqa: N801
    """A regular file opened for reading, by descriptor. Raises `FileVanished`, `FileUnreadable`, `FileNotRegular`."""

    def __init__(self, file: Path) -> None:
        try:
            self._descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
        except FileNotFoundError:
            raise FileVanished from None
        except OSError as error:
            if error.errno in _NO_FILES:
                raise FileNotRegular(kind=_NO_FILES[error.errno]) from None
            raise FileUnreadable(reason=error.strerror) from None
        mode = os.fstat(self._descriptor).st_mode
        if not stat.S_ISREG(mode):
            os.close(self._descriptor)
            raise FileNotRegular(
                kind="folder that cannot be listed" if stat.S_ISDIR(mode) else "pipe, socket or device"
            )

    def __enter__(self) -> int:
        return self._descriptor

    def __exit__(self, *_error: object) -> None:
        os.close(self._descriptor)


def _at_rest(descriptor: int, digest: str) -> Iterator[bytes]:
    """The bytes of a file; raises at their end where it changed meanwhile, or is not the file that was listed."""
    before = os.fstat(descriptor)
    digester = proof.Digester()
    while digester.size <= before.st_size and (piece := _read(descriptor, digester.size, PIECE)):
        digester.update(piece)
        yield piece
    after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or digester.size != after.st_size:
        raise FileChanged
    if digest and digest != proof.hexadecimal(digester.digest()):
        raise FileNotAsListed(found=proof.hexadecimal(digester.digest()))


def _read(descriptor: int, at: int, size: int = HEAD) -> bytes:
    try:
        return os.pread(descriptor, size, at)
    except OSError as error:
        raise FileUnreadable(reason=error.strerror) from None


def _outcome(file: Path, shelved: actions.Shelved, outcome: Outcome) -> FileOutcome:
    """The line of a document. One that is here already but could not be read says so again."""
    document = shelved.document
    if document.state == Document.State.REFUSED:
        outcome = Outcome.REFUSED
    filled = f"Filled in what nobody had said of it: {', '.join(shelved.filled)}." if shelved.filled else ""
    reason = " ".join(filter(None, [document.refusal_reason, filled]))
    return FileOutcome(document.original.digest, shown(file), outcome, document.refusal_code, reason, str(document.pk))
