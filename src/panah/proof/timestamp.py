"""Time-stamps (RFC 3161): a third party's word that a digest existed at a certain second.

Verification is that of rfc3161-client. OpenSSL's authority may send its certificates in an order that strict DER
forbids; the order is not signed, so they are put into order before the token is read.
"""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from typing import NamedTuple

from panah.errors import PanahError

LARGEST_TOKEN = 256 * 1024


class TimestampRefused(PanahError):
    """The time-stamping authority gave no usable time-stamp: {reason}."""

    status = 502


class TimestampBroken(PanahError):
    """The time-stamp does not belong to this seal: {reason}."""


class TimestampUnchecked(PanahError):
    """The time-stamp could not be checked: {reason}."""


class Authority(NamedTuple):
    """A time-stamping authority as the operator names it: its address, and its root certificates in PEM."""

    url: str
    roots: bytes


class Stamp(NamedTuple):
    """What a verified time-stamp says: when, and the subject of the certificate that signed it."""

    at: datetime
    by: str


_CERTIFICATES = 0xA0
_LONG = 0x80
"""A length of so much or more says in how many further bytes the length stands."""


class _Element(NamedTuple):
    tag: int
    start: int
    content: int
    end: int


def stamp(message: bytes, authority: Authority) -> bytes:
    """The authority's answer over `message`, verified before it is returned. This call uses the network.

    Raises `TimestampRefused` where the authority cannot be reached or answers anything but a time-stamp that holds.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    from panah.proof.network import asked

    request = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = asked(authority.url, request.as_bytes())
    try:
        read_stamp(answer, message, authority.roots, nonce=request.nonce)
    except (TimestampBroken, TimestampUnchecked) as error:
        raise TimestampRefused(reason=error.sentence) from error
    return answer


def read_stamp(answer: bytes, message: bytes, roots: bytes, *, nonce: int | None = None, beside: bytes = b"") -> Stamp:
    """Verify an answer against `message` and the PEM `roots`.

    `beside` begins with the signer's certificate, PEM, for an answer that has none. It is believed like a root, so it is
    for callers that ask elsewhere to which root it leads. Raises `TimestampBroken` or `TimestampUnchecked`.
    """
    try:
        from cryptography import x509
        from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
    except ImportError:
        raise TimestampUnchecked(reason="the package rfc3161-client is not installed here") from None
    try:
        response = decode_timestamp_response(_in_der_order(answer))
        certificates = x509.load_pem_x509_certificates(roots)
        signers = x509.load_pem_x509_certificates(beside)[:1] if beside else []
        verifier = VerifierBuilder(tsa_certificate=next(iter(signers), None), roots=certificates, nonce=nonce).build()
        verifier.verify_message(response, message)
        signer = response.signed_data.signer_infos.pop()
        within = map(x509.load_der_x509_certificate, response.signed_data.certificates)
        found = chain(within, signers)
        subject = next(each.subject for each in found if each.serial_number == signer.serial_number)
    except (VerificationError, ValueError, KeyError, TypeError, AttributeError, IndexError, StopIteration) as error:
        raise TimestampBroken(reason=" ".join(str(error).split())[:200]) from error
    return Stamp(response.tst_info.gen_time, subject.rfc4514_string())


def _in_der_order(answer: bytes) -> bytes:
    """The answer with its certificates sorted by their encoding, as DER asks of a set (X.690, 11.6).

    It becomes neither longer nor shorter by that, so no other byte changes. Raises ValueError or IndexError where the
    answer is not TimeStampResp (RFC 3161, 2.4.2) { status, ContentInfo { type, [0] SignedData (RFC 5652, 5.1) } }.
    """
    response = _elements(answer, 0, len(answer))[0]
    token = _elements(answer, response.content, response.end)[1]
    content = _elements(answer, token.content, token.end)[1]
    signed = _elements(answer, content.content, content.end)[0]
    for field in _elements(answer, signed.content, signed.end):
        if field.tag == _CERTIFICATES:
            in_order = sorted(answer[each.start : each.end] for each in _elements(answer, field.content, field.end))
            return answer[: field.content] + b"".join(in_order) + answer[field.end :]
    return answer


def _elements(der: bytes, start: int, end: int) -> list[_Element]:
    """The elements of DER (X.690, 8.1) from `start` to `end`. Raises ValueError, IndexError."""
    found: list[_Element] = []
    while start < end:
        tag, length, content = der[start], der[start + 1], start + 2
        if length >= _LONG:
            content += length - _LONG
            length = int.from_bytes(der[start + 2 : content], "big")
        if content + length > end:
            raise ValueError("an element is longer than what it is in")
        found.append(_Element(tag, start, content, content + length))
        start = content + length
    return found
