"""DKIM (RFC 6376, RFC 8463): whether a message is as the mail server of a domain signed it.

The key stands in the domain's DNS. Nothing is looked up here: without the key, what can be told is whether the body is the
one that the signature speaks of; whoever has the key, from wherever, can have the signature itself verified.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from hashlib import sha1, sha256
from hmac import compare_digest
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:((?:[^\r]|\r\n[ \t]|\r(?!\n))*)")
_LONGEST_HEADER = 1 << 20
_B = re.compile(rb"((?:\A|;)\s*b\s*=)[^;]*")
_SPACE = re.compile(rb"[ \t]+")
_HASHES = {"rsa-sha256": sha256, "rsa-sha1": sha1, "ed25519-sha256": sha256}


class Verdict(StrEnum):
    """What can be said of a signature."""

    HOLDS = "it holds: header and body are as they were signed"
    BODY_HOLDS = "the body is as it was signed; the key was not looked up"
    BODY_DIFFERS = "the body is not as it was signed"
    DOES_NOT_FIT = "it does not fit the key: header or signature were changed, or the key is another"
    UNREADABLE = "it cannot be read"


class Signature(NamedTuple):
    """A signature of a message, and what is to be said of it."""

    domain: str
    selector: str
    algorithm: str
    signed_bytes: str
    """How many bytes of the body were signed, where the signature says so; whatever follows them, anybody may have added."""
    verdict: Verdict

    @property
    def key_name(self) -> str:
        """The name in the DNS at which the key stands, or stood."""
        return f"{self.selector}._domainkey.{self.domain}"


class _Field(NamedTuple):
    name: bytes
    value: bytes


def signatures(message: bytes, keys: Mapping[str, str] | None = None) -> list[Signature]:
    """Each signature in the header of a message. `keys` are records of the DNS by their names, `selector._domainkey.domain`."""
    if b"dkim-signature" not in message[:_LONGEST_HEADER].lower():
        return []
    head, _, body = re.sub(rb"(?<!\r)\n", b"\r\n", message).partition(b"\r\n\r\n")
    fields = [_Field(*field) for field in _FIELD.findall(head)]
    return [_checked(field, fields, body, keys or {}) for field in fields if field.name.lower() == b"dkim-signature"]


def _checked(field: _Field, fields: Sequence[_Field], body: bytes, keys: Mapping[str, str]) -> Signature:
    tags = _tags(field.value.decode("utf-8", "replace"))
    domain, selector, algorithm, signed_bytes = (tags.get(tag, "") for tag in ("d", "s", "a", "l"))
    said = Signature(domain, selector, algorithm, signed_bytes, Verdict.UNREADABLE)
    hashed = _HASHES.get(said.algorithm)
    if hashed is None or not {"b", "bh", "d", "h", "s"} <= set(tags):
        return said
    of_header, _, of_body = tags.get("c", "simple/simple").partition("/")
    signed = _body(body, of_body == "relaxed")
    try:
        length = int(said.signed_bytes or len(signed))
        if not compare_digest(hashed(signed[:length]).digest(), _bytes(tags["bh"])):
            return said._replace(verdict=Verdict.BODY_DIFFERS)
        if (record := keys.get(said.key_name)) is None:
            return said._replace(verdict=Verdict.BODY_HOLDS)
        written = b"".join(_header(field, fields, tags["h"], is_relaxed=of_header == "relaxed"))
        fits = _fits(said.algorithm, _bytes(_tags(record).get("p", "")), _bytes(tags["b"]), written)
    except (ValueError, UnsupportedAlgorithm):
        return said
    return said._replace(verdict=Verdict.HOLDS if fits else Verdict.DOES_NOT_FIT)


def _tags(text: str) -> dict[str, str]:
    """The parts of a signature or of a key's record: `v=1; a=rsa-sha256` (RFC 6376, 3.2)."""
    parts = (part.partition("=") for part in text.split(";"))
    return {name.strip(): value.strip() for name, equals, value in parts if equals}


def _bytes(text: str) -> bytes:
    """Base64 in which lines may be folded anywhere."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error


def _body(body: bytes, is_relaxed: bool) -> bytes:  # noqa: FBT001  named by its only caller
    """The body as it is digested (RFC 6376, 3.4.3 and 3.4.4)."""
    lines = body.split(b"\r\n")
    if is_relaxed:
        lines = [_SPACE.sub(b" ", line).rstrip(b" ") for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines) or (b"" if is_relaxed else b"\r\n")


def _header(signature: _Field, fields: Sequence[_Field], names: str, *, is_relaxed: bool) -> Iterator[bytes]:
    """The fields that were signed, each name counted from the last, then the signature itself without its value (3.7)."""
    left: dict[bytes, list[_Field]] = {}
    for field in fields:
        left.setdefault(field.name.lower(), []).append(field)
    for name in names.split(":"):
        if there := left.get(name.strip().lower().encode()):
            yield _canonical(there.pop(), is_relaxed=is_relaxed) + b"\r\n"
    yield _canonical(_Field(signature.name, _B.sub(rb"\1", signature.value)), is_relaxed=is_relaxed)


def _canonical(field: _Field, *, is_relaxed: bool) -> bytes:
    """A field as it is digested (RFC 6376, 3.4.1 and 3.4.2)."""
    if not is_relaxed:
        return field.name + b":" + field.value
    return field.name.lower() + b":" + _SPACE.sub(b" ", field.value.replace(b"\r\n", b"")).strip()


def _fits(algorithm: str, key: bytes, signature: bytes, written: bytes) -> bool:
    """Whether it is the signature of these bytes. Raises `ValueError` or `UnsupportedAlgorithm` for what is no key."""
    try:
        if algorithm == "ed25519-sha256":
            Ed25519PublicKey.from_public_bytes(key).verify(signature, sha256(written).digest())
            return True
        public = load_der_public_key(key)
        if not isinstance(public, RSAPublicKey):
            raise UnsupportedAlgorithm(algorithm)
        public.verify(signature, written, PKCS1v15(), SHA1() if algorithm == "rsa-sha1" else SHA256())  # noqa: S303
    except InvalidSignature:
        return False
    return True
