"""Sealed dossiers, read."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from panah import proof
from panah.dossier.models import Dossier
from panah.errors import PanahError
from panah.vault import workspace


class DossierUnknown(PanahError):
    """There is no such sealed dossier."""

    status = 404


class AuthorityUnreadable(PanahError):
    """The file that PANAH_TSA_ROOTS names, {path}, cannot be read; a time-stamp cannot be checked without it."""


class AuthorityRootless(PanahError):
    """PANAH_TSA_URL names an authority, {url}, but PANAH_TSA_ROOTS names no file with its root certificates."""


def of_reference(reference: str) -> QuerySet[Dossier]:
    """The dossiers sealed under a reference, newest first. Whether the asker may see it, the caller has found out."""
    return Dossier.objects.filter(reference=reference).select_related("bundle").order_by("-sealed_at")


def one(reference: str, dossier_id: UUID) -> Dossier:
    """One of them. Raises `DossierUnknown`."""
    found = of_reference(reference).filter(pk=dossier_id).first()
    if found is None:
        raise DossierUnknown
    return found


def signer() -> str:
    """The fingerprint of the key that signs dossiers here."""
    return proof.fingerprint(proof.public_key(workspace.signing_key()))


def authority() -> proof.Authority | None:
    """The time-stamping authority that the operator named; None where none is. Raises `AuthorityUnreadable`."""
    if not settings.PANAH_TSA_URL:
        return None
    if not settings.PANAH_TSA_ROOTS:
        raise AuthorityRootless(url=settings.PANAH_TSA_URL)
    try:
        return proof.Authority(settings.PANAH_TSA_URL, Path(settings.PANAH_TSA_ROOTS).read_bytes())
    except OSError:
        raise AuthorityUnreadable(path=settings.PANAH_TSA_ROOTS) from None
