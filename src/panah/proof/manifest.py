"""Manifests of a bag (RFC 8493, BagIt 1.0): one line per file, its SHA-256 and its path."""

from __future__ import annotations

import re
from collections.abc import Mapping

from panah.errors import PanahError
from panah.proof.digest import Digest, from_hexadecimal, hexadecimal

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)", re.DOTALL)


class ManifestBroken(PanahError):
    """Line {line} of {name} is not a digest and a path."""


def manifest_text(digests: Mapping[str, Digest]) -> bytes:
    """The manifest of these paths: sorted, so that the same files always give the same bytes."""
    return "".join(f"{hexadecimal(digests[path])}  {_written(path)}\n" for path in sorted(digests)).encode()


def read_manifest(name: str, text: bytes) -> dict[str, Digest]:
    """Path and digest of each line. Raises `ManifestBroken`."""
    found: dict[str, Digest] = {}
    *lines, rest = text.decode("utf-8", "replace").split("\n")
    for number, line in enumerate([*lines, rest] if rest else lines, start=1):
        match = _LINE.fullmatch(line)
        if not match or (path := _read(match[2])) in found:
            raise ManifestBroken(name=name, line=number)
        found[path] = from_hexadecimal(match[1])
    return found


def tag_text(fields: Mapping[str, str]) -> bytes:
    """`bag-info.txt`: a label and a value per line."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in fields.items()).encode()


def _written(path: str) -> str:
    """RFC 8493, 2.1.3: percent signs and line ends in a path are escaped."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _read(path: str) -> str:
    return path.replace("%0D", "\r").replace("%0d", "\r").replace("%0A", "\n").replace("%0a", "\n").replace("%25", "%")
