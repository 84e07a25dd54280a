"""Plain text."""

from __future__ import annotations

import re
from importlib.metadata import version

from resiliparse.parse.encoding import detect_encoding

from panah.library.extractors import DocumentBroken, Extracted, NothingToRead
from panah.library.extractors.kinds import PLAIN

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
"""From the first visible character up to an empty line."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Plain:
    """Text as it is: only line ends are made alike, and what is not text in its encoding is marked (U+FFFD)."""

    name = "plain"
    version = f"1+resiliparse-{version('resiliparse')}"
    media_types = frozenset({PLAIN})

    def read(self, content: bytes) -> Extracted:
        """Decode, and find the paragraphs: stretches between empty lines."""
        text, found = decoded(content)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        paragraphs = [(match.start(), match.start() + len(match[0].rstrip())) for match in _PARAGRAPH.finditer(text)]
        if not paragraphs:
            raise NothingToRead(reason="it is empty, or holds only spaces")
        return Extracted(text, paragraphs, found=found)


def _unmarked(content: bytes) -> str:
    """UTF-8, unless every other byte tends to be zero: then UTF-16 that came without its mark."""
    even, odd = content[:4096:2].count(0), content[1:4096:2].count(0)
    if max(even, odd) * 5 > len(content[:4096]):
        return "utf-16-be" if even > odd else "utf-16-le"
    return "utf-8"


def decoded(content: bytes) -> tuple[str, dict[str, str]]:
    """Text and how it was decoded: by its byte order mark, as UTF-8 where it is that, else as it looks."""
    encoding = next((name for mark, name in _BOMS if content.startswith(mark)), _unmarked(content))
    try:
        return content.decode(encoding), {"encoding": encoding}
    except UnicodeDecodeError as error:
        broken = len(content[error.start :].decode("utf-8", "replace").split("\ufffd")) - 1
    if encoding == "utf-8" and broken * 200 > len(content):
        encoding = detect_encoding(content) or "windows-1252"
    try:
        text = content.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        raise DocumentBroken(reason=f"its encoding, {encoding}, is not known") from None
    return text, {"encoding": encoding, "replaced": str(text.count("\ufffd"))}
