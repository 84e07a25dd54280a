"""Stored contents, read."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from panah.vault.models import Stored


def stored_in(compartment: UUID) -> Iterator[QuerySet[Stored]]:
    """The rows about contents in the store of a compartment, kind by kind: Originals, Readings."""
    for kind in apps.get_models():
        if issubclass(kind, Stored):
            yield kind._base_manager.filter(key__compartment=compartment)  # noqa: SLF001  Django's own
