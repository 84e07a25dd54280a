"""Lines that go on in the next one: a name may begin at the end of one and end at the beginning of the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from panah.names.parting import DOTS, HAN

WRAPPED = 60
"""Characters at least of a line in an alphabet that goes on in the next one; shorter ones are mostly items of a list."""
BETWEEN_ELEMENTS = 30
"""The same, where an element of names stands on either side of its end."""
OF_SIGNS = 20
"""The same of a line of Chinese characters."""
_BETWEEN_SIGNS = re.compile(rf"(?<=[{HAN}{re.escape(DOTS)}])\r?\n(?=[{HAN}{re.escape(DOTS)}])")


class Unwrapped(NamedTuple):
    """A text with the ends of lines taken out at which Chinese characters go on, and where they were."""

    plain: str
    cuts: list[int]
    """Places in `plain` before which something was taken out."""
    taken: list[int]
    """How many characters were taken out up to each."""

    def at(self, place: int) -> int:
        """The place of a character of `plain` in the text."""
        before = bisect_right(self.cuts, place)
        return place + (self.taken[before - 1] if before else 0)


def is_full(raw: str, end: int, least: int) -> bool:
    """Whether the line that ends there has so many characters."""
    return end >= least and "\n" not in raw[end - least : end]


def unwrapped(raw: str) -> Unwrapped:
    """The text, in which lines of Chinese go on where they were full."""
    pieces, cuts, taken, start, length = list[str](), list[int](), list[int](), 0, 0
    for found in _BETWEEN_SIGNS.finditer(raw):
        if is_full(raw, found.start(), OF_SIGNS):
            pieces.append(raw[start : found.start()])
            length += found.start() - start
            start = found.end()
            cuts.append(length)
            taken.append(start - length)
    return Unwrapped("".join((*pieces, raw[start:])), cuts, taken)
