"""Looking at a system that may hide what is asked."""

from __future__ import annotations

from pathlib import Path

from panah.errors import PanahError


class CannotTell(PanahError):
    """This could not be looked at: {what}."""


def text_of(file: Path) -> str:
    """What the system says in a file of its own. Raises `CannotTell`."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise CannotTell(what=f"{file} ({type(error).__name__})") from None
