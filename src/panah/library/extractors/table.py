"""Tables in text files: rows of cells with a comma, a semicolon, a tab or a bar between two."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib.metadata import version

from panah.errors import Phrase
from panah.library.extractors import DocumentBroken, Extracted, NothingToRead, assembled
from panah.library.extractors.plain import decoded
from panah.library.extractors.texts import CSV, DELIMITERS, delimiter

_NAMES = dict(zip(DELIMITERS, ("tab", "semicolon", "comma", "bar"), strict=True))
_LONGEST_CELL = 1 << 28
_LOOKED_AT = 1 << 16


class Table:
    """Each row is a paragraph, with a tab between two cells, as in a spreadsheet."""

    name = "table"
    version = f"1+resiliparse-{version('resiliparse')}"
    media_types = frozenset({CSV})

    def read(self, content: bytes) -> Extracted:
        """Take apart. Raises `DocumentBroken` or `NothingToRead`."""
        text, found = decoded(content)
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        mark = delimiter(text[:_LOOKED_AT], is_whole=len(text) <= _LOOKED_AT)
        if not mark:
            raise DocumentBroken(reason="its rows are not rows of one table")
        rows = list(_rows(text, mark))
        if not any(rows):
            raise NothingToRead(reason="its cells are empty")
        return assembled(rows, {}, found | {"delimiter": _NAMES[mark], "rows": str(len(rows))})


def _rows(text: str, mark: str) -> Iterator[str]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=mark):
            yield "\t".join(" ".join(cell.split()) for cell in row).rstrip("\t")
    except csv.Error as error:
        raise DocumentBroken(reason=Phrase("its cells cannot be told apart ({error})", error=error)) from None
