"""Names that tell nothing: keyed digests, and random values."""

from __future__ import annotations

import hmac
import secrets

from panah.proof.aead import Key
from panah.proof.digest import Digest


def hidden_name(digest: Digest, key: Key) -> str:
    """The name under which an object with `digest` is stored: HMAC-SHA256, 64 hexadecimal digits.

    Whoever has a file but not the key cannot tell whether it is stored.
    """
    return hmac.digest(key, digest.encode(), "sha256").hex()


def random_key() -> Key:
    """A new key."""
    return Key(secrets.token_bytes(32))


def random_salt() -> str:
    """16 random bytes in hexadecimal."""
    return secrets.token_hex(16)
