"""To a passphrase: age's scrypt recipient, as a stream. Numbers in comments are steps of the specification (C2SP, age)."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from panah.proof.aead import chunk_nonce
from panah.proof.age.errors import AgeDamaged, AgeKeyWrong, NotAge, RecipientsMissing
from panah.proof.age.streams import FIRST_LINE, Begun, Into

WORK = 17
"""2 to this power, with blocks of 8: 128 MiB for each passphrase that somebody tries."""
MOST_WORK = 20
"""1 GiB. A file that asks for more is refused: it was made to keep a machine busy."""
CHUNK = 64 * 1024
TAG = 16
FILE_KEY = NONCE = SALT = 16
LONGEST_HEADER = 4096

_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n--- ([A-Za-z0-9+/]{43})\n"
)
_END_OF_HEADER = re.compile(rb"\n--- [^\n]*\n")
_ONE_TIME = bytes(12)
"""A nonce of zeros: each of the keys that it goes with encrypts once."""


class Passphrase:
    """Words that open a file. They are taken letter for letter, as the `age` command takes them; `repr` shows none."""

    def __init__(self, words: str) -> None:
        """Raises `RecipientsMissing` where there are none."""
        if not words:
            raise RecipientsMissing
        self._words = words.encode()

    def encrypt(self, pieces: Iterable[bytes], into: Into) -> None:
        """Encrypt to it."""
        file_key, nonce = os.urandom(FILE_KEY), os.urandom(NONCE)
        into.write(self._header(file_key) + nonce)
        cipher = _payload(file_key, nonce)
        counter, waiting = 0, bytearray()
        for piece in pieces:
            waiting += piece
            while len(waiting) > CHUNK:  # the last chunk must be known to be the last
                into.write(cipher.encrypt(chunk_nonce(counter, last=False), bytes(waiting[:CHUNK]), None))
                del waiting[:CHUNK]
                counter += 1
        into.write(cipher.encrypt(chunk_nonce(counter, last=True), bytes(waiting), None))

    def decrypt(self, begun: Begun, into: Into) -> None:
        """Decrypt with it. Raises `AgeKeyWrong`, `AgeDamaged`, `NotAge`."""
        file_key = self._file_key(_header_of(begun))
        nonce = _exactly(begun, NONCE)
        if len(nonce) < NONCE:
            raise AgeDamaged(reason="it ends with its header")
        cipher = _payload(file_key, nonce)
        for number, (chunk, last) in enumerate(_chunks(begun)):
            try:
                plain = cipher.decrypt(chunk_nonce(number, last=last), chunk, None)
            except InvalidTag:
                raise AgeDamaged(reason="it is not as it was written") from None
            if not plain and number:
                raise AgeDamaged(reason="its last piece is empty")
            into.write(plain)

    def _header(self, file_key: bytes) -> bytes:
        """The scrypt stanza, alone as it must be, and the header's MAC."""
        salt = os.urandom(SALT)
        box = ChaCha20Poly1305(self._wrapping_key(salt, WORK)).encrypt(_ONE_TIME, file_key, None)
        header = FIRST_LINE + b"-> scrypt %s %d\n%s\n---" % (_written(salt), WORK, _written(box))
        return header + b" " + _written(_mac(file_key, header).finalize()) + b"\n"

    def _file_key(self, header: bytes) -> bytes:
        found = _HEADER.fullmatch(header)
        if not found:  # of other recipients, or more than one
            raise AgeKeyWrong
        salt, box, mac = (_read(found[part]) for part in (1, 3, 4))
        if (work := int(found[2])) > MOST_WORK:
            raise AgeDamaged(reason=f"it asks for more work than 2 to the power of {MOST_WORK}")
        try:
            file_key = ChaCha20Poly1305(self._wrapping_key(salt, work)).decrypt(_ONE_TIME, box, None)
            _mac(file_key, header[: found.start(4) - 1]).verify(mac)
        except InvalidTag:
            raise AgeKeyWrong from None
        except InvalidSignature:
            raise AgeDamaged(reason="its header is not as it was written") from None
        return file_key

    def _wrapping_key(self, salt: bytes, work: int) -> bytes:
        labelled = b"age-encryption.org/v1/scrypt" + salt
        return Scrypt(salt=labelled, length=32, n=1 << work, r=8, p=1).derive(self._words)


def _header_of(begun: Begun) -> bytes:
    """Everything up to the end of the line of the MAC, read byte by byte: what follows is payload."""
    header = bytearray()
    while not _END_OF_HEADER.search(header[-80:]):
        piece = begun.read(1)
        if not piece or len(header) > LONGEST_HEADER:
            raise NotAge
        header += piece
    return bytes(header)


def _chunks(begun: Begun) -> Iterator[tuple[bytes, bool]]:
    """Each chunk, and whether it is the last."""
    chunk = _exactly(begun, CHUNK + TAG)
    while True:
        following = _exactly(begun, CHUNK + TAG)
        yield chunk, not following
        if not following:
            return
        chunk = following


def _exactly(begun: Begun, size: int) -> bytes:
    """`size` bytes, or fewer at the end; a pipe gives them in several portions."""
    found = bytearray()
    while len(found) < size and (piece := begun.read(size - len(found))):
        found += piece
    return bytes(found)


def _payload(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))


def _mac(file_key: bytes, header: bytes) -> HMAC:
    """HMAC-SHA256 over the header up to and with the three hyphens."""
    mac = HMAC(_derived(file_key, None, b"header"), SHA256())
    mac.update(header)
    return mac


def _derived(file_key: bytes, salt: bytes | None, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose).derive(file_key)


def _written(value: bytes) -> bytes:
    return base64.b64encode(value).rstrip(b"=")


def _read(digits: bytes) -> bytes:
    """Base64 without padding, in its one form: no bit that stands for nothing may be set. Raises `NotAge`."""
    value = base64.b64decode(digits + b"=" * (-len(digits) % 4), validate=True)
    if _written(value) != digits:
        raise NotAge
    return value
