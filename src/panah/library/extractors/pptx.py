"""PPTX: what stands on the slides of a presentation, and in the notes beneath them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import accumulate, chain
from platform import python_version
from xml.etree import ElementTree as ET

from panah.library.extractors import Extracted, NothingToRead, assembled
from panah.library.extractors.embedded import carrying, in_parts
from panah.library.extractors.kinds import PPTX
from panah.library.extractors.packed import CORE, Packed, beside

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}sldId"
_BY_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NOTES = "/notesSlide"
_START = "ppt/presentation.xml"


class Pptx:
    """Each slide is a page: its texts in the order of the file, then its notes. Pictures and charts are passed over.

    Files put into it are taken out.
    """

    name = "pptx"
    version = f"2+expat-{python_version()}"
    media_types = frozenset({PPTX})

    def read(self, content: bytes) -> Extracted:
        """Parse. Raises `DocumentBroken`, `DocumentBomb` or `NothingToRead`."""
        packed = Packed(content)
        return carrying(in_parts(packed), "A presentation", partial(self._own, packed))

    def _own(self, packed: Packed) -> Extracted:
        slides = list(_slides(packed))
        found = assembled(list(chain(*slides)), packed.about("docProps/core.xml", CORE))
        if not found.paragraphs:
            raise NothingToRead(reason="its slides hold no words")
        starts = [*(start for start, _ in found.paragraphs), len(found.text)]
        return found._replace(pages=[starts[before] for before in accumulate(map(len, slides[:-1]), initial=0)])


def _slides(packed: Packed) -> Iterator[list[str]]:
    parts = _related(packed, _START)
    for slide in packed.xml(_START).iter(_SLIDES):
        name, _ = parts.get(slide.get(_BY_ID, ""), ("", ""))
        if name in packed.names:
            notes = [
                part for part, kind in _related(packed, name).values() if kind.endswith(_NOTES) and part in packed.names
            ]
            yield [paragraph for part in (name, *notes) for paragraph in _paragraphs(packed.xml(part))]


def _related(packed: Packed, name: str) -> dict[str, tuple[str, str]]:
    """The parts to which a part refers, and what they are to it, by the ids it gives them."""
    folder, _, file = name.rpartition("/")
    listed = f"{folder}/_rels/{file}.rels"
    if listed not in packed.names:
        return {}
    return {
        each.get("Id", ""): (beside(name, each.get("Target", "")), each.get("Type", "")) for each in packed.xml(listed)
    }


def _paragraphs(root: ET.Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_DRAWING}p"):
        words = "".join(
            "\n" if part.tag == f"{_DRAWING}br" else part.text or ""
            for part in paragraph.iter()
            if part.tag in {f"{_DRAWING}t", f"{_DRAWING}br"}
        )
        if words.strip():
            yield words.strip()
