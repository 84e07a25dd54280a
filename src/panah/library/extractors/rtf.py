"""RTF: rich text as word processors of the nineties exchanged it."""

from __future__ import annotations

import re
from importlib.metadata import version

from striprtf.striprtf import rtf_to_text

from panah.errors import Phrase
from panah.library.extractors import DocumentBroken, Extracted, NothingToRead, assembled
from panah.library.extractors.kinds import RTF

_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_TITLE = re.compile(r"\{\\title ([^{}\\]{1,300})\}")


class Rtf:
    """The text, in the code page that it names; pictures, fields' instructions and styles are passed over."""

    name = "rtf"
    version = f"1+striprtf-{version('striprtf')}"
    media_types = frozenset({RTF})

    def read(self, content: bytes) -> Extracted:
        """Parse. Raises `DocumentBroken` or `NothingToRead`."""
        page = _CODE_PAGE.search(content[:4096])
        encoding = f"cp{page[1].decode()}" if page else "cp1252"
        source = content.decode("latin-1")
        try:
            text = rtf_to_text(source, encoding=encoding, errors="replace")  # type: ignore[no-untyped-call]
        except (ValueError, LookupError, OverflowError, IndexError, TypeError, AttributeError, RecursionError) as error:
            raise DocumentBroken(
                reason=Phrase("it cannot be read as rich text ({kind})", kind=type(error).__name__)
            ) from None
        paragraphs = text.replace("\r\n", "\n").split("\n")
        if not text.strip():
            raise NothingToRead(reason="the document has no words")
        title = _TITLE.search(source)
        return assembled(paragraphs, {"title": title[1].strip()} if title else {}, {"encoding": encoding})
