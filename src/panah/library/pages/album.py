"""Has pages drawn, and keeps the pictures for as long as somebody may be turning over the pages.

The pictures are made here of pixels that the confined process hands over: nothing that a document made reaches a browser.
They are kept in memory alone, and what was looked at longest ago goes first.
"""

from __future__ import annotations

import atexit
import io
import time
from collections import OrderedDict
from enum import IntEnum
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from panah import proof
from panah.errors import PanahError
from panah.library.extractors.confine import Limits
from panah.library.extractors.kinds import DRAWN, HEIC
from panah.library.extractors.result import Pictures, Wanted
from panah.library.extractors.supervisor import Refusal, Supervisor
from panah.vault.data_keys import store_of
from panah.vault.models import Original

_DRAWING = "panah.library.extractors.drawing"
DRAWERS = dict.fromkeys(DRAWN, f"{_DRAWING}.Drawing") | {HEIC: f"{_DRAWING}.Photographs"}
"""What draws each kind of document."""
LIMITS = Limits(memory=1 << 29, seconds=10, output=1 << 26)
"""What one order may cost: a page that takes longer is not shown, and somebody else waits for hers."""
MOST_BYTES = 48 << 20
KEPT_SECONDS = 600
AT_ONCE = 12
"""So many small pictures are drawn with one reading of the Original."""


class PageUnknown(PanahError):
    """The Original has no page {page}."""

    status = 404


class PageNotDrawn(PanahError):
    """Page {page} of the Original cannot be shown as a picture. {reason}"""

    status = 409


class Size(IntEnum):
    """Pixels across."""

    SMALL = 140
    PAGE = 900
    LARGE = 1800


class Marked(NamedTuple):
    """Words to mark on a page: a question, or words that stand there one after the other."""

    words: str = ""
    exact: bool = False


class _Leaf(NamedTuple):
    """What is kept of one page: its picture or why there is none, and of how many pages it is one."""

    picture: bytes | Refusal
    pages: int
    until: float


_Key = tuple[UUID, str, int, int, Marked]


class Album:
    """The pictures of one process, and the confined process that draws them."""

    def __init__(self) -> None:
        self._supervisor = Supervisor(DRAWERS, LIMITS)
        self._drawing, self._turning = Lock(), Lock()
        self._leaves: OrderedDict[_Key, _Leaf] = OrderedDict()
        self._bytes = 0
        atexit.register(self._supervisor.stop)

    def picture(self, original: Original, page: int, size: Size = Size.PAGE, marked: Marked = Marked()) -> bytes:  # noqa: B008
        """A page as PNG. Raises `PageUnknown`, `PageNotDrawn`."""
        leaf = self._leaf(original, page, size, marked)
        if isinstance(leaf.picture, Refusal):
            raise PageNotDrawn(page=page, reason=leaf.picture.sentence)
        if not leaf.picture:
            if 1 <= page <= leaf.pages:
                raise PageNotDrawn(page=page, reason="It is damaged.")
            raise PageUnknown(page=page)
        return leaf.picture

    def pages(self, original: Original) -> int:
        """How many pages an Original has; of one that cannot be drawn, none."""
        return self._leaf(original, 0, Size.SMALL, Marked()).pages

    def forget(self, compartment: UUID) -> None:
        """Drop every picture of a compartment."""
        with self._turning:
            for key in [key for key in self._leaves if key[0] == compartment]:
                self._drop(key)

    def _leaf(self, original: Original, page: int, size: Size, marked: Marked) -> _Leaf:
        key = (original.compartment_id, original.digest, page, int(size), marked)
        if leaf := self._kept(key):
            return leaf
        with self._drawing:
            if leaf := self._kept(key):  # somebody else wanted it as well
                return leaf
            if size is Size.SMALL and page:
                first = page - (page - 1) % AT_ONCE
                self._draw(original, range(first, first + AT_ONCE), size, marked)
            if leaf := self._kept(key):
                return leaf
            return self._draw(original, [page] if page else [], size, marked)

    def _draw(self, original: Original, pages: range | list[int], size: Size, marked: Marked) -> _Leaf:
        """Have pages drawn and keep them; the last of them. Of several that cannot be drawn together, none is kept."""
        pieces = store_of(original.compartment_id).pieces(proof.Digest(original.digest))
        wanted = Wanted(list(pages), size, *marked)
        drawn = self._supervisor.draw(wanted, media_type=original.media_type, size=original.size, pieces=pieces)
        until = time.monotonic() + KEPT_SECONDS
        leaf = _Leaf(
            drawn if isinstance(drawn, Refusal) else b"", 0 if isinstance(drawn, Refusal) else drawn.pages, until
        )
        if isinstance(drawn, Pictures):
            for number, picture in zip(pages, drawn.drawn, strict=True):
                made = _png(picture.width, picture.height, picture.pixels)
                leaf = _Leaf(made, drawn.pages, until)
                self._keep((original.compartment_id, original.digest, number, int(size), marked), leaf)
        if len(pages) < 2:
            number = pages[0] if pages else 0
            self._keep((original.compartment_id, original.digest, number, int(size), marked), leaf)
        return leaf

    def _kept(self, key: _Key) -> _Leaf | None:
        with self._turning:
            leaf = self._leaves.get(key)
            if leaf is None:
                return None
            if leaf.until < time.monotonic():
                self._drop(key)
                return None
            self._leaves.move_to_end(key)
            return leaf

    def _keep(self, key: _Key, leaf: _Leaf) -> None:
        with self._turning:
            if key in self._leaves:
                self._drop(key)
            self._leaves[key] = leaf
            self._bytes += _weight(leaf)
            while self._bytes > MOST_BYTES:
                self._drop(next(iter(self._leaves)))

    def _drop(self, key: _Key) -> None:
        self._bytes -= _weight(self._leaves.pop(key))


def _weight(leaf: _Leaf) -> int:
    return 256 + (len(leaf.picture) if isinstance(leaf.picture, bytes) else 0)


def _png(width: int, height: int, pixels: bytes) -> bytes:
    """Pixels as a file that browsers show; nothing where there are none."""
    if not pixels:
        return b""
    from PIL import Image  # here, for it takes a tenth of a second, and most commands show nothing

    made = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(made, "PNG", compress_level=3)
    return made.getvalue()


ALBUM = Album()
