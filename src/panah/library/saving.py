"""Lists as people save them: as a table (CSV) for spreadsheets, or as JSON lines for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.http import StreamingHttpResponse

FORMS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


class Line(Protocol):
    """A line of a list: a named tuple whose fields have texts in them, and which says how it stands in a table."""

    def cells(self) -> Sequence[str]:
        """As a row of a table."""

    def _asdict(self) -> dict[str, Any]: ...


def cells(values: Iterable[str]) -> list[str]:
    """As a row of a table: no cell that a spreadsheet would take for a formula."""
    return [f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in values]


def moment(at: datetime | None) -> str:
    """A time as a list has it (ISO 8601); empty where there is none."""
    return at.isoformat() if at else ""


def table(fields: Sequence[str], lines: Iterable[Line]) -> Iterator[str]:
    """A table row by row, the names of its columns first."""
    yield _row(fields)
    for line in lines:
        yield _row(line.cells())


def attachment(name: str, form: str, fields: Sequence[str], lines: Iterable[Line]) -> StreamingHttpResponse:
    """A list to be saved as a file `name`, in one of the `FORMS`."""
    written = table(fields, lines) if form == "csv" else _json_lines(lines)
    named = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return StreamingHttpResponse(written, content_type=FORMS[form], headers=named)


def _json_lines(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield json.dumps(line._asdict(), ensure_ascii=False) + "\n"


def _row(values: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()
