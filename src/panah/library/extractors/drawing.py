"""Pages drawn: of a PDF, or of a picture. Runs confined; what leaves it is pixels, never a file that a document made."""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Iterator
from importlib.metadata import version

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import (
    GifImagePlugin,
    Image,
    ImageChops,
    ImageDraw,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from panah import text
from panah.errors import PanahError, Phrase
from panah.library.extractors import DocumentBomb, DocumentBroken
from panah.library.extractors.kinds import DRAWN, HEIC
from panah.library.extractors.pdf import Letters, in_order, opened
from panah.library.extractors.picture import know_heic
from panah.library.extractors.result import Picture, Pictures, Wanted

_PLUGINS = (
    GifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin,
)  # fmt: skip
"""Loaded before the process is confined; what else Pillow could open is not opened."""
FORMATS = ("GIF", "JPEG", "PNG", "TIFF", "WEBP")
MOST_PAGES = 20_000
"""Of a file that says it has more, no more are counted."""
MOST_SOURCE_PIXELS = 120_000_000
TALLEST = 3
"""A page is drawn no more than so many times as tall as it is wide; a taller one is made narrower."""
MOST_MARKS = 500
MARK = (255, 226, 110)
_PARTS_OF_A_FRAME = 400
_BROKEN = (
    OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, AttributeError, OverflowError, ZeroDivisionError,
    EOFError, RuntimeError,
)  # fmt: skip
"""What decoders raise over bytes that are not what they begin as."""

Image.MAX_IMAGE_PIXELS = None  # ours is `MOST_SOURCE_PIXELS`, and it is an error, not a warning


class Drawing:
    """Draws pages of documents that are made of pages."""

    name = "drawing"
    version = f"1+pypdfium2-{version('pypdfium2')}+pillow-{version('pillow')}"
    media_types = DRAWN - {HEIC}

    def draw(self, content: bytes, wanted: Wanted) -> Pictures:
        """The pages that are wanted. Raises `DocumentLocked`, `DocumentBroken`, `DocumentBomb`.

        A page that is not there, or that cannot be drawn while others can, is a picture without pixels.
        """
        return _of_pdf(content, wanted) if b"%PDF-" in content[:1024] else _of_picture(content, wanted)


class Photographs:
    """Draws photographs in HEIC. What decodes them starts a thread for each of their parts, and must be let."""

    name = "photographs"
    version = Drawing.version
    media_types = frozenset({HEIC})
    threads = True

    def draw(self, content: bytes, wanted: Wanted) -> Pictures:
        """The one page, if it is wanted. Raises `HeicNotOpened`, `DocumentBroken`, `DocumentBomb`."""
        know_heic()
        return _of_picture(content, wanted, ("HEIF",))


def _of_pdf(content: bytes, wanted: Wanted) -> Pictures:
    document = opened(content)
    count = min(len(document), MOST_PAGES)
    return Pictures(
        count, [_page(document, number, wanted) if 1 <= number <= count else NOTHING for number in wanted.pages]
    )


NOTHING = Picture(0, 0, b"")


def _page(document: pypdfium2.PdfDocument, number: int, wanted: Wanted) -> Picture:
    try:
        page = document[number - 1]
        wide, high = page.get_size()
        width, height = _size(wide, high, wanted.width)
        bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGR, rev_byteorder=True)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        how = pdfium.FPDF_REVERSE_BYTE_ORDER | pdfium.FPDF_ANNOT
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, how)
        picture = Image.frombuffer("RGB", (width, height), bytes(bitmap.buffer), "raw", "RGB", bitmap.stride, 1).copy()
        _mark(picture, list(_boxes(page, wanted, width, height)))
        return Picture(width, height, picture.tobytes())
    except (pypdfium2.PdfiumError, ValueError):
        return NOTHING


