"""What would become of files if they were taken in: each is looked at and digested, and nothing is written."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from pathlib import Path

from django.conf import settings

from panah.errors import PanahError
from panah.library.bulk.files import looked_at, real, shown
from panah.library.bulk.taking import FileOutcome, Outcome
from panah.library.extractors import Extractor, loaded
from panah.library.extractors.supervisor import require_readable
from panah.library.manifest import Listed
from panah.library.models import Document
from panah.library.queries import Shelf


def rehearsed(
    files: Iterable[Path], *, listed: Mapping[Path, Listed], shelf: Shelf
) -> Generator[FileOutcome, None, None]:
    """An outcome for each file: `would` be taken in, `already` here (or earlier among these), `refused` and why.

    Whether a document can be read is known only when it is read: what is refused here is what would be refused at once.
    """
    extractors: Mapping[str, Extractor] = loaded(settings.EXTRACTORS)
    there = Document.objects.filter(collection__compartment=shelf.compartment, collection__name=shelf.name)
    known = dict(there.values_list("original__digest", "pk"))
    seen: set[str] = set()
    for file in files:
        entry, path = listed.get(real(file)), shown(file)
        try:
            digest, size, kind = looked_at(file, entry.digest if entry else "")
        except PanahError as error:
            yield FileOutcome(f"path:{path}", path, Outcome.REFUSED, error.code, error.sentence, "")
            continue
        if digest in known or digest in seen:
            document = str(known.get(digest, ""))
            reason = "" if document else "The same content is among these files under another name."
            yield FileOutcome(digest, path, Outcome.ALREADY, "", reason, document)
            continue
        seen.add(digest)
        try:
            require_readable(kind, size, extractors)
        except PanahError as error:
            yield FileOutcome(digest, path, Outcome.REFUSED, error.code, error.sentence, "")
        else:
            yield FileOutcome(digest, path, Outcome.WOULD, "", "", "")
