"""DOCX: text with its footnotes, tables and lists."""

from __future__ import annotations

import io
from functools import partial
from importlib.metadata import version

import mammoth
from resiliparse.parse.html import HTMLTree

from panah.errors import Phrase
from panah.library.extractors import DocumentBomb, DocumentBroken, Extracted, NothingToRead, assembled
from panah.library.extractors.embedded import carrying, in_parts
from panah.library.extractors.html import headings_of, text_of
from panah.library.extractors.kinds import DOCX
from panah.library.extractors.outline import outlined
from panah.library.extractors.packed import BROKEN, CORE, Packed


class Docx:
    """What Word shows as text, footnotes and comments included; pictures are passed over, files put into it taken out."""

    name = "docx"
    version = f"3+mammoth-{version('mammoth')}"
    media_types = frozenset({DOCX})

    def read(self, content: bytes) -> Extracted:
        """Convert. Raises `DocumentBroken`, `DocumentBomb` or `NothingToRead`."""
        packed = Packed(content)
        return carrying(in_parts(packed), "A Word document", partial(self._own, content, packed))

    def _own(self, content: bytes, packed: Packed) -> Extracted:
        try:
            converted = mammoth.convert_to_html(
                io.BytesIO(content),
                convert_image=mammoth.images.img_element(lambda _image: {"src": ""}),
                style_map="comment-reference => sup",
            )
        except RecursionError:
            raise DocumentBomb(reason="its elements are nested without end") from None
        except BROKEN as error:
            raise DocumentBroken(
                reason=Phrase("it cannot be opened as a Word document ({kind})", kind=type(error).__name__)
            ) from None
        tree = HTMLTree.parse(f"<html><body>{converted.value}</body></html>")
        paragraphs = text_of(tree)
        if not paragraphs:
            raise NothingToRead(reason="the document has no words")
        return outlined(assembled(paragraphs, packed.about("docProps/core.xml", CORE)), headings_of(tree))
