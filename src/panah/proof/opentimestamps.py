"""Timestamps of OpenTimestamps: ways from a digest to attestations, and the files (.ots, version 1) that hold them.

A calendar takes digests and puts one digest over many of them into a block of Bitcoin. Its proof is a way: operations
that lead from our digest to the Merkle root in the header of that block. Nothing here asks a calendar or knows a block:
whether a root stands in the chain is compared elsewhere (`panah.proof.bitcoin`).

The format has no text of its own. It is that of the reference implementation, `opentimestamps` for Python, whose bounds
are kept too: what is read and written here, others read.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, pairwise
from typing import NamedTuple, Self

from panah.errors import PanahError

LARGEST_FILE = 256 * 1024
"""Bytes of a file that is read."""
LARGEST_ANSWER = 10_000
"""Bytes of what a calendar may answer."""
LARGEST_MESSAGE = 4096
"""Bytes that an operation may take and may make."""
DEEPEST = 255
"""Operations on one way."""
MOST_OPERATIONS = 4096
"""Operations in one file, or in one answer."""
MOST_ATTESTATIONS = 128
ROOT_SIZE = 32
"""Bytes of a Merkle root."""

_MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
_VERSION = 1
_FORK, _ATTESTATION = 0xFF, 0x00
_PENDING, _BITCOIN = bytes.fromhex("83dfe30d2ef90c8e"), bytes.fromhex("0588960d73d71901")
_LARGEST_PAYLOAD = 8192
_LONGEST_NUMBER = 9
"""Bytes of a number: 63 bits."""
_CALENDAR = re.compile(rb"[A-Za-z0-9._/:-]{1,1000}")
_NONCE_SIZE = 16


class OpentimestampsUnreadable(PanahError):
    """This is no timestamp of OpenTimestamps that can be read: {reason}."""


class TimestampsDiffer(PanahError):
    """The two timestamps are not of the same message, and cannot become one."""


class Tag(IntEnum):
    """What an operation does, by its number in the format."""

    SHA1 = 0x02
    RIPEMD160 = 0x03
    SHA256 = 0x08
    KECCAK256 = 0x67
    APPEND = 0xF0
    PREPEND = 0xF1
    REVERSE = 0xF2
    HEXLIFY = 0xF3


_SIZES = {Tag.SHA1: 20, Tag.RIPEMD160: 20, Tag.SHA256: 32}
"""Bytes of what a file may be digested to."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A step on a way, with what is appended or prepended; where it does neither, that is empty."""

    tag: Tag
    argument: bytes = b""

    def __call__(self, message: bytes) -> bytes:
        """What becomes of `message`. Raises `OpentimestampsUnreadable` where it cannot be computed, or is too large."""
        made = self._made(message)
        if len(made) > LARGEST_MESSAGE:
            raise OpentimestampsUnreadable(reason=f"an operation in it makes more than {LARGEST_MESSAGE} bytes")
        return made

    def _made(self, message: bytes) -> bytes:
        if self.tag == Tag.APPEND:
            return message + self.argument
        if self.tag == Tag.PREPEND:
            return self.argument + message
        if self.tag == Tag.REVERSE:
            return message[::-1]
        if self.tag == Tag.HEXLIFY:
            return message.hex().encode()
        try:
            return hashlib.new(self.tag.name, message, usedforsecurity=False).digest()
        except ValueError:
            reason = f"it needs {self.tag.name.lower()}, which cannot be computed here"
            raise OpentimestampsUnreadable(reason=reason) from None

    def written(self) -> bytes:
        """The operation as a file has it."""
        return bytes([self.tag]) + (_sized(self.argument) if self.argument else b"")


@dataclass(frozen=True, slots=True)
class Attestation:
    """Where a way ends: who attests to the message there. The tag is 8 bytes; what is not known stays as it came."""

    tag: bytes
    payload: bytes

    @classmethod
    def pending(cls, calendar: str) -> Self:
        """The promise of a calendar at this address to have the message attested. Raises `OpentimestampsUnreadable`."""
        found = cls(_PENDING, _sized(calendar.encode()))
        found.require_sound()
        return found

    @classmethod
    def of_block(cls, height: int) -> Self:
        """The message is the Merkle root of the block of Bitcoin at this height."""
        return cls(_BITCOIN, _number(height))

    @property
    def calendar(self) -> str:
        """The address of the calendar where this is pending; empty where it is another attestation."""
        return _Reader(self.payload).sized(1000).decode("ascii") if self.tag == _PENDING else ""

    @property
    def height(self) -> int | None:
        """The height of the block of Bitcoin; None where it is another attestation."""
        return _Reader(self.payload).number() if self.tag == _BITCOIN else None

    def require_sound(self) -> None:
        """Raises `OpentimestampsUnreadable` where one of a known kind does not hold what it must, or holds more."""
        reader = _Reader(self.payload)
        if self.tag == _PENDING and not _CALENDAR.fullmatch(reader.sized(1000)):
            raise OpentimestampsUnreadable(reason="a calendar's address has characters that none has")
        if self.tag == _BITCOIN:
            reader.number()
        if self.tag in {_PENDING, _BITCOIN}:
            reader.require_end()

    def written(self) -> bytes:
        """The attestation as a file has it."""
        return bytes([_ATTESTATION]) + self.tag + _sized(self.payload)

    def order(self) -> tuple[bool, bool, str, int, bytes]:
        """Its place among others for people: promises, then blocks by their height, then what is not known."""
        return not self.calendar, self.height is None, self.calendar, self.height or 0, self.tag + self.payload

    def rank(self) -> tuple[bytes, str, int, bytes]:
        """Its place among others of one message in a file."""
        return self.tag, self.calendar, self.height or 0, self.payload


