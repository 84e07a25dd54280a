"""Archives: each file in them becomes a document of its own; what is read of the archive is the list of them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from platform import python_version
from typing import IO

from resiliparse.parse.encoding import detect_encoding

from panah.errors import Phrase
from panah.library.extractors import LARGEST_INSIDE, DocumentBomb, DocumentBroken, DocumentLocked, Extracted
from panah.library.extractors.contents import Contents
from panah.library.extractors.kinds import BZIP2, GZIP, TAR, XZ, ZIP
from panah.library.extractors.warc import looks_archived, pages_of

MOST_ENTRIES = 200_000
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, KeyError,
    struct.error, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What is raised over entries that are damaged, cut short, or packed in a way that is not known."""
_IS_UTF_8, _IS_LOCKED = 0x800, 0x1


class Zip:
    """The files of a ZIP archive, by their paths in it."""

    name = "zip"
    version = f"1+python-{python_version()}"
    media_types = frozenset({ZIP})

    def read(self, content: bytes) -> Extracted:
        """Unpack. Raises `DocumentLocked` where all of it is locked, `DocumentBroken`, `DocumentBomb`, `NothingToRead`."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            raise DocumentBroken(reason="it is not a whole ZIP archive") from None
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_ENTRIES:
            raise DocumentBomb(reason=Phrase("{count} files are packed in it", count=len(entries)))
        if entries and all(entry.flag_bits & _IS_LOCKED for entry in entries):
            raise DocumentLocked
        names, encoding = _names(entries)
        contents = Contents()
        for entry, name in zip(entries, names, strict=True):
            when = "{:04}-{:02}-{:02}".format(*entry.date_time)
            if entry.flag_bits & _IS_LOCKED:
                contents.leave(name, "it is locked with a password")
            else:
                _unpack(contents, name, partial(archive.open, entry), when)
        return contents.extracted([f"ZIP archive, {len(entries)} files"], found={"names": encoding})


class Tar:
    """The files of a TAR archive; links and devices are listed."""

    name = "tar"
    version = f"1+python-{python_version()}"
    media_types = frozenset({TAR})

    def read(self, content: bytes) -> Extracted:
        """Unpack. Raises `DocumentBroken`, `NothingToRead`."""
        contents = Contents()
        try:
            with tarfile.open(fileobj=io.BytesIO(content), mode="r:", errors="replace") as archive:
                for entry in _members(archive, contents):
                    when = "" if entry.mtime <= 0 else _day(entry.mtime)
                    _unpack(contents, entry.name, partial(archive.extractfile, entry), when)
        except _BROKEN as error:
            if not contents.inside:
                raise DocumentBroken(reason="it is not a whole TAR archive") from None
            contents.leave("The rest", f"the archive breaks off ({type(error).__name__})")
        return contents.extracted([f"TAR archive, {len(contents.inside)} files taken out"])


class Compressed:
    """One file packed by gzip, bzip2 or xz: an archive of web pages or of files is read as what it is."""

    name = "compressed"
    version = f"2+python-{python_version()}"
    media_types = frozenset({GZIP, BZIP2, XZ})

    def read(self, content: bytes) -> Extracted:
        """Unpack. Raises `DocumentBroken`, `DocumentBomb`."""
        unpacked = _whole(content)
        if looks_archived(unpacked):
            return pages_of(unpacked if unpacked.startswith(b"filedesc") else content)
        if unpacked[257:262] == b"ustar":
            return Tar().read(unpacked)
        contents = Contents()
        contents.take(_called(content), unpacked)
        return contents.extracted(["A packed file"])


def _unpack(contents: Contents, name: str, opened: Callable[[], IO[bytes] | None], when: str) -> None:
    """Take one file out. What is damaged is left, and the next one goes on."""
    if contents.full:
        contents.leave(name, "there is more in here than is taken out")
        return
    try:
        stream = opened()
        if stream is None:
            raise ValueError(name)
        with stream:
            contents.take_from(name, stream, {"date": when} if when else {}, said=when)
    except _BROKEN as error:
        contents.leave(name, f"it cannot be unpacked ({type(error).__name__})")


def _names(entries: Sequence[zipfile.ZipInfo]) -> tuple[list[str], str]:
    """The names of the entries, and how those were decoded that do not say how: programs wrote them as they pleased."""
    raw = {id(entry): _raw(entry) for entry in entries if not entry.flag_bits & _IS_UTF_8}
    joined = b"\n".join(raw.values())
    encoding = "utf-8"
    try:
        joined.decode()
    except UnicodeDecodeError:
        encoding = detect_encoding(joined) or "cp437"
    names = [raw[id(entry)].decode(encoding, "replace") if id(entry) in raw else entry.filename for entry in entries]
    return [name.replace("\\", "/") for name in names], encoding


def _raw(entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a name: the library takes it for code page 437."""
    return entry.orig_filename.encode("cp437", "replace")


def _members(archive: tarfile.TarFile, contents: Contents) -> Iterator[tarfile.TarInfo]:
    for number, entry in enumerate(archive):
        if number >= MOST_ENTRIES:
            contents.leave("The rest", f"more than {MOST_ENTRIES} entries are packed in it")
            return
        if entry.isreg():
            yield entry
        elif not entry.isdir():
            contents.leave(entry.name, "it is a link or a device, not a file")


def _whole(content: bytes) -> bytes:
    openers: dict[bytes, Callable[..., IO[bytes]]] = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open, b"\xfd7": lzma.open}  # type: ignore[dict-item]
    try:
        with openers[content[:2]](io.BytesIO(content)) as stream:
            unpacked = stream.read(LARGEST_INSIDE + 1)
    except _BROKEN as error:
        raise DocumentBroken(reason=Phrase("it cannot be unpacked ({kind})", kind=type(error).__name__)) from None
    if len(unpacked) > LARGEST_INSIDE:
        raise DocumentBomb(
            reason=Phrase("{size} bytes unpack to more than {most}", size=len(content), most=LARGEST_INSIDE)
        )
    return unpacked


def _called(content: bytes) -> str:
    """The name that a gzip file keeps of what it packs (RFC 1952, FNAME where no extra field stands before it)."""
    if content[:2] == b"\x1f\x8b" and content[3] & 0x0C == 0x08:
        return content[10:1000].partition(b"\0")[0].decode("latin-1") or "Unpacked"
    return "Unpacked"


def _day(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
