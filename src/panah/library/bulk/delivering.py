"""A delivery of files, taken in from where it was left to its end or its pause."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from panah.library import actions
from panah.library.bulk.readers import Readers
from panah.library.bulk.taking import FileOutcome, taken_in
from panah.library.manifest import Listed
from panah.library.models import Delivery
from panah.library.queries import Shelf
from panah.team.models import Member

AT_ONCE = 100
"""So many files are looked up together; so often it is asked whether to pause."""


def delivered(
    delivery: Delivery, *, listed: Mapping[Path, Listed], readers: Readers, by: Member, clock: Callable[[], datetime]
) -> Generator[FileOutcome, None, None]:
    """Take in the files of a delivery that have no outcome yet, and write down that of each; yields as `taken_in` does.

    However it ends, the delivery is let go of.
    """
    rows: dict[Path, int] = {}

    def account(file: Path, outcome: FileOutcome) -> None:
        document = UUID(outcome.document) if outcome.document else None
        actions.account(
            file=rows.pop(file), outcome=outcome.outcome, code=outcome.code, reason=outcome.reason, document=document
        )

    shelf = Shelf(delivery.compartment, delivery.collection)
    try:
        yield from taken_in(
            _waiting(delivery, rows), listed=listed, shelf=shelf, readers=readers, by=by, clock=clock, account=account
        )
    finally:
        actions.leave(delivery=delivery, now=clock())


def _waiting(delivery: Delivery, rows: dict[Path, int]) -> Iterator[Path]:
    """The files without an outcome, in their order, until it is to pause; `rows` says which row is whose."""
    last = 0
    while some := delivery.files.filter(outcome="", pk__gt=last).order_by("pk")[:AT_ONCE]:
        for row in some:
            file = Path(os.fsdecode(bytes(row.place)))
            rows[file] = last = row.pk
            yield file
        if Delivery.objects.filter(pk=delivery.pk, to_pause=True).exists():
            return
