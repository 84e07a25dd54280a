"""Digests that carry their algorithm, as in `sha256:9f86d0...`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import NewType

from panah.errors import PanahError

Digest = NewType("Digest", str)
"""Algorithm and value, `sha256:` and 64 hexadecimal digits."""

_FORM = re.compile(r"sha256:[0-9a-f]{64}")


class DigestUnknown(PanahError):
    """“{digest}” is not a SHA-256 digest."""


class Digester:
    """Digests a stream of bytes piece by piece."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.size = 0

    def update(self, piece: bytes | memoryview) -> None:
        """Take in the next piece."""
        self._hash.update(piece)
        self.size += len(piece)

    def digest(self) -> Digest:
        """The digest of everything taken in so far."""
        return Digest(f"sha256:{self._hash.hexdigest()}")


def digest_of(*pieces: bytes | memoryview) -> Digest:
    """SHA-256 over the pieces, one after the other."""
    return digest_of_stream(pieces)


def digest_of_stream(pieces: Iterable[bytes | memoryview]) -> Digest:
    """SHA-256 over a stream, in constant memory."""
    digester = Digester()
    for piece in pieces:
        digester.update(piece)
    return digester.digest()


def digest_from(text: str) -> Digest:
    """Read a digest that somebody wrote down; raises `DigestUnknown` for anything else."""
    if not _FORM.fullmatch(text):
        raise DigestUnknown(digest=text)
    return Digest(text)


def hexadecimal(digest: Digest) -> str:
    """The 64 digits without the algorithm, as BagIt manifests write them."""
    return digest_from(digest).removeprefix("sha256:")


def from_hexadecimal(digits: str) -> Digest:
    """The digest that a BagIt manifest writes as `digits`."""
    return digest_from(f"sha256:{digits.lower()}")
