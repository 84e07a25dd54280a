"""A text as engines take it: one line of terms, and how long that is.

Words, then `BREAK`, stems, `BREAK`, pairs: all in one field, so that every engine counts the same length. Each term begins
with the number of its shelf: 37·police. A question is asked in the names of the shelves that the asker may see, and so
never comes near a posting of another shelf. A stem has one point more, 37··en·camp: nothing that somebody types begins so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from panah import text

TERM = re.compile("[0-9A-Za-z\x80-\U0010ffff]+")
"""What FTS5's tokenizer `ascii` takes for one token: a sign of ASCII parts two, and what came behind it would be on no shelf."""
_SIGN = re.compile("[\x00-\x1f!-/:-@[-`{-\x7f]")
"""Signs of ASCII, of which hardly a text has any in its tokens."""
EVEN_OUT = 200
"""So much is every line longer than its terms. Engines hold its length against an entry (b is 0.75), which puts the one long
article that answers a question behind many short ones: so, length counts about half as much. Measured: `make bench-retrieval`."""
STEM = "·"
"""Begins a stem, behind the mark of its shelf."""


def line(tokens: text.Tokens) -> str:
    """The terms of a text, parted by spaces, as yet on no shelf."""
    return " ".join(
        filter(None, (_parted(tokens.words), text.BREAK, _stems(tokens.stems), text.BREAK, _parted(tokens.pairs)))
    )


def on_shelf(shelf: int, line: str, *, even_out: int = 0) -> str:
    """The same line with the mark of a shelf on each term, and as many breaks behind it as it is long by `length`, save
    those of `EVEN_OUT`: an engine that cannot reckon them asks for that many.
    """
    begin = " " + mark(shelf)
    breaks = length(line) - EVEN_OUT + even_out - _count(line)
    return mark(shelf) + line.replace(" ", begin) + (begin + text.BREAK) * breaks


def length(line: str) -> int:
    """How long a line is when it is weighed: one of `lengths`.

    Tantivy keeps lengths in one byte, which not every length has a value of. Breaks at the end make it one that has: what
    is kept is then the length itself, in both engines and whatever becomes of the entry. FTS5 has `EVEN_OUT` terms less.
    """
    return _next(_count(line) + EVEN_OUT)


def mark(shelf: int) -> str:
    """What each term on a shelf begins with."""
    return f"{shelf}·"


def parted(tokens: Iterable[str]) -> list[str]:
    """Tokens as terms. No token has a space in it; folding has put signs of ASCII into some, as ⑴."""
    return _parted(" ".join(tokens)).split()


def stems(tokens: Iterable[str]) -> list[str]:
    """Stems as terms."""
    return _stems(" ".join(tokens)).split()


def _count(line: str) -> int:
    return line.count(" ") + 1


def _parted(line: str) -> str:
    return " ".join(TERM.findall(line)) if _SIGN.search(line) else line


def _stems(line: str) -> str:
    parted = _parted(line)
    return STEM + parted.replace(" ", " " + STEM) if parted else ""


@cache
def lengths() -> tuple[int, ...]:
    """The lengths that one byte tells apart in Tantivy: each up to 40, then eight steps from each power of two to the next."""
    found = list(range(40))
    for power in range(3, 30):
        found += [24 + ((8 + step) << (power - 2)) for step in range(8)]
    return tuple(found)


def _next(count: int) -> int:
    return lengths()[bisect_left(lengths(), count)]
