"""The best matches of a question in Tantivy, weighed as FTS5's are.

Tantivy's BM25 weighs a run of each shelf by how rare its terms are in the whole index, entries that were left out
included. A boost puts our own rarity, that on the shelves asked, in the place of its own.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from heapq import nlargest
from operator import itemgetter
from typing import TypeVar

from tantivy import DocAddress, Occur, Query

from panah import text
from panah.search import rules
from panah.search.engines import MOST_WEIGHED, Best, Filter, Match, asking
from panah.search.engines.asking import Narrowed, Pair, Run
from panah.search.engines.tantivy import schema
from panah.search.engines.tantivy_runs import Runs, State, either, every, total, unweighed

MOST_GROUPS = 60_000
"""Tantivy counts at most so many at once; where there are more, each match is asked for its group."""

_Question = TypeVar("_Question")
_Answer = TypeVar("_Answer")


class Answering:
    """Answers questions on one state of the index. What it has counted for one of them it need not count for the next."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._searcher = state.searcher
        self._runs = Runs(state)

    def best(self, query: text.Node, chosen: Filter, *, limit: int) -> Best:
        """The best things, best first; of equal ones, those first that Tantivy has first. `limit` is at least 1."""
        asked, shelves = self._filtered(chosen), self._shelves(chosen)
        if asked is None:
            return Best([], 0)
        if isinstance(query, text.Phrase) and len(asking.runs(query)) == 1 and not query.prefix and not asked:
            return self._best_of_one(query, shelves, limit)
        return self._best(query, shelves, asked, limit)

    def _best_of_one(self, query: text.Phrase, shelves: Sequence[int], limit: int) -> Best:
        """The same of a single run, as words in a row are, and whatever is asked in Chinese: it is counted while it is
        weighed, for to look for several words in a row takes long.
        """
        runs = asking.weights(query)
        [run] = runs
        found = {shelf: each for shelf in shelves if (each := self._runs.best(run, shelf, limit))}
        counts = {(shelf, run): self._runs.count(run, shelf) for shelf in found}
        boosts = self._boosts(runs, counts, list(found))
        hits = [(score * boosts[shelf, run], at) for shelf, each in found.items() for score, at in each]
        return Best(self._matches(nlargest(limit, hits, key=itemgetter(0))), sum(counts.values()))

    def _matches(self, hits: Sequence[tuple[float, DocAddress]]) -> list[Match]:
        things = self._searcher.fast_field_values("object_id", [address for _, address in hits])
        return [Match(int(thing or 0), score) for thing, (score, _) in zip(things, hits, strict=True)]

    def _best(self, query: text.Node, shelves: Sequence[int], asked: Sequence[Query], limit: int) -> Best:
        """The same, as if `query` matched on each of these shelves. Mostly it does, and to ask first costs as much again.
        Where it does not, it is asked once more on the others: how rare a run is, is counted on those that have a match.
        """
        left, runs, counts, on = self._narrowed(query, shelves)
        if not on:
            return Best([], 0)
        weighed = list(dict.fromkeys(run for _, run in counts))[:MOST_WEIGHED]
        boosts = self._boosts({run: runs[run] for run in weighed}, counts, on)
        found = self._searcher.search(every([self._weighed(left, counts, boosts, on), *asked]), limit, count=True)
        in_all = total(found)
        is_all = not asked and in_all <= limit
        seen = self._searcher.fast_field_values("shelf", [address for _, address in found.hits])
        matching = [shelf for shelf in on if shelf in seen or (not is_all and self._any_matches(left, shelf))]
        if matching != on:
            return self._best(query, matching, asked, limit)
        return Best(self._matches(found.hits), in_all)

    def best_of_each(self, queries: Iterable[text.Node], chosen: Filter, *, limit: int) -> list[Best]:
        """What `best` says of each: whatever one needs counted is counted for all."""
        return _together(lambda query: self.best(query, chosen, limit=limit), queries)

    def some_of_each(self, queries: Iterable[text.Node], chosen: Filter, *, limit: int) -> list[list[int]]:
        """Things that match each of many questions, weighed by nothing: all of them, or any `limit` where there are more."""
        asked, shelves = self._filtered(chosen), self._shelves(chosen)
        if asked is None or not shelves:
            return [[] for _ in queries]
        left = asking.on_shelves(list(queries), shelves, self._runs.having)
        return _together(lambda each: self._some(each, asked, limit), left)

    def _some(self, left: Mapping[int, text.Node], asked: Sequence[Query], limit: int) -> list[int]:
        matching = either([_OnShelf(self._runs, shelf).composed(query) for shelf, query in left.items()])
        found = self._searcher.search(unweighed(every([matching, *asked])), limit, count=False)
        return [match.object_id for match in self._matches(found.hits)]

    def counted(self, query: text.Node, chosen: Filter) -> dict[int, int]:
        """How many things match, of each group that has any."""
        left, _, _, shelves = self._narrowed(query, self._shelves(chosen))
        asked = self._filtered(chosen)
        if not shelves or asked is None:
            return {}
        every_match = every([self.on_any(left, shelves), *asked])
        terms_of = {"terms": {"field": "group", "size": MOST_GROUPS}}
        groups = self._searcher.aggregate(every_match, {"groups": terms_of})["groups"]
        if groups["sum_other_doc_count"] == 0:
            return {bucket["key"]: bucket["doc_count"] for bucket in groups["buckets"]}
        found = self._searcher.search(every_match, self._searcher.num_docs, count=False).hits
        return dict(
            Counter(int(group or 0) for group in self._searcher.fast_field_values("group", [at for _, at in found]))
        )

    def on_any(self, query: text.Node, shelves: Sequence[int]) -> Query:
        """What matches on one of some shelves, weighed as Tantivy does."""
        return either([_OnShelf(self._runs, shelf).composed(query) for shelf in shelves])

    def _shelves(self, chosen: Filter) -> list[int]:
        """Those of the chosen ones on which anything stands."""
        return [shelf for shelf in sorted(set(chosen.shelves)) if self._state.shelves.get(shelf)]

    def _narrowed(self, query: text.Node, shelves: Sequence[int]) -> Narrowed:
        """What of `query` stands on these shelves, and how many entries have each run of it."""
        runs = asking.weights(query)
        counts = {(shelf, run): count for run in runs for shelf in shelves if (count := self._runs.count(run, shelf))}
        return asking.narrowed(query, counts, lambda _, on: list(on))

    def _any_matches(self, query: text.Node, shelf: int) -> bool:
        """Whether anything on a shelf does."""
        return asking.is_only_alternatives(query) or self._runs.any_has(self.on_any(query, [shelf]))

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
            (shelf, run): worth[run] * rules.ONCE / (1 if run.prefix else self._runs.rarity(run, shelf))
            for shelf, run in counts
            if run in worth
        }

    def _weighed(
        self, query: text.Node, counts: Iterable[Pair], boosts: Mapping[Pair, float], shelves: Sequence[int]
    ) -> Query:
        """What matches on some shelves, and weighs as much as all runs that it has. `counts` has those that stand there."""
        if asking.is_only_alternatives(query):
            return either([_Weighing(self._runs, shelf, boosts).query(run) for shelf, run in counts])
        if asking.is_each_once(query):
            return either([_Weighing(self._runs, shelf, boosts).composed(query) for shelf in shelves])
        return either([self._weighed_beside(query, _Weighing(self._runs, shelf, boosts)) for shelf in shelves])

    def _weighed_beside(self, query: text.Node, weighing: _Weighing) -> Query:
        """The same where a run stands in several parts of a question, and weighs once."""
        must = (Occur.Must, unweighed(self.on_any(query, [weighing.shelf])))
        return Query.boolean_query([must, *((Occur.Should, each) for each in weighing.all_that_weigh())])

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


