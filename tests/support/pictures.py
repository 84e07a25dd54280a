"""Invented papers that are looked at, not read: PDFs of blank pages with rectangles, and pictures."""

from __future__ import annotations

import io
from decimal import Decimal
from importlib.util import find_spec

import pikepdf
import pytest
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


def film(kind: str, *colours: str) -> bytes:
    """A picture that moves: one frame of each colour."""
    first, *others = (Image.new("RGB", (60, 40), colour) for colour in colours)
    written = io.BytesIO()
    first.save(written, kind, save_all=True, append_images=others, duration=100)
    return written.getvalue()


def heic(size: tuple[int, int] = (60, 40), colour="red", **how) -> bytes:
    """A photograph in HEIC; skips where nothing can make one."""
    if find_spec("pillow_heif") is None:
        pytest.skip("what makes and opens HEIC is not installed here: make ocr")
    import pillow_heif

    written = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, colour)).save(written, format="HEIF", **how)
    return written.getvalue()


def picture(
    kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", colour="red", frames: int = 1, **how
) -> bytes:
    """A picture of one colour, in one of the forms in which they come."""
    written = io.BytesIO()
    more = {"save_all": True, "append_images": [Image.new(mode, size, colour)] * (frames - 1)} if frames > 1 else {}
    Image.new(mode, size, colour).save(written, kind, **more, **how)
    return written.getvalue()
