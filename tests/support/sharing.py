"""What takes long to make is made once for all processes of a run, and copied."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def once(folder: Path) -> Iterator[bool]:
    """Whether a folder is still to be filled: whoever comes first does it for all, and the others wait."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        new = not folder.exists()
        folder.mkdir(exist_ok=True)
        yield new
