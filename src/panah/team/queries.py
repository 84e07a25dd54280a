"""Members, compartments and ledger lines, read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from panah import proof
from panah.errors import PanahError
from panah.team import chain, rules
from panah.team.models import Compartment, LedgerBlock, LedgerLine, Member, Membership, Particulars
from panah.team.rules import May, Role


class NotAllowed(PanahError):
    """As {role} of this compartment you may not {may} here; its leads can give you another role."""

    status = 403


class CompartmentUnknown(PanahError):
    """There is no compartment “{name}”."""

    status = 404


class CompartmentAmbiguous(PanahError):
    """You see several compartments “{name}”; ask for one by its id."""

    status = 409


class Excerpt(NamedTuple):
    """A stretch of the ledger for a reader who may see some of its lines: the others are there by digest alone."""

    previous: proof.Digest
    """The link that the first line stands on."""
    lines: Iterator[dict[str, proof.Canonical]]


class Unsigned(NamedTuple):
    """The lines that no signed block has yet: how many, and since when."""

    lines: int
    since: datetime | None


def compartments(asker: Member, may: May = May.SEE) -> QuerySet[Compartment]:
    """The compartments in which the asker may do something: the one place where the table meets the database.

    Of a member who left, and of one who has no role, these are none.
    """
    roles = Membership.objects.filter(member=asker, member__left_at=None, until=None, role__in=rules.roles_that(may))
    return Compartment.objects.filter(erased_at=None, pk__in=roles.values("compartment")).order_by("name", "pk")


def compartment(asker: Member, name: str, may: May = May.SEE) -> Compartment:
    """A compartment by its name or its id. Raises `CompartmentUnknown`, `CompartmentAmbiguous`, `NotAllowed`."""
    found = list(compartments(asker).filter(name=name)[:2])
    if not found:
        return compartment_of(asker, _id(name), may)
    if len(found) > 1:
        raise CompartmentAmbiguous(name=name)
    require(asker, found[0], may)
    return found[0]


def compartment_of(asker: Member, number: UUID, may: May = May.SEE) -> Compartment:
    """A compartment by its id. Raises `CompartmentUnknown`, `NotAllowed`."""
    found = compartments(asker).filter(pk=number).first()
    if found is None:
        raise CompartmentUnknown(name=number)
    require(asker, found, may)
    return found


def members(asker: Member, asked: Compartment) -> QuerySet[Membership]:
    """Who belongs to a compartment that the asker may see, and in which role. Raises `NotAllowed`."""
    require(asker, asked, May.SEE)
    rows = asked.memberships.filter(until=None, member__left_at=None)
    return rows.select_related("member").order_by("member__name")


def role(asker: Member, asked: Compartment) -> Role | None:
    """What the asker is in a compartment; None where nothing."""
    found = Membership.objects.filter(member=asker, member__left_at=None, until=None, compartment=asked)
    value = found.filter(compartment__erased_at=None).values_list("role", flat=True).first()
    return Role(value) if value else None


def allowed(asker: Member, asked: Compartment) -> frozenset[May]:
    """What the asker may do in a compartment: pages show the forms of these acts, and of no others."""
    return rules.allowed_to(role(asker, asked))


def require(asker: Member | None, asked: Compartment, may: May) -> None:
    """Raises `NotAllowed` where the asker's role does not allow it.

    Who has no role is a guest, who sees what is shared and may do nothing. None is the program, at what members began.
    """
    if asker is None:
        return
    found = role(asker, asked)
    if found not in rules.roles_that(may):
        raise NotAllowed(role=found or "guest", may=may)


def custody(asker: Member, subject: str) -> list[LedgerLine]:
    """What was done to an Original, oldest first: the lines that the asker may see."""
    return list(_seen_by(asker, "original", [subject]).order_by("seq"))


def lines_about(asker: Member, kind: str, subject: str) -> list[LedgerLine]:
    """The ledger lines about one thing that the asker may see, newest first."""
    return list(_seen_by(asker, kind, [subject]).order_by("-seq"))


def lines_in(asker: Member, place: Compartment, kinds: Collection[str], subject: str) -> QuerySet[LedgerLine]:
    """The lines about things of one name in a compartment, newest first. Raises `NotAllowed`."""
    require(asker, place, May.SEE)
    about = Particulars.objects.filter(kind__in=kinds, subject=subject).values("line")
    return _newest_first(LedgerLine.objects.filter(seq__in=about, compartment=place.pk))


def lines_before_compartments(kinds: Collection[str], subject: str) -> QuerySet[LedgerLine]:
    """The lines of a Panah that knew no compartments, about things of one name, newest first."""
    return _newest_first(LedgerLine.objects.filter(flat_kind__in=kinds, flat_subject=subject))


def _newest_first(lines: QuerySet[LedgerLine]) -> QuerySet[LedgerLine]:
    return lines.select_related("particulars").order_by("-seq")


def excerpt(originals: Mapping[UUID, Collection[str]], *, until: int) -> Excerpt:
    """The ledger from the first line about any of these Originals up to line `until`, other lines withheld.

    The Originals are said by compartment, and that they may be handed out, the caller has found out: their custody goes
    with them, though a guest has no role where they stand. What was done to the same bytes elsewhere is withheld.
    """
    shown = {until}
    for compartment, digests in originals.items():
        about = _about("original", digests).filter(Q(compartment=None) | Q(compartment=compartment), seq__lte=until)
        shown |= set(about.values_list("seq", flat=True))
    first = min(shown)
    before = LedgerLine.objects.filter(seq=first - 1).values_list("link", flat=True).first()
    rows = LedgerLine.objects.filter(seq__gte=first, seq__lte=until).order_by("seq").select_related("particulars")
    previous = proof.Digest(before) if before else proof.GENESIS
    return Excerpt(previous, (_shown(line, whole=line.seq in shown) for line in rows.iterator()))


def _seen_by(asker: Member, kind: str, subjects: Collection[str]) -> QuerySet[LedgerLine]:
    """The lines about some things of a kind; of a compartment that the asker may not see, none."""
    seen = Q(compartment=None) | Q(compartment__in=compartments(asker).order_by().values("pk"))
    return _about(kind, subjects).filter(seen).select_related("particulars")


def _about(kind: str, subjects: Collection[str]) -> QuerySet[LedgerLine]:
    about = Particulars.objects.filter(kind=kind, subject__in=subjects).values("line")
    return LedgerLine.objects.filter(Q(seq__in=about) | Q(flat_kind=kind, flat_subject__in=subjects))


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


def first_broken_line() -> int | None:
    """The first ledger line that was changed or moved, or that follows one that was removed; None if all hold.

    That lines are missing at the end, or that all were written anew, the chain alone cannot tell: signed blocks can, and
    sealed dossiers (`following.followed`, `dossier.queries.followed`).
    """
    return chain.followed().broken or None


def newest_block() -> LedgerBlock | None:
    """The newest signed block; None where nothing was signed yet."""
    return LedgerBlock.objects.order_by("-last").first()


def unsigned() -> Unsigned:
    """What no block has yet."""
    block = newest_block()
    lines = LedgerLine.objects.filter(seq__gt=block.last if block else 0)
    oldest = lines.order_by("seq").values_list("at", flat=True).first()
    return Unsigned(lines.count(), datetime.fromisoformat(oldest) if oldest else None)


def _shown(line: LedgerLine, *, whole: bool) -> dict[str, proof.Canonical]:
    shown: dict[str, proof.Canonical] = {"seq": line.seq, "link": line.link}
    body = line.body.encode()
    if not whole:
        return shown | {"body_digest": proof.digest_of(body)}
    what = {"what": proof.read_canonical(line.record.encode())} if line.record else {}
    return shown | {"body": proof.read_canonical(body)} | what


def _id(name: str) -> UUID:
    try:
        return UUID(name)
    except ValueError:
        raise CompartmentUnknown(name=name) from None
