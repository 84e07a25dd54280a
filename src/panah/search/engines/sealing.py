"""The files of an index as one encrypted stream, and back.

    names and sizes of the files as one line of JSON | the bytes of one file after the other

Each has a key of its own, which stands in the database (`models.Sealed`) and nowhere else: where that row is destroyed,
with an erasure, nobody opens the stream any more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from panah import proof

PIECE = 1 << 16


def sealed(folder: Path, key: proof.Key) -> Iterator[bytes]:
    """The files of a folder that nobody writes any more, encrypted."""
    return proof.encrypted(_packed(sorted(file for file in folder.iterdir() if not file.name.endswith(".lock"))), key)


def unseal(stored: BinaryIO, key: proof.Key, folder: Path) -> None:
    """Write the files of a sealed index into an empty folder. Raises `SealBroken`."""
    pieces = proof.decrypted(stored, key)
    head, waiting = bytearray(), b""
    for piece in pieces:
        before, end, waiting = piece.partition(b"\n")
        head += before
        if end:
            break
    for name, size in json.loads(head).items():
        waiting = _write(folder / name, size, waiting, pieces)


def _packed(files: list[Path]) -> Iterator[bytes]:
    yield json.dumps({file.name: file.stat().st_size for file in files}).encode() + b"\n"
    for file in files:
        with file.open("rb") as stream:
            while piece := stream.read(PIECE):
                yield piece


def _write(file: Path, size: int, waiting: bytes, pieces: Iterator[bytes]) -> bytes:
    """Write the first bytes of what comes to a file; what came after them."""
    with file.open("xb") as stream:
        while size > len(waiting):
            size -= stream.write(waiting)
            waiting = next(pieces)
        stream.write(waiting[:size])
    return waiting[size:]
