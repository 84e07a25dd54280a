"""Files that others open without Panah: the age format, version 1 (C2SP), to X25519 recipients or to a passphrase.

Recipients are pyrage's, the age of the Rust world; it has no stream under a passphrase, so that one is in
`passphrase.py`. Nothing here is loaded by `panah-verify`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from panah.proof.age.errors import (
    AgeDamaged,
    AgeKeyWrong,
    IdentityUnreadable,
    NotAge,
    RecipientsMissing,
    RecipientUnreadable,
)
from panah.proof.age.passphrase import Passphrase
from panah.proof.age.streams import FIRST_LINE, Begun, Into
from panah.proof.age.x25519 import Identities, Recipients, identities, listed, new_identity, recipients

__all__ = [
    "AgeDamaged",
    "AgeKeyWrong",
    "Identities",
    "IdentityUnreadable",
    "NotAge",
    "Passphrase",
    "RecipientUnreadable",
    "Recipients",
    "RecipientsMissing",
    "decrypt",
    "encrypt",
    "identities",
    "listed",
    "new_identity",
    "recipients",
]


def encrypt(pieces: Iterable[bytes], into: Into, lock: Recipients | Passphrase) -> None:
    """Write the age file that holds `pieces`, in constant memory. What `pieces` or `into` raises comes through."""
    lock.encrypt(pieces, into)


def decrypt(stored: BinaryIO, into: Into, key: Identities | Passphrase) -> None:
    """Write what an age file holds, in constant memory. Only what was authenticated is written, but it comes piece by
    piece: until this has returned, the content may have been cut short.

    `stored` is read from front to back; it may be a pipe. Raises `NotAge`, `AgeKeyWrong`, `AgeDamaged`, and what `into`
    raises.
    """
    if stored.read(len(FIRST_LINE)) != FIRST_LINE:
        raise NotAge
    key.decrypt(Begun(stored), into)
