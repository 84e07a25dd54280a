"""Where stored contents lie, for tests that spoil them."""

from __future__ import annotations

from pathlib import Path

from panah.vault import data_keys, workspace
from panah.vault.models import Stored
from panah.vault.store import path_of


def content_of(row: Stored) -> bytes:
    """What is stored of an Original or a Reading."""
    return data_keys.store_of(row.key.compartment_id).content(row.digest)


def lies_at(row: Stored) -> Path:
    """The file of an Original or a Reading."""
    return object_of(row.key.compartment_id, row.digest)


def object_of(compartment, digest: str) -> Path:
    """The file of a content in the store of a compartment."""
    return path_of(workspace.home() / "objects", digest, data_keys.of(compartment)[0].objects)
