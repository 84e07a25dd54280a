"""The best matches of a question in Tantivy, weighed as FTS5's are.

Tantivy's BM25 weighs a run of each shelf by how rare its terms are in the whole index, entries that were left out
included. A boost puts our own rarity, that on the shelves asked, in the place of its own.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import log
from typing import NamedTuple, TypeVar

import tantivy
from tantivy import Occur, Query

from panah import text
from panah.search import rules
from panah.search.engines import MOST_WEIGHED, Best, Filter, Match, asking, terms
from panah.search.engines.asking import Narrowed, Pair, Run
from panah.search.engines.tantivy import Facts, schema

MOST_GROUPS = 60_000
"""Tantivy counts at most so many at once; where there are more, each match is asked for its group."""


MOST_BEGUN = 1_000
"""Terms that begin alike are asked one by one if they are no more than this."""
MOST_ENDS = 50
"""So are the phrases of which the last term may go on."""

Leaf = Callable[[Run], Query]
_Answer = TypeVar("_Answer")


class State(NamedTuple):
    """The index as it was at one moment, and how much stood on each shelf then."""

    searcher: tantivy.Searcher
    facts: Facts
    shelves: Mapping[int, int]
    """Entries on each."""
    kinds: frozenset[str]
    languages: frozenset[str]
    """In small letters."""


class Answering:
    """Answers questions on one state of the index. What it has counted for one of them it need not count for the next."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._searcher = state.searcher
        self._is_whole = state.facts.entries == state.searcher.num_docs
        self._counts: dict[Pair, int] = {}
        self._begun: dict[tuple[str, ...], Query] = {}
        self._rarities: dict[str, float] = {}

    def best(self, query: text.Node, chosen: Filter, *, limit: int) -> Best:
        """The best things, best first; of equal ones, those first that Tantivy has first. `limit` is at least 1."""
        asked = self._filtered(chosen)
        return Best([], 0) if asked is None else self._best(query, self._shelves(chosen), asked, limit)

    def _best(self, query: text.Node, shelves: Sequence[int], asked: Sequence[Query], limit: int) -> Best:
        """The same, as if `query` matched on each of these shelves. Mostly it does, and to ask first costs as much again.
        Where it does not, it is asked once more on the others: how rare a run is, is counted on those that have a match.
        """
        left, counts, on = self._narrowed(query, shelves)
        if not on:
            return Best([], 0)
        runs = asking.weights(left)
        weighed = list(dict.fromkeys(run for _, run in counts))[:MOST_WEIGHED]
        boosts = self._boosts({run: runs[run] for run in weighed}, counts, on)
        whole = either([self._weighed(left, shelf, boosts) for shelf in on])
        found = self._searcher.search(every([whole, *asked]), limit, count=True)
        addresses, total = [address for _, address in found.hits], _total(found)
        seen = self._searcher.fast_field_values("shelf", addresses)
        is_all = not asked and total <= limit
        matching = [shelf for shelf in on if shelf in seen or (not is_all and self._matches(left, shelf))]
        if matching != on:
            return self._best(query, matching, asked, limit)
        objects = self._searcher.fast_field_values("object_id", addresses)
        return Best(
            [Match(int(thing or 0), score) for thing, (score, _) in zip(objects, found.hits, strict=True)], total
        )

    def best_of_each(self, queries: Iterable[text.Node], chosen: Filter, *, limit: int) -> list[Best]:
        """What `best` says of each: whatever one needs counted is counted for all."""
        return _together(lambda query: self.best(query, chosen, limit=limit), queries)

    def some_of_each(self, queries: Iterable[text.Node], chosen: Filter, *, limit: int) -> list[list[int]]:
        """Things that match each of many questions, weighed by nothing: all of them, or any `limit` where there are more."""
        asked, shelves = self._filtered(chosen), self._shelves(chosen)
        if asked is None or not shelves:
            return [[] for _ in queries]
        return _together(lambda query: self._some(query, shelves, asked, limit), queries)

    def _some(self, query: text.Node, shelves: Sequence[int], asked: Sequence[Query], limit: int) -> list[int]:
        found = self._searcher.search(unweighed(every([self._on_any(query, shelves), *asked])), limit, count=False)
        things = self._searcher.fast_field_values("object_id", [address for _, address in found.hits])
        return [int(thing or 0) for thing in things]

    def counted(self, query: text.Node, chosen: Filter) -> dict[int, int]:
        """How many things match, of each group that has any."""
        query, _, shelves = self._narrowed(query, self._shelves(chosen))
        asked = self._filtered(chosen)
        if not shelves or asked is None:
            return {}
        every_match = every([self._on_any(query, shelves), *asked])
        terms_of = {"terms": {"field": "group", "size": MOST_GROUPS}}
        groups = self._searcher.aggregate(every_match, {"groups": terms_of})["groups"]
        if groups["sum_other_doc_count"] == 0:
            return {bucket["key"]: bucket["doc_count"] for bucket in groups["buckets"]}
        found = self._searcher.search(every_match, self._searcher.num_docs, count=False).hits
        return dict(
            Counter(int(group or 0) for group in self._searcher.fast_field_values("group", [at for _, at in found]))
        )

    def _on_any(self, query: text.Node, shelves: Sequence[int]) -> Query:
        return either([composed(query, self.plain(shelf), self.plain(shelf)) for shelf in shelves])

    def plain(self, shelf: int) -> Leaf:
        """What makes a question of a run on a shelf, weighed as Tantivy does."""

        def leaf(run: Run) -> Query:
            marked = tuple(terms.mark(shelf) + term for term in run.terms)
            if run.prefix:
                return self._going_on(marked)
            if len(marked) == 1:
                return Query.term_query(schema(), "terms", marked[0])
            return Query.phrase_query(schema(), "terms", list(marked))

        return leaf

    def _going_on(self, marked: tuple[str, ...]) -> Query:
        """What begins so, as a list while that is short: a pattern goes through all terms there are, each time it is asked."""
        if marked not in self._begun:
            *before, last = marked
            self._begun[marked] = self._phrases(before, last) if before else self._words(last)
        return self._begun[marked]

    def _words(self, begin: str) -> Query:
        found = self._beginning(begin, MOST_BEGUN)
        if found is None:  # terms have no sign that a pattern would understand
            return Query.regex_query(schema(), "terms", begin + ".*")
        return Query.term_set_query(schema(), "terms", found)

    def _phrases(self, before: Sequence[str], begin: str) -> Query:
        found = self._beginning(begin, MOST_ENDS)
        if found is None:
            return Query.regex_phrase_query(schema(), "terms", [*before, begin + ".*"])
        phrases = [Query.phrase_query(schema(), "terms", [*before, term]) for term in found]
        return either([phrase for phrase in phrases if self._any(phrase)])

    def _beginning(self, begin: str, most: int) -> list[str] | None:
        """The terms that begin so; None where there are more."""
        found = self._searcher.terms_with_prefix("terms", begin, limit=most + 1)
        return None if len(found) > most else [term for term, _ in found]

    def _boosted(self, run: Run, shelf: int, boost: float) -> Query:
        query = self.plain(shelf)(run)
        return Query.const_score_query(query, boost) if run.prefix else Query.boost_query(query, boost)

    def _shelves(self, chosen: Filter) -> list[int]:
        """Those of the chosen ones on which anything stands."""
        return [shelf for shelf in sorted(set(chosen.shelves)) if self._state.shelves.get(shelf)]

    def _narrowed(self, query: text.Node, shelves: Sequence[int]) -> Narrowed:
        """What of `query` stands on these shelves, and how many entries have each run of it."""
        runs = asking.weights(query)
        counts = {(shelf, run): count for run in runs for shelf in shelves if (count := self._count(shelf, run))}
        return asking.narrowed(query, counts, lambda _, on: list(on))

    def _matches(self, query: text.Node, shelf: int) -> bool:
        """Whether anything on a shelf does."""
        return asking.is_only_alternatives(query) or self._any(composed(query, self.plain(shelf), self.plain(shelf)))

    def _any(self, query: Query) -> bool:
        """Whether anything matches."""
        return bool(self._searcher.search(unweighed(query), 1, count=False).hits)

    def _count(self, shelf: int, run: Run) -> int:
        """How many entries of a shelf have a run. Only where nothing was left out may the dictionary be believed."""
        pair = (shelf, run)
        if pair not in self._counts:
            self._counts[pair] = self._counted(shelf, run)
        return self._counts[pair]

    def _counted(self, shelf: int, run: Run) -> int:
        marked = [terms.mark(shelf) + term for term in run.terms]
        having = 1
        for term in marked[:-1] if run.prefix else marked:
            having = self._searcher.doc_freq("terms", term)
            if not having:
                return 0
        if self._is_whole and len(marked) == 1 and not run.prefix:
            return having
        return _total(self._searcher.search(self.plain(shelf)(run), 1, count=True))

    def _boosts(
        self, runs: Mapping[Run, float], counts: Mapping[Pair, int], shelves: Sequence[int]
    ) -> dict[Pair, float]:
        """By how much Tantivy's score of each run on each shelf is multiplied."""
        asked = sum(self._state.shelves[shelf] for shelf in shelves)
        having: Counter[Run] = Counter()
        for (_, run), count in counts.items():
            having[run] += count
        worth = {run: weight * rules.rarity(having[run], asked) for run, weight in runs.items()}
        return {
            (shelf, run): worth[run] * rules.ONCE / (1 if run.prefix else self._rarity(shelf, run))
            for shelf, run in counts
            if run in worth
        }

    def _rarity(self, shelf: int, run: Run) -> float:
        """How rare Tantivy takes a run for: the sum over its terms."""
        return sum(self._rarity_of(terms.mark(shelf) + term) for term in run.terms)

    def _rarity_of(self, term: str) -> float:
        if term not in self._rarities:
            entries, having = self._state.facts.entries, self._searcher.doc_freq("terms", term)
            self._rarities[term] = log(1 + (entries - having + 0.5) / (having + 0.5))
        return self._rarities[term]

    def _weighed(self, query: text.Node, shelf: int, boosts: Mapping[Pair, float]) -> Query:
        """What matches on a shelf, and weighs as much as all of the runs that it has."""

        def leaf(run: Run) -> Query:
            boost = boosts.get((shelf, run), 0.0)
            return self._boosted(run, shelf, boost) if boost else unweighed(self.plain(shelf)(run))

        if asking.is_each_once(query):
            return composed(query, leaf, self.plain(shelf))
        weights = [(Occur.Should, self._boosted(run, on, boost)) for (on, run), boost in boosts.items() if on == shelf]
        must = (Occur.Must, unweighed(composed(query, self.plain(shelf), self.plain(shelf))))
        return Query.boolean_query([must, *weights])

    def _filtered(self, chosen: Filter) -> list[Query] | None:
        """What an entry must be beside; None where none is."""
        found = []
        if chosen.kind not in self._state.kinds or chosen.groups == frozenset():
            return None
        if len(self._state.kinds) > 1:
            found.append(Query.term_query(schema(), "kind", chosen.kind, "basic"))
        if chosen.language:
            asked = chosen.language.lower()
            tags = [tag for tag in self._state.languages if f"{tag}-".startswith(f"{asked}-")]
            if not tags:
                return None
            found.append(Query.term_set_query(schema(), "language", tags))
        if chosen.groups is not None:
            found.append(Query.term_set_query(schema(), "group", sorted(chosen.groups)))
        return [unweighed(query) for query in found]


