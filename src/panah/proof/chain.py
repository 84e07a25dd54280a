"""A chain of entries in which no entry can be changed, removed or moved without breaking every later link.

The link of an entry is `SHA-256(link before || digest of its body)`. A reader who may not see a body can be
given its digest alone and still follow the chain past it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from panah.proof.canonical import Canonical, canonical
from panah.proof.digest import Digest, digest_of, hexadecimal

GENESIS = digest_of(b"panah ledger 1")
"""What the first link stands on."""


class Link(NamedTuple):
    """One entry of a chain: its number, the digest of its body, and the link it was given."""

    seq: int
    body: Digest
    link: Digest


def body_digest(body: Canonical) -> Digest:
    """The digest of an entry's canonical form."""
    return digest_of(canonical(body))


def linked(previous: Digest, body: Digest) -> Digest:
    """The link of an entry whose body digests to `body`, standing on the link `previous`."""
    return digest_of(bytes.fromhex(hexadecimal(previous)), bytes.fromhex(hexadecimal(body)))


def first_break(previous: Digest, links: Iterable[Link]) -> Link | None:
    """The first link that does not stand on the one before it, starting from `previous`; None if all do."""
    expected_seq: int | None = None
    for entry in links:
        if entry.link != linked(previous, entry.body) or (expected_seq is not None and entry.seq != expected_seq):
            return entry
        previous, expected_seq = entry.link, entry.seq + 1
    return None
