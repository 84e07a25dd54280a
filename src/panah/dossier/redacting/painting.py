"""Painting over what was found in a PDF: each page becomes a picture of itself, with black boxes. Runs confined."""

from __future__ import annotations

import ctypes
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

import pypdfium2
import pypdfium2.raw as pdfium

from panah.dossier.redacting.pictures import MOST_PIXELS, MOST_POINTS, Picture
from panah.library.extractors.pdf import Letters, in_order, opened
from panah.text import Span

SCALE = 150 / 72
"""Pixels for each point: 150 to the inch, which can be read on paper."""
BLACK, WHITE = (0, 0, 0, 255), (255, 255, 255, 255)
MARGIN = 0.12
"""Of its height, around each letter: strokes that reach beyond their box."""
_NEAR = 3.0
"""Boxes of one stretch that stand no farther apart than so many times their height are one."""

PAGES_WITHOUT_TEXT = "pages without text"
PICTURES = "pictures"
UNREADABLE = "unreadable letters"
NOT_DRAWN = "notes and fields"
NOTES = frozenset({PAGES_WITHOUT_TEXT, PICTURES, UNREADABLE, NOT_DRAWN})


class Stretches(Protocol):
    """What finds in a text what is to be painted over."""

    def __call__(self, raw: str, /) -> list[tuple[Span, list[int]]]:
        """Stretches, each with the numbers of its entries."""
        ...


class Box(NamedTuple):
    """A box on a page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def with_(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left), min(self.bottom, other.bottom),
            max(self.right, other.right), max(self.top, other.top),
        )  # fmt: skip


class Painter:
    """Paints over one document, page by page, and counts what it painted over."""

    def __init__(self, stretches: Stretches, *, pictures: bool) -> None:
        self._stretches = stretches
        self._keeps_pictures = pictures
        self.found = Counter[int]()
        self.notes = Counter[str]()

    def pages(self, content: bytes) -> Iterator[Picture]:
        """The pages of a PDF. Raises `DocumentLocked`, `DocumentBroken`."""
        document = opened(content)
        for number in range(len(document)):
            page = document[number]
            yield self._page(page)
            page.close()

    def _page(self, page: pypdfium2.PdfPage) -> Picture:
        letters = Letters(page)
        boxes = self._boxes(letters)
        self.notes[NOT_DRAWN] += max(0, pdfium.FPDFPage_GetAnnotCount(page))
        all_black = False
        if not self._keeps_pictures:
            all_black = not letters.units.strip() and pdfium.FPDFPage_CountObjects(page) > 0
            self.notes[PAGES_WITHOUT_TEXT] += all_black
            boxes += _without_pictures(page, self.notes)
        return _drawn(page, boxes, all_black=all_black)

    def _boxes(self, letters: Letters) -> list[Box]:
        order = in_order(letters)
        places, text = _text(letters.units, order)
        boxes: list[Box] = []
        for stretch, entries in self._stretches(text):
            self.found.update(entries)
            boxes += _around(_box(letters, at) for place in range(*stretch) for at in places[place])
        for at in range(letters.layer.count_chars()):
            if pdfium.FPDFText_HasUnicodeMapError(letters.layer, at) == 1 or _is_unreadable(letters, at):
                self.notes[UNREADABLE] += 1
                boxes += _around([_box_of(letters, at)])
        return boxes


def _text(units: str, order: list[int]) -> tuple[list[tuple[int, ...]], str]:
    """The text of a page, and of each of its characters the units that it came from: halves are put together."""
    places: list[tuple[int, ...]] = []
    letters: list[str] = []
    step = 0
    while step < len(order):
        unit = units[order[step]]
        if "\ud800" <= unit < "\udc00" and step + 1 < len(order) and "\udc00" <= units[order[step + 1]] < "\ue000":
            pair = unit + units[order[step + 1]]
            letters.append(pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le"))
            places.append((order[step], order[step + 1]))
            step += 2
        else:
            letters.append(unit)
            places.append((order[step],))
            step += 1
    return places, "".join(letters)


def _is_unreadable(letters: Letters, at: int) -> bool:
    """Whether the file does not say which letter this is: its own numbers of glyphs, or nothing."""
    code = pdfium.FPDFText_GetUnicode(letters.layer, at)
    return bool(0xE000 <= code <= 0xF8FF or code in {0, 0xFFFD}) and not pdfium.FPDFText_IsGenerated(letters.layer, at)


def _box(letters: Letters, unit: int) -> Box | None:
    return _box_of(letters, letters.character(unit))


def _box_of(letters: Letters, character: int) -> Box | None:
    """The box of a letter: of its strokes, and of its line."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(letters.layer, character, left, right, bottom, top)
    strokes = Box(left.value, bottom.value, right.value, top.value)
    loose = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(letters.layer, character, loose):
        return strokes if strokes.right > strokes.left or strokes.top > strokes.bottom else None
    line = Box(loose.left, min(loose.bottom, loose.top), loose.right, max(loose.bottom, loose.top))
    return line.with_(strokes) if strokes.right > strokes.left else line


