"""What is unsafe about the machine: where its memory goes, and what time it believes it is."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from panah.site.doctor.telling import CannotTell, text_of
from panah.team import queries as team
from panah.vault import workspace

PROC, SYS = Path("/proc"), Path("/sys")
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
"""This program is not older than that, so no true clock shows an earlier time."""
SLACK = timedelta(minutes=1)


def swap_in_plain() -> Iterator[str]:
    """Swap that outlives the machine's being switched off, and is not encrypted."""
    for place in _swaps():
        if not _is_encrypted(_device_of(place)):
            yield f"Memory is written to {place}, which is not encrypted: keys and words can come to lie there."


def hibernation_in_plain() -> Iterator[str]:
    """All of memory may be written to a disk that is not encrypted."""
    states = SYS / "power" / "state"
    if not states.exists() or "disk" not in text_of(states).split():
        return
    if "[disabled]" in text_of(SYS / "power" / "disk"):
        return
    resume = text_of(SYS / "power" / "resume").strip()
    places = [_device_of(place) for place in _swaps()] + ([resume] if resume not in {"", "0:0"} else [])
    if any(not _is_encrypted(device) for device in places):
        yield "This machine can hibernate to a disk that is not encrypted: all that is in memory would lie there."


def core_dumps() -> Iterator[str]:
    """A crash of this very process would leave its memory on the disk."""
    if resource.getrlimit(resource.RLIMIT_CORE)[1] or workspace.memory_may_be_taken():
        yield "If Panah crashed, the system could write its memory, keys included, to the disk."


def clock_wrong() -> Iterator[str]:
    """The clock shows a time that has been, by what was written here before."""
    now = datetime.now(UTC)
    if now < WRITTEN:
        yield f"The clock shows {now:%Y-%m-%d}, and this program is newer than that."
    last = team.newest_at()
    if last and now + SLACK < last:
        yield f"The clock shows {now:%Y-%m-%d %H:%M} UTC, but the ledger was written on at {last:%Y-%m-%d %H:%M} UTC."
    for file in (workspace.home() / "workspace.db", workspace.home() / "keyring.json"):
        if file.exists() and now + SLACK < datetime.fromtimestamp(file.stat().st_mtime, UTC):
            yield f"The clock is behind: {file.name} was changed at a time that has not come yet."


def _swaps() -> list[Path]:
    """Every place memory is swapped to; memory that is packed in memory is none."""
    lines = text_of(PROC / "swaps").splitlines()[1:]
    places = [Path(line.split()[0].replace("\\040", " ")) for line in lines if line.strip()]
    return [place for place in places if not place.name.startswith("zram")]


def _device_of(place: Path) -> str:
    """The device, as `8:1`, that a partition is, or that a file lies on. Raises `CannotTell`."""
    try:
        found = place.stat()
    except OSError:
        raise CannotTell(what=f"where {place} lies") from None
    device = found.st_rdev or found.st_dev
    return f"{os.major(device)}:{os.minor(device)}"


def _is_encrypted(device: str) -> bool:
    """Whether a device, or all that it is made of, is encrypted by the system. Raises `CannotTell`."""
    block = SYS / "dev" / "block" / device
    if not block.exists():
        raise CannotTell(what=f"what the device {device} is made of")
    kind = block / "dm" / "uuid"
    if kind.exists() and text_of(kind).startswith("CRYPT-"):
        return True
    under = sorted((block / "slaves").iterdir()) if (block / "slaves").is_dir() else []
    return bool(under) and all(_is_encrypted(text_of(each / "dev").strip()) for each in under)
