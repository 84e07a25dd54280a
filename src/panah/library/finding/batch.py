"""Many questions at once, from a table that somebody else may have written."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from panah import text
from panah.errors import PanahError
from panah.library import queries, saving, sight
from panah.library.concepts import asking
from panah.library.finding.lists import line_of
from panah.library.models import Passage
from panah.search import queries as search
from panah.team.models import Member

MOST_QUESTIONS = 10_000
LARGEST = 8 << 20
"""Bytes."""
AT_ONCE = 100
"""Questions that are put to the index together."""
BEST = 3
"""Passages that are shown of each question."""
LONGEST_SHOWN = 200
"""Characters of what cannot be a question, as a report repeats it."""
_HEADS = {"question", "questions", "query", "words", "q"}
"""What the column of questions may be called."""
_SIGNS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


class BatchUnreadable(PanahError):
    """The table of questions cannot be read: {reason}. Nothing was asked."""


class BatchTooLarge(PanahError):
    """A table of questions has at most {most} lines and {bytes} bytes. Nothing was asked."""

    status = 413


class Asked(NamedTuple):
    """A question of a table, and the line on which it ends there, from 1."""

    line: int
    words: str


class Answered(NamedTuple):
    """A question of a table, with how many passages there are and the best of them; or why it cannot be asked."""

    id: str
    """The line of the table."""
    question: str
    passages: int
    code: str
    reason: str
    best: list[dict[str, str]]
    """As `lists.Found` has them."""

    def cells(self) -> list[str]:
        """As a row of a table: no cell that a spreadsheet would take for a formula."""
        row = [self.id, self.question, str(self.passages), self.code, self.reason]
        for one in self.best:
            row += [one[name] for name in _SHOWN]
        return saving.cells(row + [""] * (len(FIELDS) - len(row)))


_SHOWN = ("document", "title", "page", "words")
FIELDS = [
    *Answered._fields[:5],
    *(f"{name}_{number}" for number in range(1, BEST + 1) for name in _SHOWN),
]
"""The columns of a table of answers."""


def questions(table: bytes) -> list[Asked]:
    """The questions of a table (CSV): one a line, in the column that is called so, else in the first.

    Commas, semicolons and tabs part columns; UTF-8, UTF-16 and UTF-32 are read, the last two by their sign at the beginning.
    Raises `BatchUnreadable`, `BatchTooLarge`.
    """
    if len(table) > LARGEST:
        raise BatchTooLarge(most=MOST_QUESTIONS, bytes=LARGEST)
    found = list(_in_column(_decoded(table)))
    if not found:
        raise BatchUnreadable(reason="there is no question in it")
    return found


def answers(asker: Member, asked: Iterable[Asked], *, best: int = BEST) -> Iterator[Answered]:
    """What each question finds, as it is asked for. One that cannot be asked says why, and the others are asked."""
    rest = iter(asked)
    while some := list(islice(rest, AT_ONCE)):
        yield from _answers(asker, some, best)


def _answers(asker: Member, asked: Sequence[Asked], best: int) -> Iterator[Answered]:
    understood: dict[Asked, text.Node | PanahError] = {}
    for each in asked:
        try:
            understood[each] = asking.asked(each.words).query
        except PanahError as refusal:
            understood[each] = refusal
    nodes = [node for node in understood.values() if not isinstance(node, PanahError)]
    found = iter(search.find_each(nodes, kind=Passage.KIND, shelves=list(sight.numbers(asker)), limit=best))
    for (line, words), node in understood.items():
        if isinstance(node, PanahError):
            shown = words if len(words) <= LONGEST_SHOWN else words[:LONGEST_SHOWN] + "…"
            yield Answered(str(line), shown, 0, node.code, node.sentence, [])
        else:
            numbers, total = next(found)
            hits = [line_of(hit)._asdict() for hit in queries.hits(numbers, node)]
            yield Answered(str(line), words, total, "", "", hits)


def _decoded(table: bytes) -> str:
    encoding = next((name for sign, name in _SIGNS if table.startswith(sign)), "utf-8")
    try:
        found = table.decode(encoding)
    except UnicodeError:
        raise BatchUnreadable(reason="it is not in UTF-8; save it as “CSV UTF-8”") from None
    if "\0" in found:
        raise BatchUnreadable(reason="it is no text")
    return found


def _in_column(table: str) -> Iterator[Asked]:
    """The questions, each with its line, but the first row where it names the columns."""
    mark = max(",;\t", key=table.lstrip().partition("\n")[0].count)
    rows = csv.reader(io.StringIO(table, newline=""), delimiter=mark)
    count, column = 0, None
    try:
        for row in rows:
            if column is None and any(map(str.strip, row)):
                column = _column(row)
                if column is not None:
                    continue
                column = 0
            words = row[column].strip() if column is not None and column < len(row) else ""
            count += bool(words)
            if count > MOST_QUESTIONS:
                raise BatchTooLarge(most=MOST_QUESTIONS, bytes=LARGEST)
            if words:
                yield Asked(rows.line_num, words)
    except csv.Error as error:
        raise BatchUnreadable(reason=f"line {rows.line_num}: {error}") from None


def _column(heads: list[str]) -> int | None:
    """The column of questions, where the first row names it."""
    return next((number for number, head in enumerate(heads) if head.strip().casefold() in _HEADS), None)
