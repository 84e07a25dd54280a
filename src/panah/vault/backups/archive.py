"""The tar file inside a backup, in one form only: names, sizes and bytes, and nothing else that a tar file can say.

Every program that knows tar unpacks it. Ours takes no other than this form: a header that differs by a byte from the one
that follows from its name and its size is refused, and with it every link, device, owner, second name and sparse file.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Generator
from typing import Protocol

from panah.errors import PanahError

HEAD = "panah-backup.json"
KEYRING = "keyring.json"
DATABASE = "workspace.db"
MANIFEST = "manifest.jsonl"
SIGNATURE = "manifest.sig"
END = bytes(2 * tarfile.BLOCKSIZE)

_OBJECT = re.compile(r"objects/[0-9a-f]{2}/[0-9a-f]{62}")


class NotABackup(PanahError):
    """What was encrypted in this file is no backup of Panah: {reason}."""


class Receiver(Protocol):
    """Takes the entries of an archive, one after the other."""

    def begins(self, path: str, size: int) -> None:
        """An entry of `size` bytes comes."""

    def takes(self, piece: bytes) -> None:
        """The next of its bytes."""

    def ends(self) -> None:
        """That was all of it."""


def header(path: str, size: int) -> bytes:
    """What stands before the bytes of an entry."""
    entry = tarfile.TarInfo(path)
    entry.size, entry.mode = size, 0o600
    return entry.tobuf(tarfile.GNU_FORMAT)


def padding(size: int) -> int:
    """How many zeros follow an entry of `size` bytes."""
    return -size % tarfile.BLOCKSIZE


class Unpacking:
    """Gives a receiver the entries of an archive that arrives piece by piece. Raises `NotABackup` at once."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._steps = self._archive()
        self._wanted = next(self._steps)
        self._waiting = bytearray()
        self._over = False

    def write(self, piece: bytes) -> None:
        """Take the next piece."""
        self._waiting += piece
        while self._waiting and not self._over:
            whole, most = self._wanted
            if whole and len(self._waiting) < most:
                return
            taken = bytes(self._waiting[:most])
            del self._waiting[:most]
            self._step(taken)
        if self._waiting:
            raise NotABackup(reason="something follows its end")

    def finish(self) -> None:
        """There is no more to come. Raises `NotABackup` where there should be."""
        if not self._over:
            raise NotABackup(reason="it ends too early")

    def _step(self, taken: bytes) -> None:
        try:
            self._wanted = self._steps.send(taken)
        except StopIteration:
            self._over = True

    def _archive(self) -> Generator[tuple[bool, int], bytes, None]:
        """Says what it wants next: how many bytes, and whether all of them at once or as they come."""
        last = ""
        while (block := (yield True, tarfile.BLOCKSIZE)) != END[: tarfile.BLOCKSIZE]:
            last, size = _entry(block, last)
            self._receiver.begins(last, size)
            left = size
            while left:
                piece = yield False, left
                left -= len(piece)
                self._receiver.takes(piece)
            self._receiver.ends()
            if (zeros := padding(size)) and any((yield True, zeros)):
                raise NotABackup(reason=f"something stands behind {last}")
        if last != SIGNATURE or any((yield True, tarfile.BLOCKSIZE)):
            raise NotABackup(reason="it ends too early")


def _entry(block: bytes, last: str) -> tuple[str, int]:
    """Path and size of an entry that may follow the last one."""
    try:
        path = block[:100].rstrip(b"\0").decode("ascii")
        size = tarfile.nti(block[124:136])  # type: ignore[attr-defined]  # the stub does not have it
        known = header(path, size) == block
    except (UnicodeDecodeError, ValueError, tarfile.HeaderError):
        known = False
    if not known:
        raise NotABackup(reason=f"what follows {last or 'its beginning'} is not an entry that Panah wrote")
    if not _may_follow(path, last):
        raise NotABackup(reason=f"{path} does not belong where it stands")
    return path, size


def _may_follow(path: str, last: str) -> bool:
    if _OBJECT.fullmatch(path):
        return last == DATABASE or (bool(_OBJECT.fullmatch(last)) and path > last)
    before = {HEAD: "", KEYRING: HEAD, DATABASE: KEYRING, SIGNATURE: MANIFEST}
    if path == MANIFEST:
        return last == DATABASE or bool(_OBJECT.fullmatch(last))
    return before.get(path) == last
