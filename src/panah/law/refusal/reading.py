"""A decision read: its paragraphs, which part of it each belongs to, and whether its pages are in their order.

A paragraph is what stands between two empty lines, or begins with a number of its own. It goes on over the end of a page
where its sentence does. Lines that only number a page, or head every page, are no paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise, zip_longest
from typing import NamedTuple

from panah import text
from panah.law.checklist.model import Found
from panah.law.refusal.headings import LONGEST, Heading, heading, part_of, part_run_in
from panah.law.refusal.model import Paragraph, Part
from panah.law.refusal.plain import page_number

WHOLE = 120
"""Characters of a line from which on it is a whole paragraph, where its sentence ends with it."""
HEADED = 3
"""So often a line has to stand beside the number of a page to be taken for what stands on every page."""
GOES_ON = 40
"""Characters of a line from which on its sentence may go on behind an empty line."""

_LINE = re.compile(r"\n+|[^\n]+\n?")
"""A line with its end, or as many empty ones as there are."""
_NUMBER = re.compile(r"(?P<number>\d{1,3})[.)]?\s+\S")
_ITEM = re.compile(r"(?:\(?\d{1,3}[.)]|\[\d{1,3}\]|[IVXLC]{1,6}\.|[a-z]\)|[–—•-])\s+\S|\d{1,3}\s+[A-ZÄÖÜÅÉÈ]")
_DAY = re.compile(r"\d{1,2}\.?\s+[^\W\d_]{3,9}\.?\s+(?:19|20)\d\d")
_END = re.compile(r"[.!?:;…][\"'”’»›)\]]*$")
_DIGITS = re.compile(r"\d+")


_ADDRESSES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "herr", "frau", "fru", "froken", "m", "mme", "mlle", "monsieur", "madame"}
)
"""How people are addressed, folded."""


class Gap(Enum):
    """What stands between two lines: nothing, an empty line, the end of a page."""

    NONE = 0
    LINE = 1
    PAGE = 2


class Line(NamedTuple):
    """A line: where it stands, in characters and in bytes, and its words."""

    start: int
    at: int
    raw: str
    words: str


@dataclass
class _Open:
    """A paragraph of which more lines may come."""

    first: Line
    last: Line
    part: Part
    number: int
    """That which it begins with, or the last one before it; 0 where there is none."""
    alone: bool = False
    """Whether nothing is put to it: a heading."""


@dataclass
class _Parts:
    """Which part the lines belong to, and what the headings above them opened."""

    part: Part = Part.HEAD
    level: str = ""
    """How the heading is numbered that opened it."""
    sections: dict[tuple[int, ...], Part] = field(default_factory=dict)

    def opens(self, line: str, *, alone: bool) -> bool:
        """Whether a line that may be a heading is one; if so, the part is what it opens.

        One that is not known is numbered, and stands alone.
        """
        if len(line) > LONGEST or line[0].islower() or line[-1] in ".,;":
            return False
        found, read = part_of(line), heading(line)
        if found:
            self.part = self.sections[read.number] = found
            self.level = read.level
            return True
        if not (alone and read.level) or _END.search(line):
            return False
        self.part = self._behind(read)
        return True

    def _behind(self, unknown: Heading) -> Part:
        """The part that a numbered heading opens which is not known: that of the section above it, or of the one before.

        Behind what is set out of the law or the country, another section of the same level is of the reasons.
        """
        above = (unknown.number[:upto] for upto in range(len(unknown.number) - 1, 0, -1))
        if found := next((self.sections[each] for each in above if each in self.sections), None):
            return found
        over = unknown.level == self.level and self.part in {Part.LAW, Part.COUNTRY}
        return Part.REASONS if over else self.part


def paragraphs(decision: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a decision, numbered in their order. The bytes `start` to `end` of it are the words of each."""
    opened = _opened(decision)
    found = []
    for number, each in enumerate(opened, start=1):
        start = each.first.start + _inset(each.first)
        words = decision[start : each.last.start + len(each.last.raw)].rstrip()
        first = each.first.at + len(each.first.raw[: _inset(each.first)].encode())
        found.append(Paragraph(number, first, first + len(words.encode()), words, each.part))
    return tuple(found)


def _opened(decision: str) -> Iterator[_Open]:
    """Each paragraph by its first and its last line."""
    lines = list(_lines(decision))
    on_every_page = _on_every_page(lines)
    parts, now, gap, number = _Parts(), None, Gap.NONE, 0
    for line, behind in zip_longest(lines, lines[1:]):
        if not line.words or _is_mark(line, on_every_page):
            gap = Gap.PAGE if line.words or gap is Gap.PAGE else Gap.LINE
            continue
        apart = now is None or gap is not Gap.NONE or now.alone or _ends(now.last)
        if apart and parts.opens(line.words, alone=behind is None or not behind.words):
            if now:
                yield now
            now = _Open(line, line, parts.part, number, alone=True)
        elif now and not now.alone and _goes_on(now, line, gap):
            now.last = line
        else:
            if now:
                yield now
            parts.part = part_run_in(line.words) or parts.part
            number = _number_of(line) or number
            now = _Open(line, line, parts.part, number)
        gap = Gap.NONE
    if now:
        yield now


