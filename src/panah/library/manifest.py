"""Manifests of files that are handed in: JSON lines that say what each file is.

One that `panah collection export` wrote says in its first line of which version it is, and also in what the documents are
to each other, and what is said of those that stand inside others.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, cast

from panah import text
from panah.errors import PanahError
from panah.library.record import Details, refused

LONGEST_LINE = 1 << 20
VERSION = 2
"""Of what is exported. 1 had no line for it, no relations, no charsets, and nothing on what stands inside."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


class ManifestUnreadable(PanahError):
    """The manifest {path} cannot be read: {reason}. Nothing was taken in."""


class ManifestLineBroken(PanahError):
    """Line {line} of the manifest {path} {reason}. Nothing was taken in."""


class ManifestTooNew(PanahError):
    """The manifest {path} is of version {version}, and this Panah knows {known}. Nothing was taken in."""


class ManifestChanged(PanahError):
    """The manifest {path} is not the one with which this delivery began. Nothing was taken in."""

    status = 409


class Listed(NamedTuple):
    """What a manifest says of a file."""

    path: Path
    details: Details
    digest: str
    """Its SHA-256 in hexadecimal, where the manifest has it: a file that differs is refused."""
    charset: str = ""
    """The encoding that a server named for its bytes."""


class Translated(NamedTuple):
    """Of what a document is the translation, by the SHA-256 of that, who made it, and by what it is certified."""

    original: str
    translator: str
    certificate: str
    certified_on: str


class Related(NamedTuple):
    """What a manifest says of a document beside the file itself; each by its SHA-256."""

    digest: str
    inside: Details | None
    """What is said of one that stands inside another; None of a file, whose line says it."""
    supersedes: str
    translates: Translated | None


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
    for line in _lines(path):
        if "inside" in line.entry:
            continue
        listed = _listed(path, line)
        found[listed.path] = listed
    return found


def read_relations(path: Path) -> list[Related]:
    """What the documents of a manifest are to each other. Raises before anything is taken in."""
    found = [_related(line) for line in _lines(path)]
    return [each for each in found if each.inside or each.supersedes or each.translates]


class _Line(NamedTuple):
    path: Path
    number: int
    entry: dict[str, object]

    def broken(self, reason: str) -> ManifestLineBroken:
        return ManifestLineBroken(line=self.number, path=self.path.name, reason=reason)


def _lines(path: Path) -> Iterator[_Line]:
    """The lines that say something of a document. Raises `ManifestTooNew`."""
    try:
        with path.open("rb") as lines:
            for number, written in enumerate(lines, start=1):
                if written.strip():
                    line = _parsed(path, number, written)
                    if number > 1 or "manifest" not in line.entry:
                        yield line
    except OSError as error:
        raise ManifestUnreadable(path=path, reason=error.strerror) from error


def _parsed(path: Path, number: int, written: bytes) -> _Line:
    line = _Line(path, number, {})
    if len(written) > LONGEST_LINE:
        raise line.broken("is longer than a megabyte")
    try:
        entry = json.loads(written)
    except (ValueError, RecursionError):
        raise line.broken("is not JSON") from None
    if not isinstance(entry, dict):
        raise line.broken("does not name a “file”")
    if number == 1 and entry.get("manifest", VERSION) not in range(VERSION + 1):
        raise ManifestTooNew(path=path.name, version=entry["manifest"], known=VERSION)
    return line._replace(entry=entry)


def _listed(path: Path, line: _Line) -> Listed:
    name = line.entry.get("file") or line.entry.get("path")
    if not isinstance(name, str):
        raise line.broken("does not name a “file”")
    details = _details(line)
    try:
        file = Path(os.path.realpath(path.parent / name))
    except ValueError:
        raise line.broken("names a “file” that no file can be called") from None
    return Listed(file, details, str(line.entry.get("sha256") or "").lower(), _text(line, line.entry, "charset"))


def _details(line: _Line) -> Details:
    values = {field: _value(line.entry, field) for field in _FIELDS}
    if wrong := [field for field, value in values.items() if not _is_text(value)]:
        raise line.broken(f"has a {wrong[0]} that is not text")
    details = Details(**cast("dict[str, str]", values))
    for field, error in refused(details):
        raise line.broken(f"has a {field} that is refused: {error.sentence.rstrip('.')}")
    return details


def _related(line: _Line) -> Related:
    entry, inside = line.entry, "inside" in line.entry
    translates = entry.get("translation_of")
    if not inside and not entry.get("supersedes") and not translates:
        return Related("", None, "", None)
    if translates and not isinstance(translates, dict):
        raise line.broken("has a translation_of that does not say of what")
    return Related(
        _digest(line, entry, "sha256"),
        _details(line) if inside else None,
        _digest(line, entry, "supersedes") if entry.get("supersedes") else "",
        _translated(line, cast("dict[str, object]", translates)) if translates else None,
    )


def _translated(line: _Line, said: dict[str, object]) -> Translated:
    certificate = _digest(line, said, "certificate") if said.get("certificate") else ""
    certified_on = _text(line, said, "certified_on")
    try:
        if certified_on:
            text.period(certified_on)
    except PanahError as error:
        raise line.broken(f"has a certified_on that is refused: {error.sentence.rstrip('.')}") from None
    return Translated(_digest(line, said, "sha256"), _text(line, said, "translator"), certificate, certified_on)


def _digest(line: _Line, entry: dict[str, object], name: str) -> str:
    written = _text(line, entry, name).lower()
    if not _DIGEST.fullmatch(written):
        raise line.broken(f"has a {name} that is no SHA-256")
    return written


def _text(line: _Line, entry: dict[str, object], name: str) -> str:
    value = entry.get(name) or ""
    if not isinstance(value, str) or not _is_text(value):
        raise line.broken(f"has a {name} that is not text")
    return value


def _value(entry: dict[str, object], field: str) -> object:
    """What a line says of a field, under whichever of its names; a list of texts as one text."""
    value = next((entry[key] for key in _FIELDS[field] if entry.get(key)), "")
    if field in _BETWEEN and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return _BETWEEN[field].join(value)
    return value


def _is_text(value: object) -> bool:
    """Whether it is text that can be stored: JSON can hold half a character, which no encoding can."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)
