"""Files inside the papers of office programs: put into them whole, or as an object of another program (MS-OLEDS, MS-CFB).

What a paper shows of such a file is a picture, or the beginning of it; the file itself is a document of its own. Objects
that are none, such as formulas, are listed as left.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterator

import olefile

from panah.library.extractors import DocumentBroken, Extracted, NothingToRead
from panah.library.extractors.contents import Contents
from panah.library.extractors.kinds import HEAD, UNKNOWN, media_type
from panah.library.extractors.packed import Packed
from panah.library.extractors.plain import decoded

MOST_OBJECTS = 1_000
"""Of one paper."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PUT_IN = re.compile(r"(?:word|xl|ppt)/embeddings/[^/]+|Object [^/]+")
"""Where Office and LibreOffice keep these files; what LibreOffice keeps in folders of that name is no file."""
_OF_EXCEL = "MBD"
"""How the folders of objects begin in a workbook of Excel before 2007."""
_NATIVE, _WHOLE = "\x01Ole10Native", ("CONTENTS", "Package", "EmbeddedOdf")
_DOCUMENTS = frozenset({"Workbook", "Book", "WordDocument", "PowerPoint Document", "VisioDocument", "Quill"})
"""Streams by which a compound file is a paper of an office program itself."""
_NUMBER = struct.Struct("<I")
_A_FILE, _EMBEDDED = b"\x02\0", b"\0\0\x03\0"
_BROKEN = (
    OSError, ValueError, KeyError, IndexError, AttributeError, TypeError, struct.error, OverflowError, RecursionError,
)  # fmt: skip
"""What is raised over compound files that are damaged, or made to look like one."""
_OF_ANOTHER = "an object of another program"


def in_parts(packed: Packed) -> Contents:
    """The files in a paper that is a ZIP archive itself."""
    contents = Contents()
    names = sorted(name for name in packed.names if _PUT_IN.fullmatch(name))
    for name in _some(names, contents):
        called = name.rpartition("/")[2]
        try:
            _take_part(contents, called, packed.part(name))
        except (*_BROKEN, DocumentBroken):
            contents.leave(called, "it is damaged")
    return contents


def in_compound(content: bytes) -> Contents:
    """The files in a workbook of Excel before 2007."""
    contents = Contents()
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            folders = sorted(path for path in compound.listdir(streams=False, storages=True) if len(path) == 1)
            for folder in _some([name for (name,) in folders if name.startswith(_OF_EXCEL)], contents):
                try:
                    _take_object(contents, folder, compound, [folder])
                except _BROKEN:
                    contents.leave(folder, "it is damaged")
    except _BROKEN:
        contents.leave("What stands inside", "the file is damaged")
    return contents


def carrying(contents: Contents, called: str, read: Callable[[], Extracted]) -> Extracted:
    """What `read` reads of a paper, with what stands inside it. One with no words of its own is read for what it carries."""
    try:
        own = read()
    except NothingToRead:
        if not contents.inside:
            raise
        return contents.extracted([f"{called} without words of its own"])
    return contents.carried(own)


def packaged(stream: bytes) -> tuple[str, bytes]:
    """The name and the bytes of a file that Windows packed as an object. Raises ValueError, struct.error.

    After its length come a label and a path, each up to a zero, whether the file is here, the path of a copy, and the
    file; newer systems write the paths and the label once more, in UTF-16. Objects that other programs keep in this
    way have no name.
    """
    (whole,) = _NUMBER.unpack_from(stream)
    if stream[4:6] != _A_FILE:
        return "", stream[4 : 4 + whole]
    label = stream.index(b"\0", 6)
    path = stream.index(b"\0", label + 1)
    if stream[path + 1 : path + 5] != _EMBEDDED:
        raise ValueError("the file is not here")
    _copy, start = _counted(stream, path + 5)
    file, end = _counted(stream, start)
    return _name(stream[6:label], stream[end:]), file


def _some(names: list[str], contents: Contents) -> Iterator[str]:
    yield from names[:MOST_OBJECTS]
    if len(names) > MOST_OBJECTS:
        contents.leave("The rest", f"more than {MOST_OBJECTS} objects stand in it")


def _take_part(contents: Contents, called: str, content: bytes) -> None:
    if not content.startswith(_COMPOUND):
        contents.take(called, content)
        return
    with olefile.OleFileIO(io.BytesIO(content)) as compound:
        if _DOCUMENTS & _streams(compound, []):
            contents.take(called, content)
        else:
            _take_object(contents, called, compound, [])


def _take_object(contents: Contents, called: str, compound: olefile.OleFileIO, folder: list[str]) -> None:
    """Take out the file that an object holds; one that holds none, or one of no kind that anybody knows, is left."""
    streams = _streams(compound, folder)
    named, file = called, b""
    if _NATIVE in streams:
        named, file = packaged(compound.openstream([*folder, _NATIVE]).read())
    elif whole := next((name for name in _WHOLE if name in streams), None):
        file = compound.openstream([*folder, whole]).read()
    if named == called or not named:
        known = file and media_type(file[:HEAD], file[-HEAD:]) != UNKNOWN
        named = called if known else ""
    if named:
        contents.take(named, file)
    else:
        contents.leave(called, _OF_ANOTHER)


def _streams(compound: olefile.OleFileIO, folder: list[str]) -> set[str]:
    return {path[-1] for path in compound.listdir() if path[:-1] == folder}


def _counted(stream: bytes, at: int) -> tuple[bytes, int]:
    """Bytes whose number stands before them, and where they end."""
    (length,) = _NUMBER.unpack_from(stream, at)
    end = at + _NUMBER.size + length
    if end > len(stream):
        raise ValueError("it is cut short")
    return stream[at + _NUMBER.size : end], end


def _name(label: bytes, rest: bytes) -> str:
    """The label, in UTF-16 where it stands once more after the file, as the second of three."""
    try:
        (first,) = _NUMBER.unpack_from(rest)
        (second,) = _NUMBER.unpack_from(rest, at := 4 + 2 * first)
        name = rest[at + 4 : at + 4 + 2 * second].decode("utf-16-le")
    except (struct.error, UnicodeDecodeError):
        name = ""
    return re.split(r"[\\/]", (name or decoded(label)[0]).strip("\0 "))[-1]
