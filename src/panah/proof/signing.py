"""Signatures with Ed25519 (RFC 8032), and the fingerprints by which people tell keys apart."""

from __future__ import annotations

import re
from typing import NewType

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from panah.errors import PanahError
from panah.proof.digest import digest_of, hexadecimal

SigningKey = NewType("SigningKey", bytes)
"""The 32 secret bytes of an Ed25519 key."""

PublicKey = NewType("PublicKey", str)
"""An Ed25519 key that may be shown to anyone: `ed25519:` and 64 hexadecimal digits."""

_PUBLIC = re.compile(r"ed25519:[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class KeyUnreadable(PanahError):
    """“{text}” is neither a key (ed25519:...) nor a fingerprint (64 hexadecimal digits, spaces allowed)."""


def new_signing_key() -> SigningKey:
    """A new key."""
    return SigningKey(Ed25519PrivateKey.generate().private_bytes_raw())


def public_key(key: SigningKey) -> PublicKey:
    """The public half of a key."""
    return PublicKey("ed25519:" + Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw().hex())


def signature(message: bytes, key: SigningKey) -> str:
    """The signature of `message`, 128 hexadecimal digits."""
    return Ed25519PrivateKey.from_private_bytes(key).sign(message).hex()


def signature_holds(message: bytes, signed: str, key: PublicKey) -> bool:
    """Whether `signed` is the signature of `message` by `key`. Raises `KeyUnreadable` for what is not a key."""
    if not _PUBLIC.fullmatch(key):
        raise KeyUnreadable(text=key)
    if not _SIGNATURE.fullmatch(signed):
        return False
    try:
        raw = bytes.fromhex(key.removeprefix("ed25519:"))
        Ed25519PublicKey.from_public_bytes(raw).verify(bytes.fromhex(signed), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(key: PublicKey) -> str:
    """SHA-256 of the key's 32 bytes in sixteen groups of four: short enough to read out over the telephone."""
    if not _PUBLIC.fullmatch(key):
        raise KeyUnreadable(text=key)
    digits = hexadecimal(digest_of(bytes.fromhex(key.removeprefix("ed25519:"))))
    return " ".join(digits[place : place + 4] for place in range(0, 64, 4))


def expected_fingerprint(text: str) -> str:
    """The fingerprint meant by what a reader gave: a fingerprint, or a key. Raises `KeyUnreadable`."""
    compact = "".join(text.split()).lower()
    if _PUBLIC.fullmatch(compact):
        return fingerprint(PublicKey(compact))
    digits = compact.replace(":", "")
    if _FINGERPRINT.fullmatch(digits):
        return " ".join(digits[place : place + 4] for place in range(0, 64, 4))
    raise KeyUnreadable(text=text.strip()[:80])
