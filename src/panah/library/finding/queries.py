"""What a question finds, in its order, counted by facets. The first argument is who asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models.functions import Substr

from panah import text
from panah.library import queries, rules, sight
from panah.library.concepts.asking import worded
from panah.library.finding import facets
from panah.library.finding.facets import UNSAID, Facet, Traits
from panah.library.finding.question import Order, Question
from panah.library.models import Assessment, Document, Passage
from panah.library.queries import CollectionUnknown, Hit
from panah.library.sources.queries import sources
from panah.search import queries as search
from panah.team.models import Member

if TYPE_CHECKING:
    from panah.library.thesauri import Addition

FEW = 2_000
"""Of no more documents than these, only they are looked up, and not all that the asker sees."""
_DIGITS = 15
"""Hexadecimal digits of a document's id that stand whole in the number of its group."""


class Known(NamedTuple):
    """What is known of a document by which it is chosen, counted and sorted."""

    pk: UUID
    title: str
    date: str
    traits: Traits


class Answer(NamedTuple):
    """What a question finds: some of it, and how much there is."""

    hits: list[Hit]
    documents: list[Document]
    """Where no words were asked for."""
    total: int
    """Passages; documents where no words were asked for."""
    among: int
    """In how many documents these stand."""
    undated: int
    """How many of all have no date that can be read."""
    counts: dict[Facet, Counter[str]]
    added: tuple[Addition, ...] = ()
    left_out: tuple[Addition, ...] = ()


class _Sought(NamedTuple):
    """All that matches, by the numbers of documents: those that are known, with how many passages of each."""

    known: dict[int, Known]
    weights: Mapping[int, int]
    passing: list[int]

    def in_order(self, order: Order) -> list[int]:
        """The documents that pass: by date, else by title; those without a date last."""

        def place(group: int) -> tuple[tuple[bool, int], str, UUID]:
            one = self.known[group]
            undated = (False, 0)
            day = undated if order is Order.RELEVANCE else facets.sorting_day(one.date, newest=order is Order.NEWEST)
            return day, one.title.casefold(), one.pk

        return sorted(self.passing, key=place)


def ask(asker: Member, question: Question, *, now: datetime, limit: int, offset: int = 0) -> Answer:
    """What a question finds: passages where it has words, else documents; and how much there is of each facet.

    What is counted is what the asker may see, and nothing else. Raises the `Query...` errors of `panah.text`,
    `CollectionUnknown`.
    """
    with sight.once(asker):
        _require_collections(asker, question)
        if not question.words:
            return _documents(asker, question, now, slice(offset, offset + limit))
        query, added, left_out = worded(question)
        sought = _sought(asker, question, now, query)
        numbers, total = _passages(asker, question, query, sought, slice(offset, offset + limit))
        return Answer(
            queries.hits(numbers, query), [], total, len(sought.passing), _undated(sought),
            _counts(question, sought), added, left_out,
        )  # fmt: skip


def counted(asker: Member, question: Question, *, now: datetime) -> int:
    """How many passages a question finds, or documents where it has no words. Raises as `ask`."""
    with sight.once(asker):
        _require_collections(asker, question)
        if not question.words:
            return sum(question.filters.passes(one.traits) for one in documents_known(asker, now).values())
        query = worded(question).query
        sought = _sought(asker, question, now, query)
        return sum(sought.weights[group] for group in sought.passing)


