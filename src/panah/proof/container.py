"""The ZIP file that a bundle travels in, in one form only.

Entries are stored, not compressed; their order is that of their paths; times, attributes, comments and extra
fields are fixed or absent. So the bytes of the file follow from the files in it, and a reader that finds any other
byte knows that somebody touched it. Field names and numbers are those of the ZIP Application Note (APPNOTE 6.3.10).
Every ZIP program opens the result.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from panah.errors import PanahError

UTF_8_NAMES = 1 << 11
MIDNIGHT_1980 = (0, 0x21)
REGULAR_FILE = 0o100644 << 16
VERSION, VERSION_ZIP64 = 20, 45
FULL = 0xFFFF_FFFF

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR_64 = struct.Struct("<4sIQI")

PIECE = 1 << 20


class ContainerBroken(PanahError):
    """The container was changed after it was sealed: {reason}."""


class ContainerUnreadable(PanahError):
    """This is not a bundle: {reason}."""


class Entry(NamedTuple):
    """One file of the container: its path, its size in bytes, the CRC-32 of its bytes, and where they begin."""

    path: str
    size: int
    crc: int
    offset: int

    @property
    def end(self) -> int:
        """Where its bytes end."""
        return self.offset + self.size


class File(NamedTuple):
    """A file to be packed: its path, size and CRC-32, known beforehand, and a way to its bytes."""

    path: str
    size: int
    crc: int
    pieces: Callable[[], Iterable[bytes]]


def packed(files: Iterable[File]) -> Iterator[bytes]:
    """The container of these files, piece by piece. They must come sorted by path.

    Raises `ContainerBroken` where a file is out of order, or its bytes are not of the size and CRC-32 that were said.
    """
    entries: list[Entry] = []
    at = 0
    for file in files:
        if entries and file.path.encode() <= entries[-1].path.encode():
            raise ContainerBroken(reason=f"{file.path} is out of order")
        header = _local_header(file.path, file.size, file.crc)
        yield header
        entry = Entry(file.path, file.size, file.crc, at + len(header))
        size = found = 0
        for piece in file.pieces():
            size, found = size + len(piece), zlib.crc32(piece, found)
            yield piece
        if (size, found) != (file.size, file.crc):
            raise ContainerBroken(reason=f"{file.path} changed while it was being packed")
        entries.append(entry)
        at = entry.end
    yield _directory(entries, at)


class Reader:
    """Reads a container, and nothing whose headers or directory differ from one by a byte.

    The bytes of the files themselves are the caller's to check, against the manifest and with `crc_of`.
    """

    def __init__(self, view: memoryview) -> None:
        self._view = view
        self.entries = {entry.path: entry for entry in self._strictly()}

    def bytes_of(self, path: str) -> memoryview:
        """The bytes of a file, not copied."""
        entry = self.entries[path]
        return self._view[entry.offset : entry.end]

    def _strictly(self) -> Iterator[Entry]:
        """Step 1: walk the local headers from the first byte. Step 2: compare the directory that must follow."""
        entries: list[Entry] = []
        at = 0
        while bytes(self._view[at : at + 4]) == b"PK\x03\x04":
            entry = self._local_entry(at)
            if entries and entry.path.encode() <= entries[-1].path.encode():
                raise ContainerBroken(reason=f"{entry.path} is out of order")
            entries.append(entry)
            at = entry.end
        if not entries:
            if bytes(self._view[-_END.size :]).startswith(b"PK"):
                raise ContainerBroken(reason="its first byte is not as it was written, or another program packed it")
            raise ContainerUnreadable(reason="it is not a ZIP file that Panah wrote")
        if bytes(self._view[at:]) != _directory(entries, at):
            raise ContainerBroken(reason="its directory is not the one that its files give")
        yield from entries

    def _local_entry(self, at: int) -> Entry:
        try:
            fields = _LOCAL.unpack_from(self._view, at)
            crc, size, name_length, extra_length = fields[6], fields[8], fields[9], fields[10]
            start = at + _LOCAL.size
            path = bytes(self._view[start : start + name_length]).decode()
            if size == FULL:
                size = struct.unpack_from("<Q", self._view, start + name_length + 4)[0]
        except (struct.error, UnicodeDecodeError):
            raise ContainerBroken(reason=f"the entry at byte {at} cannot be read") from None
        offset = start + name_length + extra_length
        if bytes(self._view[at:offset]) != _local_header(path, size, crc):
            raise ContainerBroken(reason=f"the header at byte {at} is not as it was written")
        if offset + size > len(self._view):
            raise ContainerBroken(reason=f"{path} is cut short")
        return Entry(path, size, crc, offset)


def crc_of(pieces: Iterable[bytes | memoryview]) -> int:
    """CRC-32 of a stream."""
    found = 0
    for piece in pieces:
        found = zlib.crc32(piece, found)
    return found


def _local_header(path: str, size: int, crc: int) -> bytes:
    name = path.encode()
    large = size >= FULL
    short = FULL if large else size
    extra = struct.pack("<2H2Q", 1, 16, size, size) if large else b""
    version = VERSION_ZIP64 if large else VERSION
    return (
        _LOCAL.pack(b"PK\x03\x04", version, UTF_8_NAMES, 0, *MIDNIGHT_1980, crc, short, short, len(name), len(extra))
        + name
        + extra
    )


def _central_header(entry: Entry) -> bytes:
    name = entry.path.encode()
    header_at = entry.offset - len(_local_header(entry.path, entry.size, entry.crc))
    wide = [value for value in (entry.size, entry.size) if value >= FULL] + [header_at] * (header_at >= FULL)
    extra = struct.pack(f"<2H{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    version = VERSION_ZIP64 if wide else VERSION
    size = min(entry.size, FULL)
    what = (3 << 8 | version, version, UTF_8_NAMES, 0, *MIDNIGHT_1980, entry.crc, size, size)
    where = (len(name), len(extra), 0, 0, 0, REGULAR_FILE, min(header_at, FULL))
    return _CENTRAL.pack(b"PK\x01\x02", *what, *where) + name + extra


def _directory(entries: list[Entry], at: int) -> bytes:
    central = b"".join(_central_header(entry) for entry in entries)
    count, size = len(entries), len(central)
    end_64 = b""
    if count >= 0xFFFF or size >= FULL or at >= FULL:
        end_64 = _END_64.pack(b"PK\x06\x06", 44, 3 << 8 | VERSION_ZIP64, VERSION_ZIP64, 0, 0, count, count, size, at)
        end_64 += _LOCATOR_64.pack(b"PK\x06\x07", 0, at + size, 1)
    short = min(count, 0xFFFF)
    return central + end_64 + _END.pack(b"PK\x05\x06", 0, 0, short, short, min(size, FULL), min(at, FULL), 0)
