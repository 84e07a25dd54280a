"""Manifests of files that are handed in: JSON lines that say what each file is."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple, cast

from panah.errors import PanahError
from panah.library.record import Details, refused

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
    "author": ("author", "authors"),
    "source": ("publisher", "source"),
    "date": ("date", "date_published"),
    "period": ("period", "event_period"),
    "places": ("places", "countries", "country"),
    "concepts": ("concepts", "subjects"),
    "language": ("language",),
    "url": ("url",),
    "accessed": ("accessed", "date_accessed"),
    "archive_url": ("archive_url",),
    "licence": ("licence", "license"),
    "sensitivity": ("sensitivity",),
}
_BETWEEN = {"author": ", ", "places": ", ", "concepts": "; "}
"""Of these, a list is taken as well, and so put together."""


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
    values = {field: _value(entry, field) for field in _FIELDS}
    if wrong := [field for field, value in values.items() if not _is_text(value)]:
        raise broken(f"has a {wrong[0]} that is not text")
    try:
        file = Path(os.path.realpath(path.parent / name))
    except ValueError:
        raise broken("names a “file” that no file can be called") from None
    details = Details(**cast("dict[str, str]", values))
    for field, error in refused(details):
        raise broken(f"has a {field} that is refused: {error.sentence.rstrip('.')}")
    return Listed(file, details, str(entry.get("sha256") or "").lower())


def _value(entry: dict[str, object], field: str) -> object:
    """What a line says of a field, under whichever of its names; a list of texts as one text."""
    value = next((entry[key] for key in _FIELDS[field] if entry.get(key)), "")
    if field in _BETWEEN and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return _BETWEEN[field].join(value)
    return value


def _is_text(value: object) -> bool:
    """Whether it is text that can be stored: JSON can hold half a character, which no encoding can."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)
