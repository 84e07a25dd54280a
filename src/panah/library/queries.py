"""Every read of the library. The first argument is who asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from panah import proof, text
from panah.errors import PanahError
from panah.library import rules, sight
from panah.library.extractors import Extractor
from panah.library.extractors.picture import HeicNotOpened
from panah.library.extractors.recognition import RecognitionMissing
from panah.library.models import Collection, Document, Enclosure, Passage, Quotation, Reading, Share
from panah.library.record import Details
from panah.search import queries as search
from panah.team import queries as team
from panah.team.models import Compartment, Member
from panah.team.rules import May
from panah.vault.actions import LIBRARY
from panah.vault.data_keys import store_of

if TYPE_CHECKING:
    from panah.library.thesauri import Addition

SHORTEST_REFERENCE = 6
LISTED = 500


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


class ShareUnknown(PanahError):
    """There is no such share."""

    status = 404


class Shared(NamedTuple):
    """A collection that another compartment may read, and the name of that, where the asker may know it."""

    share: Share
    name: str


class Shelf(NamedTuple):
    """A collection that is there, or is made when the first document is put into it."""

    compartment: Compartment
    name: str


class Versions(NamedTuple):
    """The document whose place another took, and the one that took its place; None where there is none to be seen."""

    older: Document | None
    newer: Document | None


class Standing(NamedTuple):
    """Where a document stands, and what stands in it: the first `LISTED` things, and how many there are."""

    within: list[Enclosure]
    inside: list[Enclosure]
    total: int


class Carried(NamedTuple):
    """How far what came in a document has been read."""

    read: int
    waiting: int
    refused: int


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
    """A page of hits, how many there are in all, and what was added to the words, or would have been."""

    hits: list[Hit]
    total: int
    added: tuple[Addition, ...] = ()
    left_out: tuple[Addition, ...] = ()


def collections(asker: Member, may: May = May.SEE) -> QuerySet[Collection]:
    """The collections in which the asker may do something, with the number of documents in each."""
    rows = sight.shelves(asker).annotate(count=Count("documents")).order_by("name")
    return (
        rows if may is May.SEE else rows.filter(compartment__in=team.compartments(asker, may).order_by().values("pk"))
    )


def collections_in(asker: Member, compartment: Compartment) -> QuerySet[Collection]:
    """The collections that stand in a compartment which the asker may see."""
    return collections(asker).filter(compartment=compartment).select_related("compartment")


def collection(asker: Member, number: int) -> Collection:
    """A collection that the asker may see. Raises `CollectionUnknown`."""
    found = sight.shelves(asker).filter(pk=number).select_related("compartment").first()
    if found is None:
        raise CollectionUnknown(name=number)
    return found


def shares(asker: Member, compartment: Compartment) -> list[Shared]:
    """What of a compartment others may read. Raises `NotAllowed`.

    It must be known that they may; the name of a compartment that the asker does not see must not, and is left empty.
    """
    team.require(asker, compartment, May.SEE)
    rows = Share.objects.filter(collection__compartment=compartment, until=None, compartment__erased_at=None)
    names = {place.pk: place.name for place in team.compartments(asker)}
    ordered = rows.select_related("collection__compartment").order_by("collection__name", "pk")
    return [Shared(row, names.get(row.compartment_id, "")) for row in ordered]


def share(asker: Member, number: int) -> Share:
    """A share of a collection of a compartment that the asker may see. Raises `ShareUnknown`."""
    inside = team.compartments(asker).order_by().values("pk")
    rows = Share.objects.filter(pk=number, until=None, collection__compartment__in=inside)
    found = rows.select_related("collection__compartment").first()
    if found is None:
        raise ShareUnknown
    return found


def share_named(asker: Member, asked: Collection, name: str) -> Share:
    """The share of a collection with a compartment, by the name of that or its id. Raises `ShareUnknown`, `NotAllowed`."""
    for shared in shares(asker, asked.compartment):
        if shared.share.collection_id == asked.pk and name in {shared.name, str(shared.share.compartment_id)}:
            return shared.share
    raise ShareUnknown


def shared_with(asker: Member, compartment: Compartment) -> QuerySet[Collection]:
    """The collections of others that the members of a compartment may read. Raises `NotAllowed`."""
    team.require(asker, compartment, May.SEE)
    shared = Share.objects.filter(compartment=compartment, until=None).values("collection")
    return collections(asker).filter(pk__in=shared)


def collection_named(asker: Member, name: str, *, compartment: Compartment | None = None) -> Collection:
    """A collection by its name, in any compartment or in one. Raises `CollectionUnknown`, `CollectionAmbiguous`."""
    rows = sight.shelves(asker).filter(name=name).select_related("compartment")
    found = list((rows.filter(compartment=compartment) if compartment else rows)[:2])
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
    if sight.shelves(asker).filter(name=name).exists():
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
    rows = Document.objects.filter(collection__in=sight.numbers(asker))
    return rows.select_related("collection__compartment", "source", "original").defer("reading__paragraphs")


def document(asker: Member, reference: str | UUID) -> Document:
    """A document by its id, or by the beginning of it. Raises `DocumentUnknown`, `DocumentAmbiguous`."""
    ids = rules.ids_beginning(str(reference), SHORTEST_REFERENCE)
    found = list(documents(asker).filter(pk__range=ids)[:2]) if ids else []
    if len(found) > 1:
        raise DocumentAmbiguous(reference=reference)
    if not found:
        raise DocumentUnknown(reference=reference)
    return found[0]


def versions(asker: Member, document: Document) -> Versions:
    """What stands before and after a document, as far as the asker may see it: a guest sees what is shared alone."""
    seen, before = documents(asker), document.supersedes_id
    return Versions(seen.filter(pk=before).first() if before else None, seen.filter(supersedes=document).first())


def standing(asker: Member, document: Document) -> Standing:
    """In what a document stands and what stands in it, as far as the asker may see it."""
    seen = documents(asker).values("pk")
    within = Enclosure.objects.filter(document=document, inside__in=seen).select_related("inside")
    inside = Enclosure.objects.filter(inside=document, document__in=seen).select_related("document")
    listed = list(inside.order_by("place")[:LISTED])
    total = len(listed) if len(listed) < LISTED else inside.count()
    return Standing(list(within.order_by("pk")[:LISTED]), listed, total)


def carried(asker: Member, document: Document) -> Carried:
    """How far what came in a document that was handed in has been read."""
    states = documents(asker).filter(carrier=document).order_by().values_list("state").annotate(count=Count("pk"))
    counted = dict(states)
    return Carried(*(counted.get(state, 0) for state in ("read", "waiting", "refused")))


def said_of(document: Document) -> dict[str, str]:
    """What is known of a document, as the values that a form begins with."""
    return {field: str(getattr(document, field) or "") for field in Details._fields}


def language_proposed(document: Document) -> str:
    """The language that most of a document's passages say they are in, by their bytes; "" where there is none such."""
    sizes = document.passages.order_by().values_list("language").annotate(size=Sum(F("end") - F("start")))
    return rules.language_of_most(dict(sizes))


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
    widen: bool = True,
    without: frozenset[str] = frozenset(),
    limit: int = 20,
    offset: int = 0,
) -> Results:
    """The passages that match `words`, or what the thesaurus has for them, best first.

    `widen` says whether it is asked, `without` by which of its concepts nothing is looked for. Raises the `Query...`
    errors of `panah.text`, `CollectionUnknown`.
    """
    from panah.library.concepts.asking import asked  # the thesaurus is loaded when somebody looks for words

    query, added, left_out = asked(words, widen=widen, without=without)
    shelves = [collection_named(asker, collection).pk] if collection else list(sight.numbers(asker))
    found = search.find(query, kind=Passage.KIND, shelves=shelves, language=language, limit=limit, offset=offset)
    return Results(hits(found.object_ids, query), found.total, added, left_out)


