"""The index made again from what is preserved, where another build made it in another way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from panah.library import queries, rules
from panah.library.actions.reading import AT_ONCE
from panah.library.models import Document, Passage
from panah.proof import SealBroken
from panah.search.actions import Indexable, Words, index
from panah.search.models import Entry
from panah.text import language
from panah.vault.store import ObjectMissing


class Reindexed(NamedTuple):
    """A document that was indexed again, or whose reading is damaged, and how many are left."""

    document: UUID
    left: int
    damaged: bool


def reindex() -> Iterator[Reindexed]:
    """Make findable again whatever has passages that the index lacks, one document after another.

    Each is done whole or not at all: broken off, it goes on where it was. A damaged reading keeps no other from it.
    """
    indexed = Entry.objects.filter(kind=Passage.KIND, object_id=OuterRef("pk"))
    lacking = list(Passage.objects.filter(~Exists(indexed)).order_by().values_list("document", flat=True).distinct())
    for done, document in enumerate(lacking, start=1):
        try:
            _index(document)
        except (SealBroken, ObjectMissing):
            yield Reindexed(document, len(lacking) - done, damaged=True)
        else:
            yield Reindexed(document, len(lacking) - done, damaged=False)


@transaction.atomic
def _index(pk: UUID) -> None:
    document = Document.objects.select_related("reading").get(pk=pk)
    passages = list(document.passages.order_by("start").values_list("pk", "start", "end"))
    content = queries.content(document.reading) if document.reading else b""
    for first in range(0, len(passages), AT_ONCE):
        some = passages[first : first + AT_ONCE]
        texts = [content[start:end].decode() for _, start, end in some]
        languages = {number: language(raw) for (number, _, _), raw in zip(some, texts, strict=True)}
        for tag in set(languages.values()):
            numbers = [number for number, said in languages.items() if said == tag]
            Passage.objects.filter(pk__in=numbers).update(language=tag)
        group = rules.group_of(document.pk)
        index(
            kind=Passage.KIND,
            things=[
                Indexable(number, document.collection_id, tag or document.language, group)
                for number, tag in languages.items()
            ],
            words=Words(texts, languages.values()),
        )
