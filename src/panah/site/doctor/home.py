"""What is unsafe about the folder of the workspace."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from panah.site.doctor.telling import CannotTell, text_of
from panah.vault import workspace

MOUNTS = Path("/proc/self/mountinfo")
OVER_A_NETWORK = {
    "9p", "afs", "beegfs", "ceph", "cifs", "fuse.ceph", "fuse.davfs", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs",
    "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb3", "smbfs",
}  # fmt: skip
"""Kinds of file system whose locks and whose privacy are another machine's affair."""
FREE = 1 << 30
"""Bytes that should be free: one upload of the largest size."""


def open_to_others() -> Iterator[str]:
    """Whoever else has an account here may look into the folder or a file of it."""
    for path in _ours():
        if path.stat().st_mode & 0o077:
            yield f"Others on this machine may open {path}."


def of_another() -> Iterator[str]:
    """Somebody else owns the folder or a file of it, and may do with it as they please."""
    for path in _ours():
        if path.stat().st_uid != os.geteuid():
            yield f"{path} belongs to another account of this machine."


def on_network() -> Iterator[str]:
    """The folder lies on another machine."""
    kind = _kind_of(workspace.home().resolve())
    if kind in OVER_A_NETWORK:
        yield f"The workspace lies on a network file system ({kind}): another machine keeps it, and its locks may not hold."


def disk_nearly_full() -> Iterator[str]:
    """There is hardly room for what comes in."""
    free = shutil.disk_usage(workspace.home()).free
    if free < FREE:
        yield f"The disk of the workspace has {free >> 20} MiB free."


def _ours() -> list[Path]:
    home = workspace.home()
    return [home, *sorted(path for path in home.iterdir() if path.name != "lost+found")]


def _kind_of(place: Path) -> str:
    """The kind of file system a place lies on: that of the deepest, and last, mount above it. Raises `CannotTell`."""
    kinds: dict[Path, str] = {}
    for line in text_of(MOUNTS).splitlines():
        before, _, after = line.partition(" - ")
        point = before.split()[4].replace("\\040", " ")
        kinds[Path(point)] = after.split()[0]
    found = [each for each in (place, *place.parents) if each in kinds]
    if not found:
        raise CannotTell(what=f"what file system {place} lies on")
    return kinds[found[0]]