def hits(numbers: Sequence[int], query: text.Node) -> list[Hit]:
    """Passages by their numbers, in that order, with what matches in them; those that are gone by now are not there."""
    rows = Passage.objects.filter(pk__in=numbers).select_related("document__source", "document__collection", "reading")
    passages = {row.pk: row for row in rows.defer("reading__paragraphs", "reading__pages", "reading__about")}
    finder = text.Finder(query)
    return [_hit(passages[pk], finder) for pk in numbers if pk in passages]


def marks_in(content: bytes, stretches: Sequence[tuple[int, int]], finder: text.Finder) -> list[tuple[int, int]]:
    """The byte ranges of a reading in which the words of a question stand, looked for stretch by stretch."""
    found: list[tuple[int, int]] = []
    texts = [content[start:end].decode() for start, end in stretches]
    for (at_byte, _), raw, spans in zip(stretches, texts, finder.found_in_each(texts), strict=True):
        at_character = 0
        for span in spans:
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


def readings(asker: Member, document: Document) -> QuerySet[Reading]:
    """Every reading of a document, the newest first, each with how much is quoted from it: `quoted`."""
    seen = documents(asker).filter(pk=document.pk).order_by().values("original")
    rows = Reading.objects.filter(original__in=seen).defer("paragraphs", "pages")
    quoted = Count("quotations", filter=Q(quotations__document=document))
    return rows.annotate(quoted=quoted).order_by("-made_at", "pk")


def older(asker: Member, extractors: Mapping[str, Extractor], *, recognises: bool) -> list[Document]:
    """The documents, of those that the asker may have read again, of which more may be read now than when they were read.

    `recognises` says whether text recognition is there.
    """
    places = team.compartments(asker, May.WORK).order_by().values("pk")
    rows = Document.objects.filter(collection__compartment__in=places).exclude(state=Document.State.WAITING)
    known = rows.select_related("original", "reading", "collection__compartment").order_by("added_at", "pk")

    def better(document: Document) -> bool:
        extractor, reading = extractors.get(document.original.media_type), document.reading
        newest = (extractor.name, extractor.version) if extractor else None
        made = (reading.extractor, reading.version) if reading and not reading.was_imported else None
        pictures = bool(reading and recognises and reading.options.get("not_recognised") == RecognitionMissing.code)
        return rules.may_be_read_better(made=made, newest=newest, pictures=pictures, refusal=document.refusal_code)

    return list(filter(better, known.defer("reading__paragraphs", "reading__pages").iterator()))


def waiting_for_recognition() -> int:
    """How many documents, whoever may see them, have pictures that could not be read for want of text recognition."""
    refused = Q(refusal_code__in=[RecognitionMissing.code, HeicNotOpened.code])
    told = Q(reading__options__not_recognised=RecognitionMissing.code)
    return Document.objects.filter(refused | told, collection__compartment__erased_at=None).count()


def waiting() -> QuerySet[Document]:
    """The work: documents that nobody has read yet, oldest first."""
    rows = Document.objects.filter(state=Document.State.WAITING, collection__compartment__erased_at=None)
    return rows.select_related("original", "collection__compartment").order_by("added_at", "pk")


def _hit(passage: Passage, finder: text.Finder) -> Hit:
    compartment = passage.document.collection.compartment_id
    with store_of(compartment).opened(proof.Digest(passage.reading.digest)) as stored:
        raw = stored.read(passage.start, passage.end)
    marks = marks_in(raw, [(0, len(raw))], finder)
    placed = [(passage.start + first, passage.start + last) for first, last in marks]
    return Hit(passage, passage.document, raw.decode(), placed)
