"""XML of any vocabulary: a paragraph for each innermost element that holds words of its own."""

from __future__ import annotations

import re
from platform import python_version
from xml.parsers import expat

from panah.errors import Phrase
from panah.library.extractors import DocumentBomb, DocumentBroken, Extracted, NothingToRead, assembled
from panah.library.extractors.kinds import XML

DEEPEST = 500
_SPACE = re.compile(r"\s+")


class Xml:
    """The words of an XML document in their order. Entities that the document defines itself are refused."""

    name = "xml"
    version = f"1+expat-{python_version()}"
    media_types = frozenset({XML})

    def read(self, content: bytes) -> Extracted:
        """Parse; raises `DocumentBroken` for what is not well formed, `DocumentBomb` for entities."""
        reading = _Reading()
        try:
            reading.parser.Parse(content, True)  # noqa: FBT003  expat takes it by position only
        except (ValueError, LookupError):
            raise DocumentBroken(reason="it is in an encoding that is not read in XML; save it as UTF-8") from None
        except expat.ExpatError as error:
            raise DocumentBroken(reason=Phrase("it is not well-formed XML at line {line}", line=error.lineno)) from None
        paragraphs = [_SPACE.sub(" ", paragraph) for paragraph in reading.paragraphs]
        if not any(paragraph.strip() for paragraph in paragraphs):
            raise NothingToRead(reason="its elements hold no words")
        return assembled(paragraphs, reading.about)


class _Reading:
    """Collects text; an element that begins or ends beside text of its parent does not end a paragraph."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.about: dict[str, str] = {}
        self._open: list[bool] = []
        self._text: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.EntityDeclHandler = no_entity

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= DEEPEST:
            raise DocumentBomb(reason=Phrase("its elements are nested more than {deepest} deep", deepest=DEEPEST))
        if not self._open and "xml:lang" in attributes:
            self.about["language"] = attributes["xml:lang"]
        if not any(self._open):
            self._break()
        self._open.append(False)

    def _end(self, _name: str) -> None:
        self._open.pop()
        if not any(self._open):
            self._break()

    def _words(self, text: str) -> None:
        if text.strip() and self._open:
            self._open[-1] = True
        self._text.append(text)

    def _break(self) -> None:
        self.paragraphs.append("".join(self._text))
        self._text.clear()


def no_entity(name: str, *_declared: object) -> None:
    """For expat's `EntityDeclHandler`: entities can unpack to anything. Raises `DocumentBomb`."""
    raise DocumentBomb(reason=Phrase("it defines an entity of its own, “{name}”", name=name[:40]))
