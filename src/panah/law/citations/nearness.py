"""What may have been meant by a citation that is nowhere: numbers that differ by one slip of the hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = re.compile(r"\d+")
_TEN = "0123456789"


def near(words: str) -> tuple[str, ...]:
    """The same words with one digit of one number mistyped, left out, added, or exchanged with its neighbour.

    These are the slips of typing that Damerau (1964) found to be four in five. Nothing but digits is varied.
    """
    found: dict[str, None] = {}
    for number in _DIGITS.finditer(words):
        before, behind = words[: number.start()], words[number.end() :]
        for other in _slips(number[0]):
            found[before + other + behind] = None
    found.pop(words, None)
    return tuple(found)


def _slips(number: str) -> Iterator[str]:
    for at in range(len(number) + 1):
        head, tail = number[:at], number[at:]
        yield from (head + digit + tail for digit in _TEN)
        if tail:
            yield from (head + digit + tail[1:] for digit in _TEN)
        if len(number) > 1 and tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
