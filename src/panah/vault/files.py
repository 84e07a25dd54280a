"""Files that are either whole or not there, whatever happens while they are written."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from panah.errors import PanahError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_UNNAMED = {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT}


class DiskFull(PanahError):
    """The disk is full: nothing was written; make room and try again."""

    status = 507


class NotWritable(PanahError):
    """{folder} cannot be written to: {reason}."""

    status = 500


class Nascent:
    """A file that has no name yet. `christen` gives it one; without that it vanishes, even if the power goes."""

    def __init__(self, folder: Path) -> None:
        self._part: Path | None = None
        flags = getattr(os, "O_TMPFILE", 0)
        try:
            descriptor = os.open(folder, flags | os.O_RDWR, 0o600) if flags else -1
        except OSError as error:
            if error.errno not in _NO_UNNAMED:
                raise
            descriptor = -1
        if descriptor < 0:  # no unnamed files here: a hidden name that `discard` removes
            self._part = folder / f".part-{os.urandom(8).hex()}"
            descriptor = os.open(self._part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        self.stream: BinaryIO = os.fdopen(descriptor, "w+b")

    def christen(self, path: Path) -> None:
        """Make the file durable under `path`. Raises FileExistsError if something is there."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        if self._part:
            os.link(self._part, path)
        else:
            with _folder(Path("/proc/self/fd")) as ours:  # given a folder, Python follows the link: linkat(2)
                os.link(str(self.stream.fileno()), path, src_dir_fd=ours, follow_symlinks=True)
        with _folder(path.parent) as folder:
            os.fsync(folder)

    def discard(self) -> None:
        """Close the file; what was not christened is gone."""
        self.stream.close()
        if self._part:
            self._part.unlink(missing_ok=True)


@contextmanager
def nascent(folder: Path) -> Iterator[Nascent]:
    """A file being born in `folder`. Raises `DiskFull`, or `NotWritable`; a name that is taken, FileExistsError."""
    try:
        file = Nascent(folder)
        try:
            yield file
        finally:
            file.discard()
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull from error
        raise NotWritable(folder=folder, reason=error.strerror) from error


def write_new(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that is not there yet, whole or not at all. Raises FileExistsError, `DiskFull`."""
    with nascent(path.parent) as file:
        for piece in pieces:
            file.stream.write(piece)
        file.christen(path)


@contextmanager
def _folder(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