def _together(ask: Callable[[text.Node], _Answer], queries: Iterable[text.Node]) -> list[_Answer]:
    """What is answered to each question.

    Tantivy lets go of Python while it looks, so that each processor of the machine looks for a question of its own.
    """
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as together:
        return list(together.map(ask, queries))


def composed(query: text.Node, leaf: Leaf, excluded: Leaf) -> Query:
    """`query`, each run of it as `leaf` makes it, and each that must not be there as `excluded` does."""
    match query:
        case text.Phrase():
            return either([leaf(run) for run in asking.runs(query)])
        case text.Any(parts):
            return either([composed(part, leaf, excluded) for part in parts])
        case text.All(parts, without):
            wanted = [(Occur.Must, composed(part, leaf, excluded)) for part in parts]
            return Query.boolean_query(
                wanted + [(Occur.MustNot, composed(part, excluded, excluded)) for part in without]
            )


def either(queries: Sequence[Query]) -> Query:
    """What one of these matches, or several."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def every(queries: Sequence[Query]) -> Query:
    """What all of these match."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def unweighed(query: Query) -> Query:
    """What matches, and weighs nothing."""
    return Query.const_score_query(query, 0.0)


def _total(found: tantivy.SearchResult) -> int:
    """How many matched in all."""
    return int(found.count)  # type: ignore[attr-defined]  # its stub forgets it
