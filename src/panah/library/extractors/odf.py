"""OpenDocument: what LibreOffice shows of a text or a presentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from platform import python_version
from xml.etree import ElementTree as ET

from panah.library.extractors import DocumentLocked, Extracted, NothingToRead, assembled
from panah.library.extractors.embedded import carrying, in_parts
from panah.library.extractors.kinds import ODP, ODT
from panah.library.extractors.packed import Packed

_OFFICE, _TEXT, _TABLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "text", "table")
)
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ABOUT = {"title": f"{_DC}title", "language": f"{_DC}language", "date": f"{_META}creation-date"}
_PARAGRAPHS = {f"{_TEXT}p", f"{_TEXT}h"}
_NOTES = {f"{_TEXT}note-body", f"{_OFFICE}annotation"}
_PASSED_OVER = {f"{_TEXT}tracked-changes", f"{_TEXT}note-citation", f"{_OFFICE}forms", f"{_TEXT}sequence-decls"}
"""What was struck out of the text, and what numbers a note that is read itself."""
_OBJECT = re.compile(r"Object [^/]+/content\.xml")
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1_000


class OpenDocument:
    """The paragraphs in their order, a table row by row; notes and comments stand after the paragraph that they belong to.

    Files put into it are taken out; tables and texts of LibreOffice's own inside it are no files, and are read after it.
    """

    name = "odf"
    version = f"2+expat-{python_version()}"
    media_types = frozenset({ODT, ODP})

    def read(self, content: bytes) -> Extracted:
        """Parse. Raises `DocumentLocked`, `DocumentBroken`, `DocumentBomb` or `NothingToRead`."""
        packed = Packed(content)
        if b"encryption-data" in (
            packed.part("META-INF/manifest.xml") if "META-INF/manifest.xml" in packed.names else b""
        ):
            raise DocumentLocked
        return carrying(in_parts(packed), "An OpenDocument", partial(self._own, packed))

    def _own(self, packed: Packed) -> Extracted:
        paragraphs = [paragraph for part in _bodies(packed) for paragraph in _paragraphs(part)]
        if not any(paragraph.strip() for paragraph in paragraphs):
            raise NothingToRead(reason="the document has no words")
        about = packed.about("meta.xml", _ABOUT)
        return assembled(paragraphs, about | ({"date": about["date"][:10]} if "date" in about else {}))


def _bodies(packed: Packed) -> Iterator[ET.Element]:
    """What there is to read: the document, then its own kind of objects in it, but no drawings of numbers."""
    inside = sorted(name for name in packed.names if _OBJECT.fullmatch(name))
    for name in ["content.xml", *inside]:
        body = packed.xml(name).find(f"{_OFFICE}body")
        if body is not None and body.find(f"{_OFFICE}chart") is None:
            yield body


def _paragraphs(element: ET.Element) -> Iterator[str]:
    """Depth first, without recursion: nobody wrote a document that nests without end, but somebody may make one."""
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if each.tag in _PASSED_OVER:
            continue
        if each.tag in _PARAGRAPHS:
            notes: list[ET.Element] = []
            yield "".join(_words(each, notes))
            waiting += reversed(notes)
        elif each.tag == f"{_TABLE}table-row":
            yield "\t".join(" ".join(filter(None, _paragraphs(cell))) for cell in each).rstrip("\t")
        else:
            waiting += reversed(list(each))


def _words(paragraph: ET.Element, notes: list[ET.Element]) -> Iterator[str]:
    """The words of a paragraph, with its spaces as LibreOffice shows them; what stands in notes goes to `notes`."""
    waiting: list[ET.Element | str] = [paragraph]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield _SPACE.sub(" ", each)
        elif each.tag == f"{_TEXT}s":
            yield " " * min(int(each.get(f"{_TEXT}c", "1") or 1), _MOST_SPACES)
        elif each.tag == f"{_TEXT}tab":
            yield "\t"
        elif each.tag == f"{_TEXT}line-break":
            yield "\n"
        elif each.tag in _NOTES:
            notes.append(each)
        elif each.tag not in _PASSED_OVER:
            inside = [part for child in each for part in (child, child.tail or "")]
            waiting += reversed([each.text or "", *inside])
