"""Stored contents; when the workspace was last backed up and last checked, and what was found broken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from panah import proof
from panah.team.actions import Verb
from panah.team.models import LedgerLine
from panah.vault import data_keys, workspace
from panah.vault.models import BrokenContent, FixityPass, Stored
from panah.vault.store import path_of


def kinds() -> list[type[Stored]]:
    """The models whose rows are about stored contents: Originals, Readings."""
    return [kind for kind in apps.get_models() if issubclass(kind, Stored)]


def stored_in(compartment: UUID) -> Iterator[QuerySet[Stored]]:
    """The rows about contents in the store of a compartment, kind by kind."""
    for kind in kinds():
        yield kind._base_manager.filter(key__compartment=compartment)  # noqa: SLF001  Django's own


def last_backup() -> datetime | None:
    """When the newest backup that was finished was begun; None where there never was one."""
    at = LedgerLine.objects.filter(verb=Verb.BACKED_UP).order_by("-seq").values_list("at", flat=True).first()
    return datetime.fromisoformat(at) if at else None


def last_fixity() -> FixityPass | None:
    """The newest check of all stored contents that was finished; None where there never was one."""
    return FixityPass.objects.exclude(finished_at=None).order_by("-pk").first()


def broken_contents() -> QuerySet[BrokenContent]:
    """What the last finished check, and the one that goes on, found broken."""
    last = last_fixity()
    current = Q(found_by__finished_at=None) | Q(found_by=last)
    return BrokenContent.objects.filter(current).order_by("path", "pk")


def began_at() -> datetime | None:
    """When the workspace was made; None before it has a ledger."""
    at = LedgerLine.objects.order_by("seq").values_list("at", flat=True).first()
    return datetime.fromisoformat(at) if at else None


def files_of(compartment: UUID) -> list[Path]:
    """Where the contents of a compartment lie, under any of its keys; some may not be there. Raises `KeyDestroyed`."""
    folder = workspace.home() / "objects"
    digests = {digest for rows in stored_in(compartment) for digest in rows.values_list("digest", flat=True)}
    return [
        path_of(folder, proof.Digest(digest), key.objects)
        for key in data_keys.of(compartment, fresh=True)
        for digest in digests
    ]
