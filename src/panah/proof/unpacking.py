"""The files of a bundle: in its container, or in the folder it was unpacked to."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from panah.proof import bundle
from panah.proof.container import ContainerBroken, ContainerUnreadable, Reader, crc_of

_LEADING_OUT = {"", ".", ".."}


def leads_out(path: str) -> bool:
    """Whether a program that unpacks `path` may write elsewhere. On Windows a backslash and a colon have a meaning, too."""
    return not _LEADING_OUT.isdisjoint(path.split("/")) or "\\" in path or ":" in path


class Files(Protocol):
    """The files of a bag, by path."""

    def paths(self) -> set[str]:
        """Every path."""

    def bytes_of(self, path: str) -> memoryview:
        """The bytes of a path."""

    def intact(self, path: str) -> bool:
        """Whether the container agrees with the bytes."""


class _Zipped:
    def __init__(self, view: memoryview) -> None:
        self._reader = Reader(view)
        top = next(iter(self._reader.entries)).partition("/")[0]
        self._top = f"{top}/"
        if leads_out(top) or not all(path.startswith(self._top) for path in self._reader.entries):
            raise ContainerBroken(reason="it does not hold one folder and nothing beside it")

    def paths(self) -> set[str]:
        return {path.removeprefix(self._top) for path in self._reader.entries}

    def bytes_of(self, path: str) -> memoryview:
        return self._reader.bytes_of(self._top + path)

    def intact(self, path: str) -> bool:
        return crc_of([self.bytes_of(path)]) == self._reader.entries[self._top + path].crc


class _Unpacked:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if not (folder / bundle.SEAL).is_file():
            raise ContainerUnreadable(reason=f"the folder has no {bundle.SEAL}")

    def paths(self) -> set[str]:
        inside = self._folder.rglob("*")
        return {path.relative_to(self._folder).as_posix() for path in inside if path.is_symlink() or not path.is_dir()}

    def bytes_of(self, path: str) -> memoryview:
        return memoryview((self._folder / path).read_bytes() if self.intact(path) else b"")

    def intact(self, path: str) -> bool:
        return (self._folder / path).is_file() and not (self._folder / path).is_symlink()


@contextmanager
def opened(path: Path) -> Iterator[Files]:
    """The files of a bundle, or of the folder it was unpacked to. Raises `ContainerUnreadable`, `ContainerBroken`."""
    if path.is_dir():
        yield _Unpacked(path)
        return
    try:
        stored = path.open("rb")
    except OSError as error:
        raise ContainerUnreadable(reason=f"it cannot be opened ({error.strerror})") from error
    with stored:
        if stored.seek(0, 2) == 0:
            raise ContainerUnreadable(reason="it is empty")
        yield _Zipped(memoryview(mmap.mmap(stored.fileno(), 0, access=mmap.ACCESS_READ)))