def new_since(asker: Member, question: Question, *, passage: int, now: datetime) -> list[int]:
    """The numbers of the passages that a question finds and that came after `passage`, newest first. Raises as `ask`.

    Only the documents that have such a passage are asked: where nothing came, nothing is.
    """
    with sight.once(asker):
        seen = queries.documents(asker).order_by().values("pk")
        later = Passage.objects.filter(pk__gt=passage, document__in=seen)
        new = {rules.group_of(pk) for pk in later.values_list("document", flat=True).distinct()}
        if not new:
            return []
        _require_collections(asker, question)
        known = documents_known(asker, now, new)
        passing = [group for group in new if group in known and question.filters.passes(known[group].traits)]
        if not question.words:
            ids = [known[group].pk for group in passing]
            return list(later.filter(document__in=ids).order_by("-pk").values_list("pk", flat=True))
        query = worded(question).query
        shelves = list(sight.numbers(asker))
        total = sum(search.counted(query, kind=Passage.KIND, shelves=shelves, groups=passing).values())
        found = search.find(query, kind=Passage.KIND, shelves=shelves, groups=passing, limit=max(total, 1))
        return sorted((number for number in found.object_ids if number > passage), reverse=True)


def last_passage() -> int:
    """The number of the newest passage that there is, whoever may see it."""
    return Passage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def documents_known(asker: Member, now: datetime, groups: Collection[int] | None = None) -> dict[int, Known]:
    """What is known of the documents that the asker may see, or of those of some groups, by their groups."""
    types, meanings = _types(asker), _Meanings(now.year)
    rows = Document.objects.filter(collection__in=sight.numbers(asker))
    if groups is not None and len(groups) <= FEW:
        beginnings = {f"{group >> 3:0{_DIGITS}x}" for group in groups}
        rows = rows.annotate(beginning=Substr("id", 1, _DIGITS)).filter(beginning__in=beginnings)
    said = rows.values_list("pk", "title", "source", "collection__name", "source__name", *_AS_WRITTEN.values())
    found: dict[int, Known] = {}
    for pk, title, source, collection, name, *rest in said.iterator():
        written = {Facet.COLLECTION: collection, Facet.SOURCE: name or "", Facet.TYPE: types.of(source, name)}
        written |= dict(zip(_AS_WRITTEN, rest, strict=True))
        found[rules.group_of(pk)] = Known(
            pk, title, written[Facet.YEAR], {facet: meanings[facet, words] for facet, words in written.items()}
        )
    return found


_AS_WRITTEN = {
    Facet.LANGUAGE: "language", Facet.PLACE: "places", Facet.YEAR: "date", Facet.PERIOD: "period", Facet.CONCEPT: "concepts",
}  # fmt: skip


class _Meanings(dict[tuple[Facet, str], frozenset[str]]):
    """What is written of documents, as values of facets: thousands of documents share what a few hundred lines say.

    It is forgotten with the answer: no word of a document stays in memory.
    """

    def __init__(self, until: int) -> None:
        super().__init__()
        self._until = until

    def __missing__(self, key: tuple[Facet, str]) -> frozenset[str]:
        facet, written = key
        match facet:
            case Facet.YEAR | Facet.PERIOD:
                values = facets.years(written, until=self._until)
            case Facet.PLACE:
                values = frozenset(part for code in written.split(", ") for part in (code.partition("-")[0], code))
            case Facet.CONCEPT:
                values = frozenset(concept.strip() for concept in written.split(";"))
            case _:
                values = frozenset([written])
        self[key] = found = values - {""} or frozenset([UNSAID])
        return found


class _Types(NamedTuple):
    """What kind of publisher sources are, by their ids, and by their names where only elsewhere something is written."""

    by_id: dict[UUID, str]
    by_name: dict[str, str]

    def of(self, source: UUID | None, name: str | None) -> str:
        return "" if source is None or name is None else self.by_id.get(source, self.by_name.get(name, ""))


def _types(asker: Member) -> _Types:
    """The newest assessments count, as `sources.queries.records` has it."""
    found = _Types({}, {})
    written = Assessment.objects.filter(source__in=sources(asker).order_by().values("pk")).order_by("written_at", "pk")
    for source, name, kind in written.values_list("source", "source__name", "source_type"):
        found.by_id[source] = found.by_name[name] = kind
    return found


