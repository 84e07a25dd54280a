"""Everything in the library of one compartment, removed."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from panah.errors import PanahError
from panah.library.kin import index as kin
from panah.library.models import (
    Assessment,
    Capture,
    Collection,
    Delivery,
    Document,
    Mentions,
    Passage,
    Quotation,
    Reading,
    SavedSearch,
    Share,
    Source,
    Translation,
)
from panah.library.naming import index as naming
from panah.library.pages.album import ALBUM
from panah.search.actions import forget_shelves
from panah.team.models import Compartment


class StillCited(PanahError):
    """Nothing was erased: what is kept here is cited in other work, in {count} places; it must be withdrawn there first."""

    status = 409


@transaction.atomic
def erase(*, compartment: Compartment) -> int:
    """Remove the documents of a compartment with all that was made of them; how many there were. Raises `StillCited`."""
    shelves = Collection.objects.filter(compartment=compartment)
    documents = Document.objects.filter(collection__in=shelves)
    count = documents.count()
    forget_shelves(shelves=shelves.values_list("pk", flat=True))
    passages = Passage.objects.filter(document__in=documents)
    kin.remove(list(passages.values_list("pk", flat=True)))
    kin.purge()
    passages.delete()
    Mentions.objects.filter(document__in=documents).delete()
    naming.put_down()
    Delivery.objects.filter(compartment=compartment).delete()
    Capture.objects.filter(collection__in=shelves).delete()
    try:
        Quotation.objects.filter(document__in=documents).delete()
        Translation.objects.filter(document__in=documents).delete()
        documents.update(supersedes=None, carrier=None)
        documents.delete()
    except ProtectedError as error:
        raise StillCited(count=len(error.protected_objects)) from error
    Reading.objects.filter(original__compartment=compartment).delete()
    Share.objects.filter(compartment=compartment).delete()
    SavedSearch.objects.filter(compartment=compartment).delete()
    shelves.delete()
    ALBUM.forget(compartment.pk)
    Assessment.objects.filter(source__compartment=compartment).delete()
    Source.objects.filter(compartment=compartment).delete()
    return count
