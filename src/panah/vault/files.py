"""Files that are either whole or not there, whatever happens while they are written."""

from __future__ import annotations

import errno
import os
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from panah.errors import PanahError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_UNNAMED = {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT}
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}


class DiskFull(PanahError):
    """The disk is full: nothing was written; make room and try again."""

    status = 507


class NotWritable(PanahError):
    """{folder} cannot be written to: {reason}."""

    status = 500


@contextmanager
def failures_said(folder: Path) -> Iterator[None]:
    """What keeps a folder from being written to is `DiskFull` or `NotWritable`; that something is there already, is not."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull from error
        raise NotWritable(folder=folder, reason=error.strerror) from error


class Nascent:
    """A file that has no name yet. `christen` gives it one; without that it vanishes, even if the power goes.

    Raises `DiskFull` where there is no room, `NotWritable` for whatever else keeps it from being written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._part: Path | None = None
        with failures_said(self._folder):
            self._stream = os.fdopen(self._opened(), "w+b")
        self._let_go = weakref.finalize(self, _let_go, self._stream, self._part)

    def write(self, piece: bytes) -> None:
        """Write the next piece."""
        with failures_said(self._folder):
            self._stream.write(piece)

    def reread(self) -> BinaryIO:
        """The file from its beginning, for reading; it stays nameless."""
        with failures_said(self._folder):
            self._stream.flush()
        self._stream.seek(0)
        return self._stream

    def christen(self, path: Path) -> None:
        """Make the file durable under `path`. Raises FileExistsError if something is there."""
        with failures_said(self._folder):
            self._stream.flush()
            os.fsync(self._stream.fileno())
            if self._part:
                _link(self._part, path)
            else:
                with _folder(Path("/proc/self/fd")) as ours:  # given a folder, Python follows the link: linkat(2)
                    os.link(str(self._stream.fileno()), path, src_dir_fd=ours, follow_symlinks=True)
            sync(path.parent)

    def discard(self) -> None:
        """Close the file; what was not christened is gone. It happens by itself when nobody holds the file any more."""
        self._let_go()

    def _opened(self) -> int:
        flags = getattr(os, "O_TMPFILE", 0)
        if flags:
            try:
                return os.open(self._folder, flags | os.O_RDWR, 0o600)
            except OSError as error:
                if error.errno not in _NO_UNNAMED:
                    raise
        self._part = self._folder / f".part-{os.urandom(8).hex()}"  # no unnamed files here: one that `discard` removes
        return os.open(self._part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)


def write_new(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that is not there yet, whole or not at all. Raises FileExistsError, `DiskFull`, `NotWritable`."""
    file = Nascent(path.parent)
    try:
        for piece in pieces:
            file.write(piece)
        file.christen(path)
    finally:
        file.discard()


def sync(folder: Path) -> None:
    """Make durable which names a folder holds."""
    with _folder(folder) as descriptor:
        os.fsync(descriptor)


def _link(part: Path, path: Path) -> None:
    """Give a file its name, unless something has it. Memory sticks know no second names: there it is looked first."""
    try:
        os.link(part, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError from None
        part.rename(path)


def _let_go(stream: BinaryIO, part: Path | None) -> None:
    with suppress(OSError):  # what could not be flushed is not wanted
        stream.close()
    if part:
        part.unlink(missing_ok=True)


@contextmanager
def _folder(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
