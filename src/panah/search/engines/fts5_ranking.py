"""The best matches of a question in FTS5, by BM25 over the shelves that it is asked on.

FTS5's own bm25() weighs a run of each shelf by how rare it is on that shelf alone: one paper of a small case would stand
above a whole library. And it counts entries that were taken out, for ever. So its weight is taken out of each score, and
ours is put in: rarity on the shelves asked, and the mean length of all entries there are. That is one number, and says
nothing of any of them. With t for a score as a part of the highest that its run can have,

    f * (k + 1) / (f + k * own)    becomes    t / (t + (1 - t) * ours / own),

where f is how often the run stands in an entry, and `own` and `ours` are how long that is beside the mean: `ours` with what
evens out lengths, which nothing needs to be written for here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from django.db import connection

from panah import text
from panah.search import rules
from panah.search.engines import MOST_WEIGHED, Best, Filter, Match, asking, fts5, terms
from panah.search.engines.asking import Narrowed, Pair, Run
from panah.search.models import Shelf
from panah.search.rules import Size

AT_ONCE = 400
"""So many questions are put to the table in one statement; SQLite takes at most 500."""
FEW = 8
"""On so many shelves, each run is counted at once."""
EVEN = 0.25
"""How much of a score has nothing to do with how long an entry is: 1 - b."""
_EXISTS = f"SELECT EXISTS(SELECT 1 FROM {fts5.TABLE} WHERE {fts5.TABLE} MATCH %s)"  # noqa: S608  the name is ours
FINENESS = 1e9
"""Scores that differ by less than such a part of one are equal: they were reckoned on different shelves."""


class Weight(NamedTuple):
    """What a run can score at most on one shelf in FTS5's eyes, and what that is worth."""

    run: Run
    shelf: int
    most: float
    worth: float


class Counts:
    """How many entries have a run on a shelf, whatever else is asked. What was counted is not counted again."""

    def __init__(self) -> None:
        self._known: dict[Pair, int] = {}

    def of(self, runs: Iterable[Run], shelves: Sequence[int]) -> dict[Pair, int]:
        """The pairs of which there is any, in the order of the runs."""
        pairs = [(shelf, run) for run in runs for shelf in shelves]
        new = [pair for pair in pairs if pair not in self._known]
        question = f"SELECT COUNT(*) FROM {fts5.TABLE} WHERE {fts5.TABLE} MATCH %s"  # noqa: S608  the name is ours
        found = _numbers(question, [[fts5.named(run, shelf)] for shelf, run in new])
        self._known.update(zip(new, found, strict=True))
        return {pair: count for pair in pairs if (count := self._known[pair])}


def best(query: text.Node, chosen: Filter, *, limit: int) -> Best:
    """The best things, best first; equal ones in the order in which they were indexed. `limit` is at least 1."""
    return _best(query, chosen, Counts(), limit)


def best_of_each(queries: Iterable[text.Node], chosen: Filter, *, limit: int) -> list[Best]:
    """What `best` says of each of many questions, the same run counted once."""
    counts = Counts()
    return [_best(query, chosen, counts, limit) for query in queries]


def some_of_each(queries: Iterable[text.Node], chosen: Filter, *, limit: int) -> list[list[int]]:
    """Things that match each of many questions, weighed by nothing: all of them, or any `limit` where there are more.

    To be weighed a run is looked up three times, here once.
    """
    condition, values = _where(chosen)
    question = (
        f"SELECT e.object_id FROM {fts5.TABLE} CROSS JOIN search_entry e ON e.id = {fts5.TABLE}.rowid "  # noqa: S608
        f"WHERE {fts5.TABLE} MATCH %s AND {condition} LIMIT %s"
    )
    found: list[list[int]] = []
    with connection.cursor() as cursor:
        for left in asking.on_shelves(list(queries), chosen.shelves, _having):
            asked = " OR ".join(fts5.expression(query, shelf) for shelf, query in left.items())
            if asked:
                cursor.execute(question, [asked, *values, limit])
            found.append([thing for (thing,) in cursor.fetchall()] if asked else [])
    return found


def _having(term: str, shelves: Sequence[int]) -> set[int]:
    """Those of some shelves on which a term stands."""
    found = _numbers(_EXISTS, [[fts5.named(Run((term,)), shelf)] for shelf in shelves])
    return {shelf for shelf, any_does in zip(shelves, found, strict=True) if any_does}


