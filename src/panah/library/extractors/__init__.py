"""The socket for extractors: what one is, and which are enabled.

To add one: write a class in a file of its own here, and name it in `EXTRACTORS` of `panah.site.settings`. It runs in a
process of its own, without network, without files, with little memory and time (`confine.py`); it may crash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

from panah.errors import PanahError

if TYPE_CHECKING:
    from PIL.Image import Image


class Inside(NamedTuple):
    """Something that stands inside an Original and is a document of its own: an attachment, a file of an archive, a page."""

    name: str
    """What it is called there; in an archive a path."""
    content: bytes
    about: Mapping[str, str] = {}
    """What is said of it there: `title`, `author`, `date`, `language`, `source`, `url`, `licence`, when it was `accessed`, and
    in which `charset` it was sent."""


class Extracted(NamedTuple):
    """What an extractor took from an Original. Offsets are characters of `text`."""

    text: str
    paragraphs: Sequence[tuple[int, int]]
    pages: Sequence[int] = ()
    """Where each page begins; empty where there are no pages."""
    about: Mapping[str, str] = {}
    """What the document says of itself: `title`, `date`, `language`, `source`."""
    found: Mapping[str, str] = {}
    """What the extractor found out on its way, such as the encoding."""
    inside: Sequence[Inside] = ()
    """What stands in it; at most `MOST_INSIDE` things with `LARGEST_INSIDE` bytes together. The text says what was left."""


class Extractor(Protocol):
    """Takes the text out of one kind of document."""

    name: str
    version: str
    media_types: frozenset[str]

    def read(self, content: bytes) -> Extracted:
        """The text of `content`. Raises a `PanahError` that says why it cannot be read."""


class Named(Protocol):
    """An extractor of texts whose encoding may have been named beside them, as web servers do."""

    def read_as(self, content: bytes, charset: str) -> Extracted:
        """The text of `content`, which came with the name of its encoding. Raises as `read` does."""


MOST_INSIDE = 20_000
LARGEST_INSIDE = 200 << 20


class Pictured(Protocol):
    """An extractor of documents whose pages may be pictures: `found` names these in `pictures`, as `1, 3`.

    Pages whose text is none that anybody could read are named in `pages_garbled` too, pages without any in
    `pages_without_text`.
    """

    def picture(self, content: bytes, page: int) -> Image:
        """A page, counted from 1, in shades of grey. Raises a `PanahError` that says why it cannot be drawn."""


class NothingToRead(PanahError):
    """There is no text in it: {reason}."""


class DocumentLocked(PanahError):
    """It is locked with a password; open it, save it without one, and add that."""


class DocumentBroken(PanahError):
    """It is damaged or cut short: {reason}."""


class DocumentBomb(PanahError):
    """It unpacks to far more than it should: {reason}."""


def loaded(paths: Sequence[str]) -> dict[str, Extractor]:
    """The extractors at these dotted paths, by the media types that they read."""
    return {kind: extractor for extractor in map(load, paths) for kind in extractor.media_types}


def load(path: str) -> Extractor:
    """The extractor at a dotted path."""
    module, _, name = path.rpartition(".")
    extractor: Extractor = getattr(import_module(module), name)()
    return extractor


def paths_of(extractors: Mapping[str, Extractor]) -> dict[str, str]:
    """The dotted paths of extractors, by the media types that they read."""
    return {kind: f"{type(each).__module__}.{type(each).__qualname__}" for kind, each in extractors.items()}


def assembled(paragraphs: Sequence[str], about: Mapping[str, str], found: Mapping[str, str] | None = None) -> Extracted:
    """A text of these paragraphs, an empty line between each two."""
    kept = [paragraph for paragraph in (text.strip() for text in paragraphs) if paragraph]
    bounds, at = [], 0
    for paragraph in kept:
        bounds.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    return Extracted("\n\n".join(kept), bounds, about=about, found=found or {})