def _require_collections(asker: Member, question: Question) -> None:
    """Raises `CollectionUnknown` for a filter that names one which the asker does not see."""
    wanted = set(question.filters.of(Facet.COLLECTION).values)
    seen = sight.shelves(asker).filter(name__in=wanted).values_list("name", flat=True)
    if wanted and (unknown := wanted - set(seen)):
        raise CollectionUnknown(name=min(unknown))


def _sought(asker: Member, question: Question, now: datetime, query: text.Node) -> _Sought:
    weights = search.counted(query, kind=Passage.KIND, shelves=list(sight.numbers(asker)), language=question.tongue)
    known = documents_known(asker, now, weights.keys()) if weights else {}
    known = {group: known[group] for group in weights if group in known}
    return _Sought(known, weights, [group for group, one in known.items() if question.filters.passes(one.traits)])


def _passages(
    asker: Member, question: Question, query: text.Node, sought: _Sought, wanted: slice
) -> tuple[list[int], int]:
    """The numbers of the passages of a page, and how many there are in all."""
    shelves, limit = list(sight.numbers(asker)), wanted.stop - wanted.start
    total = sum(sought.weights[group] for group in sought.passing)
    if not total:
        return [], 0
    if question.order is not Order.RELEVANCE:
        return _by_date(question, query, sought, shelves, wanted), total
    groups = sought.passing if question.filters else None
    found = search.find(
        query,
        kind=Passage.KIND,
        shelves=shelves,
        language=question.tongue,
        groups=groups,
        limit=limit,
        offset=wanted.start,
    )
    return found.object_ids, found.total


def _by_date(question: Question, query: text.Node, sought: _Sought, shelves: list[int], wanted: slice) -> list[int]:
    """The passages of a page where documents are sorted by date: of each those that match, as they stand in it."""
    at, skipped, groups = 0, 0, []
    for group in sought.in_order(question.order):
        behind = at + sought.weights[group]
        if behind > wanted.start and at < wanted.stop:
            groups.append(group)
        elif not groups:
            skipped = behind
        at = behind
    among = sum(sought.weights[group] for group in groups)
    if not groups:
        return []
    found = search.find(
        query, kind=Passage.KIND, shelves=shelves, language=question.tongue, groups=groups, limit=among
    ).object_ids
    places = {sought.known[group].pk: place for place, group in enumerate(groups)}
    rows = Passage.objects.filter(pk__in=found).values_list("pk", "document", "start")
    ordered = [pk for pk, document, _ in sorted(rows, key=lambda row: (places[row[1]], row[2]))]
    return ordered[wanted.start - skipped : wanted.stop - skipped]


def _documents(asker: Member, question: Question, now: datetime, wanted: slice) -> Answer:
    known = documents_known(asker, now)
    passing = [group for group, one in known.items() if question.filters.passes(one.traits)]
    sought = _Sought(known, dict.fromkeys(known, 1), passing)
    ids = [known[group].pk for group in sought.in_order(question.order)[wanted]]
    rows = {row.pk: row for row in queries.documents(asker).filter(pk__in=ids)}
    found = [rows[pk] for pk in ids if pk in rows]
    return Answer([], found, len(passing), len(passing), _undated(sought), _counts(question, sought))


def _counts(question: Question, sought: _Sought) -> dict[Facet, Counter[str]]:
    traits = {group: one.traits for group, one in sought.known.items()}
    return facets.counts(traits, sought.weights, question.filters)


def _undated(sought: _Sought) -> int:
    return sum(sought.weights[group] for group in sought.passing if facets.days(sought.known[group].date) is None)


def every_hit(asker: Member, question: Question, *, now: datetime, most: int, at_once: int = 200) -> Iterator[Hit]:
    """Passage by passage what a question finds, at most so many. Raises as `ask`, before the first."""
    first = ask(asker, question, now=now, limit=at_once)

    def each() -> Iterator[Hit]:
        yield from first.hits
        for offset in range(at_once, min(first.total, most), at_once):
            yield from ask(asker, question, now=now, limit=min(at_once, most - offset), offset=offset).hits

    return each()
