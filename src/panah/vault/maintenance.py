"""One at a time: backing up, replacing keys, erasing. What one of them writes down, no other may be taking away."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from panah.errors import PanahError
from panah.vault import keyring, workspace


class WorkspaceBusy(PanahError):
    """The workspace is being backed up, or keys are being replaced or erased: wait for the end of that, and try again."""

    status = 409


class FixityChecking(PanahError):
    """Another process is checking the stored objects at this moment; it goes on where the last check stopped."""

    status = 409


@contextmanager
def alone() -> Iterator[None]:
    """Be the only one who backs up, replaces keys or erases. Raises `WorkspaceBusy`."""
    with _locked(workspace.home(), WorkspaceBusy):
        yield


@contextmanager
def checking() -> Iterator[None]:
    """Be the only one who checks the stored objects. Raises `FixityChecking`."""
    with _locked(workspace.home() / keyring.FILE, FixityChecking):
        yield


@contextmanager
def _locked(path: Path, busy: type[PanahError]) -> Iterator[None]:
    """A lock that goes with the process that has it, however that ends."""
    held = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        raise busy from None
    try:
        yield
    finally:
        os.close(held)
