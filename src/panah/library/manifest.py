"""Manifests of files that are handed in: JSON lines that say what each file is."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

from panah.errors import PanahError
from panah.library.actions import Details

LONGEST_LINE = 1 << 20


class ManifestUnreadable(PanahError):
    """The manifest {path} cannot be read: {reason}. Nothing was taken in."""


class ManifestLineBroken(PanahError):
    """Line {line} of the manifest {path} {reason}. Nothing was taken in."""


class ManifestChanged(PanahError):
    """The manifest {path} is not the one with which this delivery began. Nothing was taken in."""

    status = 409


class Listed(NamedTuple):
    """What a manifest says of a file."""

    path: Path
    details: Details
    digest: str
    """Its SHA-256 in hexadecimal, where the manifest has it: a file that differs is refused."""


_FIELDS = {
    "title": ("title",),
    "source": ("publisher", "source"),
    "date": ("date", "date_published"),
    "language": ("language",),
    "url": ("url",),
    "licence": ("licence", "license"),
}


def read_manifest(path: Path) -> dict[Path, Listed]:
    """The files of a manifest; their paths are relative to its folder. Raises before anything is taken in."""
    found: dict[Path, Listed] = {}
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    listed = _listed(path, number, line)
                    found[listed.path] = listed
    except OSError as error:
        raise ManifestUnreadable(path=path, reason=error.strerror) from error
    return found


def _listed(path: Path, number: int, line: bytes) -> Listed:
    def broken(reason: str) -> ManifestLineBroken:
        return ManifestLineBroken(line=number, path=path.name, reason=reason)

    if len(line) > LONGEST_LINE:
        raise broken("is longer than a megabyte")
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        raise broken("is not JSON") from None
    name = (entry.get("file") or entry.get("path")) if isinstance(entry, dict) else None
    if not isinstance(name, str):
        raise broken("does not name a “file”")
    values = {field: next((entry[key] for key in keys if entry.get(key)), "") for field, keys in _FIELDS.items()}
    if wrong := next((field for field, value in values.items() if not _is_text(value)), None):
        raise broken(f"has a {wrong} that is not text")
    try:
        file = Path(os.path.realpath(path.parent / name))
    except ValueError:
        raise broken("names a “file” that no file can be called") from None
    return Listed(file, Details(**values), str(entry.get("sha256") or "").lower())


def _is_text(value: object) -> bool:
    """Whether it is text that can be stored: JSON can hold half a character, which no encoding can."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)