class Way(NamedTuple):
    """From a message, by operations, to an attestation."""

    operations: tuple[Operation, ...]
    attestation: Attestation


class Attested(NamedTuple):
    """A message at the end of a way, and who attests to it."""

    message: bytes
    attestation: Attestation


@dataclass(frozen=True, slots=True)
class Timestamp:
    """Ways from one message to attestations."""

    message: bytes
    ways: frozenset[Way]

    def attested(self) -> list[Attested]:
        """The end of every way: what is pending first, then blocks by their height, then what is not known."""
        found = {Attested(_end(self.message, way.operations), way.attestation) for way in self.ways}
        return sorted(found, key=lambda each: (*each.attestation.order(), each.message))

    @property
    def block(self) -> int | None:
        """The height of the lowest block of Bitcoin that it leads to; None where there is none yet."""
        heights = (way.attestation.height for way in self.ways)
        return min((height for height in heights if height is not None), default=None)

    def merged(self, other: Timestamp) -> Timestamp:
        """The ways of both. Raises `TimestampsDiffer`, and `OpentimestampsUnreadable` where that is more than is read."""
        if self.message != other.message:
            raise TimestampsDiffer
        return _bounded(self.message, self.ways | other.ways)

    def upgraded(self, answer: Timestamp) -> Timestamp:
        """With what a calendar answered about a message on the ways, whose promises stay beside it.

        Raises `TimestampsDiffer` where no way leads to the message of the answer.
        """
        reaching = {
            way.operations
            for way in self.ways
            if way.attestation.calendar and _end(self.message, way.operations) == answer.message
        }
        if not reaching:
            raise TimestampsDiffer
        further = (Way((*begin, *way.operations), way.attestation) for begin in reaching for way in answer.ways)
        return _bounded(self.message, self.ways.union(further))

    def after(self, *operations: Operation, of: bytes) -> Timestamp:
        """The timestamp of `of`, from which `operations` lead to the message of this one. Raises `TimestampsDiffer`."""
        if _end(of, operations) != self.message:
            raise TimestampsDiffer
        return _bounded(of, {Way((*operations, *way.operations), way.attestation) for way in self.ways})


class Detached(NamedTuple):
    """What a file (.ots) holds: the timestamp of the digest of another file, and how that was digested."""

    algorithm: Tag
    timestamp: Timestamp

    def written(self) -> bytes:
        """The file, byte for byte as the reference implementation writes it."""
        head = _MAGIC + _number(_VERSION) + bytes([self.algorithm])
        return head + self.timestamp.message + written(self.timestamp)


def new_nonce() -> Operation:
    """Sixteen random bytes to append to a digest before a calendar sees it: it cannot tell what was digested."""
    return Operation(Tag.APPEND, secrets.token_bytes(_NONCE_SIZE))


def read_detached(content: bytes) -> Detached:
    """Read a file (.ots). Raises `OpentimestampsUnreadable`."""
    if len(content) > LARGEST_FILE:
        raise OpentimestampsUnreadable(reason=f"it is larger than {LARGEST_FILE} bytes")
    reader = _Reader(content)
    if content[: len(_MAGIC)] != _MAGIC:
        raise OpentimestampsUnreadable(reason="it does not begin as such a file does")
    reader.take(len(_MAGIC))
    if (version := reader.number()) != _VERSION:
        raise OpentimestampsUnreadable(reason=f"its version is {version}, and only {_VERSION} is known")
    algorithm = reader.operation(reader.take(1)[0]).tag
    if algorithm not in _SIZES:
        raise OpentimestampsUnreadable(reason="it does not say how the file was digested")
    return Detached(algorithm, _read(reader, reader.take(_SIZES[algorithm])))


def read_timestamp(content: bytes, message: bytes) -> Timestamp:
    """Read what a calendar answers about `message`: ways without their beginning. Raises `OpentimestampsUnreadable`.

    That the calendar answered about another message cannot be told from its answer: its ways then lead to a root that
    stands in no block.
    """
    if len(content) > LARGEST_ANSWER:
        raise OpentimestampsUnreadable(reason=f"it is larger than {LARGEST_ANSWER} bytes")
    return _read(_Reader(content), message)