def _best(query: text.Node, chosen: Filter, known: Counts, limit: int) -> Best:
    query, runs, counts, shelves = _narrowed(query, sorted(set(chosen.shelves)), known)
    if not shelves:
        return Best([], 0)
    standing = dict.fromkeys(run for _, run in counts)
    weighed = list(standing)[:MOST_WEIGHED]
    all_weighed = len(weighed) == len(standing)
    alone = asking.is_only_alternatives(query) and all_weighed
    weights = _weights({run: runs[run] for run in weighed}, counts, shelves)
    if not all_weighed:  # what matches by none of these runs matches all the same
        weights += [Weight(Run(()), shelf, 1, 0) for shelf in shelves]
    found: list[tuple[int, int, int]] = []
    total = 0
    for some in _portions(weights):
        ranked, more = _ranked(some, None if alone else query, chosen, limit, together=not alone or len(weighed) > 1)
        found += ranked
        total += more
    return Best([Match(object_id, -rank / FINENESS) for rank, _, object_id in sorted(found)[:limit]], total)


def counted(query: text.Node, chosen: Filter) -> dict[int, int]:
    """How many things match, of each group that has any."""
    condition, values = _where(chosen)
    found: Counter[int] = Counter()
    query, _, _, shelves = _narrowed(query, sorted(set(chosen.shelves)), Counts())
    match = f"SELECT rowid FROM {fts5.TABLE} WHERE {fts5.TABLE} MATCH %s"  # noqa: S608  the name is ours
    for first in range(0, len(shelves), AT_ONCE):
        asked = [fts5.expression(query, shelf) for shelf in shelves[first : first + AT_ONCE]]
        question = (
            f"WITH hit(entry) AS ({' UNION ALL '.join([match] * len(asked))}) "  # noqa: S608
            f'SELECT e."group", COUNT(*) FROM hit h CROSS JOIN search_entry e ON e.id = h.entry WHERE {condition} '
            f"GROUP BY 1"
        )
        with connection.cursor() as cursor:
            cursor.execute(question, [*asked, *values])
            found.update(dict(cursor.fetchall()))
    return dict(found)


def sizes_of(shelves: Sequence[int]) -> dict[int, Size]:
    """How much stands on each of these shelves, where anything does."""
    rows = Shelf.objects.filter(pk__in=shelves).values_list("number", "entries", "tokens")
    return {number: Size(entries, tokens) for number, entries, tokens in rows}


def _narrowed(query: text.Node, shelves: Sequence[int], known: Counts) -> Narrowed:
    """What of `query` stands on the shelves on which anything matches.

    To count a run costs as much as to ask whether there is any, and saves asking for what stands nowhere; but of many
    shelves most have nothing that matches.
    """
    runs = asking.weights(query)
    if len(shelves) > FEW and len(runs) > 1:
        shelves = _matching(query, shelves)
    return asking.narrowed(query, known.of(runs, shelves), _matching)


def _matching(query: text.Node, shelves: Sequence[int]) -> list[int]:
    """The shelves on which anything matches."""
    found = _numbers(_EXISTS, [[fts5.expression(query, shelf)] for shelf in shelves])
    return [shelf for shelf, any_does in zip(shelves, found, strict=True) if any_does]


def _weights(runs: Mapping[Run, float], counts: Mapping[Pair, int], shelves: Sequence[int]) -> list[Weight]:
    """What each run weighs on each shelf. The weights of one shelf are neighbours."""
    sizes = sizes_of([Shelf.EVER, *shelves])
    ever, asked = sizes[Shelf.EVER].entries, sum(sizes[shelf].entries for shelf in shelves)
    having: Counter[Run] = Counter()
    for (_, run), count in counts.items():
        having[run] += count
    worth = {run: weight * rules.rarity(having[run], asked) for run, weight in runs.items()}
    return [
        Weight(run, shelf, 1, worth[run] * rules.ONCE)
        if run.prefix
        else Weight(run, shelf, rules.STEEPNESS * rules.rarity(count, ever), worth[run])
        for (shelf, run), count in counts.items()
        if run in worth
    ]


def _portions(weights: Sequence[Weight]) -> Iterator[list[Weight]]:
    """So many weights as go into one statement, all those of a shelf together."""
    some: list[Weight] = []
    for _, of_one in groupby(sorted(weights, key=lambda weight: weight.shelf), key=lambda weight: weight.shelf):
        more = list(of_one)
        if len(some) + len(more) > AT_ONCE:
            yield some
            some = []
        some += more
    if some:
        yield some


