"""Which texts share wording, and which said it first. The first argument is who asks.

What she may not see does not exist here: no text of it, no count of it, no place in an order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple
from uuid import UUID

from panah import proof, text
from panah.errors import PanahError
from panah.library import queries as library
from panah.library import sight
from panah.library.kin import index, rules
from panah.library.kin.index import Shared
from panah.library.models import Document, Passage
from panah.library.queries import Hit
from panah.team.models import Member
from panah.vault.data_keys import store_of


class NothingThere(PanahError):
    """“{title}” has no passage there."""

    status = 404


class Place(NamedTuple):
    """A stretch of a document's reading, in bytes."""

    document: Document
    start: int
    end: int


class Kin(NamedTuple):
    """A document that shares wording with the one asked about."""

    document: Document
    passages: int
    """How many passages of the one asked about have wording of it."""
    of: int
    words: int
    """About how many words of the one asked about stand in it."""
    share: float
    """The part of all its wording that this is, from 0 to 1."""
    close: bool
    here: int
    """Where the first of these passages begins, in the one asked about."""
    there: int
    """Where its wording stands in this one."""


class Kindred(NamedTuple):
    """What shares wording with a document, the older first: close kin, and what has but single passages in common."""

    close: list[Kin]
    distant: list[Kin]


class Said(NamedTuple):
    """A place at which the same is said, and whether it may be the oldest of all these."""

    place: Place
    first: bool
    here: bool
    """Whether it is the one that was asked about."""
    words: str
    alike: float
    """The part of what was asked that it says in the same words, from 0 to 1."""


class Folded(NamedTuple):
    """A hit, those of the same page that share its wording, and how many texts that one may see do."""

    rank: int
    hit: Hit
    under: list[Hit]
    texts: int


class Marked(NamedTuple):
    """The passages of a document with their words and marks."""

    document: Document
    passages: list[Passage]
    words: list[str]
    lines: list[str]


def kindred(asker: Member, document: Document) -> Kindred:
    """The documents that share wording with one, the older first. Raises `SealBroken`."""
    marked = _marked(document)
    shared: dict[UUID, dict[int, Shared]] = defaultdict(dict)
    for one in _sharing(asker, marked.lines, beside=document.pk):
        best = shared[one.document].get(one.number)
        if best is None or best.shared < one.shared:
            shared[one.document][one.number] = one
    seen, sizes = _documents(asker, shared), _sizes(shared)
    found = [_kin(other, sizes[pk], shared[pk], marked) for pk, other in seen.items()]
    found.sort(key=older_first)
    return Kindred([kin for kin in found if kin.close], [kin for kin in found if not kin.close])


def said(asker: Member, document: Document, start: int, end: int) -> list[Said]:
    """Every text that says what some bytes of a document say, the oldest first, and which may be the first.

    Of fewer words than `rules.FEWEST_WORDS`, the passages are meant in which they stand. Whether a text says the same is
    told by its words; texts are looked at that have a mark in common with these passages, which all have that share some
    forty words of English. Raises `NothingThere`, `SealBroken`.
    """
    place, words, around = _asked(Place(document, start, max(end, start + 1)))
    asked = rules.wording(words)
    shared: dict[UUID, list[Shared]] = defaultdict(list)
    lines, shelves = [index.line(around)], list(sight.numbers(asker))
    for one in index.sharing(lines, beside=document.pk, shelves=shelves, fewest=1):
        shared[one.document].append(one)
    found = [Said(place, first=False, here=True, words=words, alike=1.0)]
    for pk, other in _documents(asker, shared).items():
        there = [Place(other, one.start, one.end) for one in shared[pk]]
        said = {each: rules.wording(words_at(each)) for each in there}
        alike = rules.alike(asked=asked, there=frozenset().union(*said.values()))
        if alike >= rules.MOST_OF_IT:
            best = max(there, key=lambda each: rules.alike(asked=asked, there=said[each]))
            found.append(Said(best, first=False, here=False, words=words_at(best), alike=alike))
    found.sort(key=lambda each: _order(each.place.document))
    first = rules.may_be_first([rules.dated(each.place.document.date) for each in found])
    return [each._replace(first=may) for each, may in zip(found, first, strict=True)]


def folded(asker: Member, hits: Sequence[Hit], *, first: int = 1) -> list[Folded]:
    """Hits as a page shows them: the best of those that share wording, and the others under it, the older first.

    The best stays where its rank put it, for that is what was asked; which is the oldest is said beside them.
    `first` is the rank of the first of them. Nothing is left out: all are there, in fewer places.
    """
    kin: dict[int, list[Shared]] = defaultdict(list)
    for shared in _sharing(asker, [index.line(hit.words) for hit in hits], beside=None):
        kin[shared.number].append(shared)
    at = {hit.passage.pk: number for number, hit in enumerate(hits)}
    found = []
    for number, under in _folds(
        [{at[one.passage] for one in kin[each] if one.passage in at} for each in range(len(hits))]
    ):
        texts = {hits[number].document.pk, *(one.document for one in kin[number])}
        ordered = sorted((hits[each] for each in under), key=lambda each: _order(each.document))
        found.append(Folded(first + number, hits[number], ordered, len(texts)))
    return found


