"""The best matches of a question, by BM25 over the shelves that it is asked on.

FTS5's own bm25() weighs a phrase of each shelf by how rare it is on that shelf alone: one paper of a small case would
stand above a whole library. And it counts shelves that the asker cannot see. So its weight is taken out of each score,
and that of the shelves asked is put in. With t for a score as a part of the highest that its phrase can have,

    f * (k + 1) / (f + k * own)    becomes    t / (t + (1 - t) * own / theirs),

where f is how often the phrase stands in an entry, and `own` and `theirs` are how long that is beside the mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from django.db import connection

from panah import text
from panah.search import rules
from panah.search.engines import fts5
from panah.search.models import Shelf
from panah.search.rules import Size

MOST_WEIGHED = 64
"""By so many of its phrases the matches of a question are ordered. All of them are looked for."""
AT_ONCE = 400
"""So many questions are put to the table in one statement; SQLite takes at most 500."""
STEEPNESS = 2.2
"""What a phrase can score at most in FTS5, as a multiple of its rarity: k + 1."""
FINENESS = 1e9
"""Scores that differ by less than such a part of one are equal: they were reckoned on different shelves."""
EVEN = 0.25
"""How much of a score has nothing to do with how long an entry is, in FTS5: 1 - b."""


class Filter(NamedTuple):
    """Which entries may match."""

    kind: str
    shelves: Sequence[int]
    language: str = ""
    """A BCP 47 range, in any case: `zh` takes zh-Hant too; empty takes all."""


class Match(NamedTuple):
    """A thing that matches, and how well: a smaller rank is better."""

    rank: int
    entry: int
    object_id: int


class Weight(NamedTuple):
    """What one phrase can score at most on one shelf in FTS5's eyes, and how rare it is on all shelves that are asked."""

    phrase: str
    shelf: int
    most: float
    rarity: float


class Sizes(NamedTuple):
    """How much stands on the shelves that are asked, and in the whole index."""

    asked: Size
    everywhere: Size


class Best(NamedTuple):
    """The best matches, and how many there are in all."""

    matches: list[Match]
    total: int


def best(query: text.Node, chosen: Filter, *, limit: int) -> Best:
    """The best things, best first; equal ones in the order in which they were indexed. `limit` is at least 1."""
    phrases = fts5.phrases(query)
    all_weighed = len(phrases) <= MOST_WEIGHED
    alone = fts5.is_only_alternatives(query) and all_weighed
    shelves = sorted(set(chosen.shelves))
    if len(phrases) > 1:  # of one, the count tells
        shelves = _having(query, shelves)
    counts = _counts(phrases[:MOST_WEIGHED], shelves)
    if all_weighed:
        shelves = sorted({shelf for shelf, _ in counts})
    if not shelves:
        return Best([], 0)
    sizes = _sizes(shelves)
    weights = _weights(counts, sizes)
    if not all_weighed:  # what matches by none of these phrases matches all the same
        weights += [Weight("", shelf, 1, 0) for shelf in shelves]
    found: list[Match] = []
    total = 0
    for some in _portions(weights):
        hits = [_hit(weight, "" if alone else fts5.expression(query, weight.shelf)) for weight in some]
        ranked = _ranked(hits, chosen, sizes, limit, together=not alone or len(phrases) > 1)
        found += ranked.matches
        total += ranked.total
    return Best(sorted(found)[:limit], total)


def _having(query: text.Node, shelves: Sequence[int]) -> list[int]:
    """The shelves on which anything matches."""
    question = f"SELECT EXISTS(SELECT 1 FROM {fts5.TABLE} WHERE {fts5.TABLE} MATCH %s)"  # noqa: S608  the name is ours
    found = _numbers(question, [[fts5.expression(query, shelf)] for shelf in shelves])
    return [shelf for shelf, any_does in zip(shelves, found, strict=True) if any_does]


def _sizes(shelves: Sequence[int]) -> Sizes:
    numbers = [Shelf.EVERYWHERE, *shelves]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, entries, tokens FROM search_shelf WHERE number IN ({', '.join(['%s'] * len(numbers))})",  # noqa: S608
            numbers,
        )
        sizes = {shelf: Size(entries, tokens) for shelf, entries, tokens in cursor.fetchall()}
    everywhere = sizes.pop(Shelf.EVERYWHERE)
    return Sizes(Size(*map(sum, zip(*sizes.values(), strict=True))), everywhere)


