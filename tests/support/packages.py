"""Papers of office programs with other files put into them, as those programs keep them. Everything in them is invented."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

import docx
import openpyxl

from support.outlook import compound


def packaged(name: str, content: bytes, *, here: bool = True, unicode: str = "") -> bytes:
    """A file as Windows packs it into an object: the stream of that object."""
    path = rb"C:\papers" + b"\\" + name.encode() + b"\0"
    copy = _counted(path)
    body = (
        b"\x02\0" + name.encode() + b"\0" + path + (b"\0\0\x03\0" if here else b"\0\0\x01\0") + copy + _counted(content)
    )
    if unicode:
        body += b"".join(
            struct.pack("<I", len(each)) + each.encode("utf-16-le") for each in (r"C:\copy", unicode, r"C:\papers\x")
        )
    return struct.pack("<I", len(body)) + body


def _counted(content: bytes) -> bytes:
    return struct.pack("<I", len(content)) + content


def native(name: str, content: bytes, **how) -> bytes:
    """The object itself: a compound file with that stream."""
    return compound({"\x01Ole10Native": packaged(name, content, **how), "\x01CompObj": bytes(80)})


def with_parts(paper: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A paper that is a ZIP archive, with further parts in it."""
    out = io.BytesIO(paper)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(*paragraphs: str) -> bytes:
    """A Word document of these paragraphs."""
    document, out = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def workbook(*cells: str) -> bytes:
    """A workbook of one sheet with these cells, one below the other."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for cell in cells:
        book.active.append([cell])
    book.save(out)
    return out.getvalue()