def in_sentences(found: Found, paragraphs: Iterable[Paragraph]) -> Found:
    """The whole sentences in which words stand that a rule found; the words as they are where no paragraph has them."""
    paragraph = next((each for each in paragraphs if each.start <= found.start and found.end <= each.end), None)
    if paragraph is None:
        return found
    content = paragraph.words.encode()
    first = len(content[: found.start - paragraph.start].decode())
    last = len(content[: found.end - paragraph.start].decode())
    one_line = paragraph.words.replace("\n", " ")
    spans = [span for span in text.sentences(one_line) if span.start < last and span.end > first]
    start, end = min(first, spans[0].start), max(last, spans[-1].end)
    words = paragraph.words[start:end]
    at = paragraph.start + len(paragraph.words[:start].encode())
    return found._replace(start=at, end=at + len(words.encode()), words=words)


def disorder(decision: str) -> str:
    """That pages or numbered paragraphs do not stand in the order of their numbers, in a sentence; empty where they do."""
    lines = list(_lines(decision))
    pages = [number for line in lines if (number := page_number(line.words))]
    for before, after in pairwise(pages):
        if after < before:
            return f"Page {after} of the decision stands behind page {before}: its pages are not in their order."
    seen = set[int]()
    for number in _numbers(lines):
        if number == 1:
            seen = set()
        elif seen and number < max(seen) and number not in seen:
            return (
                f"Paragraph {number} of the decision stands behind paragraph {max(seen)}: its pages may not be in their "
                "order."
            )
        seen.add(number)
    return ""


def stranger(decision: str, names: Sequence[str]) -> str:
    """That none of the names of the applicant stands in a decision, in a sentence; empty where one does, or none is known.

    A name stands there where all its parts do, in whichever order; of one that is only a letter, where the letter does.
    """
    asked = [frozenset(piece.form for piece in text.atoms(name)) - _ADDRESSES for name in names]
    if not (known := [parts for parts in asked if parts]):
        return ""
    forms = {piece.form for piece in text.atoms(decision)}
    if any(parts <= forms for parts in known):
        return ""
    return "None of the applicant's names stands in the decision. Is it somebody else's?"


def _lines(decision: str) -> Iterator[Line]:
    at = 0
    for found in _LINE.finditer(decision):
        yield Line(found.start(), at, found[0], found[0].strip())
        at += len(found[0].encode())


def _inset(line: Line) -> int:
    """Characters before its words."""
    return len(line.raw) - len(line.raw.lstrip())


def _on_every_page(lines: Iterable[Line]) -> frozenset[str]:
    """What stands beside the numbers of several pages, but for its digits."""
    beside, before, near = Counter[str](), "", 0
    for line in lines:
        if not line.words:
            continue
        if page_number(line.words) is not None:
            beside.update(_DIGITS.sub("#", each) for each in (line.words, before) if each)
            near = 3
        elif near and len(line.words) <= WHOLE:
            beside[_DIGITS.sub("#", line.words)] += 1
            near -= 1
        before = line.words if len(line.words) <= WHOLE else ""
    return frozenset(words for words, count in beside.items() if count >= HEADED)


def _is_mark(line: Line, on_every_page: frozenset[str]) -> bool:
    if page_number(line.words) is not None:
        return True
    return bool(on_every_page) and _DIGITS.sub("#", line.words) in on_every_page


def _goes_on(now: _Open, line: Line, gap: Gap) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    last, begins = now.last, bool(_ITEM.match(line.words)) and not _DAY.match(line.words)
    if gap is not Gap.NONE:
        begun = len(last.words) >= GOES_ON and not _ends(last) and not begins
        return begun and (gap is Gap.PAGE or line.words[0].islower())
    if _ends(last) and len(last.words) >= WHOLE:
        return False
    follows = now.number > 0 and _number_of(line) == now.number + 1
    return not (begins and (_ends(last) or len(last.words) < GOES_ON or follows))


def _number_of(line: Line) -> int:
    """The number that a line begins with; 0 where it begins with none, or with a day."""
    found = _NUMBER.match(line.words)
    return int(found["number"]) if found and not _DAY.match(line.words) else 0


def _ends(line: Line) -> bool:
    """Whether a sentence ends with it."""
    return _END.search(line.words) is not None


def _numbers(lines: Iterable[Line]) -> Iterator[int]:
    """The numbers that paragraphs begin with."""
    last = ""
    for line in lines:
        number = _number_of(line)
        if number and (not last or _END.search(last)) and len(line.words) >= GOES_ON:
            yield number
        last = line.words
