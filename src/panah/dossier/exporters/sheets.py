"""What both printers ask of a sheet before a word of it is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from panah.dossier.exporters.process import PrintFailed

if TYPE_CHECKING:
    from panah.dossier.sheet import Sheet, SheetBlock

KINDS = frozenset({"text", "quote", "question", "silence", "label"})


class SheetMalformed(ValueError):
    """The numbers of a sheet do not agree."""


@contextmanager
def accepted(sheet: Sheet, file: str) -> Iterator[None]:
    """Within this, whatever is wrong with the sheet is a `PrintFailed`. Its numbers are compared first."""
    try:
        _compare(sheet)
        yield
    except SheetMalformed as error:
        raise PrintFailed(file=file, reason=str(error)) from None
    except KeyError as error:
        raise PrintFailed(file=file, reason=f"its sheet has no {error}") from None
    except (AttributeError, TypeError, ValueError) as error:
        raise PrintFailed(file=file, reason=f"its sheet is not as it should be ({type(error).__name__})") from None


def _compare(sheet: Sheet) -> None:
    """Footnotes are numbered by Typst and by word processors in the order of reading: the sheet must number them so."""
    blocks = [block for section in sheet["sections"] for block in section["blocks"]]
    numbers = [note["number"] for note in sheet["footnotes"]]
    if numbers != list(range(1, len(numbers) + 1)):
        raise SheetMalformed("its footnotes are not numbered in their order")
    if [number for block in blocks for number in block["notes"]] != numbers:
        raise SheetMalformed("its text does not call the footnotes in their order, each once")
    known = [exhibit["number"] for exhibit in sheet["exhibits"]]
    if known != list(range(1, len(known) + 1)):
        raise SheetMalformed("its exhibits are not numbered in their order")
    cited = {note["exhibit"] for note in sheet["footnotes"]}.union(*(block["exhibits"] for block in blocks))
    if not cited <= set(known):
        raise SheetMalformed("it cites an exhibit that is not in its list")
    for block in blocks:
        _know(block)


def _know(block: SheetBlock) -> None:
    if block["kind"] not in KINDS:
        raise SheetMalformed("it has a kind of block that is not known")


def languages(sheet: Sheet) -> dict[int, str]:
    """The language of each exhibit, as its document is catalogued."""
    return {exhibit["number"]: exhibit["language"] for exhibit in sheet["exhibits"]}


def levels(sheet: Sheet) -> list[int]:
    """How deep each section stands. No level is left out on the way down: readers of tagged files stumble over that."""
    found: list[int] = []
    for section in sheet["sections"]:
        deepest = found[-1] + 1 if found else 1
        found.append(max(1, min(section["level"], deepest)))
    return found
