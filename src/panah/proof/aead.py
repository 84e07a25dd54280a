"""Encryption of streams in chunks: AES-256-GCM in the STREAM construction.

STREAM is from Hoang, Reyhanitabar, Rogaway and Vizár, “Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance” (CRYPTO 2015); age and Tink use it. An object is laid out as

    magic (4) | salt (32) | chunk 0 | chunk 1 | ... | last chunk

Every object has its own key, HKDF-SHA256(key, salt). A chunk is 65,536 bytes of plaintext with a 16-byte tag; its
nonce is its number (11 bytes, big-endian) and one byte that is 1 for the last chunk, so that a chunk cannot be
moved and an object cannot be cut short. Plaintext is the content, zeros, and the content's length in the last
8 bytes. The zeros hide the length: it is rounded up as by Padmé (Nikitin and others, “Reducing Metadata Leakage
from Encrypted Files and Communication with PURBs”, PETS 2019), which costs at most 12 % and leaks O(log log n).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from panah.errors import PanahError

Key = NewType("Key", bytes)
"""32 secret bytes."""

MAGIC = b"PNH1"
SALT = 32
CHUNK = 64 * 1024
TAG = 16
LENGTH = 8
SMALLEST = 4 * 1024
"""Objects shorter than this all look alike."""

_HEADER = len(MAGIC) + SALT


class SealBroken(PanahError):
    """Stored bytes do not open with their key: they were changed, cut short, or belong to another workspace."""

    status = 500


def derived(key: Key, purpose: str, salt: bytes = b"") -> Key:
    """The key for one `purpose` under `key`: HKDF-SHA256 (RFC 5869)."""
    return Key(HKDF(algorithm=SHA256(), length=32, salt=salt or None, info=purpose.encode()).derive(key))


def padded(length: int) -> int:
    """How many bytes are written for content of `length` bytes, its own 8 bytes of length included."""
    total = max(length + LENGTH, SMALLEST)
    exponent = total.bit_length() - 1
    grain = (1 << (exponent - exponent.bit_length())) - 1
    return (total + grain) & ~grain


class Encryption:
    """Encrypts a content that arrives piece by piece: `begin`, `update` for each piece, `finish`."""

    def __init__(self, key: Key) -> None:
        self._salt = os.urandom(SALT)
        self._cipher = _cipher(key, self._salt)
        self._counter = self._length = 0
        self._waiting = bytearray()

    def begin(self) -> bytes:
        """What stands before the first chunk."""
        return MAGIC + self._salt

    def update(self, piece: bytes) -> bytes:
        """The chunks that are full with this piece."""
        self._length += len(piece)
        return b"".join(self._full(piece))

    def finish(self) -> bytes:
        """The rest: zeros, the length, and the last chunk."""
        zeros = padded(self._length) - self._length - LENGTH
        full = [chunk for step in _steps(zeros) for chunk in self._full(bytes(step))]
        full += self._full(self._length.to_bytes(LENGTH, "big"))
        return b"".join(full) + self._cipher.encrypt(chunk_nonce(self._counter, last=True), bytes(self._waiting), None)

    def _full(self, piece: bytes) -> Iterator[bytes]:
        """Chunks are written when the next byte is there: the last one must be known to be the last."""
        self._waiting += piece
        while len(self._waiting) > CHUNK:
            yield self._cipher.encrypt(chunk_nonce(self._counter, last=False), bytes(self._waiting[:CHUNK]), None)
            del self._waiting[:CHUNK]
            self._counter += 1


def encrypted(pieces: Iterable[bytes], key: Key) -> Iterator[bytes]:
    """The object that holds the content `pieces`, in constant memory."""
    encryption = Encryption(key)
    yield encryption.begin()
    for piece in pieces:
        if chunks := encryption.update(piece):
            yield chunks
    yield encryption.finish()


def decrypted(stored: BinaryIO, key: Key) -> Iterator[bytes]:
    """The content of a stored object, chunk by chunk. Raises `SealBroken` at the first byte that is not as written.

    `stored` must be seekable: the length stands in the last chunk, which is read first.
    """
    opened = Opened(stored, key)
    for number in range(opened.chunks):
        piece = opened.chunk(number)
        yield piece[: max(0, opened.length - number * CHUNK)]


class Opened:
    """A stored object opened for reading anywhere in it, chunk by chunk."""

    def __init__(self, stored: BinaryIO, key: Key) -> None:
        self._stored = stored
        stored.seek(0)
        header = stored.read(_HEADER)
        size = stored.seek(0, os.SEEK_END) - _HEADER
        if len(header) < _HEADER or not header.startswith(MAGIC) or size <= TAG:
            raise SealBroken
        self._cipher = _cipher(key, header[len(MAGIC) :])
        self.chunks = -(-size // (CHUNK + TAG))
        self._last = self._decrypted(self.chunks - 1)
        self.length = int.from_bytes(self._last[-LENGTH:], "big")
        plain = size - self.chunks * TAG
        if len(self._last) < LENGTH or padded(self.length) != plain:
            raise SealBroken

    def chunk(self, number: int) -> bytes:
        """Plaintext chunk `number`, padding included. Raises `SealBroken`."""
        return self._last if number == self.chunks - 1 else self._decrypted(number)

    def _decrypted(self, number: int) -> bytes:
        self._stored.seek(_HEADER + number * (CHUNK + TAG))
        written = self._stored.read(CHUNK + TAG)
        try:
            return self._cipher.decrypt(chunk_nonce(number, last=number == self.chunks - 1), written, None)
        except InvalidTag:
            raise SealBroken from None

    def read(self, start: int, end: int) -> bytes:
        """Content bytes `start` up to `end`, cut at the content's own end."""
        end = min(end, self.length)
        if start >= end:
            return b""
        first, last = start // CHUNK, (end - 1) // CHUNK
        span = b"".join(self.chunk(number) for number in range(first, last + 1))
        return span[start - first * CHUNK : end - first * CHUNK]


def wrapped(secret: bytes, key: Key, purpose: str) -> bytes:
    """A short secret under `key`; `purpose` must be named again to unwrap it."""
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, secret, purpose.encode())


def unwrapped(box: bytes, key: Key, purpose: str) -> bytes:
    """The secret that `wrapped` put away. Raises `SealBroken`."""
    try:
        return AESGCM(key).decrypt(box[:12], box[12:], purpose.encode())
    except (InvalidTag, ValueError):
        raise SealBroken from None


def _cipher(key: Key, salt: bytes) -> AESGCM:
    return AESGCM(derived(key, "panah object 1", salt))


def chunk_nonce(counter: int, *, last: bool) -> bytes:
    """That of a chunk in STREAM: its number, and whether it is the last. 12 bytes."""
    return counter.to_bytes(11, "big") + bytes([last])


def _steps(length: int) -> Iterator[int]:
    """`length` in steps of a chunk at most: padding of a large content is large too."""
    while length:
        yield min(length, CHUNK)
        length -= min(length, CHUNK)
