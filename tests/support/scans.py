"""Pictures of pages, drawn here with the fonts that Panah ships, and turned, blurred and torn as life does it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.resources import files

import pypdfium2
import typst
from PIL import Image, ImageFilter

FONTS = '"Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC"'
SHIPPED = typst.Fonts(font_paths=[str(files("panah.dossier") / "fonts")])
DOTS = 200 / 72
"""For each point of a page."""


def typeset(*pages: str, language: str = "en", height: str = "5cm") -> bytes:
    """A PDF with a text layer, whose pages hold these words."""
    direction = "rtl" if language in {"ug", "ar"} else "ltr"
    head = f'#set page(width: 14cm, height: {height}, margin: 1cm)\n#set text(12pt, font: ({FONTS}), lang: "{language}", dir: {direction})\n'
    return typst.compile((head + "\n#pagebreak(weak: false)\n".join(pages)).encode(), format="pdf", font_paths=SHIPPED)


def drawn(*pages: str, language: str = "en", height: str = "5cm") -> list[Image.Image]:
    """A picture of each page, in shades of grey."""
    document = pypdfium2.PdfDocument(typeset(*pages, language=language, height=height))
    return [page.render(scale=DOTS, grayscale=True).to_pil().convert("L") for page in document]


def letter() -> bytes:
    """A scan of two pages, of which the second is blurred."""
    first, second = drawn("They asked my children whether we prayed.", "Nobody came back from the school that year.")
    return scanned([first, second.filter(ImageFilter.GaussianBlur(2.5))])


def saved(picture: Image.Image, kind: str, **options) -> bytes:
    """A picture as a file of a format."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def scanned(pictures: Sequence[Image.Image]) -> bytes:
    """A PDF of nothing but pictures, as a copier makes it."""
    return saved(pictures[0], "PDF", save_all=True, append_images=pictures[1:], resolution=200)
