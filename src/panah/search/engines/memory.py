"""A folder that is in memory alone, for this process alone: a plain index must not come to lie on a disk.

What is in memory can be swapped out like all else that Panah holds open: `panah doctor` tells where swap is not encrypted.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from panah.errors import PanahError

MOUNTS = Path("/proc/self/mountinfo")
IN_MEMORY = {"tmpfs", "ramfs"}
"""Kinds of file systems that no disk holds."""
BYTES_OF_A_TERM = 8
"""What an index takes for each term at most, what is being merged included."""
LEAST = 64 << 20
"""Bytes that must be free, however little there is."""
_NAME = "panah-search-"
_LOCK = "in-use"


class NoPlaceInMemory(PanahError):
    """There is no place in memory for the index of search: {reason}."""

    status = 500


class Place:
    """A private folder in memory. It is gone when it is let go of; what a crash left, the next one removes."""

    def __init__(self, *, terms: int, candidates: Sequence[Path] | None = None) -> None:
        """With room for an index of so many terms. Raises `NoPlaceInMemory`."""
        folder = base(terms=terms, candidates=candidates)
        _remove_stale(folder)
        try:
            self.folder = Path(tempfile.mkdtemp(prefix=_NAME, dir=folder))
            self._lock = os.open(self.folder / _LOCK, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise NoPlaceInMemory(reason=f"{folder} cannot be written to: {error.strerror}") from None

    def let_go(self) -> None:
        """Remove it with all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)


def base(*, terms: int, candidates: Sequence[Path] | None = None) -> Path:
    """A folder in memory that has room for an index of so many terms. Raises `NoPlaceInMemory` with what the last one lacks."""
    needed = max(LEAST, terms * BYTES_OF_A_TERM)
    reason = "there is no folder that is in memory alone"
    for folder in _candidates() if candidates is None else candidates:
        if not folder.is_dir() or kind_of(folder) not in IN_MEMORY:
            continue
        if not os.access(folder, os.W_OK | os.X_OK):
            reason = f"{folder} cannot be written to"
        elif shutil.disk_usage(folder).free < needed:
            reason = f"{folder} has less than {needed >> 20} MiB free"
        else:
            return folder
    raise NoPlaceInMemory(reason=reason)


def _candidates() -> list[Path]:
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    return [Path("/dev/shm"), *([Path(named)] if named.startswith("/") else [])]  # noqa: S108  a folder of ours in it


def kind_of(folder: Path) -> str:
    """The kind of file system that a folder lies on; empty where the system does not tell."""
    kinds: dict[Path, str] = {}
    with suppress(OSError):
        for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
            before, _, after = line.partition(" - ")
            kinds[Path(before.split()[4].replace("\\040", " "))] = after.split()[0]
    whole = folder.resolve()
    return next((kinds[place] for place in (whole, *whole.parents) if place in kinds), "")


def _remove_stale(base: Path) -> None:
    """Take away what processes of ours that are gone have left: nobody holds its lock."""
    for folder in _ours(base):
        with suppress(OSError):
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)


def _ours(base: Path) -> Iterator[Path]:
    for folder in base.glob(f"{_NAME}*"):
        with suppress(OSError):
            if folder.lstat().st_uid == os.getuid() and not folder.is_symlink():
                yield folder
