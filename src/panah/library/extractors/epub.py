"""EPUB: the chapters of a book, in the order in which it is read."""

from __future__ import annotations

from importlib.metadata import version

from resiliparse.parse.html import HTMLTree

from panah.library.extractors import DocumentBroken, DocumentLocked, Extracted, NothingToRead, assembled
from panah.library.extractors.html import text_of
from panah.library.extractors.kinds import EPUB
from panah.library.extractors.packed import CORE, Packed, beside
from panah.library.extractors.plain import decoded

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_CHAPTERS = {"application/xhtml+xml", "text/html"}


class Epub:
    """What stands in the book's spine (EPUB 3.3, 5.7), and nothing that is only beside it."""

    name = "epub"
    version = f"1+resiliparse-{version('resiliparse')}"
    media_types = frozenset({EPUB})

    def read(self, content: bytes) -> Extracted:
        """Parse. Raises `DocumentLocked`, `DocumentBroken`, `DocumentBomb` or `NothingToRead`."""
        packed = Packed(content)
        package = _package(packed)
        paragraphs = [paragraph for chapter in _spine(packed, package) for paragraph in _chapter(packed, chapter)]
        if not paragraphs:
            raise NothingToRead(reason="its chapters hold no words")
        return assembled(paragraphs, packed.about(package, CORE))


def _package(packed: Packed) -> str:
    """The part that lists the book's parts."""
    root = packed.xml("META-INF/container.xml").find(f".//{_CONTAINER}rootfile")
    name = "" if root is None else root.get("full-path", "")
    if name not in packed.names:
        raise DocumentBroken(reason="it does not say which of its parts lists the others")
    return name


def _spine(packed: Packed, package: str) -> list[str]:
    root = packed.xml(package)
    items = {item.get("id"): item for item in root.iter(f"{_OPF}item") if item.get("media-type") in _CHAPTERS}
    order = [items[of] for itemref in root.iter(f"{_OPF}itemref") if (of := itemref.get("idref")) in items]
    return [name for item in order if (name := beside(package, item.get("href", ""))) in packed.names]


def _chapter(packed: Packed, name: str) -> list[str]:
    text = decoded(packed.part(name))[0]
    if "\x00" in text[:1024] and "META-INF/encryption.xml" in packed.names:
        raise DocumentLocked
    return text_of(HTMLTree.parse(text))
