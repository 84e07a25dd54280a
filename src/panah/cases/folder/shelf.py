"""A collection as a folder of its files with a manifest: what `panah ingest` takes in on another machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from panah import proof
from panah.cases import queries
from panah.cases.folder.building import building
from panah.cases.folder.exporting import into_folder, safe_name
from panah.cases.models import Case
from panah.library.models import Collection, Document
from panah.library.queries import documents, said_of
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.data_keys import store_of

MANIFEST = "manifest.jsonl"


def export_shelf(collection: Collection, target: Path, *, by: Member, now: datetime) -> int:
    """Write the Originals of a collection into a new folder, in plain, with what is said of each; how many there were.

    What came inside another document comes along in that one. Raises `NotAllowed`, `ApprovalNeeded`, `FolderTaken`,
    `FolderMissing`, and `NotWritable` or `DiskFull` where nothing can be written.
    """
    team.require(by, collection.compartment, May.EXPORT)
    for case in Case.objects.filter(papers=collection):
        queries.require_free(case)
    shelf = documents(by).filter(collection=collection, carrier=None).order_by("added_at", "pk")
    store = store_of(collection.compartment_id)
    with building(target) as folder:
        put = into_folder(folder)
        named = [(f"{number:06}-{safe_name(each.path)}", each) for number, each in enumerate(shelf, start=1)]
        for name, each in named:
            put(name, partial(store.pieces, proof.Digest(each.original.digest)))
        put(MANIFEST, lambda: _lines(named))
    details: dict[str, proof.Canonical] = {"files": len(named)}
    enter(
        verb=Verb.EXPORTED, kind="collection", subject=str(collection.pk), by=by, now=now,
        compartment=collection.compartment, details=details,
    )  # fmt: skip
    return len(named)


def _lines(named: list[tuple[str, Document]]) -> Iterator[bytes]:
    for name, document in named:
        said = {field: value for field, value in said_of(document).items() if value}
        line = {"file": name, "sha256": proof.hexadecimal(proof.Digest(document.original.digest)), **said}
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"
