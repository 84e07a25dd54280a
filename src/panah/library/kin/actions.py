"""Marks kept for passages that have none, and what members say of roots."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from panah import proof
from panah.errors import PanahError
from panah.library import queries as library
from panah.library.actions.reading import AT_ONCE
from panah.library.actions.reindexing import Reindexed
from panah.library.kin import index, rules
from panah.library.models import Apart, Document, Passage, Trace
from panah.proof import SealBroken
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.store import ObjectMissing

LONGEST_REASON = 2000
LONGEST_ROOT = 300


class TracesToItself(PanahError):
    """“{title}” cannot trace to “{other}”: that comes from it, or is it."""

    status = 409


class RootNeeded(PanahError):
    """Say to which document it traces, or name the root that is not here; one of the two."""


class ReasonNeeded(PanahError):
    """Say why: whoever reads the tree later has nothing else to go by."""


class ApartFromItself(PanahError):
    """“{title}” has the same root as itself."""

    status = 409


class _Mark(NamedTuple):
    """What the ledger says of a mark: about which document, which verb, and about what else."""

    verb: Verb
    document: Document
    details: dict[str, proof.Canonical]


@transaction.atomic
def trace(
    *, document: Document, to: Document | None = None, root: str = "", because: str, by: Member, now: datetime
) -> Trace:
    """Say that a document has what it says from another, or from a named root that is not here.

    Said again with another reason, that takes the place of the one before. Raises `NotAllowed`, `RootNeeded`,
    `ReasonNeeded`, and `TracesToItself` for a circle.
    """
    team.require(by, document.compartment, May.WORK)
    name, reason = " ".join(root.split())[:LONGEST_ROOT], _reason(because)
    if (to is None) is (not name):
        raise RootNeeded
    if to is not None and rules.reaches(to.pk, document.pk, _above(to)):
        raise TracesToItself(title=document.title, other=to.title)
    made, _ = Trace.objects.update_or_create(
        document=document, to=to, root=name, defaults={"because": reason, "by": by, "at": now}
    )
    _enter(_of_trace(made), by=by, now=now)
    return made


@transaction.atomic
def tell_apart(*, document: Document, other: Document, because: str, by: Member, now: datetime) -> Apart:
    """Say that two documents do not have the same root, though they share wording.

    Raises `NotAllowed`, `ReasonNeeded`, `ApartFromItself`.
    """
    team.require(by, document.compartment, May.WORK)
    if document == other:
        raise ApartFromItself(title=document.title)
    made, _ = Apart.objects.update_or_create(
        document=document, other=other, defaults={"because": _reason(because), "by": by, "at": now}
    )
    _enter(_of_apart(made), by=by, now=now)
    return made


@transaction.atomic
def take_back(*, mark: Trace | Apart, by: Member, now: datetime) -> None:
    """Take back what was said of a root; the ledger keeps that it was. Raises `NotAllowed`."""
    team.require(by, mark.document.compartment, May.WORK)
    said = _of_trace(mark) if isinstance(mark, Trace) else _of_apart(mark)
    _enter(said._replace(verb=Verb.WITHDREW), by=by, now=now)
    mark.delete()


def mark_again() -> Iterator[Reindexed]:
    """Take the marks of passages that have none, one document after another.

    Each is done whole or not at all: broken off, it goes on where it was. A damaged reading keeps no other from it.
    """
    lacking = list(Passage.objects.filter(marks=None).order_by().values_list("document", flat=True).distinct())
    for done, document in enumerate(lacking, start=1):
        try:
            _mark(document)
        except (SealBroken, ObjectMissing):
            yield Reindexed(document, len(lacking) - done, damaged=True)
        else:
            yield Reindexed(document, len(lacking) - done, damaged=False)


@transaction.atomic
def _mark(pk: UUID) -> None:
    document = Document.objects.select_related("reading").get(pk=pk)
    passages = list(document.passages.filter(marks=None).order_by("start"))
    content = library.content(document.reading) if document.reading else b""
    for first in range(0, len(passages), AT_ONCE):
        some = passages[first : first + AT_ONCE]
        lines = [index.line(content[each.start : each.end].decode()) for each in some]
        for passage, line in zip(some, lines, strict=True):
            passage.marks = index.count(line)
        Passage.objects.bulk_update(some, ["marks"])
        index.add((passage.pk, line) for passage, line in zip(some, lines, strict=True))


def _above(document: Document) -> dict[UUID, list[UUID]]:
    """What is above a document, whoever may see it: a circle is one for everybody."""
    above: dict[UUID, list[UUID]] = {}
    left = [document.pk]
    while left:
        key = left.pop()
        if key not in above:
            above[key] = list(Trace.objects.filter(document=key, to__isnull=False).values_list("to", flat=True))
            left += above[key]
    return above


def _reason(because: str) -> str:
    reason = because.strip()[:LONGEST_REASON]
    if not reason:
        raise ReasonNeeded
    return reason


def _of_trace(mark: Trace) -> _Mark:
    return _Mark(Verb.TRACED, mark.document, {"to": str(mark.to_id)} if mark.to_id else {"named": True})


def _of_apart(mark: Apart) -> _Mark:
    return _Mark(Verb.TOLD_APART, mark.document, {"other": str(mark.other_id)})


def _enter(said: _Mark, *, by: Member, now: datetime) -> None:
    enter(
        verb=said.verb, kind="document", subject=str(said.document.pk), by=by, now=now,
        compartment=said.document.compartment, details=said.details,
    )  # fmt: skip