class _OnShelf:
    """Makes a question of Tantivy's of one of ours on one shelf."""

    def __init__(self, runs: Runs, shelf: int) -> None:
        self._runs = runs
        self.shelf = shelf

    def composed(self, query: text.Node) -> Query:
        """What matches."""
        if isinstance(query, text.Phrase):
            return self._alone(query)
        if isinstance(query, text.Any):
            return either(self._alternatives(query))
        wanted = [(Occur.Must, self.composed(part)) for part in query.parts]
        excluded = _OnShelf(self._runs, self.shelf)
        return Query.boolean_query(wanted + [(Occur.MustNot, excluded.composed(part)) for part in query.without])

    def query(self, run: Run) -> Query:
        """What has a run."""
        return self._runs.query(run, self.shelf)

    def _alternatives(self, query: text.Node) -> list[Query]:
        """In one row, which is looked through in half the time of rows in a row."""
        if isinstance(query, text.Phrase):
            return [self.query(run) for run in self._runs.standing(query, self.shelf)]
        if isinstance(query, text.Any):
            return [each for part in query.parts for each in self._alternatives(part)]
        return [self.composed(query)]

    def _alone(self, phrase: text.Phrase) -> Query:
        """Of a phrase that must stand."""
        runs = self._runs.standing(phrase, self.shelf)
        widest = self._runs.widest(runs, self.shelf)
        return self._with(widest, runs) if widest else either([self.query(run) for run in runs])

    def _with(self, widest: Run, _: Sequence[Run]) -> Query:
        """What has one of some runs, one of which stands wherever the others do."""
        return self.query(widest)


class _Weighing(_OnShelf):
    """The same, so that what matches weighs as much as all of the runs that it has."""

    def __init__(self, runs: Runs, shelf: int, boosts: Mapping[Pair, float]) -> None:
        super().__init__(runs, shelf)
        self._boosts = boosts

    def query(self, run: Run) -> Query:
        """What has a run, weighed."""
        plain, boost = super().query(run), self._boosts.get((self.shelf, run), 0.0)
        return Query.const_score_query(plain, boost) if run.prefix or not boost else Query.boost_query(plain, boost)

    def all_that_weigh(self) -> list[Query]:
        """What has any run of the whole question that weighs anything."""
        return [self.query(run) for shelf, run in self._boosts if shelf == self.shelf]

    def _with(self, widest: Run, runs: Sequence[Run]) -> Query:
        return Query.boolean_query([(Occur.Must if run == widest else Occur.Should, self.query(run)) for run in runs])


def _together(ask: Callable[[_Question], _Answer], queries: Iterable[_Question]) -> list[_Answer]:
    """What is answered to each question.

    Tantivy lets go of Python while it looks, so that each processor of the machine looks for a question of its own.
    """
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as together:
        return list(together.map(ask, queries))
