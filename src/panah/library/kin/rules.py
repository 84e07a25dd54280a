"""When wording is shared, who said it first, and how many roots some texts have: decided from plain values."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from panah import text
from panah.text import Period

ENOUGH = 4
"""Marks in common with which two passages share wording: some sixty words of English, one after the other or nearly so."""
ALL_OF_A_FEW = 2
"""Marks that are enough where the shorter passage has no others."""
CLOSE = 5
"""Passages in common from which on two texts are close kin. Formulas alone, as all reports of one publisher have them, make
four at most: docs/adr/0035-shared-wording.md has the figures."""
LEAST_STRETCH = 5
"""Words that must follow each other in both passages to be shown as shared."""

MOST_OF_IT = 0.6
"""The part of some words that another text must have to say the same: a figure or a name may be another."""
FEWEST_WORDS = 8
"""Fewer words are a turn of phrase, and nobody's."""
_BEFORE_MORE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}(?=[T ,(])")
"""A date of ISO 8601 with something behind it: a time, or words."""

T = TypeVar("T", bound=Hashable)


def shares(*, shared: int, one: int, other: int) -> bool:
    """Whether two passages of `one` and `other` marks share wording, having `shared` of them in common.

    It must be half of the shorter one: what is quoted inside a longer passage is found, and a formula that stands in
    passages of other words is not.
    """
    shorter = min(one, other)
    return 2 * shared >= shorter and (shared >= ENOUGH or shared == shorter >= ALL_OF_A_FEW)


def close(*, shared: int, of: int, of_other: int) -> bool:
    """Whether texts of so many passages are close kin, `shared` of them sharing wording: `CLOSE`, or half of a short text."""
    return shared >= CLOSE or 2 * shared >= min(of, of_other)


def dated(written: str) -> Period | None:
    """The days that a document's date may mean (`text.period`), with what a source writes behind it left aside.

    2016 (reporting year) is 2016; in the spring of 2016 is not read, and None.
    """
    for part in (written.strip(), _BEFORE_MORE.match(written.strip())):
        try:
            if part:
                return text.period(part if isinstance(part, str) else part[0])
        except text.DateUnreadable:
            continue
    return None


def in_order(period: Period | None) -> tuple[date, date]:
    """By what texts are put in order: the first day that may be meant, then the last; without a date at the end."""
    first, last = period or (None, None)
    if first is None and last is None:
        return date.max, date.max
    return first or date.min, last or date.max


def may_be_first(periods: Sequence[Period | None]) -> list[bool]:
    """Of each text whether it may be the oldest: it may have been written before any other was for sure.

    One of 2018 and one of 2018-04 may each be; one of 2019 is not then. One without a date is never said to be.
    """
    sure = min((period.last for period in periods if period and period.last), default=date.max)
    return [period is not None and (period.first or date.min) <= sure for period in periods]


def stretches(one: str, other: str) -> tuple[list[text.Span], list[text.Span]]:
    """Where the words stand that both passages have, `LEAST_STRETCH` or more after each other: in one, and in the other."""
    ones, others = text.atoms(one), text.atoms(other)
    matcher = SequenceMatcher(None, [each.form for each in ones], [each.form for each in others], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= LEAST_STRETCH]
    return (
        [text.Span(ones[block.a].start, ones[block.a + block.size - 1].end) for block in blocks],
        [text.Span(others[block.b].start, others[block.b + block.size - 1].end) for block in blocks],
    )


def wording(words: str) -> frozenset[tuple[str, ...]]:
    """What some words are compared by: each `LEAST_STRETCH` words that follow each other; all of them, if they are fewer."""
    forms = [each.form for each in text.atoms(words)]
    return frozenset(
        tuple(forms[at : at + LEAST_STRETCH]) for at in range(max(1, len(forms) - LEAST_STRETCH + 1)) if forms
    )


def alike(*, asked: AbstractSet[tuple[str, ...]], there: AbstractSet[tuple[str, ...]]) -> float:
    """The part of what was asked that a text with the wording `there` has, from 0 to 1; 1 is word for word."""
    return len(asked & there) / len(asked) if asked else 0.0


class Why(StrEnum):
    """Why a text stands under another in a tree."""

    ROOT = "root"
    """It stands under none."""
    TRACED = "traced"
    """Somebody said so."""
    WORDING = "wording"
    """It shares wording with an older one, and nobody said that they are apart."""


class Node(NamedTuple, Generic[T]):
    """A text, or a root that is not here, with what comes from it."""

    key: T
    why: Why
    children: tuple[Node[T], ...]


class Tree(NamedTuple, Generic[T]):
    """Some texts under their roots. Corroboration is how many roots there are; how many texts is but how often it was said."""

    texts: int
    roots: tuple[Node[T], ...]


def tree(
    texts: Sequence[T],
    *,
    traces: Mapping[T, Sequence[T]],
    older: Mapping[T, Sequence[T]],
    apart: AbstractSet[frozenset[T]] = frozenset(),
) -> Tree[T]:
    """The roots of `texts`, each with what comes from it; a text of several roots stands under each.

    `traces` says from what each text comes, for what comes from something itself, too. One that comes from nothing else
    stands under the oldest of the texts that share its wording (`older`, the oldest first), unless both are `apart`: a
    copy is never counted as a second voice for want of somebody who said so. `traces` has no circles.
    """
    above = {key: dict.fromkeys(traces.get(key, ()), Why.TRACED) for key in reached(texts, traces)}
    for key in texts:
        if not above[key]:
            first = next((each for each in older.get(key, ()) if _may_stand_under(key, each, above, apart)), None)
            above[key] = {} if first is None else {first: Why.WORDING}
    below: dict[T, list[tuple[T, Why]]] = {key: [] for key in above}
    for key, parents in above.items():
        for parent, why in parents.items():
            below[parent].append((key, why))
    done: set[T] = set()
    roots = tuple(_node(key, Why.ROOT, below, done) for key, parents in above.items() if not parents)
    return Tree(len(set(texts)), roots)


def reaches(start: T, goal: T, above: Mapping[T, Iterable[T]]) -> bool:
    """Whether one comes to `goal` by going up from `start`."""
    return goal in reached([start], above)


def reached(texts: Iterable[T], above: Mapping[T, Iterable[T]]) -> dict[T, None]:
    """These and all above them, each once."""
    found, left = dict.fromkeys(texts), list(dict.fromkeys(texts))
    while left:
        news = [key for key in above.get(left.pop(), ()) if key not in found]
        found.update(dict.fromkeys(news))
        left += news
    return found


def _may_stand_under(key: T, other: T, above: Mapping[T, Iterable[T]], apart: AbstractSet[frozenset[T]]) -> bool:
    return other in above and frozenset((key, other)) not in apart and not reaches(other, key, above)


def _node(key: T, why: Why, below: Mapping[T, Sequence[tuple[T, Why]]], done: set[T]) -> Node[T]:
    """A node with what stands under it; met again, it is named without: there are as many ways to it as one likes to say."""
    if key in done:
        return Node(key, why, ())
    done.add(key)
    return Node(key, why, tuple(_node(child, because, below, done) for child, because in below[key]))


class Box(NamedTuple, Generic[T]):
    """Where a node is drawn: its column and row from 0, and the row of the one that it hangs on, or -1."""

    key: T
    why: Why
    column: int
    row: int
    above: int


def drawn(tree: Tree[T]) -> list[Box[T]]:
    """The boxes of a tree, each below the one that it hangs on and a column further in: a picture of a nested list."""
    boxes: list[Box[T]] = []
    left = [(node, 0, -1) for node in reversed(tree.roots)]
    while left:
        node, column, above = left.pop()
        left += [(child, column + 1, len(boxes)) for child in reversed(node.children)]
        boxes.append(Box(node.key, node.why, column, len(boxes), above))
    return boxes
