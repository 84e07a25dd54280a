"""Certificates of web sites (X.509): what one says of itself, and one of our own that lives as long as a capture."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from panah.errors import PanahError
from panah.proof.digest import Digest, digest_of

_LIVES = timedelta(hours=1)


class CertificateUnreadable(PanahError):
    """This is not a certificate: {reason}."""


class Certificate(NamedTuple):
    """What a certificate says. The fingerprint is the SHA-256 of its DER."""

    subject: str
    issuer: str
    begins: datetime
    ends: datetime
    fingerprint: Digest


class Passing(NamedTuple):
    """A key with a certificate that it signed itself, for a program on this machine that is told to believe its pin."""

    pem: bytes
    """The secret key, and the certificate."""
    pin: str
    """SHA-256 of the public key's DER, in base 64."""


def certificate_of(der: bytes) -> Certificate:
    """What a certificate in DER says. Raises `CertificateUnreadable`."""
    try:
        found = x509.load_der_x509_certificate(der)
        subject, issuer = found.subject.rfc4514_string(), found.issuer.rfc4514_string()
    except (ValueError, TypeError) as error:
        raise CertificateUnreadable(reason=" ".join(str(error).split())[:200]) from error
    return Certificate(subject, issuer, found.not_valid_before_utc, found.not_valid_after_utc, digest_of(der))


def passing_certificate() -> Passing:
    """A new one, with a key that nothing else ever has; it is to be forgotten with what it was made for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "This machine, for one capture")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = builder.not_valid_before(now - _LIVES).not_valid_after(now + _LIVES).sign(key, SHA256())
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    digest = Hash(SHA256())
    digest.update(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    return Passing(secret + signed.public_bytes(Encoding.PEM), base64.b64encode(digest.finalize()).decode("ascii"))
