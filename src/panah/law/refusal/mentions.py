"""Whether a decision mentions the papers that were before it: by number, title, day, or the names of who made them.

A paper counts as mentioned wherever it stands in the decision, and by whichever of these: that none is found is said with
what was looked for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from panah import text
from panah.law.checklist.model import Found
from panah.law.refusal.model import Part, Refusal, Submitted
from panah.law.refusal.writing import Days, days_in, exhibits_in
from panah.text.commonest import COMMONEST
from panah.text.stems import stems_of

SHORTEST = 4
"""Letters of a word of a title that tells it from others."""
SHARE = 0.6
"""Of these words, so many stand together where a title is meant."""
NEAR = 8
"""Words that may stand between them, besides."""

_PARTS_OF_TITLE = re.compile(r"\s+[/|–—-]\s+|[|()\[\]·:;“”„\"«»]|\s/|/\s")
_COMMON = frozenset().union(*COMMONEST.values())


class By(NamedTuple):
    """By what a paper is mentioned, and where."""

    what: str
    span: text.Span


@dataclass(frozen=True)
class Mention:
    """Whether a paper is mentioned."""

    paper: Submitted
    by: str = ""
    """`exhibit`, `date`, `name` or `title`; empty where nothing was found."""
    words: Found | None = None
    looked: tuple[str, ...] = ()
    """What was looked for in vain, in words."""


class _Words:
    """The words of a decision, by their forms and their stems."""

    def __init__(self, refusal: Refusal) -> None:
        self.pieces = text.atoms(refusal.text)
        self._language = refusal.language
        self.by_form = defaultdict[str, list[int]](list)
        self.by_stem = defaultdict[str, list[int]](list)
        for place, piece in enumerate(self.pieces):
            self.by_form[piece.form].append(place)
        for form, places in self.by_form.items():
            for stem in stems_of([form], refusal.language):
                self.by_stem[stem] += places

    def span(self, first: int, last: int) -> text.Span:
        """Where the words `first` to `last` stand."""
        return text.Span(self.pieces[first].start, self.pieces[last].end)

    def run(self, forms: Sequence[str]) -> Iterator[text.Span]:
        """Where words stand one behind the other."""
        last = len(forms) - 1
        for at in self.by_form.get(forms[0], ()) if forms else ():
            if at + last < len(self.pieces) and all(
                self.pieces[at + step].form == form for step, form in enumerate(forms)
            ):
                yield self.span(at, at + last)

    def places(self, form: str) -> list[int]:
        """Where a word stands in any of its forms."""
        found = set(self.by_form.get(form, ()))
        for stem in stems_of([form], self._language):
            found.update(self.by_stem.get(stem, ()))
        return sorted(found)

    def together(self, forms: Sequence[str]) -> text.Span | None:
        """Where so many of some words stand near each other as name what they name; None where they do not."""
        needed = max(min(2, len(forms)), round(SHARE * len(forms)))
        marked = sorted((place, number) for number, form in enumerate(forms) for place in self.places(form))
        near, begin = Counter[int](), 0
        for place, number in marked:
            near[number] += 1
            while place - marked[begin][0] > 2 * len(forms) + NEAR:
                near[marked[begin][1]] -= 1
                begin += 1
            if sum(count > 0 for count in near.values()) >= needed:
                return self.span(marked[begin][0], place)
        return None


def mentions(refusal: Refusal) -> tuple[Mention, ...]:
    """Of each paper that was submitted, where the decision mentions it, or what was looked for in vain.

    Of papers that are called alike, one that is surely mentioned takes the name: for the others it is no sign.
    """
    looking = _Looking(refusal)
    surely = {paper.id: found for paper in refusal.submitted if (found := looking.surely(paper))}
    shared = Counter(called for paper in refusal.submitted for called in _called(paper))
    taken = {called for paper in refusal.submitted if paper.id in surely for called in _called(paper)}

    def mention(paper: Submitted) -> Mention:
        called = (each for each in _called(paper) if shared[each] == 1 or each not in taken)
        by = surely.get(paper.id) or looking.by_call(called)
        if by is None:
            return Mention(paper, looked=tuple(_looked_for(paper)))
        return Mention(paper, by.what, _found(refusal, by.span, by.what))

    return tuple(map(mention, refusal.submitted))


class _Looking:
    """What a decision names, found once for all papers."""

    def __init__(self, refusal: Refusal) -> None:
        self._refusal = refusal
        self._words = _Words(refusal)
        self._exhibits = exhibits_in(refusal.text)
        self._days = days_in(refusal.text)
        self._hers = {tuple(_forms(name)) for name in refusal.names}
        self._head = _head(refusal)
        self._own = {refusal.decision.said("day"), refusal.decision.said("notified")}
        """Days that stand in every decision, and so say nothing of a paper."""

    def surely(self, paper: Submitted) -> By | None:
        """By what tells a paper from all others: its number, or its day."""
        if span := self._exhibits.get(paper.number):
            return By("exhibit", span)
        span = _dated(paper.date, self._days) if paper.date not in self._own else None
        return By("date", span) if span else None

    def by_call(self, called: Iterable[_Called]) -> By | None:
        """By its title, or by who made it, where other papers may be called so too."""
        for each in called:
            if each.what == "name":
                if each.forms in self._hers:
                    continue
                span = self._named(each)
            else:
                span = self._words.together(each.forms)
            if span:
                return By(each.what, span)
        return None

    def _named(self, called: _Called) -> text.Span | None:
        """Where a name stands behind the head, with a capital where it has one: it may be the word for an office."""
        for span in self._words.run(called.forms):
            if span.start >= self._head and not (called.capital and self._refusal.text[span.start].islower()):
                return span
        return None


class _Called(NamedTuple):
    """What a paper is called by: a part of its title, or a name of who made it."""

    what: str
    forms: tuple[str, ...]
    capital: bool = False


def _called(paper: Submitted) -> Iterator[_Called]:
    for part in _PARTS_OF_TITLE.split(paper.title):
        if forms := tuple(dict.fromkeys(_salient(part))):
            yield _Called("title", forms)
    for name in paper.names:
        if forms := tuple(_forms(name)):
            yield _Called("name", forms, name[:1].isupper())


def _salient(part: str) -> list[str]:
    """The words that tell a title from others; of an unspaced script, each character."""
    return [
        piece.form
        for piece in text.atoms(part)
        if piece.unspaced or (len(piece.form) >= SHORTEST and piece.form not in _COMMON)
    ]


def _forms(name: str) -> list[str]:
    return [piece.form for piece in text.atoms(name)]


def _dated(written: str, found: Days) -> text.Span | None:
    """Where the day of a paper is written, or its month where no more is known; of a year alone nothing is said."""
    if not (day := _exact(written)):
        return None
    first, last = day
    return found.days.get(first) if first == last else found.months.get((first.year, first.month))


def _exact(written: str) -> tuple[date, date] | None:
    """The first and the last day that a date may mean, where both lie in one month; else None."""
    try:
        first, last = text.period(written) if written else (None, None)
    except text.DateUnreadable:
        return None
    return (first, last) if first and last and (first.year, first.month) == (last.year, last.month) else None


def _looked_for(paper: Submitted) -> Iterator[str]:
    yield f"as number {paper.number}"
    yield "by its title"
    if _exact(paper.date):
        yield f"by its date, {paper.date}"
    if paper.names:
        yield f"by the names {', '.join(paper.names)}"


def _head(refusal: Refusal) -> int:
    """The first character behind the head of a decision, in which the authority that writes is named; 0 without one."""
    behind = next((each for each in refusal.paragraphs if each.part is not Part.HEAD), None)
    return len(refusal.text.encode()[: behind.start].decode()) if behind else 0


def _found(refusal: Refusal, span: text.Span, what: str) -> Found:
    words = refusal.text[span.start : span.end]
    start = len(refusal.text[: span.start].encode())
    return Found(refusal.decision.number, start, start + len(words.encode()), words, what)
