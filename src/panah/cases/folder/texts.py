"""Readings as files: what made them in JSON, and their text beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from panah import proof
from panah.errors import PanahError
from panah.library.extractors.supervisor import Text
from panah.library.models import Reading


class ReadingUnfit(PanahError):
    """{file} is not a reading that fits its text. Nothing was imported."""


class CameWith(NamedTuple):
    """A reading that came with a folder."""

    extractor: str
    version: str
    digest: proof.Digest
    text: Text


def described(reading: Reading) -> bytes:
    """What made a reading, as JSON."""
    about = {
        "extractor": reading.extractor,
        "version": reading.version,
        "digest": reading.digest,
        "options": {name: value for name, value in reading.options.items() if name != "imported"},
        "about": reading.about,
        "pages": reading.pages,
        "paragraphs": reading.paragraphs,
    }
    return json.dumps(about, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def read_text(description: Path, text: Path) -> CameWith:
    """A reading from its two files. Raises `ReadingUnfit` where they do not fit each other."""
    content = text.read_bytes()
    try:
        said = json.loads(description.read_bytes())
        content.decode()
        came = CameWith(
            str(said["extractor"]),
            str(said["version"]),
            proof.digest_from(str(said["digest"])),
            Text(
                content,
                [_bounds(pair, len(content)) for pair in said["paragraphs"]],
                [_place(page, len(content)) for page in said["pages"]],
                {str(name): str(value) for name, value in said["about"].items()},
                {str(name): str(value) for name, value in said["options"].items()},
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, proof.DigestUnknown):
        raise ReadingUnfit(file=description.name) from None
    if came.digest != proof.digest_of(content):
        raise ReadingUnfit(file=description.name)
    return came


def _bounds(pair: Sequence[object], length: int) -> tuple[int, int]:
    start, end = (_place(place, length) for place in pair)
    if start > end:
        raise ValueError
    return start, end


def _place(place: object, length: int) -> int:
    if not isinstance(place, int) or not 0 <= place <= length:
        raise ValueError
    return place
