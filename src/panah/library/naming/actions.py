"""Names found in passages in which nobody looked for them, or in which they were found by older rules."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from panah.library import queries as library
from panah.library.actions.reading import AT_ONCE
from panah.library.actions.reindexing import Reindexed
from panah.library.models import Document, Mentions, Passage
from panah.library.naming import index
from panah.library.rules import Stretch
from panah.proof import SealBroken
from panah.vault.store import ObjectMissing


def look_again() -> Iterator[Reindexed]:
    """Find the names in passages that were not looked through, one document after another.

    Each is done whole or not at all: broken off, it goes on where it was. A damaged reading keeps no other from it.
    """
    known = Mentions.objects.filter(document=OuterRef("document"), reading=OuterRef("reading"), edition=index.EDITION)
    lacking = list(Passage.objects.filter(~Exists(known)).order_by().values_list("document", flat=True).distinct())
    for done, document in enumerate(lacking, start=1):
        try:
            _look(document)
        except (SealBroken, ObjectMissing):
            yield Reindexed(document, len(lacking) - done, damaged=True)
        else:
            yield Reindexed(document, len(lacking) - done, damaged=False)


@transaction.atomic
def _look(pk: UUID) -> None:
    document = Document.objects.select_related("reading__original", "collection").get(pk=pk)
    if document.reading is None:
        return
    content = library.content(document.reading)
    passages = [Stretch(*at) for at in document.passages.order_by("start").values_list("start", "end", "page")]
    boxes = []
    for first in range(0, len(passages), AT_ONCE):
        some = passages[first : first + AT_ONCE]
        boxes.append(index.line(some, [content[at.start : at.end].decode() for at in some]))
    index.keep(document, document.reading, boxes)
