"""Plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from itertools import chain

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from panah.errors import Phrase
from panah.library.extractors import DocumentBroken, Extracted, NothingToRead
from panah.library.extractors.kinds import PLAIN, unicode_of

_WIDE = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_OF_EAST_ASIA = frozenset({"big5", "gb18030", "shift_jis", "euc_jp", "euc_kr", "iso2022_jp"})
_LOOKED_AT = 1 << 16
_ENOUGH = 8
"""Characters of two bytes. Fewer tell nothing."""
_FEW = 200
"""One in so many bytes may be damaged, and a text is still in its encoding."""
_PARTED = re.compile(r"\n\s*\n")
"""An empty line, or several."""


class Plain:
    """Text as it is: only line ends are made alike, and what is not text in its encoding is marked (U+FFFD)."""

    name = "plain"
    version = f"2+resiliparse-{version('resiliparse')}"
    media_types = frozenset({PLAIN})

    def read(self, content: bytes) -> Extracted:
        """Decode, and find the paragraphs: stretches between empty lines."""
        return self.read_as(content, "")

    def read_as(self, content: bytes, charset: str) -> Extracted:
        """The same, of bytes that came with the name of their encoding."""
        text, found = decoded(content, charset)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        paragraphs = list(_paragraphs(text))
        if not paragraphs:
            raise NothingToRead(reason="it is empty, or holds only spaces")
        return Extracted(text, paragraphs, found=found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for parted in chain(_PARTED.finditer(text), [None]):
        end = parted.start() if parted else len(text)
        paragraph = text[start:end]
        if visible := paragraph.strip():
            first = start + len(paragraph) - len(paragraph.lstrip())
            yield first, first + len(visible)
        start = parted.end() if parted else end


def _is_chinese(content: bytes) -> bool:
    """Whether it is Chinese in GB 18030, which detectors take for Greek where it is short or repeats itself.

    Common characters begin with a byte from B0 to D7. Of letters of other scripts, in their own encodings, two and two taken
    together, about half begin with a higher byte.
    """
    sample = content[:_LOOKED_AT].rpartition(b"\n")[0] or content[:_LOOKED_AT]
    pairs = _WIDE.findall(sample)
    try:
        sample.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return len(pairs) >= _ENOUGH and sum(b"\xa1" <= pair < b"\xd8" for pair in pairs) > 0.9 * len(pairs)


def encoding_said(content: bytes, charset: str) -> str:
    """What Python calls the encoding that somebody named beside these bytes; empty where they are better believed themselves.

    So they are with a byte order mark, and where they hold more than ASCII and are UTF-8; and so they are where the name
    is none of the web's (WHATWG, Encoding, 4.2), or more than one in two hundred would have to be replaced.
    """
    known = map_encoding_to_html5(charset, fallback_utf8=False) if charset else None
    if not known or unicode_of(content) != "utf-8" or (not content.isascii() and _is_utf_8(content)):
        return ""
    return known if content.decode(known, "replace").count("\ufffd") * _FEW <= len(content) else ""


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def decoded(content: bytes, charset: str = "") -> tuple[str, dict[str, str]]:
    """Text and how it was decoded: by its byte order mark, as UTF-8 where it is that, as `charset` says, else as it looks."""
    if said := encoding_said(content, charset):
        text = content.decode(said, "replace")
        return text, {"encoding": said, "replaced": str(text.count("\ufffd"))}
    encoding = unicode_of(content)
    try:
        return content.decode(encoding), {"encoding": encoding}
    except UnicodeDecodeError as error:
        broken = len(content[error.start :].decode("utf-8", "replace").split("\ufffd")) - 1
    if encoding == "utf-8" and broken * _FEW > len(content):
        encoding = detect_encoding(content) or "windows-1252"
        encoding = "gb18030" if encoding.replace("-", "_") not in _OF_EAST_ASIA and _is_chinese(content) else encoding
    try:
        text = content.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        raise DocumentBroken(reason=Phrase("its encoding, {encoding}, is not known", encoding=encoding)) from None
    return text, {"encoding": encoding, "replaced": str(text.count("\ufffd"))}
