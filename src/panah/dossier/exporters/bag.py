"""The bundle: a bag (RFC 8493) that carries everything a reader needs, in a container that cannot be touched unseen."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from panah import proof
from panah.proof import bundle
from panah.proof.container import File, packed
from panah.proof.manifest import DECLARATION, manifest_text, tag_text


class Part(NamedTuple):
    """A file of the bag: its digest, size and CRC-32, and a way to its bytes."""

    digest: proof.Digest
    size: int
    crc: int
    pieces: Callable[[], Iterable[bytes]]


class Seal(NamedTuple):
    """What the seal is made with, and what it says beside the digests of the files."""

    made: str
    key: proof.SigningKey
    footnotes: int
    ledger_lines: int
    ledger_seq: int
    ledger_link: proof.Digest
    authority: proof.Authority | None


def part_of(pieces: Callable[[], Iterable[bytes]]) -> Part:
    """A file that is read once to be known, and once more to be packed."""
    digester, crc = proof.Digester(), 0
    for piece in pieces():
        digester.update(piece)
        crc = zlib.crc32(piece, crc)
    return Part(digester.digest(), digester.size, crc, pieces)


def part_of_bytes(content: bytes) -> Part:
    """A file that is already in memory."""
    return part_of(lambda: (content,))


def bag(name: str, payload: Mapping[str, Part], seal: Seal) -> Iterator[bytes]:
    """The sealed bundle, piece by piece. `payload` is by path under data/.

    Where an authority is named it is asked for a time-stamp: raises `TimestampRefused`. Raises `ContainerBroken` where a
    stored object is not what it was a moment ago.
    """
    files = {f"data/{path}": part for path, part in payload.items()}
    tags = _tags(files, seal)
    tags |= _sealed({path: part.digest for path, part in tags.items()}, len(payload), seal)
    files |= tags
    files[bundle.TAG_MANIFEST] = part_of_bytes(manifest_text({path: part.digest for path, part in tags.items()}))
    in_order = sorted(files.items(), key=lambda item: f"{name}/{item[0]}".encode())
    yield from packed(File(f"{name}/{path}", part.size, part.crc, part.pieces) for path, part in in_order)


def _tags(payload: Mapping[str, Part], seal: Seal) -> dict[str, Part]:
    """What the statement is about: its digests are signed."""
    size = sum(part.size for part in payload.values())
    information = {
        "Bag-Software-Agent": "Panah",
        "Bagging-Date": seal.made[:10],
        "Payload-Oxum": f"{size}.{len(payload)}",
    }
    manifest = manifest_text({path: part.digest for path, part in payload.items()})
    roots = {bundle.STAMP_ROOTS: part_of_bytes(seal.authority.roots)} if seal.authority else {}
    return {
        bundle.BAGIT: part_of_bytes(DECLARATION),
        bundle.BAG_INFO: part_of_bytes(tag_text(information)),
        bundle.MANIFEST: part_of_bytes(manifest),
        **roots,
    }


def _sealed(tags: dict[str, proof.Digest], files: int, seal: Seal) -> dict[str, Part]:
    """The statement, its signature, and the time-stamp over the signature."""
    statement = bundle.Statement(
        made=seal.made,
        key=proof.public_key(seal.key),
        tags=tags,
        files=files,
        footnotes=seal.footnotes,
        ledger_lines=seal.ledger_lines,
        ledger_seq=seal.ledger_seq,
        ledger_link=seal.ledger_link,
        timestamp=bundle.RFC_3161 if seal.authority else bundle.NO_STAMP,
    )
    signature = bundle.signed(statement, seal.key)
    sealed = {
        bundle.SEAL: part_of_bytes(statement.as_bytes()),
        bundle.SIGNATURE: part_of_bytes(signature),
    }
    if seal.authority:
        sealed[bundle.STAMP] = part_of_bytes(proof.stamp(signature, seal.authority))
    return sealed
