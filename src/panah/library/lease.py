"""Who is reading a document at the moment, and whether that process still lives."""

from __future__ import annotations

import os
import platform
from datetime import timedelta
from functools import cache
from pathlib import Path

LEASE = timedelta(hours=1)
"""Longer than any reading may take, one of a thousand scanned pages too; after it, or when the holder is dead, another may
take over."""


def holder() -> str:
    """This process, named so that no later one has its name: host, number, and the clock tick at which it started."""
    return f"{platform.node()[:24]}:{os.getpid()}:{_started(os.getpid())}"


def is_dead(name: str) -> bool:
    """Whether the process called `name` is known to be gone. Of another host nothing is known."""
    host, process, started = name.rsplit(":", 2)
    if host != platform.node()[:24] or not process.isdecimal():
        return False
    return _started(int(process)) != started


def _started(process: int) -> str:
    if process == os.getpid():
        return _own_start()
    return _start_of(process)


@cache
def _own_start() -> str:
    return _start_of(os.getpid())


def _start_of(process: int) -> str:
    """Field 22 of /proc/PID/stat; empty where there is no such process."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]
