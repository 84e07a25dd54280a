"""A name found in whichever spelling. The first argument is who asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from panah import proof
from panah.library import queries as library
from panah.library import sight
from panah.library.models import Document, Reading
from panah.library.rules import page_of
from panah.team.models import Member
from panah.vault.data_keys import store_of

if TYPE_CHECKING:
    from panah import names
    from panah.library.naming.memory import Box, Standing

NEAR = 400
"""So many spellings are compared letter by letter: the nearest of all."""
SHOWN, PLACES = 40, 5
"""Spellings that are shown, and places of each."""
CONTEXT, AROUND = 90, 360
"""Characters that are shown on either side of a name, and the bytes that these may be."""


class Where(NamedTuple):
    """A place at which a name stands: its words as they stand there, and what is around them."""

    document: Document
    start: int
    end: int
    page: int | None
    words: str
    before: str
    after: str


class Spelling(NamedTuple):
    """A spelling that may be of the name: how it compares, some of the places at which it stands, and how much there is."""

    comparison: names.Comparison
    places: list[Where]
    mentions: int
    documents: int

    @property
    def written(self) -> str:
        """As it stands at the first of the places."""
        return self.places[0].words


class Found(NamedTuple):
    """What was found of a name: the nearest spellings, and how many more there are."""

    spellings: list[Spelling]
    more: int
    tried: Mapping[names.Script, tuple[str, ...]]
    """The regular spellings of the name in each script: these were looked for word for word."""


def find(asker: Member, name: str, *, shelves: Sequence[int]) -> Found:
    """The spellings on some shelves that may be of a name, the nearest first, and where they stand.

    Of the shelves only those count that the asker may see; what stands on others has no part in what is found. Raises
    `names.NameEmpty`, `names.NameTooLong`.
    """
    from panah import names  # here, for most commands look for no name, and the tables take their time
    from panah.library.naming import memory

    with sight.once(asker):
        numbers = sorted(set(shelves).intersection(sight.numbers(asker)))
        standing, tried = memory.standing(numbers), names.every_spelling(name)
        near = standing.near(names.parts(name), NEAR)
        shown = list(_spelled(asker, name, standing, near[:SHOWN]))
    shown += _literally(name, tried, numbers, beside=shown)
    shown.sort(key=lambda each: list(names.Grade).index(each.comparison.grade))  # of one grade, the nearest stays first
    compatible = [each for each in shown if each.comparison.grade is not names.Grade.DIFFERENT]
    return Found(compatible, max(0, len(near) - SHOWN), tried)


def _spelled(asker: Member, name: str, standing: Standing, near: Sequence[int]) -> Iterator[Spelling]:
    """Spellings by their numbers, as far as the asker sees now where they stand."""
    from panah import names

    places = {number: list(islice(standing.places(number), PLACES)) for number in near}
    seen = _documents(asker, {place.box for some in places.values() for place in some})
    for number, some in places.items():
        where = [_where(*seen[at.box], at.start, at.end) for at in some if at.box in seen]
        if where:
            yield Spelling(names.compare(name, where[0].words), where, *standing.counted(number))


def _literally(
    name: str, tried: Mapping[names.Script, tuple[str, ...]], shelves: Sequence[int], *, beside: Sequence[Spelling]
) -> Iterator[Spelling]:
    """The regular spellings that stand there word for word, where nothing that was found is spelled so."""
    from panah import names
    from panah.library.naming import literal

    known = {names.parts(each.written) for each in beside}
    spelled: dict[tuple[str, ...], list[literal.Stretch]] = defaultdict(list)
    for stretch in literal.standing(name, tried, shelves, beside=known):
        spelled[names.parts(stretch.words)].append(stretch)
    for some in spelled.values():
        where = [_where(*at[:4]) for at in some[:PLACES]]
        comparison = names.compare(name, some[0].words)
        yield Spelling(comparison, where, len(some), len({at.document.pk for at in some}))


def standing_at(asker: Member, document: str, start: int, end: int) -> Where:
    """Words of a document and what is around them. Raises `DocumentUnknown`, also where these bytes are no words of it."""
    found = library.document(asker, document)
    if found.reading is None or not library.words_between(found, start, end):
        raise library.DocumentUnknown(reference=document)
    return _where(found, found.reading, start, end)


def _documents(asker: Member, boxes: Collection[Box]) -> dict[Box, tuple[Document, Reading]]:
    """The documents in which names stand, as far as the asker sees them now and they have the reading that the names are of."""
    documents = {box.document for box in boxes}
    rows = Document.objects.filter(pk__in=documents, collection__in=sight.numbers(asker))
    rows = rows.select_related("source", "collection", "reading")
    found = {row.pk: row for row in rows.defer("reading__paragraphs", "reading__about", "reading__options")}
    known = ((box, found.get(box.document)) for box in boxes)
    return {box: (row, row.reading) for box, row in known if row and row.reading and row.reading.pk == box.reading}


def _where(document: Document, reading: Reading, start: int, end: int) -> Where:
    """Words of a reading with what stands around them on their line. Raises `ObjectMissing`, `KeyDestroyed`."""
    first, last = max(0, start - AROUND), min(reading.size, end + AROUND)
    with store_of(document.collection.compartment_id).opened(proof.Digest(reading.digest)) as stored:
        content = stored.read(first, last)
    before = content[: start - first].decode("utf-8", "ignore").rpartition("\n")[2]
    after = content[end - first :].decode("utf-8", "ignore").partition("\n")[0]
    words = content[start - first : end - first].decode("utf-8", "replace")
    return Where(document, start, end, page_of(start, reading.pages), words, before[-CONTEXT:], after[:CONTEXT])
