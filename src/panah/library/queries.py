"""Every read of the library. The first argument is who asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from panah import proof, text
from panah.errors import PanahError
from panah.library import rules
from panah.library.models import Collection, Document, Passage, Quotation, Reading, Share
from panah.search import queries as search
from panah.team import queries as team
from panah.team.models import Compartment, Member
from panah.team.rules import May
from panah.vault.actions import LIBRARY
from panah.vault.data_keys import store_of

SHORTEST_REFERENCE = 6


class DocumentUnknown(PanahError):
    """There is no document “{reference}”."""

    status = 404


class DocumentAmbiguous(PanahError):
    """“{reference}” could be one of several documents; write more of it."""


class CollectionUnknown(PanahError):
    """There is no collection “{name}”."""

    status = 404


class CollectionAmbiguous(PanahError):
    """You see several collections “{name}”; say in which compartment."""


class CompartmentNeeded(PanahError):
    """Say in which compartment the new collection “{name}” shall stand."""


class Shelf(NamedTuple):
    """A collection that is there, or is made when the first document is put into it."""

    compartment: Compartment
    name: str


class Versions(NamedTuple):
    """The document whose place another took, and the one that took its place; None where there is none to be seen."""

    older: Document | None
    newer: Document | None


class Hit(NamedTuple):
    """A passage that matches: its words, and the bytes of its reading at which matching words stand."""

    passage: Passage
    document: Document
    words: str
    marks: list[tuple[int, int]]

    def marked(self) -> Iterator[tuple[str, bool]]:
        """The words in pieces, each with whether it matched."""
        yield from pieces(self.words.encode(), self.marks, self.passage.start)


class Results(NamedTuple):
    """A page of hits, and how many there are in all."""

    hits: list[Hit]
    total: int


def collections(asker: Member) -> QuerySet[Collection]:
    """The collections that the asker may see, with the number of documents in each."""
    return _shelves(asker).annotate(count=Count("documents")).order_by("name")


def collection_named(asker: Member, name: str) -> Collection:
    """A collection by its name. Raises `CollectionUnknown`, `CollectionAmbiguous`."""
    found = list(_shelves(asker).filter(name=name).select_related("compartment")[:2])
    if not found:
        raise CollectionUnknown(name=name)
    if len(found) > 1:
        raise CollectionAmbiguous(name=name)
    return found[0]


def shelf(asker: Member, name: str, *, compartment: str = "") -> Shelf:
    """Where a document goes that is put into the collection `name`: it is there, or can be made.

    Without a compartment, a new collection is made in the one called Library, or in the only one there is to work in.
    Raises `NotAllowed`, `CompartmentUnknown`, `CompartmentNeeded`, `CollectionAmbiguous`, `CollectionNameUnusable`.
    """
    rules.require_collection_name(name)
    if compartment:
        return Shelf(team.compartment(asker, compartment, May.WORK), name)
    if _shelves(asker).filter(name=name).exists():
        found = collection_named(asker, name)
        team.require(asker, found.compartment, May.WORK)
        return Shelf(found.compartment, name)
    places = list(team.compartments(asker, May.WORK))
    likely = [place for place in places if place.name == LIBRARY] or places
    if len(likely) != 1:
        raise CompartmentNeeded(name=name)
    return Shelf(likely[0], name)


def documents(asker: Member) -> QuerySet[Document]:
    """The documents that the asker may see."""
    rows = Document.objects.filter(collection__in=_shelves(asker).values("pk"))
    return rows.select_related("collection__compartment", "source", "original").defer("reading__paragraphs")


def document(asker: Member, reference: str | UUID) -> Document:
    """A document by its id, or by the beginning of it. Raises `DocumentUnknown`, `DocumentAmbiguous`."""
    digits = str(reference).replace("-", "").lower()
    rows = documents(asker)
    if len(digits) == 32:
        found = list(rows.filter(pk=digits)) if _is_hexadecimal(digits) else []
    elif SHORTEST_REFERENCE <= len(digits) < 32 and _is_hexadecimal(digits):
        found = list(rows.filter(pk__gte=digits.ljust(32, "0"), pk__lte=digits.ljust(32, "f"))[:2])
    else:
        found = []
    if len(found) > 1:
        raise DocumentAmbiguous(reference=reference)
    if not found:
        raise DocumentUnknown(reference=reference)
    return found[0]


def versions(asker: Member, document: Document) -> Versions:
    """What stands before and after a document, as far as the asker may see it: a guest sees what is shared alone."""
    seen = documents(asker)
    return Versions(seen.filter(superseded_by=document).first(), seen.filter(supersedes=document).first())


def said_of(document: Document) -> dict[str, str]:
    """What is known of a document, as the values that a form begins with."""
    source = document.source.name if document.source else ""
    fields = ("title", "date", "language", "url", "licence")
    return {"source": source, **{field: str(getattr(document, field)) for field in fields}}


def quotation(asker: Member, reference: UUID) -> Quotation:
    """A quotation from a document that the asker may see. Raises `DocumentUnknown`."""
    rows = Quotation.objects.filter(pk=reference, document__in=documents(asker).values("pk"))
    found = rows.select_related("document__source", "document__collection__compartment", "reading__original").first()
    if found is None:
        raise DocumentUnknown(reference=reference)
    return found


def content(reading: Reading) -> bytes:
    """The bytes of a reading, checked against its digest. Raises `SealBroken`."""
    return store_of(reading.original.compartment_id).content(proof.Digest(reading.digest))


def words_between(document: Document, start: int, end: int) -> str:
    """The words of a document's reading between two bytes; empty where these do not bound whole characters of it."""
    if document.reading is None:
        return ""
    found = content(document.reading)
    if not 0 <= start < end <= len(found) or not rules.whole_characters(found, start, end):
        return ""
    return found[start:end].decode()


