"""Quotations in a text: what stands between quotation marks, in the manner of several languages, one inside another too.

An apostrophe opens nothing. A mark that is never closed is told as such, for somebody meant to quote there. All is found in
one pass; time is linear in the text, whatever marks it is made of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from panah.text.finding import Span

DEEPEST = 4
"""A quotation inside so many others is a part of these, and is not told by itself."""
LONGEST = 6_000
"""Characters. A mark that is closed so far behind was never closed."""
_AHEAD = 400
"""Characters in which the end of a quotation is looked for behind what may be the apostrophe of a plural."""

_CLOSED_BY = {
    '"': '"', "＂": "＂", "“": "”", "”": "”", "„": "“”", "‟": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹›",
    "‘": "’", "‚": "‘’", "’": "’", "'": "'", "「": "」", "『": "』", "﹁": "﹂", "﹃": "﹄", "〝": "〞〟",
}  # fmt: skip
"""By which marks each opening mark is closed. “ closes in German and ” opens in Swedish, » does either by the country."""
_OPENED_BY = {
    closing: [mark for mark, closers in _CLOSED_BY.items() if closing in closers]
    for closing in {closing for closers in _CLOSED_BY.values() for closing in closers}
}
_APOSTROPHES = frozenset("'’‘")
_STAYS_OPEN = frozenset("“„«「『﹁﹃〝")
"""A quotation of several paragraphs may begin with these: none of them is anything else."""
_UPRIGHT = frozenset("「『﹁﹃〝")
"""Marks of scripts that have no space before them."""
_MARK = re.compile("[" + re.escape("".join({*_CLOSED_BY, *_OPENED_BY})) + r"]|\n[ \t]*\n\s*")

_OMITTED = re.compile(
    r"\[\s?(?:…+|\.{2,5}|\.\s\.\s\.|-{1,3}|–|—|/\.{3}/)\s?\]|\(\s?(?:…+|\.{3}|\.\s\.\s\.|-{1,3})\s?\)"
    r"|…+|\.{3,6}|\.\s\.\s\.(?:\s\.)?|- - -|/\.{3}/|（…+）|［…+］|⋯+"
)
_INSERTED = re.compile(
    r"(?<!\w)\[(?!\w\]\w)[^\[\]\n]{1,200}\]\w{0,20}|\b\w{1,30}\[[^\[\]\n]{1,200}\]\w{0,20}|\(sic!?\)"
    r"|[\[(](?:emphasis (?:added|mine)|Hervorhebung[^\[\]()]{0,40}|min kursivering|je souligne)[\])]"
)
"""What the one who quotes has put in or changed; of “[t]he” only the letter, so that stays."""


class Segment(NamedTuple):
    """Words that are quoted without a gap, and whether they follow closely upon those before: a gap of a few words."""

    start: int
    end: int
    closely: bool = False


class Quoted(NamedTuple):
    """A quotation: where it stands with its marks, how deep inside others, and its stretches without what was left out."""

    start: int
    end: int
    depth: int
    segments: tuple[Segment, ...]
    is_closed: bool = True
    """Whether its mark is closed; where not, nobody can say how far it goes, and it has no segments."""


class _Open(NamedTuple):
    mark: str
    at: int


def quoted_in(raw: str) -> list[Quoted]:
    """The quotations of a text, in the order in which they begin."""
    return sorted(_Reading(raw).found(), key=lambda each: (each.start, -each.end))


def as_quoted(words: str) -> str:
    """Words as their source has them: of “[t]he” without the brackets, which keep their places as signs that nobody sees."""
    return words.replace("[", "\u2060").replace("]", "\u2060")


class _Reading:
    """One pass over a text, with the marks that are open."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._open: list[_Open] = []
        self._how_many: Counter[str] = Counter()

    def found(self) -> Iterator[Quoted]:
        for match in _MARK.finditer(self._raw):
            mark, at = match[0], match.start()
            if mark[0] == "\n":
                yield from self._paragraph_ends(at, match.end())
            elif not self._is_apostrophe(mark, at):
                if self._closes(mark, at):
                    yield from self._close(mark, at)
                elif self._opens(mark, at):
                    self._open.append(_Open(mark, at))
                    self._how_many[mark] += 1
        yield from self._never_closed(keep=frozenset())

    def _is_apostrophe(self, mark: str, at: int) -> bool:
        return mark in _APOSTROPHES and self._is_word(at - 1) and self._is_word(at + 1)

    def _closes(self, mark: str, at: int) -> bool:
        """Whether a mark closes one that is open."""
        if not any(self._how_many[opener] for opener in _OPENED_BY.get(mark, ())):
            return False
        before = self._raw[at - 1]
        if mark in _CLOSED_BY and before.isspace() and mark not in "»«":
            return False
        return mark not in "'’" or not self._goes_on(mark, at)

    def _goes_on(self, mark: str, at: int) -> bool:
        """Whether it is the apostrophe of a plural, the refugees' claims, in a quotation whose end is still to come."""
        behind = self._raw[at + 1 : at + 3]
        if self._raw[at - 1] != "s" or len(behind) < 2 or behind[0] != " " or not behind[1].islower():
            return False
        ahead = self._raw[at + 1 : at + _AHEAD].split("\n\n", 1)[0]
        return re.search(rf"[\w.,!?…]{mark}(?!\w)", ahead) is not None and f" {mark}" not in ahead

    def _opens(self, mark: str, at: int) -> bool:
        if mark not in _CLOSED_BY:
            return False
        if mark in _UPRIGHT:
            return True
        behind = self._raw[at + 1 : at + 2]
        if mark in "'’":
            return not self._is_word(at - 1) and behind.isalpha()
        if mark in "«»":
            return not self._is_word(at - 1) and bool(behind)
        return (not self._is_word(at - 1) or self._is_unspaced(at - 1) or mark in "“„") and bool(behind.strip())

    def _close(self, mark: str, at: int) -> Iterator[Quoted]:
        """The quotation that ends there. What was opened inside it and is still open was none."""
        openers = _OPENED_BY[mark]
        while self._open:
            last = self._open.pop()
            self._how_many[last.mark] -= 1
            if last.mark in openers:
                if at - last.at <= LONGEST:
                    yield from self._told(last.at, at + 1, at)
                elif last.mark in _STAYS_OPEN and not self._open:
                    yield Quoted(last.at, last.at + 1, 0, (), is_closed=False)
                return

    def _paragraph_ends(self, at: int, following: int) -> Iterator[Quoted]:
        """Where a paragraph ends, so does what cannot go on; and a quotation whose mark the next one repeats."""
        again = self._raw[following : following + 1]
        if self._open and again == self._open[-1].mark and again in _STAYS_OPEN:
            last = self._open.pop()
            self._how_many[last.mark] -= 1
            yield from self._told(last.at, at, at)
        yield from self._never_closed(keep=_STAYS_OPEN)

    def _never_closed(self, keep: frozenset[str]) -> Iterator[Quoted]:
        """Let go of what is open. Of double marks it is told, outside of others: the rest may be apostrophes and inches."""
        if all(each.mark in keep for each in self._open):
            return
        for number, each in enumerate(self._open):
            if each.mark not in keep and each.mark in '"＂“„«「『' and number == 0:
                yield Quoted(each.at, each.at + 1, 0, (), is_closed=False)
        self._open = [each for each in self._open if each.mark in keep]
        self._how_many = Counter(each.mark for each in self._open)

    def _told(self, start: int, end: int, last: int) -> Iterator[Quoted]:
        depth = len(self._open)
        if depth < DEEPEST and (segments := tuple(_segments(self._raw, start + 1, last))):
            yield Quoted(start, end, depth, segments)

    def _is_word(self, at: int) -> bool:
        return 0 <= at < len(self._raw) and self._raw[at].isalnum() and not self._is_unspaced(at)

    def _is_unspaced(self, at: int) -> bool:
        return at >= 0 and "\u2e80" <= self._raw[at] <= "\uffef"


def _segments(raw: str, start: int, end: int) -> Iterator[Segment]:
    """The stretches between what was left out or put in."""
    gaps = sorted(
        (match.start(), match.end(), closely)
        for pattern, closely in ((_OMITTED, False), (_INSERTED, True))
        for match in pattern.finditer(raw, start, end)
    )
    at, closely = start, False
    for first, last, is_close in [*gaps, (end, end, False)]:
        if first >= at and (span := _words(raw, at, first)):
            yield Segment(*span, closely=closely)
            closely = is_close
        else:
            closely = closely and is_close
        at = max(at, last)


def _words(raw: str, start: int, end: int) -> Span | None:
    """The stretch without the signs and spaces around its words."""
    while start < end and not raw[start].isalnum() and raw[start] != "[":
        start += 1
    while end > start and not raw[end - 1].isalnum() and raw[end - 1] != "]":
        end -= 1
    return Span(start, end) if start < end else None