def _of_picture(content: bytes, wanted: Wanted, formats: tuple[str, ...] = FORMATS) -> Pictures:
    try:
        picture = Image.open(io.BytesIO(content), formats=formats)
        if picture.width * picture.height > MOST_SOURCE_PIXELS:
            raise DocumentBomb(
                reason=Phrase("it has {width} times {height} pixels", width=picture.width, height=picture.height)
            )
        count = min(getattr(picture, "n_frames", 1), MOST_PAGES) if picture.format == "TIFF" else 1
        return Pictures(count, [_frame(picture, number, wanted.width, count) for number in wanted.pages])
    except _BROKEN as error:
        raise DocumentBroken(
            reason=Phrase("it cannot be unpacked as a picture ({kind})", kind=type(error).__name__)
        ) from None


def _frame(picture: Image.Image, number: int, width: int, count: int) -> Picture:
    if not 1 <= number <= count:
        return NOTHING
    if count > 1:  # of several pictures in one photograph, or of a film, the one that it opens with is shown
        picture.seek(number - 1)
    if picture.width * picture.height > MOST_SOURCE_PIXELS:
        raise DocumentBomb(
            reason=Phrase("it has {width} times {height} pixels", width=picture.width, height=picture.height)
        )
    if picture.format in {"JPEG", "MPO"}:
        picture.draft("RGB", _size(*picture.size, 2 * width))
    upright = ImageOps.exif_transpose(picture)
    small = upright.resize(_size(*upright.size, min(width, upright.width)), reducing_gap=2.0)
    on_paper = Image.new("RGB", small.size, (255, 255, 255))
    see_through = small.convert("RGBA")
    on_paper.paste(see_through, mask=see_through)
    return Picture(*on_paper.size, on_paper.tobytes())


def _size(wide: float, high: float, width: int) -> tuple[int, int]:
    """Pixels across and down; a page without a size, or with one that is no number, is a square."""
    ratio = high / wide if wide > 0 and high > 0 and math.isfinite(wide) and math.isfinite(high) else 1.0
    if ratio > TALLEST:
        return max(1, round(TALLEST * width / ratio)), TALLEST * width
    return width, max(1, round(width * ratio))


def _mark(picture: Image.Image, boxes: list[tuple[int, int, int, int]]) -> None:
    """Lay marks over a picture as a felt pen would, with a line around each: colour is never the only sign."""
    if not boxes:
        return
    pen = Image.new("RGB", picture.size, (255, 255, 255))
    drawn = ImageDraw.Draw(pen)
    for box in boxes:
        drawn.rectangle(box, fill=MARK, outline=(120, 80, 0), width=max(1, picture.width // _PARTS_OF_A_FRAME))
    picture.paste(ImageChops.multiply(picture, pen))


def _boxes(page: pypdfium2.PdfPage, wanted: Wanted, width: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    """Where on the picture the words stand that are to be marked: a box for each stretch of a line."""
    node = _asked(wanted)
    if node is None:
        return
    letters = Letters(page)
    order = in_order(letters)
    raw = "".join("\ufffd" if "\ud800" <= letters.units[at] <= "\udfff" else letters.units[at] for at in order)
    for start, end in text.found_in(raw, node)[:MOST_MARKS]:
        line: list[float] = []
        for at in order[start:end]:
            left, right, bottom, top = letters.place(at)[2:]
            if right <= left:
                continue
            if line and (bottom > line[3] or top < line[1]):
                yield _on(page, line, width, height)
                line = []
            line = [min(line[0], left), min(line[1], bottom), max(line[2], right), max(line[3], top)] if line else [
                left, bottom, right, top,
            ]  # fmt: skip
        if line:
            yield _on(page, line, width, height)


def _asked(wanted: Wanted) -> text.Node | None:
    try:
        return text.phrase(wanted.words) if wanted.exact else text.parsed(wanted.words)
    except PanahError:
        return None


def _on(page: pypdfium2.PdfPage, box: list[float], width: int, height: int) -> tuple[int, int, int, int]:
    """A box of the page in pixels of its picture, a little wider."""
    corners = []
    for across, up in ((box[0], box[1]), (box[2], box[3])):
        x, y = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, across, up, x, y)
        corners.append((x.value, y.value))
    (left, right), (top, bottom) = (sorted(side) for side in zip(*corners, strict=True))
    room = max(1, width // _PARTS_OF_A_FRAME)
    return left - room, top - room, right + room, bottom + room
