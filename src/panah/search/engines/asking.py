"""What a question looks for, told alike to every engine: runs of terms, each with how much it weighs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice, product
from typing import NamedTuple

from panah import text
from panah.search.engines import terms

EXACTLY = 0.25
"""How much more a word counts where it stands as it was typed. By its stem alone it counts one."""
MOST_VARIANTS = 16
"""A phrase is asked in at most so many combinations of the forms that its words may have."""


class Run(NamedTuple):
    """Terms that stand one after the other, as yet on no shelf."""

    terms: tuple[str, ...]
    prefix: bool = False
    """Whether the last of them may go on."""

    @property
    def is_term(self) -> bool:
        """Whether it is one term, as it is."""
        return len(self.terms) == 1 and not self.prefix

    @property
    def whole(self) -> tuple[str, ...]:
        """Those that may not."""
        return self.terms[:-1] if self.prefix else self.terms


Pair = tuple[int, Run]
"""A shelf, and what is looked for on it."""
Having = Callable[[str, Sequence[int]], AbstractSet[int]]
"""Tells on which of some shelves a term stands."""
Matching = Callable[[text.Node, Sequence[int]], list[int]]
"""Tells on which of some shelves anything matches a question."""


@lru_cache(maxsize=10_000)
def runs(phrase: text.Phrase) -> Mapping[Run, float]:
    """Each run by which a phrase is found, and how much that weighs.

    A word that stands alone is found by its stems too. One that has none is its own stem, and so weighs both. A run of an
    unspaced script alone is asked by its pairs.
    """
    first = phrase.words[0]
    alone = len(phrase.words) == 1
    if alone and first.unspaced and len(first.forms[0]) > 1:
        return {Run(tuple(terms.parted(text.pairs(first.forms[0])))): 1 + EXACTLY}
    stems = [stem for stem in first.stems if alone and not phrase.prefix]
    exact = dict.fromkeys(islice(_combinations(phrase), MOST_VARIANTS), EXACTLY if stems else 1 + EXACTLY)
    return exact | {Run(tuple(terms.stems([stem]))): 1.0 for stem in stems}


def weights(query: text.Node) -> Mapping[Run, float]:
    """Every run that is looked for, in the order of the question, with the most that it weighs anywhere in it.

    A match is weighed by these. What is only excluded is not among them.
    """
    found: dict[Run, float] = {}
    for phrase in _phrases(query):
        for run, weight in runs(phrase).items():
            found[run] = max(phrase.weight * weight, found.get(run, 0.0))
    return found


def is_only_alternatives(query: text.Node) -> bool:
    """Whether each run of `query` alone is enough for a match."""
    return isinstance(query, text.Phrase) or (
        isinstance(query, text.Any) and all(map(is_only_alternatives, query.parts))
    )


def is_each_once(query: text.Node) -> bool:
    """Whether a match has each run that it is weighed by once in what was asked: alternatives, or several of these together."""
    if is_only_alternatives(query):
        parts: tuple[text.Node, ...] = query.parts if isinstance(query, text.Any) else (query,)
    elif isinstance(query, text.All) and all(map(is_only_alternatives, query.parts)):
        parts = query.parts
    else:
        return False
    asked = [run for part in parts for run in _each(part)]
    return len(asked) == len(set(asked))


class Narrowed(NamedTuple):
    """What is left of a question where it is asked, on which shelves, and how many entries of each have each run."""

    query: text.Node
    runs: Mapping[Run, float]
    """As `weights` has them."""
    counts: Mapping[Pair, int]
    shelves: list[int]
    """Those on which anything matches; none where nothing does."""


def narrowed(query: text.Node, counts: Mapping[Pair, int], matching: Matching) -> Narrowed:
    """`query` without what stands nowhere, on the shelves on which it matches. `counts` has no pair of which there is none."""
    left = standing(query, {run for _, run in counts})
    shelves = sorted({shelf for shelf, _ in counts}) if left else []
    if left and not is_only_alternatives(left) and (on := matching(left, shelves)) != shelves:
        shelves = on
        counts = {pair: count for pair, count in counts.items() if pair[0] in shelves}
        left = standing(query, {run for _, run in counts})
    runs = weights(left) if left else {}
    return Narrowed(left or query, runs, {pair: count for pair, count in counts.items() if pair[1] in runs}, shelves)


def standing(query: text.Node, present: AbstractSet[Run]) -> text.Node | None:
    """`query` without what is looked for and stands nowhere, by the runs of which there is any: it matches the same.

    None where nothing can match. Most labels that the thesaurus adds are in no text of a library: a question without them
    is a fraction of the work.
    """
    if isinstance(query, text.Phrase):
        return None if present.isdisjoint(runs(query)) else query
    left = tuple(part for each in query.parts if (part := standing(each, present)) is not None)
    enough = len(left) == len(query.parts) if isinstance(query, text.All) else bool(left)
    return replace(query, parts=left) if enough else None


def on_shelves(queries: Sequence[text.Node], shelves: Iterable[int], having: Having) -> Iterator[dict[int, text.Node]]:
    """What is left of each question on each shelf that has all terms of a run of it: elsewhere nothing matches.

    Of all slips of the hand that a number may have suffered, hardly one stands anywhere.
    """
    runs = [list(weights(query)) for query in queries]
    on = _on(chain.from_iterable(runs), frozenset(shelves), having)
    for query, each in zip(queries, runs, strict=True):
        present: dict[int, set[Run]] = defaultdict(set)
        for run in each:
            for shelf in on[run]:
                present[shelf].add(run)
        left = {shelf: standing(query, present[shelf]) for shelf in sorted(present)}
        yield {shelf: some for shelf, some in left.items() if some}


def _on(runs: Iterable[Run], shelves: frozenset[int], having: Having) -> dict[Run, frozenset[int]]:
    """The shelves that have each term of a run.

    What many runs have is looked up first: where it does not stand, nothing else of these needs to be looked up.
    """
    on = dict.fromkeys(runs, shelves)
    runs_of: dict[str, list[Run]] = defaultdict(list)
    for run in on:
        for term in dict.fromkeys(run.whole):
            runs_of[term].append(run)
    for term, some in sorted(runs_of.items(), key=lambda each: -len(each[1])):
        before = {on[run] for run in some}
        where = having(term, sorted(frozenset().union(*before)))
        fewer = {each: each & where for each in before}
        on.update((run, fewer[on[run]]) for run in some)
    return on


def _each(query: text.Node) -> Iterator[Run]:
    """Every run, as often as it is asked."""
    return chain.from_iterable(map(runs, _phrases(query)))


def _phrases(query: text.Node) -> Iterator[text.Phrase]:
    """Every phrase that is looked for; what is only excluded is not among them."""
    for part in (query,) if isinstance(query, text.Phrase) else query.parts:
        if isinstance(part, text.Phrase):
            yield part
        else:
            yield from _phrases(part)


def _combinations(phrase: text.Phrase) -> Iterator[Run]:
    choices = [[list(form) if word.unspaced else [form] for form in word.forms] for word in phrase.words]
    for combination in product(*choices):
        yield Run(tuple(terms.parted(term for form in combination for term in form)), phrase.prefix)
