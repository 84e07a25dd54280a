"""Answers of web servers as an archive recorded them: head, and body unpacked (RFC 9112, RFC 9110 §8.4, RFC 8878)."""

from __future__ import annotations

import io
import re
import sys
import zlib
from email.parser import BytesHeaderParser
from typing import NamedTuple

import brotli

from panah.library.extractors import LARGEST_INSIDE

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_AT_ONCE = 1 << 20
_WINDOW = {int(zstd.DecompressionParameter.window_log_max): 23}
"""8 MiB of memory at most, which is what an answer may ask for (RFC 9659)."""
_STATUS = re.compile(rb"HTTP/[\d.]+ (\d{3})[^\n]*\n")
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([A-Za-z0-9._:+-]{1,40})""", re.IGNORECASE)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_SIZE = re.compile(rb"([0-9A-Fa-f]+)[^\r\n]*\r?\n")


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    media_type: str
    charset: str
    """As the server said it; empty where it did not."""
    payload: bytes
    """The body as it was sent, put together again where it came in chunks."""
    body: bytes | None
    """The body unpacked; None where it is packed in a way that is not known, or is damaged."""


def answer_of(block: bytes) -> Answer | None:
    """The answer in a recorded block; None where that is no HTTP."""
    status = _STATUS.match(block)
    end = _END_OF_HEAD.search(block)
    if status is None:
        return None
    head, sent = (block[status.end() : end.end()], block[end.end() :]) if end else (block[status.end() :], b"")
    fields = {name.lower(): str(value).strip().lower() for name, value in BytesHeaderParser().parsebytes(head).items()}
    payload = _joined(sent) if "chunked" in fields.get("transfer-encoding", "") else sent
    said = fields.get("content-type", "")
    body = _unpacked(payload, fields.get("content-encoding", ""))
    return Answer(int(status[1]), kind_of(said), charset_of(said), payload, body)


def kind_of(content_type: str) -> str:
    """The media type in a `Content-Type` (RFC 9110, 8.3)."""
    return content_type.partition(";")[0].strip().lower()


def charset_of(content_type: str) -> str:
    """The name of an encoding in a `Content-Type`; empty where there is none."""
    charset = _CHARSET.search(content_type)
    return charset[1].lower() if charset else ""


def _joined(sent: bytes) -> bytes:
    """The chunks put together; as it was sent, where those are no chunks: some archives joined them and kept the head."""
    at, chunks = 0, list[bytes]()
    while size := _SIZE.match(sent, at):
        length = int(size[1], 16)
        if not length:
            return b"".join(chunks)
        chunks.append(sent[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if sent[at : at + 2] == b"\r\n" else 1
        if at >= len(sent):
            return b"".join(chunks)
    return sent


def _unpacked(payload: bytes, encoding: str) -> bytes | None:
    if encoding in {"", "identity", "none"} or not payload:
        return payload
    if encoding == "br":
        return _unpacked_brotli(payload)
    if encoding == "zstd":
        return _unpacked_zstd(payload)
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        return None
    for bits in (47, -15):  # zlib and gzip by what they look like, then deflate without a head
        unpacking = zlib.decompressobj(bits)
        try:
            unpacked = unpacking.decompress(payload, LARGEST_INSIDE + 1)
        except zlib.error:
            continue
        return unpacked if len(unpacked) <= LARGEST_INSIDE else None
    return payload if not payload.startswith(b"\x1f\x8b") else None


def _unpacked_brotli(payload: bytes) -> bytes | None:
    unpacking, unpacked = brotli.Decompressor(), bytearray()
    try:
        unpacked += unpacking.process(payload, output_buffer_limit=_AT_ONCE)
        while not unpacking.is_finished() and len(unpacked) <= LARGEST_INSIDE and not unpacking.can_accept_more_data():
            unpacked += unpacking.process(b"", output_buffer_limit=_AT_ONCE)
    except brotli.error:
        return None
    return bytes(unpacked) if unpacking.is_finished() and len(unpacked) <= LARGEST_INSIDE else None


def _unpacked_zstd(payload: bytes) -> bytes | None:
    try:
        with zstd.ZstdFile(io.BytesIO(payload), options=_WINDOW) as frames:
            unpacked = frames.read(LARGEST_INSIDE + 1)
    except (zstd.ZstdError, EOFError):
        return None
    return unpacked if len(unpacked) <= LARGEST_INSIDE else None