def together(hits: Sequence[Hit]) -> list[list[Hit]]:
    """The same hits, those that share wording together, the best first; who else in the library says so is not asked."""
    marks = [index.line(hit.words).split() for hit in hits]
    having: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(marks):
        for mark in own:
            having[mark].append(number)
    kin: list[set[int]] = []
    for own in marks:
        shared = Counter(other for mark in own for other in having[mark])
        kin.append({at for at, n in shared.items() if rules.shares(shared=n, one=len(own), other=len(marks[at]))})
    return [[hits[number], *(hits[each] for each in under)] for number, under in _folds(kin)]


def _folds(kin: Sequence[AbstractSet[int]]) -> Iterator[tuple[int, list[int]]]:
    """Of each number those that share wording with it, and with none before it."""
    done: set[int] = set()
    for number, others in enumerate(kin):
        if number not in done:
            under = sorted(others - done - {number})
            done.update(under, [number])
            yield number, under


def copies(asker: Member, places: Sequence[Place]) -> dict[UUID, list[UUID]]:
    """Of each document in which some places stand the older ones among them that share wording there, the oldest first."""
    lines = [index.line(_asked(place)[2]) for place in places]
    among = {place.document.pk: place.document for place in places}
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for shared in _sharing(asker, lines, beside=None):
        mine = places[shared.number].document
        other = among.get(shared.document)
        if other and other != mine and any(_meets(shared, place) for place in places):
            younger, older = sorted((mine, other), key=_order, reverse=True)
            found[younger.pk].add(older.pk)
    return {pk: sorted(older, key=lambda each: _order(among[each])) for pk, older in found.items()}


def words_at(place: Place) -> str:
    """The words of a place that somebody found for the asker. Raises `SealBroken`."""
    reading = place.document.reading
    if reading is None:
        raise NothingThere(title=place.document.title)
    with store_of(reading.original.compartment_id).opened(proof.Digest(reading.digest)) as stored:
        return stored.read(place.start, place.end).decode()


def pairs(asker: Member, document: Document, other: Document) -> list[tuple[Place, Place]]:
    """The passages of two documents that share wording, in the order of the first one's. Raises `SealBroken`."""
    marked = _marked(document)
    best: dict[int, Shared] = {}
    for one in _sharing(asker, marked.lines, beside=document.pk):
        if one.document == other.pk and (one.number not in best or best[one.number].shared < one.shared):
            best[one.number] = one
    return [
        (Place(document, here.start, here.end), Place(other, best[number].start, best[number].end))
        for number, here in enumerate(marked.passages)
        if number in best
    ]


def older_first(kin: Kin) -> tuple[object, ...]:
    """By what kin are put in order."""
    return _order(kin.document)


def _sharing(asker: Member, lines: Sequence[str], *, beside: UUID | None) -> Iterable[Shared]:
    """The passages that the asker may see and that share wording with one of these."""
    for shared in index.sharing(lines, beside=beside, shelves=list(sight.numbers(asker))):
        if rules.shares(shared=shared.shared, one=index.count(lines[shared.number]), other=shared.marks):
            yield shared


def _documents(asker: Member, ids: Iterable[UUID]) -> dict[UUID, Document]:
    rows = library.documents(asker).filter(pk__in=list(ids)).select_related("reading__original", "source")
    return {row.pk: row for row in rows}


def _sizes(ids: Iterable[UUID]) -> Mapping[UUID, int]:
    """How many passages with marks each document has."""
    sizes: dict[UUID, int] = defaultdict(int)
    for pk in Passage.objects.filter(document__in=list(ids), marks__gt=0).values_list("document", flat=True):
        sizes[pk] += 1
    return sizes


def _marked(document: Document) -> Marked:
    passages = list(document.passages.order_by("start"))
    content = library.content(document.reading) if document.reading else b""
    words = [content[each.start : each.end].decode() for each in passages]
    return Marked(document, passages, words, list(map(index.line, words)))


def _kin(document: Document, size: int, shared: Mapping[int, Shared], marked: Marked) -> Kin:
    counts = [index.count(line) for line in marked.lines]
    words = sum(len(text.atoms(marked.words[n])) * one.shared / counts[n] for n, one in shared.items())
    of, first = sum(map(bool, counts)), min(shared)
    return Kin(
        document=document,
        passages=len(shared),
        of=of,
        words=round(words),
        share=sum(one.shared for one in shared.values()) / sum(counts),
        close=rules.close(shared=len(shared), of=of, of_other=size),
        here=marked.passages[first].start,
        there=shared[first].start,
    )


def _asked(place: Place) -> tuple[Place, str, str]:
    """The place that is meant, its words, and the words of the passages in which they stand."""
    rows = place.document.passages.filter(start__lt=place.end, end__gt=place.start)
    bounds = list(rows.order_by("start").values_list("start", "end"))
    if not bounds:
        raise NothingThere(title=place.document.title)
    wider = Place(place.document, bounds[0][0], bounds[-1][1])
    around = words_at(wider)
    words = around.encode()[max(0, place.start - wider.start) : place.end - wider.start].decode("utf-8", "ignore")
    enough = len(text.atoms(words)) >= rules.FEWEST_WORDS
    return (place, words, around) if enough else (wider, around, around)


def _meets(shared: Shared, place: Place) -> bool:
    return shared.document == place.document.pk and shared.start < place.end and place.start < shared.end


def _order(document: Document) -> tuple[object, ...]:
    """The older first, by the date that is known of it; without one, by when it was taken in, and at the end."""
    return (*rules.in_order(rules.dated(document.date)), document.added_at, document.pk)
