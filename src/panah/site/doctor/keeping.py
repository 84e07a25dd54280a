"""What is unsafe about the only copy of the work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from panah.library import queries as library
from panah.library.captures import queries as captures
from panah.library.extractors.languages import ALL
from panah.library.extractors.ocr import installed
from panah.vault import queries

BACKUP_DAYS = 14
FIXITY_DAYS = 90
"""Three times as long as `panah serve` waits by itself."""


def pictures_unread() -> Iterator[str]:
    """Words on scans and photographs are not found, since what recognises them is not installed, or not all of it."""
    waiting = library.waiting_for_recognition()
    here = installed()
    if waiting and not here:
        yield f"Documents whose pictures could not be read, since text recognition is not installed: {waiting}."
    elif missing := sorted(set(ALL) - set(here)) if here else []:
        yield f"Text recognition has {', '.join(here)}; it cannot read {', '.join(missing)}."
    elif waiting:
        yield f"Documents whose pictures can be read now, and were not: {waiting}."


def timestamp_pending() -> Iterator[str]:
    """A calendar promised to bind a capture to the chain of Bitcoin, and did not in three days; a block comes in hours."""
    if pending := captures.long_pending(datetime.now(UTC)):
        yield f"Captures whose timestamps lead to no block of Bitcoin after three days: {pending}."


def backup_old() -> Iterator[str]:
    """What was done since the last backup would be lost with the disk."""
    if _is_older(queries.last_backup() or queries.began_at(), BACKUP_DAYS):
        last = queries.last_backup()
        yield f"The last backup is of {last:%Y-%m-%d}." if last else "There is no backup of this workspace."


def fixity_old() -> Iterator[str]:
    """Nobody knows whether what is stored can still be read."""
    last = queries.last_fixity()
    if _is_older(last.finished_at if last else queries.began_at(), FIXITY_DAYS):
        yield (
            f"Stored objects were last checked on {last.finished_at:%Y-%m-%d}." if last else "They were never checked."
        )


def objects_broken() -> Iterator[str]:
    """Something that is stored is not as it was taken in."""
    if broken := queries.broken_contents().count():
        yield f"Stored objects that are changed or gone: {broken}."


def _is_older(when: datetime | None, days: int) -> bool:
    return when is not None and datetime.now(UTC) - when > timedelta(days=days)
