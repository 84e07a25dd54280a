"""Originals, Readings and bundles, stored by content and encrypted, under names that tell nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from panah import proof
from panah.errors import PanahError
from panah.vault.files import nascent
from panah.vault.keyring import Keys

PIECE = 1 << 20


class ObjectMissing(PanahError):
    """Something that was stored is gone: {digest}. Restore it from a backup."""

    status = 500


class Kept(NamedTuple):
    """What was stored: the digest and size in bytes of the content."""

    digest: proof.Digest
    size: int


class Store:
    """A folder of encrypted objects.

    An object's name is a keyed digest of its content: whoever has a document cannot tell whether it is here, and its
    size is rounded up. The content is digested while it is encrypted, in constant memory.
    """

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder = folder
        self._keys = keys

    def keep(self, pieces: Iterable[bytes]) -> Kept:
        """Store a content. The same content twice is stored once. Raises `DiskFull`."""
        digester = proof.Digester()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with nascent(self._folder) as file:
            for piece in proof.encrypted(_digested(pieces, digester), self._keys.objects):
                file.stream.write(piece)
            kept = Kept(digester.digest(), digester.size)
            path = self._path(kept.digest)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            if not path.exists():
                try:
                    file.christen(path)
                except FileExistsError:
                    pass  # another process stored the same content in this moment
        return kept

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


def _digested(pieces: Iterable[bytes], digester: proof.Digester) -> Iterator[bytes]:
    for piece in pieces:
        digester.update(piece)
        yield piece
