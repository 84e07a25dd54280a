"""The names of passages, found while a reading is cut into them, and kept sealed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from panah.library.models import Document, Mentions, Reading
from panah.library.rules import Stretch
from panah.vault import workspace

if TYPE_CHECKING:
    from panah.library.naming.packing import Mention

EDITION = 2
"""Of the rules by which names are found; raised whenever `names.mentions` finds others, so that an upgrade finds them anew."""


OPENED = "names"
"""Under which the names of some shelves are kept in memory, once somebody looked for one."""


def line(stretches: Sequence[Stretch], texts: Sequence[str]) -> str:
    """The names in some passages of a reading, as they are kept."""
    from panah.library.naming.packing import packed  # here, for most commands read nothing, and numpy takes its time

    return packed([mention for at, raw in zip(stretches, texts, strict=True) for mention in _found(at.start, raw)])


def _found(start: int, raw: str) -> Iterator[Mention]:
    """The names in one passage that begins at a byte, with their bytes: a mention counts characters."""
    from panah import names
    from panah.library.naming.packing import Mention

    at_byte, at_character = start, 0
    for found in names.mentions(raw):
        first = at_byte + len(raw[at_character : found.start].encode())
        last = first + len(raw[found.start : found.end].encode())
        if found.parts:
            yield Mention(first, last, found.parts)
        at_byte, at_character = last, found.end


def keep(document: Document, reading: Reading, boxes: Sequence[str]) -> None:
    """Keep the names of a reading, in the place of those that were found in another, or by older rules."""
    forget(document)
    Mentions.objects.bulk_create(
        Mentions(document=document, reading=reading, number=number, edition=EDITION, box=box)
        for number, box in enumerate(boxes)
    )


def forget(document: Document) -> None:
    """Keep no names of a document."""
    Mentions.objects.filter(document=document).delete()


def put_down() -> None:
    """Keep no names in the memory of this process: they are opened again when somebody looks for one."""
    workspace.opened().pop(OPENED, None)
