"""DBF: tables of dBASE, FoxPro and the programs that still write their files."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from panah.library.extractors import DocumentBroken, Extracted, NothingToRead, assembled
from panah.library.extractors.kinds import DBF
from panah.library.extractors.plain import decoded

_HEADER = struct.Struct("<4xIHH17xB2x")
_FIELD = struct.Struct("<11sc4xBB14x")
_END = b"\r"
_DELETED = b"*"
_ENCODINGS = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x13: "cp932", 0x4D: "gb18030", 0x4E: "cp949", 0x4F: "cp950", 0x50: "cp874",
    0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252", 0x64: "cp852", 0x65: "cp866", 0x6B: "cp857", 0x78: "cp950", 0x79: "cp949",
    0x7A: "gb18030", 0x7B: "cp932", 0x7C: "cp874", 0x7D: "cp1255", 0x7E: "cp1256", 0xC8: "cp1250", 0xC9: "cp1251",
    0xCA: "cp1254", 0xCB: "cp1253",
}  # fmt: skip
"""What the mark of the language in the header says; 0, which is common, says nothing."""
_ELSEWHERE = frozenset("MGBP")
"""Types of fields whose content stands in another file."""


class _Field(NamedTuple):
    name: str
    kind: str
    start: int
    end: int


class Dbf:
    """The names of the columns, then each row, with a tab between two cells. A row that was deleted is there, and says so."""

    name = "dbf"
    version = "1+dbf-3"
    media_types = frozenset({DBF})

    def read(self, content: bytes) -> Extracted:
        """Take apart. Raises `DocumentBroken` or `NothingToRead`."""
        count, begin, width, language = _HEADER.unpack(content[:32].ljust(32, b"\0"))
        fields = list(_fields(content[:begin], begin))
        if not fields or not width or begin > len(content):
            raise DocumentBroken(reason="its header does not say what columns it has")
        there = (len(content) - begin) // width
        rows = [content[at : at + width] for at in range(begin, begin + min(count, there) * width, width)]
        if not rows:
            raise NothingToRead(reason="it has columns, but no rows")
        text = b"\n".join(b"".join(row[field.start : field.end] for field in fields) for row in rows)
        encoding = _ENCODINGS.get(language) or decoded(text)[1]["encoding"]
        found = {"encoding": encoding, "rows": str(len(rows))} | (
            {"missing_rows": str(count - there)} if count > there else {}
        )
        return assembled(["\t".join(field.name for field in fields), *_written(rows, fields, encoding)], {}, found)


def _fields(header: bytes, begin: int) -> Iterator[_Field]:
    """The columns. FoxPro has more behind them; the first end mark ends the list."""
    place = 1
    for at in range(32, min(len(header), begin) - 31, 32):
        if header.startswith(_END, at):
            return
        name, kind, length, decimals = _FIELD.unpack_from(header, at)
        length += decimals * 256 if kind == b"C" else 0
        yield _Field(name.split(b"\0")[0].decode("ascii", "replace"), kind.decode("latin-1"), place, place + length)
        place += length


def _written(rows: Sequence[bytes], fields: Sequence[_Field], encoding: str) -> Iterator[str]:
    for row in rows:
        cells = "\t".join(_cell(row[field.start : field.end], field.kind, encoding) for field in fields).rstrip("\t")
        yield f"[Deleted] {cells}" if row.startswith(_DELETED) else cells


def _cell(content: bytes, kind: str, encoding: str) -> str:
    """A cell as text: a date as ISO 8601 writes it, a number of FoxPro's in figures."""
    if kind == "I" and len(content) == 4:
        return str(struct.unpack("<i", content)[0])
    if kind in "BO" and len(content) == 8:
        return str(struct.unpack("<d", content)[0])
    text = " ".join(content.decode(encoding, "replace").replace("\0", " ").split())
    if kind == "D" and len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return f"[in another file: {text}]" if kind in _ELSEWHERE and text else text
