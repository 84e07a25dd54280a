"""Where words stand in a telling, and whether two tellings are of one language."""

from __future__ import annotations

from panah import text
from panah.errors import PanahError


class WordsNotThere(PanahError):
    """“{words}” do not stand in statement {number}, letter by letter."""


class WordsAmbiguous(PanahError):
    """“{words}” stand in statement {number} more than once: take more of the words around them, so that it is clear which."""


def found_at(told: str, words: str, *, near: int | None, number: int) -> tuple[int, int]:
    """The place of words in a telling, in characters: at `near` where they stand there, else where they stand once.

    Without words it is the empty place at `near`. Raises `WordsNotThere`, `WordsAmbiguous`.
    """
    if near is not None and told.startswith(words, near) and 0 <= near <= len(told):
        return near, near + len(words)
    often = told.count(words) if words else 0
    shown = words if len(words) <= 60 else f"{words[:60]}…"
    if not often:
        raise WordsNotThere(words=shown, number=number)
    if often > 1:
        raise WordsAmbiguous(words=shown, number=number)
    start = told.index(words)
    return start, start + len(words)


def of_one_language(one: str, other: str) -> bool:
    """Whether two languages, as tags or as names, are the same; what is not known is not different."""
    names = {text.language_name(each.strip().partition("-")[0]).casefold() for each in (one, other) if each.strip()}
    return len(names) < 2
