"""What is known of runs of terms in one state of Tantivy's index: where they stand, how many entries have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

import tantivy
from tantivy import DocAddress, Occur, Query

from panah import text
from panah.search.engines import asking, terms
from panah.search.engines.asking import Pair, Run
from panah.search.engines.tantivy import Facts, schema

MOST_BEGUN = 1_000
"""Terms that begin alike are asked one by one if they are no more than this."""
MOST_ENDS = 50
"""So are the phrases of which the last term may go on."""


class State(NamedTuple):
    """The index as it was at one moment, and how much stood on each shelf then."""

    searcher: tantivy.Searcher
    facts: Facts
    shelves: Mapping[int, int]
    """Entries on each."""
    kinds: frozenset[str]
    languages: frozenset[str]
    """In small letters."""


class Runs:
    """Runs in one state. What was counted for one question need not be counted for the next."""

    def __init__(self, state: State) -> None:
        self._searcher = state.searcher
        self._entries = state.facts.entries
        self._is_whole = state.facts.entries == state.searcher.num_docs
        self._counts: dict[Pair, int] = {}
        self._begun: dict[tuple[str, ...], Query] = {}
        self._rarities: dict[str, float] = {}
        self._widest: dict[tuple[int, tuple[Run, ...]], Run | None] = {}

    def count(self, run: Run, shelf: int) -> int:
        """How many entries of a shelf have a run."""
        pair = (shelf, run)
        if pair not in self._counts:
            self._counts[pair] = self._counted(run, shelf)
        return self._counts[pair]

    def having(self, term: str, shelves: Sequence[int]) -> set[int]:
        """Those of some shelves on which a term stands, or stood: what was left out is in the dictionary for a while."""
        return {shelf for shelf in shelves if self._searcher.doc_freq("terms", terms.mark(shelf) + term)}

    def best(self, run: Run, shelf: int, limit: int) -> list[tuple[float, DocAddress]]:
        """Where a run weighs most on a shelf, with its weight there, as Tantivy weighs; what it is counted by the way."""
        if not all(self._searcher.doc_freq("terms", terms.mark(shelf) + term) for term in run.whole):
            return []
        found = self._searcher.search(self.query(run, shelf), limit, count=True)
        self._counts[shelf, run] = total(found)
        return found.hits

    def rarity(self, run: Run, shelf: int) -> float:
        """How rare Tantivy takes a run for: the sum over its terms."""
        return sum(self._rarity_of(terms.mark(shelf) + term) for term in run.terms)

    def standing(self, phrase: text.Phrase, shelf: int) -> tuple[Run, ...]:
        """The runs by which a phrase may be found on a shelf: of single terms, whether they stand there is known at once."""
        return tuple(run for run in asking.runs(phrase) if not run.is_term or self.count(run, shelf))

    def widest(self, runs: tuple[Run, ...], shelf: int) -> Run | None:
        """One of several terms that stands wherever another of them does, as a stem mostly does; None without one.

        Where all of a question must stand, it is enough to look for that one, and much quicker than to look for any.
        """
        if len(runs) == 1 or not all(run.is_term for run in runs):
            return None
        if (shelf, runs) not in self._widest:
            self._widest[shelf, runs] = self._widest_of(runs, shelf)
        return self._widest[shelf, runs]

    def query(self, run: Run, shelf: int) -> Query:
        """What has a run on a shelf, weighed as Tantivy does."""
        marked = tuple(terms.mark(shelf) + term for term in run.terms)
        if run.prefix:
            return self._going_on(marked)
        if len(marked) == 1:
            return Query.term_query(schema(), "terms", marked[0])
        return Query.phrase_query(schema(), "terms", list(marked))

    def any_has(self, query: Query) -> bool:
        """Whether anything matches."""
        return bool(self._searcher.search(unweighed(query), 1, count=False).hits)

    def _counted(self, run: Run, shelf: int) -> int:
        """Only where nothing was left out may the dictionary be believed."""
        having = 1
        for term in run.whole:
            having = self._searcher.doc_freq("terms", terms.mark(shelf) + term)
            if not having:
                return 0
        if self._is_whole and run.is_term:
            return having
        return total(self._searcher.search(self.query(run, shelf), 1, count=True))

    def _rarity_of(self, term: str) -> float:
        if term not in self._rarities:
            having = self._searcher.doc_freq("terms", term)
            self._rarities[term] = log(1 + (self._entries - having + 0.5) / (having + 0.5))
        return self._rarities[term]

    def _widest_of(self, runs: Sequence[Run], shelf: int) -> Run | None:
        widest = max(runs, key=lambda run: self.count(run, shelf), default=None)
        if widest is None:
            return None
        others = [(Occur.Should, self.query(run, shelf)) for run in runs if run != widest]
        alone = Query.boolean_query([*others, (Occur.MustNot, self.query(widest, shelf))])
        return None if self.any_has(alone) else widest

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
        return either([phrase for phrase in phrases if self.any_has(phrase)])

    def _beginning(self, begin: str, most: int) -> list[str] | None:
        """The terms that begin so; None where there are more."""
        found = self._searcher.terms_with_prefix("terms", begin, limit=most + 1)
        return None if len(found) > most else [term for term, _ in found]


def either(queries: Sequence[Query]) -> Query:
    """What one of these matches, or several; nothing, of none."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def every(queries: Sequence[Query]) -> Query:
    """What all of these match."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def unweighed(query: Query) -> Query:
    """What matches, and weighs nothing."""
    return Query.const_score_query(query, 0.0)


def total(found: tantivy.SearchResult) -> int:
    """How many matched in all."""
    return int(found.count)  # type: ignore[attr-defined]  # its stub forgets it
