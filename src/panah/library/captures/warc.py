"""Writes what was seen of the web as WARC 1.1 (ISO 28500:2017), every record with the SHA-256 of its block and payload."""

from __future__ import annotations

import ssl
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from threading import Lock

from panah import proof
from panah.library.captures import CaptureTooSlow
from panah.library.captures.fetching import AnswerCut, AnswerTooLarge, Exchange

MEDIA_TYPE = "application/warc"

_FIELDS, _PEM = "application/warc-fields", "application/pem-certificate-chain"
_TRUNCATED = {AnswerTooLarge.code: "length", CaptureTooSlow.code: "time", AnswerCut.code: "disconnect"}


class Warc:
    """A file that grows record by record; several may write to it at once."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write
        self._lock = Lock()
        self._about = ""

    def begin(self, said: Mapping[str, str]) -> None:
        """The record about the file: what made it, and how."""
        block = _fields({"software": f"panah {version('panah')}", "format": "WARC File Format 1.1", **said})
        self._about = self._record("warcinfo", _FIELDS, block, datetime.now(UTC))

    def exchange(self, seen: Exchange) -> None:
        """Everything that is known of an exchange: what the name means, what was sent, what came, who answered, and when."""
        place = {"WARC-Target-URI": str(seen.address)}
        if seen.ip:
            place["WARC-IP-Address"] = seen.ip
        if seen.resolved:
            self._record(
                "response", "text/dns", _dns(seen), seen.began, {"WARC-Target-URI": f"dns:{seen.address.host}"}
            )
        answer = f"<urn:uuid:{uuid.uuid4()}>"
        if seen.received:
            self._record("response", "application/http; msgtype=response", seen.received, seen.began,
                         {**place, **_answered(seen)}, answer)  # fmt: skip
        near = {**place, "WARC-Concurrent-To": answer} if seen.received else place
        if seen.sent:
            self._record("request", "application/http; msgtype=request", seen.sent, seen.began, near)
        if seen.tls.chain:
            pem = "".join(map(ssl.DER_cert_to_PEM_cert, seen.tls.chain)).encode("ascii")
            self._record("metadata", _PEM, pem, seen.began, near)
        self._record("metadata", _FIELDS, _fields(_known(seen)), seen.began, near)

    def end(self, said: Mapping[str, str], address: str) -> None:
        """The record of how the capture ended."""
        self._record("metadata", _FIELDS, _fields(said), datetime.now(UTC), {"WARC-Target-URI": address})

    def _record(
        self, kind: str, media_type: str, block: bytes, at: datetime, more: Mapping[str, str] = {}, name: str = ""
    ) -> str:
        name = name or f"<urn:uuid:{uuid.uuid4()}>"
        head = {
            "WARC-Type": kind, "WARC-Record-ID": name, "WARC-Date": at.isoformat().replace("+00:00", "Z"), **more,
            "Content-Type": media_type, "Content-Length": str(len(block)), "WARC-Block-Digest": proof.digest_of(block),
        }  # fmt: skip
        if self._about:
            head["WARC-Warcinfo-ID"] = self._about
        lines = ["WARC/1.1", *(f"{field}: {value}" for field, value in head.items()), "", ""]
        with self._lock:
            self._write("\r\n".join(lines).encode())
            self._write(block)
            self._write(b"\r\n\r\n")
        return name


def _answered(seen: Exchange) -> dict[str, str]:
    """What the head of a response's record says beside where it is from. The payload is the body without its frames."""
    said = {"WARC-Payload-Digest": proof.digest_of(seen.body), "WARC-Protocol": "http/1.1"} if seen.status else {}
    if seen.tls.version:
        said["WARC-Cipher-Suite"] = seen.tls.cipher
    if seen.failure:
        said["WARC-Truncated"] = _TRUNCATED.get(seen.failure.code, "unspecified")
    return said


def _known(seen: Exchange) -> dict[str, str]:
    ends = {"began": seen.began.isoformat(), "ended": seen.ended.isoformat()}
    tls = {"tls": seen.tls.version, "tlsCipher": seen.tls.cipher} if seen.tls.version else {}
    failed = {"failure": seen.failure.code, "failureSaid": seen.failure.sentence} if seen.failure else {}
    return ends | tls | failed


def _dns(seen: Exchange) -> bytes:
    """The answer as lines of a zone (RFC 1035, 5.1). For how long it holds, the system does not say."""
    lines = [f"{seen.address.host}. IN {'AAAA' if ':' in ip else 'A'} {ip}\r\n" for ip in seen.resolved]
    return "".join([seen.began.strftime("%Y%m%d%H%M%S\r\n"), *lines]).encode("ascii")


def _fields(said: Mapping[str, str]) -> bytes:
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in said.items()).encode()
