"""Originals, Readings and bundles, stored by content and encrypted, under names that tell nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, Self

from panah import proof
from panah.errors import PanahError
from panah.vault.files import Nascent, failures_said
from panah.vault.keyring import Keys


class ObjectMissing(PanahError):
    """Something that was stored is gone: {digest}. Restore it from a backup."""

    status = 500


class Kept(NamedTuple):
    """What was stored: the digest and size in bytes of the content."""

    digest: proof.Digest
    size: int


class Incoming:
    """A content on its way into the store: encrypted and digested as it comes, and gone if it is not kept."""

    def __init__(self, folder: Path, key: proof.Key, path_of: Callable[[proof.Digest], Path]) -> None:
        self._digester = proof.Digester()
        self._encryption = proof.Encryption(key)
        self._path_of = path_of
        self._file = Nascent(folder)
        self._file.write(self._encryption.begin())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def write(self, piece: bytes) -> None:
        """Take in the next piece. Raises `DiskFull`, `NotWritable`."""
        self._digester.update(piece)
        self._file.write(self._encryption.update(piece))

    def keep(self) -> Kept:
        """Store it, now that it is whole. Raises `DiskFull`, `NotWritable`."""
        self._file.write(self._encryption.finish())
        kept = Kept(self._digester.digest(), self._digester.size)
        path = self._path_of(kept.digest)
        with failures_said(path.parent):
            if path.exists():  # a reading of plain text is its Original: nothing to wait for the disk for
                return kept
            path.parent.mkdir(mode=0o700, exist_ok=True)
        with suppress(FileExistsError):  # by another process in this moment
            self._file.christen(path)
        return kept

    def close(self) -> None:
        """Forget it, unless it was kept."""
        self._file.discard()


class Store:
    """A folder of encrypted objects.

    An object's name is a keyed digest of its content: whoever has a document cannot tell whether it is here, and its
    size is rounded up. The content is digested while it is encrypted, in constant memory.
    """

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder = folder
        self._keys = keys

    def keep(self, pieces: Iterable[bytes]) -> Kept:
        """Store a content. The same content twice is stored once. Raises `DiskFull`, `NotWritable`."""
        with self.incoming() as incoming:
            for piece in pieces:
                incoming.write(piece)
            return incoming.keep()

    def incoming(self) -> Incoming:
        """A content that arrives piece by piece. Raises `DiskFull`, `NotWritable`."""
        with failures_said(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Incoming(self._folder, self._keys.objects, self._path)

    @contextmanager
    def opened(self, digest: proof.Digest) -> Iterator[proof.Opened]:
        """An object opened for reading anywhere in it; its digest is not checked. Raises `ObjectMissing`."""
        try:
            stored = self._path(digest).open("rb")
        except FileNotFoundError:
            raise ObjectMissing(digest=digest) from None
        with stored:
            yield proof.Opened(stored, self._keys.objects)

    def pieces(self, digest: proof.Digest) -> Iterator[bytes]:
        """The content, piece by piece. Raises `SealBroken` before the end if it is not what was stored."""
        digester = proof.Digester()
        with self.opened(digest) as stored:
            for number in range(stored.chunks):
                piece = stored.read(number * proof.CHUNK, (number + 1) * proof.CHUNK)
                digester.update(piece)
                yield piece
        if digester.digest() != digest:
            raise proof.SealBroken

    def content(self, digest: proof.Digest) -> bytes:
        """The whole content, checked against its digest."""
        return b"".join(self.pieces(digest))

    def _path(self, digest: proof.Digest) -> Path:
        name = proof.hidden_name(digest, self._keys.names)
        return self._folder / name[:2] / name[2:]