def _around(boxes: Iterable[Box | None]) -> list[Box]:
    """Boxes of letters that follow each other on a line, put together, and a little wider."""
    joined: list[Box] = []
    for box in boxes:
        if box is None:
            continue
        if joined and _are_neighbours(joined[-1], box):
            joined[-1] = joined[-1].with_(box)
        else:
            joined.append(box)
    return [_widened(box) for box in joined]


def _are_neighbours(one: Box, other: Box) -> bool:
    across = max(one.left, other.left) - min(one.right, other.right)
    up = max(one.bottom, other.bottom) - min(one.top, other.top)
    size = max(other.top - other.bottom, other.right - other.left, 1)
    return (up < 0 and across < _NEAR * size) or (across < 0 and up < _NEAR * size and one.right - one.left < 2 * size)


def _widened(box: Box) -> Box:
    room = 1 + MARGIN * min(box.top - box.bottom, box.right - box.left)
    return Box(box.left - room, box.bottom - room, box.right + room, box.top + room)


def _without_pictures(page: pypdfium2.PdfPage, notes: Counter[str]) -> list[Box]:
    """Take the pictures off a page; where they stood on it, what is to be painted over."""
    boxes = []
    for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        pdfium.FPDFPageObj_SetIsActive(each, False)  # noqa: FBT003  pdfium's own order
        notes[PICTURES] += 1
        if not each.level:
            boxes.append(Box(*each.get_bounds()))
    return boxes


def _drawn(page: pypdfium2.PdfPage, boxes: list[Box], *, all_black: bool) -> Picture:
    wide, high = (min(max(side, 1.0), MOST_POINTS) for side in page.get_size())
    scale = min(SCALE, math.sqrt(MOST_PIXELS * 0.98 / (page.get_width() * page.get_height() or 1)))
    width, height = (max(1, min(math.ceil(side * scale), MOST_PIXELS // 4)) for side in page.get_size())
    if width * height > MOST_PIXELS:
        width, height = (width, MOST_PIXELS // width) if height > width else (MOST_PIXELS // height, height)
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGR, rev_byteorder=True)
    bitmap.fill_rect(BLACK if all_black else WHITE, 0, 0, width, height)
    if not all_black:
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_REVERSE_BYTE_ORDER)
    for box in boxes:
        bitmap.fill_rect(BLACK, *_on(page, box, width, height))
    return _picture(bitmap, (wide, high))


def _on(page: pypdfium2.PdfPage, box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """Where a box of a page stands in its picture: left, top, width, height."""
    corners = []
    for across, up in ((box.left, box.bottom), (box.right, box.top)):
        x, y = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, across, up, x, y)
        corners.append((x.value, y.value))
    (left, right), (top, bottom) = (sorted(side) for side in zip(*corners, strict=True))
    left, top = (max(0, side - 1) for side in (left, top))
    return left, top, max(0, min(right + 1, width) - left), max(0, min(bottom + 1, height) - top)


def _picture(bitmap: pypdfium2.PdfBitmap, points: tuple[float, float]) -> Picture:
    """The pixels without what pads the rows, grey where there is no colour."""
    rows = bytes(bitmap.buffer)
    row = bitmap.width * 3
    if bitmap.stride != row:
        rows = b"".join(rows[at : at + row] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
    red = rows[::3]
    if red == rows[1::3] == rows[2::3]:
        return Picture(bitmap.width, bitmap.height, 1, points, zlib.compress(red, 6))
    return Picture(bitmap.width, bitmap.height, 3, points, zlib.compress(rows, 6))
