"""EPUB: the chapters of a book, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from itertools import accumulate
from xml.etree import ElementTree as ET

from resiliparse.parse.html import HTMLTree

from panah.library.extractors import DocumentBomb, DocumentBroken, DocumentLocked, Extracted, NothingToRead, assembled
from panah.library.extractors.html import headings_of, text_of
from panah.library.extractors.kinds import EPUB
from panah.library.extractors.outline import Heading, outlined
from panah.library.extractors.packed import CORE, Packed, beside
from panah.library.extractors.plain import decoded

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_CHAPTERS = {"application/xhtml+xml", "text/html"}


class Epub:
    """What stands in the book's spine (EPUB 3.3, 5.7), and nothing that is only beside it but its table of contents."""

    name = "epub"
    version = f"2+resiliparse-{version('resiliparse')}"
    media_types = frozenset({EPUB})

    def read(self, content: bytes) -> Extracted:
        """Parse. Raises `DocumentLocked`, `DocumentBroken`, `DocumentBomb` or `NothingToRead`."""
        packed = Packed(content)
        package = _package(packed)
        spine = _spine(packed, package)
        pages = [_chapter(packed, name) for name in spine]
        chapters = [text_of(page) for page in pages]
        book = assembled([paragraph for chapter in chapters for paragraph in chapter], packed.about(package, CORE))
        if not book.paragraphs:
            raise NothingToRead(reason="its chapters hold no words")
        listed = _contents(packed, package, {name: number for number, name in enumerate(spine, start=1)})
        found = listed or [
            heading._replace(page=number) for number, page in enumerate(pages, start=1) for heading in headings_of(page)
        ]
        starts = [start for start, _ in book.paragraphs] + [len(book.text)]
        begins = [starts[count] for count in accumulate(map(len, chapters[:-1]), initial=0)]
        return outlined(book._replace(pages=begins), found)._replace(pages=())  # chapters are no pages to be cited


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


def _contents(packed: Packed, package: str, chapters: Mapping[str, int]) -> list[Heading]:
    """The book's own table of contents (EPUB 3.3, 7; before that, NCX), by numbers of chapters; [] of none that is readable."""
    for item in packed.xml(package).iter(f"{_OPF}item"):
        is_nav = "nav" in item.get("properties", "").split()
        name = beside(package, item.get("href", ""))
        if name in packed.names and (is_nav or item.get("media-type") == "application/x-dtbncx+xml"):
            try:
                entries = list((_of_nav if is_nav else _of_ncx)(packed.xml(name)))
            except (DocumentBroken, DocumentBomb):
                continue
            found = [
                Heading(level, title, page)
                for level, title, href in entries
                if title and (page := chapters.get(beside(name, href.partition("#")[0]), 0))
            ]
            if len(found) > 1:
                return found
    return []


def _of_nav(root: ET.Element) -> Iterator[tuple[int, str, str]]:
    """Depth, words and address of each entry of `nav` elements that are the table of contents."""
    for nav in root.iter(f"{_XHTML}nav"):
        if "toc" in nav.get(_TYPE, "").split():
            for level, element in _deep(nav, f"{_XHTML}ol"):
                if element.tag == f"{_XHTML}a":
                    yield level, " ".join("".join(element.itertext()).split()), element.get("href", "")


def _of_ncx(root: ET.Element) -> Iterator[tuple[int, str, str]]:
    for level, point in _deep(root, f"{_NCX}navPoint"):
        if point.tag == f"{_NCX}navPoint":
            label, content = point.find(f"{_NCX}navLabel/{_NCX}text"), point.find(f"{_NCX}content")
            words = "" if label is None else " ".join((label.text or "").split())
            yield level, words, "" if content is None else content.get("src", "")


def _deep(root: ET.Element, counted: str) -> Iterator[tuple[int, ET.Element]]:
    """Each element in its order, and in how many of those that are `counted` it stands, itself among them."""
    waiting = [(0, root)]
    while waiting:
        level, element = waiting.pop()
        level += element.tag == counted
        yield level, element
        waiting += [(level, child) for child in reversed(element)]


def _chapter(packed: Packed, name: str) -> HTMLTree:
    text = decoded(packed.part(name))[0]
    if "\x00" in text[:1024] and "META-INF/encryption.xml" in packed.names:
        raise DocumentLocked
    return HTMLTree.parse(text)
