"""Invented papers that are looked at, not read: PDFs of blank pages with rectangles, and pictures."""

from __future__ import annotations

import io
from decimal import Decimal

import pikepdf
from PIL import Image

RED = b"1 0 0 rg 0 0 5000 5000 re f"


def pdf(*pages: tuple[float, float], content: bytes = RED) -> bytes:
    """A PDF of pages of these sizes in points, each with the same content."""
    made = pikepdf.new()
    for wide, high in pages:
        page = made.add_blank_page(page_size=(200, 200))
        page.obj.MediaBox = [0, 0, Decimal(str(wide)), Decimal(str(high))]
        page.obj.Contents = made.make_stream(content)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def without_second_page() -> bytes:
    """A PDF of two pages, the second of which is none."""
    made = pikepdf.open(io.BytesIO(pdf((100, 100), (100, 100))))
    made.Root.Pages.Kids[1] = pikepdf.Dictionary(Type=pikepdf.Name.Nothing)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def picture(
    kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", colour="red", frames: int = 1, **how
) -> bytes:
    """A picture of one colour, in one of the forms in which they come."""
    written = io.BytesIO()
    more = {"save_all": True, "append_images": [Image.new(mode, size, colour)] * (frames - 1)} if frames > 1 else {}
    Image.new(mode, size, colour).save(written, kind, **more, **how)
    return written.getvalue()
