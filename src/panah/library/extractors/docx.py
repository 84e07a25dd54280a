"""DOCX: text with its footnotes, tables and lists."""

from __future__ import annotations

import io
import zipfile
import zlib
from importlib.metadata import version
from xml.parsers import expat

import mammoth
from resiliparse.parse.html import HTMLTree

from panah.library.extractors import DocumentBomb, DocumentBroken, Extracted, NothingToRead, assembled
from panah.library.extractors.html import text_of
from panah.library.extractors.kinds import DOCX

MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 10_000
_BROKEN = (
    KeyError, ValueError, IndexError, AttributeError, SyntaxError, OSError, zipfile.BadZipFile, zlib.error, expat.ExpatError,
    RuntimeError,
)  # fmt: skip
"""What is raised over parts that are missing, damaged, locked, packed in an unknown way, or no XML."""


class Docx:
    """What Word shows as text, footnotes and comments included; pictures are passed over."""

    name = "docx"
    version = f"1+mammoth-{version('mammoth')}"
    media_types = frozenset({DOCX})

    def read(self, content: bytes) -> Extracted:
        """Convert. Raises `DocumentBroken`, `DocumentBomb` or `NothingToRead`."""
        _measured(content)
        try:
            converted = mammoth.convert_to_html(
                io.BytesIO(content),
                convert_image=mammoth.images.img_element(lambda _image: {"src": ""}),
                style_map="comment-reference => sup",
            )
        except RecursionError:
            raise DocumentBomb(reason="its elements are nested without end") from None
        except _BROKEN as error:
            raise DocumentBroken(reason=f"it cannot be opened as a Word document ({type(error).__name__})") from None
        paragraphs = text_of(HTMLTree.parse(f"<html><body>{converted.value}</body></html>"))
        if not paragraphs:
            raise NothingToRead(reason="the document has no words")
        return assembled(paragraphs, _about(content))


def _measured(content: bytes) -> None:
    """Refuse an archive that says it is far larger inside; one that lies runs into the limit of memory."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise DocumentBroken(reason="it is not a whole ZIP archive") from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise DocumentBomb(reason=f"{len(content)} bytes unpack to {unpacked} in {len(parts)} parts")


def _about(content: bytes) -> dict[str, str]:
    """Title and language of the document's core properties, where it has them."""
    from xml.etree import ElementTree as ET

    names = {
        "title": "{http://purl.org/dc/elements/1.1/}title",
        "language": "{http://purl.org/dc/elements/1.1/}language",
    }
    try:
        core = zipfile.ZipFile(io.BytesIO(content)).read("docProps/core.xml")
        properties = ET.fromstring(core)  # noqa: S314  confined, like all of this
    except (KeyError, ET.ParseError, zipfile.BadZipFile, OSError, ValueError):
        return {}
    stated = {field: " ".join((properties.findtext(name) or "").split()) for field, name in names.items()}
    return {field: value for field, value in stated.items() if value}