def find(
    asker: Member,
    words: str,
    *,
    collection: str = "",
    language: str = "",
    limit: int = 20,
    offset: int = 0,
) -> Results:
    """The passages that match `words`, best first. Raises the `Query...` errors of `panah.text`, `CollectionUnknown`."""
    query = text.parsed(words)
    shelves = (
        [collection_named(asker, collection).pk] if collection else list(_shelves(asker).values_list("pk", flat=True))
    )
    found = search.find(query, kind=Passage.KIND, shelves=shelves, language=language, limit=limit, offset=offset)
    rows = Passage.objects.filter(pk__in=found.object_ids).select_related(
        "document__source", "document__collection", "reading"
    )
    passages = {row.pk: row for row in rows.defer("reading__paragraphs", "reading__pages", "reading__about")}
    return Results([_hit(passages[pk], query) for pk in found.object_ids if pk in passages], found.total)


def marks_in(content: bytes, stretches: Sequence[tuple[int, int]], query: text.Node) -> list[tuple[int, int]]:
    """The byte ranges of a reading in which the words of `query` stand, looked for stretch by stretch."""
    found: list[tuple[int, int]] = []
    for start, end in stretches:
        raw = content[start:end].decode()
        at_byte, at_character = start, 0
        for span in text.found_in(raw, query):
            first = at_byte + len(raw[at_character : span.start].encode())
            last = first + len(raw[span.start : span.end].encode())
            found.append((first, last))
            at_byte, at_character = last, span.end
    return found


def pieces(words: bytes, marks: Sequence[tuple[int, int]], start: int) -> Iterator[tuple[str, bool]]:
    """Bytes that begin at `start`, cut at the bounds of `marks`, each piece with whether it is marked."""
    at = start
    for first, last in marks:
        if at < first:
            yield words[at - start : first - start].decode(), False
        yield words[first - start : last - start].decode(), True
        at = last
    if at - start < len(words):
        yield words[at - start :].decode(), False


def waiting() -> QuerySet[Document]:
    """The work: documents that nobody has read yet, oldest first."""
    rows = Document.objects.filter(state=Document.State.WAITING, collection__compartment__erased_at=None)
    return rows.select_related("original", "collection__compartment").order_by("added_at", "pk")


def _shelves(asker: Member) -> QuerySet[Collection]:
    """The collections that the asker may see, and nothing of what stands in them: their own, and those shared with them."""
    inside = team.compartments(asker).order_by().values("pk")
    shared = Share.objects.filter(until=None, compartment__in=inside).values("collection")
    return Collection.objects.filter(Q(compartment__in=inside) | Q(pk__in=shared, compartment__erased_at=None))


def _hit(passage: Passage, query: text.Node) -> Hit:
    compartment = passage.document.collection.compartment_id
    with store_of(compartment).opened(proof.Digest(passage.reading.digest)) as stored:
        raw = stored.read(passage.start, passage.end)
    marks = marks_in(raw, [(0, len(raw))], query)
    placed = [(passage.start + first, passage.start + last) for first, last in marks]
    return Hit(passage, passage.document, raw.decode(), placed)


def _is_hexadecimal(digits: str) -> bool:
    return all(digit in "0123456789abcdef" for digit in digits)