def _hit(weight: Weight, asked: str) -> tuple[str, list[str | float]]:
    """What FTS5 says of a run on a shelf in each entry that has it, of those that match all that is `asked` there.

    Each run is looked up by itself, for FTS5 counts every run of a question before it weighs one; and it weighs only what
    is left: to go through all that a run has is ten times cheaper.
    """
    match = f"FROM {fts5.TABLE} WHERE {fts5.TABLE} MATCH %s"
    scales = [weight.most, weight.worth]
    if not weight.run.terms:
        return f"SELECT rowid, 0.0, %s, %s {match}", [*scales, asked]
    score = "1.0" if weight.run.prefix else f"-bm25({fts5.TABLE})"  # one that may go on counts as if it stood once
    within = " AND +rowid IN (SELECT entry FROM whole)" if asked else ""
    return f"SELECT rowid, {score}, %s, %s {match}{within}", [*scales, fts5.named(weight.run, weight.shelf)]


def _ranked(
    weights: Sequence[Weight], query: text.Node | None, chosen: Filter, limit: int, *, together: bool
) -> tuple[list[tuple[int, int, int]], int]:
    """Of each match its rank, the smaller the better, its entry and its thing; and how many there are in all.

    `query` is what must match; None where each of these runs alone is enough.
    """
    shelves = dict.fromkeys(weight.shelf for weight in weights)
    asked = {shelf: fts5.expression(query, shelf) for shelf in shelves} if query else {}
    hits = [_hit(weight, asked.get(weight.shelf, "")) for weight in weights]
    whole = [f"SELECT rowid FROM {fts5.TABLE} WHERE {fts5.TABLE} MATCH %s"] * len(asked)  # noqa: S608  the name is ours
    condition, values = _where(chosen)
    ours, own = (f"({EVEN} + {1 - EVEN} * (e.length - {less}) / %s)" for less in (0, terms.EVEN_OUT))
    score = f"h.worth * h.score / (h.score + (h.most - h.score) * {ours} / {own})"
    question = (
        f"WITH whole(entry) AS MATERIALIZED ({' UNION ALL '.join(whole) or 'SELECT 0'}), "  # noqa: S608
        f"hit(entry, score, most, worth) AS MATERIALIZED ({' UNION ALL '.join(hit for hit, _ in hits)}) "
        f"SELECT CAST(-{FINENESS} * {'SUM' * together}({score}) AS INTEGER), e.id, e.object_id, COUNT(*) OVER () "
        f"FROM hit h CROSS JOIN search_entry e ON e.id = h.entry "
        f"WHERE {condition} {'GROUP BY e.id ' * together}ORDER BY 1, 2 LIMIT %s"
    )
    sizes = sizes_of([Shelf.EVER, Shelf.EVERYWHERE])
    mean, ever = (sizes[which].tokens / sizes[which].entries for which in (Shelf.EVERYWHERE, Shelf.EVER))
    scales = chain.from_iterable(of_hit for _, of_hit in hits)
    with connection.cursor() as cursor:
        cursor.execute(question, [*asked.values(), *scales, mean, ever - terms.EVEN_OUT, *values, limit])
        rows = cursor.fetchall()
    return [(rank, entry, thing) for rank, entry, thing, _ in rows], rows[0][-1] if rows else 0


def _numbers(question: str, asked: Sequence[Sequence[str]]) -> list[int]:
    """The answers to a question for one number, each time with other values."""
    found: list[int] = []
    with connection.cursor() as cursor:
        for first in range(0, len(asked), AT_ONCE):
            some = asked[first : first + AT_ONCE]
            cursor.execute(f"SELECT {', '.join([f'({question})'] * len(some))}", list(chain.from_iterable(some)))
            found += cursor.fetchone()
    return found


def _where(chosen: Filter) -> tuple[str, list[str]]:
    condition, values = "e.kind = %s", [chosen.kind]
    if chosen.language:  # of SQLite, LIKE is blind to the case of ASCII
        condition += " AND e.language || '-' LIKE %s ESCAPE '\\'"
        values.append(_literally(chosen.language) + "-%")
    if chosen.groups is not None:
        condition += ' AND e."group" IN (SELECT value FROM json_each(%s))'
        values.append(json.dumps(sorted(chosen.groups)))
    return condition, values


def _literally(like: str) -> str:
    return like.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
