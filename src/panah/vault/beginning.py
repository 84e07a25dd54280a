"""A workspace is there from one moment to the next: until its keyring has its name, nothing opens what was made of it."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from panah.errors import PanahError
from panah.vault import keyring
from panah.vault.files import NotWritable, failures_said, sync

UNFINISHED = "keyring.unfinished.json"
"""The keyring of a workspace that is being made. Found again, it says that the making broke off: nothing is in it."""
DATABASE = "workspace.db"
_PARTS = (DATABASE, *(f"{DATABASE}-{end}" for end in ("wal", "shm", "journal")), UNFINISHED)
OBJECTS = "objects"
_OF_THE_DISK = {"lost+found"}


class FolderNotEmpty(PanahError):
    """{home} holds other things; a workspace needs a folder of its own: an empty one, or one that is not there yet."""


class WorkspaceBeingMade(PanahError):
    """Another process is making a workspace in {home} at this moment."""


@contextmanager
def building(home: Path) -> Iterator[None]:
    """A private, empty home to make a workspace in; it becomes one at the end, and is left as it was if that fails.

    What an attempt left that was killed is cleared away first. Raises `WorkspaceExists`, `WorkspaceBeingMade`,
    `FolderNotEmpty`, `NotWritable`, `DiskFull`.
    """
    new = _made(home)
    with _alone_in(home):
        if keyring.exists(home):
            raise keyring.WorkspaceExists(home=home)
        if (home / UNFINISHED).exists():
            _clear(home)
        if {entry.name for entry in home.iterdir()} - _OF_THE_DISK:
            raise FolderNotEmpty(home=home)
        try:
            with failures_said(home):
                home.chmod(0o700)
                yield
                _finish(home)
        except BaseException:
            _clear(home)
            if new:
                home.rmdir()
            raise


def _made(home: Path) -> bool:
    """Make the folder; False where it is there already."""
    if home.is_dir():
        return False
    try:
        with failures_said(home):
            home.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise NotWritable(folder=home, reason="it is not a folder") from None
    return True


@contextmanager
def _alone_in(home: Path) -> Iterator[None]:
    with failures_said(home):
        folder = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise WorkspaceBeingMade(home=home) from None
    finally:
        os.close(folder)


def _finish(home: Path) -> None:
    (home / UNFINISHED).rename(home / keyring.FILE)
    sync(home)


def _clear(home: Path) -> None:
    """Remove what was made. The keyring goes last: while it is there, so is the right to remove the rest."""
    shutil.rmtree(home / OBJECTS, ignore_errors=True)
    for part in _PARTS:
        with suppress(FileNotFoundError):
            (home / part).unlink()
