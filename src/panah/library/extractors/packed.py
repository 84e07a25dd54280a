"""Documents that are ZIP archives of XML: opened, measured, and their parts read."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.parsers import expat

from panah.errors import Phrase
from panah.library.extractors import DocumentBomb, DocumentBroken
from panah.library.extractors.xml import no_entity

MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 10_000
BROKEN = (
    KeyError, ValueError, IndexError, AttributeError, SyntaxError, OSError, zipfile.BadZipFile, zlib.error, expat.ExpatError,
    RuntimeError,
)  # fmt: skip
"""What is raised over parts that are missing, damaged, locked, packed in an unknown way, or no XML."""

_DC = "{http://purl.org/dc/elements/1.1/}"
CORE = {"title": f"{_DC}title", "language": f"{_DC}language"}
"""What documents of this kind say of themselves, by Dublin Core's elements."""


class Packed:
    """An archive whose parts unpack to a size that can be read. Raises `DocumentBroken`, `DocumentBomb`."""

    def __init__(self, content: bytes) -> None:
        """One that lies about how large its parts are runs into the limit of memory."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError):
            raise DocumentBroken(reason="it is not a whole ZIP archive") from None
        parts = self._archive.infolist()
        self.names = frozenset(part.filename for part in parts)
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
            raise DocumentBomb(
                reason=Phrase(
                    "{size} bytes unpack to {unpacked} in {parts} parts",
                    size=len(content),
                    unpacked=unpacked,
                    parts=len(parts),
                )
            )

    def part(self, name: str) -> bytes:
        """The bytes of a part. Raises `DocumentBroken`."""
        try:
            return self._archive.read(name)
        except BROKEN as error:
            raise DocumentBroken(
                reason=Phrase(
                    "its part “{part}” cannot be unpacked ({kind})", part=name[:80], kind=type(error).__name__
                )
            ) from None

    def xml(self, name: str) -> ET.Element:
        """A part that is XML. Raises `DocumentBroken`; `DocumentBomb` where it defines entities of its own."""
        try:
            return _tree(self.part(name))
        except (expat.ExpatError, ValueError, LookupError):
            raise DocumentBroken(reason=Phrase("its part “{part}” is not well-formed XML", part=name[:80])) from None

    def about(self, name: str, fields: Mapping[str, str]) -> dict[str, str]:
        """What a part with the document's own properties says: each field by the name of its element; {} without the part."""
        if name not in self.names:
            return {}
        try:
            root = self.xml(name)
        except (DocumentBroken, DocumentBomb):
            return {}
        said = {field: " ".join((root.findtext(f".//{element}") or "").split()) for field, element in fields.items()}
        return {field: value for field, value in said.items() if value}


def beside(name: str, reference: str) -> str:
    """The part to which another part, `name`, refers."""
    path = unquote(reference.partition("#")[0])
    return normpath(join("/", dirname(name), path)).lstrip("/")


def _tree(content: bytes) -> ET.Element:
    """Names as ElementTree writes them: `{namespace}name`."""
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, said: builder.start(_name(name), {_name(key): said[key] for key in said})
    parser.EndElementHandler = lambda name: builder.end(_name(name))
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = no_entity
    parser.Parse(content, True)  # noqa: FBT003  expat takes it by position only
    return builder.close()


def _name(name: str) -> str:
    return "{" + name if "}" in name else name
