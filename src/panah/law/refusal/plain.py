"""A stretch of a reading without what the paper put into it, so that phrases are found across the ends of lines and pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

PAGE_WORD = r"(?:seite|page|sida|side|blatt|s\.|p\.)"
OF = r"\s*(?:von|of|av|sur|de|/|\()\s*"
NUMBERED_PAGE = re.compile(
    rf"(?:^|\W){PAGE_WORD}\s*(?P<page>\d{{1,4}}){OF}(?P<pages>\d{{1,4}})\)?\W*$"
    rf"|^\W*{PAGE_WORD}\s*(?P<first>\d{{1,4}})(?:{OF}\d{{1,4}}\)?)?(?:\W*$|\s{{2,}})"
    r"|(?:^\W*|\s{2,}|\t)(?P<bare>\d{1,4})\s*(?:\((?P<all>\d{1,4})\)|/\s*(?P<total>\d{1,4}))\s*$",
    re.IGNORECASE,
)
"""A line with the number that is printed on a page: Seite 3 von 8, sida 3 (8), Page 3 of 8, 3/8."""
LONE_NUMBER = re.compile(r"[\W_]*\d{1,4}[\W_]*")
_DIGIT = re.compile(r"\d")
LONGEST_MARK = 120
"""Characters of a line that may be such a mark."""

_CUT = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=[^\W\d_A-ZÄÖÜÅÉÈÀ])|\u00ad")
"""A hyphen at the end of a line, behind which the word goes on."""
_LINES = re.compile(r"\n[^\n]{0,120}(?=\n)")


class Plain(NamedTuple):
    """The words, and where each stretch of them stands in what they were taken from."""

    words: str
    places: tuple[int, ...]
    """Where each stretch begins here."""
    raw: tuple[int, ...]
    """Where it begins there."""

    def place(self, at: int) -> int:
        """Where a character stands in what the words were taken from."""
        number = bisect_right(self.places, at) - 1
        return self.raw[number] + at - self.places[number]


def plain(raw: str) -> Plain:
    """`raw` without hyphens that part a word at the end of a line, and without lines that only number a page."""
    if "\n" not in raw and "\u00ad" not in raw:
        return Plain(raw, (0,), (0,))
    cuts = [match.span() for match in _CUT.finditer(raw)]
    cuts += [match.span() for match in _LINES.finditer(raw) if page_number(match[0].strip()) is not None]
    parts, places, starts, at, length = list[str](), list[int](), list[int](), 0, 0
    for start, end in [*sorted(cuts), (len(raw), len(raw))]:
        if start < at:
            continue
        parts.append(raw[at:start])
        places.append(length)
        starts.append(at)
        length += start - at
        at = end
    return Plain("".join(parts), tuple(places), tuple(starts))


def page_number(line: str) -> int | None:
    """The number of a page that a line prints: 0 of a lone number, which may be one; None where it prints none."""
    if not line or len(line) > LONGEST_MARK or not _DIGIT.search(line):
        return None
    if found := NUMBERED_PAGE.search(line):
        number = int(found["page"] or found["first"] or found["bare"])
        total = found["pages"] or found["all"] or found["total"]
        return number if not total or number <= int(total) else None
    return 0 if LONE_NUMBER.fullmatch(line) else None
