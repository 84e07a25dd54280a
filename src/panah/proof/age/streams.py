"""Streams as pyrage wants them, over what Panah has: pieces that come, and something that takes pieces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Protocol

FIRST_LINE = b"age-encryption.org/v1\n"


class Into(Protocol):
    """Whatever takes bytes piece by piece."""

    def write(self, piece: bytes, /) -> object:
        """Take the next piece."""


class Begun:
    """An age file whose first line was read already, and is there again."""

    def __init__(self, stored: BinaryIO) -> None:
        self._stored = stored
        self._first = FIRST_LINE
        self.failure: BaseException | None = None

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; none at the end."""
        if self._first:
            piece, self._first = self._first[:size], self._first[size:]
            return piece
        try:
            return self._stored.read(size)
        except BaseException as failure:
            self.failure = failure
            raise


class Pieces:
    """Pieces, read in whatever sizes somebody asks for."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")
        self.failure: BaseException | None = None

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; none at the end."""
        try:
            while not self._rest:
                self._rest = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as failure:
            self.failure = failure
            raise
        piece, self._rest = self._rest[:size], self._rest[size:]
        return bytes(piece)


class Taken:
    """What takes pieces, as a stream that can be written to. pyrage keeps only the words of a failure: here it is kept whole."""

    def __init__(self, into: Into) -> None:
        self._into = into
        self.failure: BaseException | None = None

    def write(self, piece: bytes) -> int:
        """Pass a piece on."""
        try:
            self._into.write(piece)
        except BaseException as failure:
            self.failure = failure
            raise
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""


def failed(*streams: Begun | Pieces | Taken) -> BaseException | None:
    """What one of these streams raised, and pyrage then said in words of its own."""
    return next((stream.failure for stream in streams if stream.failure), None)
