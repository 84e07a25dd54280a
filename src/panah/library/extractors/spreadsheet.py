"""Spreadsheets of Excel and LibreOffice: each sheet row by row."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import partial
from importlib.metadata import version

import python_calamine as calamine

from panah.errors import Phrase
from panah.library.extractors import DocumentBroken, DocumentLocked, Extracted, NothingToRead, assembled
from panah.library.extractors.embedded import carrying, in_compound, in_parts
from panah.library.extractors.kinds import ODS, XLS, XLSB, XLSX
from panah.library.extractors.packed import CORE, Packed

_LARGEST_EXACT = 2**53


class Spreadsheet:
    """The name of each sheet, then its rows: what stands in the cells, with a tab between two. A formula is its last result.

    Files put into it are taken out.
    """

    name = "spreadsheet"
    version = f"2+calamine-{version('python-calamine')}"
    media_types = frozenset({XLSX, XLSB, XLS, ODS})

    def read(self, content: bytes) -> Extracted:
        """Parse. Raises `DocumentLocked`, `DocumentBroken`, `DocumentBomb` or `NothingToRead`."""
        packed = Packed(content) if content.startswith(b"PK") else None
        contents = in_parts(packed) if packed else in_compound(content)
        about = packed.about("docProps/core.xml", CORE) if packed else {}
        return carrying(contents, "A workbook", partial(self._own, content, about))

    def _own(self, content: bytes, about: Mapping[str, str]) -> Extracted:
        try:
            book = calamine.load_workbook(io.BytesIO(content))
            sheets = [(name, book.get_sheet_by_name(name).iter_rows()) for name in book.sheet_names]
            paragraphs = [paragraph for name, rows in sheets for paragraph in _sheet(name, rows)]
        except calamine.PasswordError:
            raise DocumentLocked from None
        except (calamine.CalamineError, OSError, ValueError, KeyError, IndexError) as error:
            raise DocumentBroken(
                reason=Phrase("it cannot be opened as a spreadsheet ({kind})", kind=type(error).__name__)
            ) from None
        if not paragraphs:
            raise NothingToRead(reason="its sheets are empty")
        return assembled(paragraphs, about)


def _sheet(name: str, rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A sheet's name, and its rows that are not empty; nothing where there are none."""
    lines = [line for row in rows if (line := "\t".join(map(_written, row)).rstrip("\t"))]
    if lines:
        yield name
        yield from lines


def _written(cell: object) -> str:
    """A cell as text: a date as ISO 8601 writes it, a whole number without a point, everything on one line."""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LARGEST_EXACT:
        return str(int(cell))
    return " ".join(str(cell).split())
