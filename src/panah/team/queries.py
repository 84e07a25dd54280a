"""Members, compartments and ledger lines, read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from panah import proof
from panah.errors import PanahError
from panah.team import rules
from panah.team.models import Compartment, LedgerLine, Member, Membership
from panah.team.rules import May, Role


class NotAllowed(PanahError):
    """As {role} of this compartment you may not {may} here; its leads may give you another role."""

    status = 403


class CompartmentUnknown(PanahError):
    """There is no compartment “{name}”."""

    status = 404


class Excerpt(NamedTuple):
    """A stretch of the ledger for a reader who may see some of its lines: the others are there by digest alone."""

    previous: proof.Digest
    """The link that the first line stands on."""
    lines: Iterator[dict[str, proof.Canonical]]


def only_member() -> Member | None:
    """The member of a workspace that has one; None before it has any."""
    return Member.objects.order_by("pk").first()


def compartments(asker: Member, may: May = May.SEE) -> QuerySet[Compartment]:
    """The compartments in which the asker may do something: the one place where the table meets the database.

    Of a member who left, and of one who has no role, these are none.
    """
    roles = Membership.objects.filter(member=asker, member__left_at=None, until=None, role__in=rules.roles_that(may))
    return Compartment.objects.filter(erased_at=None, pk__in=roles.values("compartment")).order_by("name", "pk")


def compartment(asker: Member, name: str, may: May = May.SEE) -> Compartment:
    """A compartment by its name. Raises `CompartmentUnknown`, `NotAllowed`."""
    found = compartments(asker).filter(name=name).first()
    if found is None:
        raise CompartmentUnknown(name=name)
    require(asker, found, may)
    return found


def role(asker: Member, asked: Compartment) -> Role | None:
    """What the asker is in a compartment; None where nothing."""
    found = Membership.objects.filter(member=asker, member__left_at=None, until=None, compartment=asked)
    value = found.filter(compartment__erased_at=None).values_list("role", flat=True).first()
    return Role(value) if value else None


def require(asker: Member, asked: Compartment, may: May) -> None:
    """Raises `NotAllowed` where the asker's role does not allow it, `CompartmentUnknown` where there is no role."""
    found = role(asker, asked)
    if found is None:
        raise CompartmentUnknown(name=asked.pk)
    if found not in rules.roles_that(may):
        raise NotAllowed(role=found, may=may)


def custody(subject: str) -> list[LedgerLine]:
    """What was done to an Original, oldest first."""
    return list(LedgerLine.objects.filter(kind="original", subject=subject).order_by("seq"))


def lines_about(kind: str, subject: str) -> list[LedgerLine]:
    """The ledger lines about one thing, newest first."""
    return list(LedgerLine.objects.filter(kind=kind, subject=subject).order_by("-seq"))


def excerpt(subjects: Collection[str], *, until: int) -> Excerpt:
    """The ledger from the first line about any of `subjects` up to line `until`, other lines withheld."""
    shown = LedgerLine.objects.filter(kind="original", subject__in=subjects, seq__lte=until)
    first = shown.order_by("seq").values_list("seq", flat=True).first() or until
    before = LedgerLine.objects.filter(seq=first - 1).values_list("link", flat=True).first()
    rows = LedgerLine.objects.filter(seq__gte=first, seq__lte=until).order_by("seq")
    previous = proof.Digest(before) if before else proof.GENESIS
    return Excerpt(previous, (_shown(line, set(subjects), until) for line in rows.iterator()))


def length() -> int:
    """How many lines the ledger has."""
    return LedgerLine.objects.count()


def newest_at() -> datetime | None:
    """When the newest line was written; None where there is no line yet."""
    newest = LedgerLine.objects.order_by("-seq").values_list("at", flat=True).first()
    return datetime.fromisoformat(newest) if newest else None


def link_of(seq: int) -> proof.Digest | None:
    """The link of a line; None where the ledger has no such line."""
    link = LedgerLine.objects.filter(seq=seq).values_list("link", flat=True).first()
    return proof.Digest(link) if link else None


def first_broken_line() -> LedgerLine | None:
    """The first ledger line that was changed or moved, or that follows one that was removed; None if all hold.

    That lines are missing at the end, or that all were written anew, the chain alone cannot tell: a sealed dossier can,
    for it carries number and link of the line on which it stands (`dossier.queries.followed`).
    """
    rows = LedgerLine.objects.order_by("seq")
    changed = next((row for row in rows.iterator() if not _has_its_digest(row)), None)
    sound = rows.filter(seq__lt=changed.seq) if changed else rows
    links = (proof.Link(row.seq, proof.Digest(row.body_digest), proof.Digest(row.link)) for row in sound.iterator())
    broken = proof.first_break(proof.GENESIS, links)
    return LedgerLine.objects.get(seq=broken.seq) if broken else changed


def _has_its_digest(line: LedgerLine) -> bool:
    try:
        return proof.body_digest(line.body()) == line.body_digest
    except proof.NotCanonical:  # nothing that was ever entered
        return False


def _shown(line: LedgerLine, subjects: set[str], until: int) -> dict[str, proof.Canonical]:
    shown: dict[str, proof.Canonical] = {"seq": line.seq, "link": line.link}
    if (line.kind == "original" and line.subject in subjects) or line.seq == until:
        return shown | {"body": line.body()}
    return shown | {"body_digest": line.body_digest}
