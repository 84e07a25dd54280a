"""What stood inside a document, put on the same shelf as documents of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction

from panah.errors import PanahError
from panah.library import rules
from panah.library.actions.shelving import shelve
from panah.library.extractors.kinds import HEAD, media_type
from panah.library.extractors.result import Enclosed
from panah.library.models import Document, Enclosure
from panah.library.queries import Shelf
from panah.library.record import OF_ITSELF, Details, refused
from panah.team.models import Member
from panah.vault.data_keys import store_of
from panah.vault.store import Kept

MOST_DEEP = 8
"""In so many documents, one inside the other, something may stand."""
MOST_CARRIED = 100_000
"""So many documents may come out of one that was handed in, all together."""
_MAY_BE_SAID = OF_ITSELF | {"accessed"}
AT_ONCE = 50
"""So many are shelved in one transaction: others wait for it."""


class NestedTooDeep(PanahError):
    """It stands inside {depth} other documents, one in the other, and holds {count} more; these were not taken out of it."""


class CarriesTooMuch(PanahError):
    """With the {count} documents inside it, what was handed in would come to more than {most}; these were not taken out."""


def enclose(*, document: Document, inside: Sequence[Enclosed], by: Member | None, now: datetime) -> None:
    """Put what stands inside a document on its shelf, in steps; killed in between, it is done again without doubling.

    What is there already stays one document. Raises `NestedTooDeep`, `CarriesTooMuch`, `DiskFull`.
    """
    if not inside:
        return
    carrier = document.carrier or document
    if document.depth >= MOST_DEEP:
        raise NestedTooDeep(depth=document.depth, count=len(inside))
    if carrier.carries.count() + len(inside) > MOST_CARRIED:
        raise CarriesTooMuch(count=len(inside), most=MOST_CARRIED)
    store = store_of(document.compartment.pk)
    places = iter(enumerate(inside, start=1))
    while some := list(islice(places, AT_ONCE)):
        kept = [(place, each, store.keep([bytes(each.content)])) for place, each in some]
        with transaction.atomic():
            for place, each, content in _missing(document, kept):
                _put(document, place, each, content, by, now)


def _missing(document: Document, kept: Sequence[tuple[int, Enclosed, Kept]]) -> Iterator[tuple[int, Enclosed, Kept]]:
    """Those that are not on record yet as standing inside the document under their name."""
    known = document.encloses.filter(document__original__digest__in=[content.digest for _, _, content in kept])
    there = set(known.values_list("name", "document__original__digest"))
    for place, each, content in kept:
        key = rules.name_inside(each.name), content.digest
        if key not in there:
            there.add(key)
            yield place, each, content


def _put(document: Document, place: int, each: Enclosed, kept: Kept, by: Member | None, now: datetime) -> None:
    name = rules.name_inside(each.name)
    shelved = shelve(
        kept=kept,
        media_type=media_type(bytes(each.content[:HEAD]), bytes(each.content[-HEAD:])),
        path=f"{document.path}/{name}"[-rules.LONGEST_PATH :],
        shelf=Shelf(document.compartment, document.collection.name),
        details=_said(each),
        inside=document,
        charset=each.about.get("charset", ""),
        by=by,
        now=now,
    )
    Enclosure.objects.create(inside=document, document=shelved.document, name=name, place=place)


def _said(each: Enclosed) -> Details:
    """What is said of it in there, without what cannot be kept: a stranger may have written it."""
    said = Details(**{field: words for field, words in each.about.items() if field in _MAY_BE_SAID})
    return said._replace(**{name: "" for name, _ in refused(said)})
