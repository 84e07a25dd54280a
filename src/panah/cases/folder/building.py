"""A folder that comes whole or not: it is built beside its place, under a hidden name, and takes its place at the end."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from panah.errors import PanahError
from panah.vault.files import failures_said

HIDDEN = ".panah-export-"
"""How the name begins of a folder that is being built; sixteen hexadecimal digits follow."""
_TAKEN = {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR}


class FolderTaken(PanahError):
    """{folder} is already there; nothing was written into it."""


class FolderMissing(PanahError):
    """There is no folder {path} to write into."""


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """An empty folder that only its owner may look into. At the end it is `target`; if that fails, it is gone.

    Whoever is killed here leaves papers in plain behind: what an earlier one left beside `target` is removed first.
    Raises `FolderTaken`, `FolderMissing`, `NotWritable`, `DiskFull`.
    """
    if os.path.lexists(target):  # a link to nothing is something too
        raise FolderTaken(folder=target)
    parent = target.absolute().parent
    if not parent.is_dir():
        raise FolderMissing(path=parent)
    folder = parent / f"{HIDDEN}{os.urandom(8).hex()}"
    with failures_said(parent):
        _clear_what_was_left(parent)
        folder.mkdir(mode=0o700)
    try:
        with _held(folder):
            yield folder
            _put_in_place(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put_in_place(folder: Path, target: Path) -> None:
    with failures_said(target.absolute().parent):
        try:
            folder.rename(target)
        except OSError as error:
            if error.errno in _TAKEN:  # somebody took the name meanwhile
                raise FolderTaken(folder=target) from None
            raise


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold the lock by which others know that somebody still builds here; it goes with the process, however that ends."""
    with failures_said(folder):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # no such locks on this disk: then nobody else gets one, and nothing is taken for left
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _clear_what_was_left(parent: Path) -> None:
    """Remove what is certainly ours and nobody's any more: of this name, of this user, with something in it, not held.

    One without anything in it may have been made in this moment, and is not held yet.
    """
    for left in parent.glob(f"{HIDDEN}{'[0-9a-f]' * 16}"):
        try:
            descriptor = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:  # no folder, or another's
            continue
        try:
            if os.fstat(descriptor).st_uid == os.geteuid() and _free(descriptor) and any(left.iterdir()):
                shutil.rmtree(left)
        finally:
            os.close(descriptor)


def _free(descriptor: int) -> bool:
    """Take the lock of a folder that nobody holds. Where it cannot be told, somebody does."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
