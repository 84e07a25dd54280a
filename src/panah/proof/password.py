"""A member's password, kept so that whoever reads it has to try each word that it might be (Argon2id, RFC 9106)."""

from __future__ import annotations

import os
import unicodedata

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 4
"""The second recommendation of RFC 9106, section 4."""


def password_kept(password: str) -> str:
    """What is kept of a password: a string in the PHC form, with a salt of its own."""
    kept = Argon2id(salt=os.urandom(16), length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB)
    return kept.derive_phc_encoded(as_read(password))


def password_fits(password: str, kept: str) -> bool:
    """Whether it is this password. What is kept in another form fits none, after the same work."""
    if not kept.startswith("$argon2id$"):
        Argon2id(salt=bytes(16), length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB).derive(b"")
        return False
    try:
        Argon2id.verify_phc_encoded(as_read(password), kept)
    except InvalidKey:
        return False
    return True


def as_read(words: str) -> bytes:
    """A passphrase or a password in NFKC: the same on every keyboard."""
    return unicodedata.normalize("NFKC", words).encode()
