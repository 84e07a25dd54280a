"""A collection as a folder of its files with a manifest: what `panah ingest` takes in on another machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from panah import proof
from panah.cases import queries
from panah.cases.folder.building import building
from panah.cases.folder.exporting import into_folder, safe_name
from panah.cases.models import Case
from panah.library.manifest import VERSION
from panah.library.models import Collection, Document, Translation
from panah.library.queries import documents, said_of
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.data_keys import store_of

MANIFEST = "manifest.jsonl"
_SAID_OF = (
    "supersedes__original", "translation__original__original", "translation__certificate__original", "carrier__original",
)  # fmt: skip
"""What the manifest says of a document beside its own fields."""


def export_shelf(collection: Collection, target: Path, *, by: Member, now: datetime) -> int:
    """Write the Originals of a collection into a new folder, in plain, with what is said of each; how many there were.

    What came inside another document comes along in that one; what is said of it has a line of its own. Raises
    `NotAllowed`, `ApprovalNeeded`, `FolderTaken`, `FolderMissing`, and `NotWritable` or `DiskFull` where nothing can be
    written.
    """
    team.require(by, collection.compartment, May.EXPORT)
    for case in Case.objects.filter(papers=collection):
        queries.require_free(case)
    rows = documents(by).filter(collection=collection).select_related(*_SAID_OF).order_by("added_at", "pk")
    shelf = rows.filter(carrier=None)
    store = store_of(collection.compartment_id)
    with building(target) as folder:
        put = into_folder(folder)
        named = [(f"{number:06}-{safe_name(each.path)}", each) for number, each in enumerate(shelf, start=1)]
        for name, each in named:
            put(name, partial(store.pieces, proof.Digest(each.original.digest)))
        put(MANIFEST, lambda: _lines(named, rows.exclude(carrier=None)))
    details: dict[str, proof.Canonical] = {"files": len(named)}
    enter(
        verb=Verb.EXPORTED, kind="collection", subject=str(collection.pk), by=by, now=now,
        compartment=collection.compartment, details=details,
    )  # fmt: skip
    return len(named)


def _lines(named: Iterable[tuple[str, Document]], inside: Iterable[Document]) -> Iterator[bytes]:
    """The manifest: its version, each file, and each document inside one of them of which something is said."""
    yield _line({"manifest": VERSION})
    for name, document in named:
        charset = {"charset": document.charset} if document.charset else {}
        yield _line({"file": name, "sha256": _digest(document), **_said(document), **charset})
    for document in inside:
        if document.carrier and (said := _said(document)):
            yield _line({"inside": _digest(document.carrier), "sha256": _digest(document), **said})


def _said(document: Document) -> dict[str, object]:
    """What is said of a document, and what it is to others; nothing that is empty."""
    said: dict[str, object] = {field: value for field, value in said_of(document).items() if value}
    if document.supersedes:
        said["supersedes"] = _digest(document.supersedes)
    found: Translation | None = getattr(document, "translation", None)
    if found:
        certificate = _digest(found.certificate) if found.certificate else ""
        translated = {
            "sha256": _digest(found.original), "translator": found.translator, "certificate": certificate,
            "certified_on": found.certified_on,
        }  # fmt: skip
        said["translation_of"] = {name: value for name, value in translated.items() if value}
    return said


def _digest(document: Document) -> str:
    return proof.hexadecimal(proof.Digest(document.original.digest))


def _line(said: dict[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"
