"""Headers of blocks of Bitcoin, as much of them as a timestamp needs."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import NamedTuple

from panah.errors import PanahError
from panah.proof.opentimestamps import Timestamp

HEADER_SIZE = 80
"""Bytes of a header: version, block before, Merkle root, time, target, nonce."""


class BlockHeaderUnreadable(PanahError):
    """A header of a block of Bitcoin is 160 hexadecimal digits (80 bytes); this is none."""


class BlockPending(PanahError):
    """No calendar has put it into a block of Bitcoin yet: there is no Merkle root to compare the header with."""


class MerkleRootDiffers(PanahError):
    """This is the header of another block: its Merkle root is {root}, and the timestamp leads to no such root."""


class Root(NamedTuple):
    """A Merkle root that a timestamp leads to, and the height of the block which must have it."""

    height: int
    merkle_root: bytes
    """32 bytes in the order of the header."""

    @property
    def in_header(self) -> str:
        """As it stands in the header: 64 hexadecimal digits."""
        return self.merkle_root.hex()

    @property
    def as_printed(self) -> str:
        """As explorers and nodes print it: the last byte first."""
        return as_people_write(self.merkle_root)


class BlockHeader(NamedTuple):
    """What a header says. Whether such a block stands in the chain, and at which height, it does not show."""

    merkle_root: bytes
    """32 bytes in the order of the header."""
    time: datetime
    """What its miner wrote; the network lets that be wrong by up to two hours."""
    digest: str
    """The name of the block, as people write it: 64 hexadecimal digits, the zeros first."""


def read_block_header(written: str) -> BlockHeader:
    """Read a header from hexadecimal digits, as `bitcoin-cli getblockheader HASH false` prints them.

    Raises `BlockHeaderUnreadable`.
    """
    digits = written.strip()
    if not re.fullmatch(rf"[0-9a-fA-F]{{{2 * HEADER_SIZE}}}", digits):
        raise BlockHeaderUnreadable
    header = bytes.fromhex(digits)
    digest = hashlib.sha256(hashlib.sha256(header).digest()).digest()
    time = datetime.fromtimestamp(int.from_bytes(header[68:72], "little"), UTC)
    return BlockHeader(header[36:68], time, as_people_write(digest))


def as_people_write(digest: bytes) -> str:
    """A digest of Bitcoin as explorers and nodes print it: hexadecimal, its last byte first."""
    return digest[::-1].hex()


def roots(timestamp: Timestamp) -> list[Root]:
    """What remains to be compared with the chain, the lowest block first."""
    found = ((each.attestation.height, each.message) for each in timestamp.attested())
    return [Root(height, message) for height, message in found if height is not None]


def compared(timestamp: Timestamp, header: BlockHeader) -> Root:
    """The root of a timestamp that is the one of a header. Raises `BlockPending`, `MerkleRootDiffers`."""
    found = roots(timestamp)
    if not found:
        raise BlockPending
    for root in found:
        if root.merkle_root == header.merkle_root:
            return root
    raise MerkleRootDiffers(root=header.merkle_root.hex())
