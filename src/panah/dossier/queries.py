"""Sealed dossiers, read."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from panah import proof
from panah.dossier.bundles import statement_of
from panah.dossier.models import Dossier
from panah.errors import PanahError
from panah.team import following, stamping
from panah.team import queries as team
from panah.team.models import Compartment, Member
from panah.vault import workspace


class DossierUnknown(PanahError):
    """There is no such sealed dossier."""

    status = 404


class Followed(NamedTuple):
    """What came of following the ledger from its first line to its last, and of comparing it with blocks and seals."""

    ledger: following.Followed
    sealed: int = 0
    """The last line that a dossier sealed here stands on; 0 where there is none. Up to it nothing is missing."""
    broken: int = 0
    """The first line that is not as it was; 0 where all hold."""
    reason: str = ""


def followed() -> Followed:
    """Follow the ledger, then compare it with what was signed about it, and with what each dossier sealed here says of it.

    A chain that was cut off at its end, or written anew, still holds: blocks and seals tell, as far as the newest of them.
    Raises `BundleUnreadable`, `StampsUnchecked`, `TimestampUnchecked` where one of them cannot be asked.
    """
    ledger = following.followed(workspace.public_key(), stamping.roots)
    found = Followed(ledger, 0, ledger.broken, ledger.reason)
    for dossier in Dossier.objects.select_related("bundle").order_by("sealed_at", "pk") if not ledger.broken else ():
        statement = statement_of(dossier)
        seq, link = statement.ledger_seq, team.link_of(statement.ledger_seq)
        if link != statement.ledger_link:
            there = "is not there any more" if link is None else "is another one now"
            return found._replace(broken=seq, reason=f"the line on which the dossier {dossier} stands {there}")
        found = found._replace(sealed=max(found.sealed, seq))
    return found


def of_reference(asker: Member, compartment: Compartment, reference: str) -> QuerySet[Dossier]:
    """The dossiers that were sealed under a reference in a compartment, newest first."""
    seen = team.compartments(asker).filter(pk=compartment.pk).order_by().values("pk")
    rows = Dossier.objects.filter(bundle__compartment__in=seen, reference=reference)
    return rows.select_related("bundle__compartment").order_by("-sealed_at")


def one(asker: Member, compartment: Compartment, reference: str, dossier_id: UUID) -> Dossier:
    """One of them. Raises `DossierUnknown`."""
    found = of_reference(asker, compartment, reference).filter(pk=dossier_id).first()
    if found is None:
        raise DossierUnknown
    return found


def signer() -> str:
    """The fingerprint of the key that signs dossiers here."""
    return proof.fingerprint(workspace.public_key())