def _counts(phrases: Sequence[str], shelves: Sequence[int]) -> dict[tuple[int, str], int]:
    """How many entries of each shelf have a phrase, whatever else is asked; the pairs of which any has."""
    question = f"SELECT COUNT(*) FROM {fts5.TABLE} WHERE {fts5.TABLE} MATCH %s"  # noqa: S608  the name is ours
    pairs = [(shelf, phrase) for shelf in shelves for phrase in phrases]
    found = _numbers(question, [[fts5.named(phrase, shelf)] for shelf, phrase in pairs])
    return {pair: count for pair, count in zip(pairs, found, strict=True) if count}


def _weights(counts: Mapping[tuple[int, str], int], sizes: Sizes) -> list[Weight]:
    """What each phrase weighs on each shelf. The weights of one shelf are neighbours."""
    having: Counter[str] = Counter()
    for (_, phrase), count in counts.items():
        having[phrase] += count
    return [
        Weight(
            phrase,
            shelf,
            STEEPNESS * rules.rarity(count, sizes.everywhere.entries),
            rules.rarity(having[phrase], sizes.asked.entries),
        )
        for (shelf, phrase), count in counts.items()
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
    """What FTS5 says of a phrase on a shelf in each entry, or in each that matches all that is asked."""
    match = f"FROM {fts5.TABLE} WHERE {fts5.TABLE} MATCH %s"
    scales = [weight.most, weight.rarity]
    if not weight.phrase:
        return f"SELECT rowid, 0.0, %s, %s {match}", [*scales, asked]
    hits = f"SELECT rowid, -bm25({fts5.TABLE}), %s, %s {match}"
    phrase = fts5.named(weight.phrase, weight.shelf)
    if not asked:
        return hits, [*scales, phrase]
    return f"{hits} AND +rowid IN (SELECT rowid {match})", [*scales, phrase, asked]


def _ranked(
    hits: Sequence[tuple[str, list[str | float]]], chosen: Filter, sizes: Sizes, limit: int, *, together: bool
) -> Best:
    condition, values = _where(chosen)
    own, theirs = (f"({EVEN} + {1 - EVEN} * e.length / %s)" for _ in range(2))
    score = f"h.rarity * h.score / (h.score + (h.most - h.score) * {own} / {theirs})"
    question = (
        f"WITH hit(entry, score, most, rarity) AS MATERIALIZED ({' UNION ALL '.join(hit for hit, _ in hits)}) "  # noqa: S608
        f"SELECT CAST(-{FINENESS} * {'SUM' * together}({score}) AS INTEGER), e.id, e.object_id, COUNT(*) OVER () "
        f"FROM hit h CROSS JOIN search_entry e ON e.id = h.entry WHERE {condition} "
        f"{'GROUP BY e.id ' * together}ORDER BY 1, 2 LIMIT %s"
    )
    asked = [value for _, of_hit in hits for value in of_hit]
    with connection.cursor() as cursor:
        cursor.execute(question, [*asked, _mean(sizes.asked), _mean(sizes.everywhere), *values, limit])
        rows = cursor.fetchall()
    return Best([Match(*row) for *row, _ in rows], rows[0][-1] if rows else 0)


def _numbers(question: str, asked: Sequence[Sequence[str]]) -> list[int]:
    """The answers to a question for one number, each time with other values."""
    found: list[int] = []
    with connection.cursor() as cursor:
        for first in range(0, len(asked), AT_ONCE):
            some = asked[first : first + AT_ONCE]
            cursor.execute(f"SELECT {', '.join([f'({question})'] * len(some))}", list(chain.from_iterable(some)))
            found += cursor.fetchone()
    return found


def _mean(size: Size) -> float:
    return size.tokens / size.entries


def _where(chosen: Filter) -> tuple[str, list[str]]:
    if not chosen.language:
        return "e.kind = %s", [chosen.kind]
    like = _literally(chosen.language) + "-%"  # of SQLite, LIKE is blind to the case of ASCII
    return "e.kind = %s AND e.language || '-' LIKE %s ESCAPE '\\'", [chosen.kind, like]


def _literally(like: str) -> str:
    return like.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
