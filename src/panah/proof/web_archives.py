"""What archives of web pages say of their own wholeness: digests of records, and the seal of a WACZ file.

Sources: ISO 28500 (WARC), the labelled digests; WACZ Signing and Verification (Webrecorder), the sealed digest.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import rfc3161_client  # noqa: F401  a confined process can load nothing later
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from panah.errors import PanahError
from panah.proof.timestamp import TimestampBroken, TimestampUnchecked, read_stamp

_LONGEST_LINE = 8
_ODD = (ValueError, TypeError, KeyError, AttributeError, UnsupportedAlgorithm, binascii.Error)


class SealDoesNotHold(PanahError):
    """The seal of the web archive does not hold: {reason}."""


class ArchiveStamp(NamedTuple):
    """The time-stamp over the signature of a seal: when, who signed it, and to which root that leads.

    Where the root is not known, it proves no more than that whoever sealed the archive had it made.
    """

    at: datetime
    by: str
    root: str
    known: bool


class ArchiveSeal(NamedTuple):
    """Who sealed a web archive, and when, as the seal says."""

    by: str
    """The name of a web site whose certificate leads to a known authority; empty where only a key is known."""
    at: str
    """ISO 8601, by the clock of whoever sealed it."""
    stamp: ArchiveStamp | None
    """None where the seal has no time-stamp."""


def recorded_digest_holds(said: str, content: bytes) -> bool:
    """Whether `ALGORITHM:VALUE`, the value in hexadecimal, base 32 or base 64, is the digest of `content`."""
    algorithm, _, value = said.partition(":")
    try:
        digest = hashlib.new(algorithm.replace("-", "").lower(), content, usedforsecurity=False).digest()
    except (ValueError, TypeError):
        return False
    if value.rstrip("=").lower() in {digest.hex(), base64.b32encode(digest).decode().rstrip("=").lower()}:
        return True
    try:
        return base64.urlsafe_b64decode(value.rstrip("=").replace("+", "-").replace("/", "_") + "==") == digest
    except (binascii.Error, ValueError):
        return False


def archive_seal(signed: Mapping[str, object], digest: str, roots: bytes) -> ArchiveSeal:
    """Check the seal of a WACZ file over the digest of its contents (`sha256:...`).

    `roots` are the certificates of known authorities, PEM, of web sites and of times. Raises `SealDoesNotHold`.
    """
    if signed.get("hash") != digest:
        raise SealDoesNotHold(reason="it is about other contents")
    try:
        signature, at = base64.b64decode(str(signed["signature"])), str(signed["created"])
        if "domainCert" in signed:
            chain = x509.load_pem_x509_certificates(str(signed["domainCert"]).encode())
            site = str(signed["domain"])
            key: object = chain[0].public_key()
        else:
            key, site, chain = load_der_public_key(base64.b64decode(str(signed["publicKey"]))), "", []
        _require_signature(key, signature, digest.encode())
        if chain:
            _require_known(chain, site, datetime.fromisoformat(at), roots)
        stamp = _stamp(signed, roots) if "timeSignature" in signed else None
    except _ODD as error:
        raise SealDoesNotHold(reason=f"it cannot be read ({type(error).__name__})") from None
    return ArchiveSeal(site, at, stamp)


def _stamp(signed: Mapping[str, object], roots: bytes) -> ArchiveStamp:
    """The time-stamp over the signature as it is written, in base 64, and not over what that stands for."""
    token, beside = base64.b64decode(str(signed["timeSignature"])), str(signed["timestampCert"]).encode()
    try:
        at = read_stamp(token, str(signed["signature"]).encode(), beside, beside=beside).at
    except (TimestampBroken, TimestampUnchecked) as error:
        raise SealDoesNotHold(reason=f"its time-stamp is not of this signature ({error.code})") from None
    signer, *others = x509.load_pem_x509_certificates(beside)
    known = _certificates(roots)
    last = _last(signer, [*known, *others], at)
    return ArchiveStamp(at, _called(signer), _called(last), last in known)


def _last(certificate: x509.Certificate, others: Sequence[x509.Certificate], at: datetime) -> x509.Certificate:
    """The certificate at the end of the line of those that signed one another, the first of `others` before later ones."""
    for _ in range(_LONGEST_LINE):
        issuer = next((each for each in others if _issued(certificate, each, at)), None)
        if issuer is None or issuer == certificate:
            break
        certificate = issuer
    return certificate


def _issued(certificate: x509.Certificate, issuer: x509.Certificate, at: datetime) -> bool:
    """Whether an authority signed a certificate, and may have: it is one, for time-stamps too, and was valid then."""
    if certificate.issuer != issuer.subject or not issuer.not_valid_before_utc <= at <= issuer.not_valid_after_utc:
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
        extensions = issuer.extensions
        purposes = [each.value for each in extensions if isinstance(each.value, x509.ExtendedKeyUsage)]
        may = all(ExtendedKeyUsageOID.TIME_STAMPING in purpose for purpose in purposes)
        return may and extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (InvalidSignature, x509.ExtensionNotFound, *_ODD):
        return False


def _called(certificate: x509.Certificate) -> str:
    """The common name of whoever a certificate is of; the whole name where it has none."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return " ".join(str(names[0].value if names else certificate.subject.rfc4514_string()).split())[:200]


def _certificates(pem: bytes) -> list[x509.Certificate]:
    with warnings.catch_warnings():  # an old authority among them has a number that is not allowed any more
        warnings.simplefilter("ignore")
        return x509.load_pem_x509_certificates(pem)


def _require_signature(key: object, signature: bytes, message: bytes) -> None:
    """ECDSA with SHA-256, in DER or as the two numbers beside each other; or RSA (PKCS #1 v1.5) with SHA-256."""
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            size = (key.curve.key_size + 7) // 8
            if len(signature) == 2 * size:
                r, s = signature[:size], signature[size:]
                signature = encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
            key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, message, PKCS1v15(), hashes.SHA256())
        else:
            raise SealDoesNotHold(reason=f"its kind of key is not known ({type(key).__name__})")
    except InvalidSignature:
        raise SealDoesNotHold(reason="the signature is not of this key over these contents") from None


def _require_known(chain: list[x509.Certificate], site: str, at: datetime, roots: bytes) -> None:
    """The certificate was one of the site, by an authority that is known, when the seal says that it was made."""
    known = Store(_certificates(roots))
    verifier = PolicyBuilder().store(known).time(at).build_server_verifier(x509.DNSName(site))
    try:
        verifier.verify(chain[0], chain[1:])
    except VerificationError:
        raise SealDoesNotHold(reason=f"the certificate of {site} does not lead to an authority that is known") from None