def written(timestamp: Timestamp) -> bytes:
    """The ways as one tree, without the message from which they lead; what comes at a message in a fixed order."""
    ways = sorted(timestamp.ways, key=lambda way: [*map(_place_of_operation, way.operations), _place_of_end(way)])
    steps = [(*(each.written() for each in way.operations), way.attestation.written()) for way in ways]
    shared = [_shared(*pair) for pair in pairwise(steps)]
    out, begin = bytearray(), 0
    for number, way in enumerate(steps):
        left = set(accumulate(shared[number:], min))
        for depth in range(begin, len(way)):
            out += bytes([_FORK]) * (depth in left) + way[depth]
        begin = shared[number] if number < len(shared) else 0
    return bytes(out)


def _place_of_operation(operation: Operation) -> tuple[int, int, bytes]:
    return 1, operation.tag, operation.argument


def _place_of_end(way: Way) -> tuple[object, ...]:
    return 0, *way.attestation.rank()


def _shared(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """How many steps two ways have in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (here, there) in pairs if here != there), min(len(one), len(other)))


def _end(message: bytes, operations: Iterable[Operation]) -> bytes:
    for operation in operations:
        message = operation(message)
    return message


def _bounded(message: bytes, ways: Iterable[Way]) -> Timestamp:
    """A timestamp that is read again where it is written. Raises `OpentimestampsUnreadable`."""
    tree = written(Timestamp(message, frozenset(ways)))
    if len(tree) > LARGEST_FILE // 2:
        raise OpentimestampsUnreadable(reason=f"it is larger than {LARGEST_FILE // 2} bytes")
    return _read(_Reader(tree), message)


def _read(reader: _Reader, message: bytes) -> Timestamp:
    """The rest of what is read, as ways from `message`: branch after branch, without calling itself."""
    ways: set[Way] = set()
    forks: list[tuple[tuple[Operation, ...], bytes]] = []
    begin, operations, count = message, tuple[Operation, ...](), 0
    while True:
        tag = reader.take(1)[0]
        if tag == _FORK:
            forks.append((operations, message))
            tag = reader.take(1)[0]
        if tag != _ATTESTATION:
            operation = reader.operation(tag)
            operations, message, count = (*operations, operation), operation(message), count + 1
            if len(operations) > DEEPEST or count > MOST_OPERATIONS:
                raise OpentimestampsUnreadable(reason="it has more operations than are followed")
            continue
        ways.add(Way(operations, reader.attestation(message)))
        if len(ways) > MOST_ATTESTATIONS:
            raise OpentimestampsUnreadable(reason=f"it has more than {MOST_ATTESTATIONS} attestations")
        if not forks:
            reader.require_end()
            return Timestamp(begin, frozenset(ways))
        operations, message = forks.pop()


class _Reader:
    """Takes one thing after the other off bytes. Everything raises `OpentimestampsUnreadable`."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def take(self, count: int) -> bytes:
        """So many bytes."""
        piece = self._content[self._at : self._at + count]
        if len(piece) < count:
            raise OpentimestampsUnreadable(reason="it ends too early")
        self._at += count
        return piece

    def number(self) -> int:
        """A number in groups of seven bits, the least first (LEB128)."""
        found = 0
        for group in range(_LONGEST_NUMBER):
            byte = self.take(1)[0]
            found |= (byte & 0x7F) << (7 * group)
            if byte < 0x80:
                return found
        raise OpentimestampsUnreadable(reason="a number in it has no end")

    def sized(self, most: int) -> bytes:
        """Bytes after their number."""
        count = self.number()
        if count > most:
            raise OpentimestampsUnreadable(reason=f"a part of it is longer than {most} bytes")
        return self.take(count)

    def operation(self, tag: int) -> Operation:
        """The operation of a tag that was read."""
        try:
            known = Tag(tag)
        except ValueError:
            raise OpentimestampsUnreadable(reason=f"it has an operation {tag:#04x}, which nobody knows") from None
        if known not in {Tag.APPEND, Tag.PREPEND}:
            return Operation(known)
        argument = self.sized(LARGEST_MESSAGE)
        if not argument:
            raise OpentimestampsUnreadable(reason=f"an {known.name.lower()} in it adds nothing")
        return Operation(known, argument)

    def attestation(self, message: bytes) -> Attestation:
        """What attests to `message`, its tag already read."""
        found = Attestation(self.take(8), self.sized(_LARGEST_PAYLOAD))
        found.require_sound()
        if found.height is not None and len(message) != ROOT_SIZE:
            raise OpentimestampsUnreadable(reason="what it says is a Merkle root is not as long as one")
        return found

    def require_end(self) -> None:
        """Nothing follows."""
        if self._at < len(self._content):
            raise OpentimestampsUnreadable(reason="something follows after its end")


def _number(value: int) -> bytes:
    groups = []
    while value >= 0x80:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])


def _sized(content: bytes) -> bytes:
    return _number(len(content)) + content
