"""Originals, Readings and bundles, stored by content and encrypted, under names that tell nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol, Self

from panah import proof
from panah.errors import PanahError
from panah.vault.files import Nascent, failures_said


class ObjectMissing(PanahError):
    """Something that was stored is gone: {digest}. Restore it from a backup."""

    status = 500


class ObjectKeys(NamedTuple):
    """What encrypts the objects of a compartment, and what hides their names."""

    id: int
    """The row of the data key from which both are derived."""
    objects: proof.Key
    names: proof.Key


class KeysOf(Protocol):
    """Gives the keys of a compartment, the newest first; `fresh` as they are at this moment, not as they were found before."""

    def __call__(self, *, fresh: bool) -> Sequence[ObjectKeys]:
        """Raises `KeyDestroyed`."""
        ...


class Kept(NamedTuple):
    """What was stored: the digest and size in bytes of the content, and the row of the key that opens it."""

    digest: proof.Digest
    size: int
    key: int


class Incoming:
    """A content on its way into the store: encrypted and digested as it comes, and gone if it is not kept."""

    def __init__(self, folder: Path, keys: ObjectKeys) -> None:
        self._folder = folder
        self._keys = keys
        self._digester = proof.Digester()
        self._encryption = proof.Encryption(keys.objects)
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

    @property
    def digest(self) -> proof.Digest:
        """The digest of what came until now."""
        return self._digester.digest()

    def keep(self) -> Kept:
        """Store it, now that it is whole. Raises `DiskFull`, `NotWritable`."""
        self._file.write(self._encryption.finish())
        kept = Kept(self._digester.digest(), self._digester.size, self._keys.id)
        path = path_of(self._folder, kept.digest, self._keys)
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
    """A folder of encrypted objects, of which it opens those of one compartment.

    An object's name is a keyed digest of its content: whoever has a document cannot tell whether it is here, and its
    size is rounded up. The content is digested while it is encrypted, in constant memory. Names and objects of two
    compartments have different keys: the same content in both is two objects that nobody can tell to be the same.
    """

    def __init__(self, folder: Path, keys: KeysOf) -> None:
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
        return Incoming(self._folder, self._keys(fresh=True)[0])

    @contextmanager
    def opened(self, digest: proof.Digest) -> Iterator[proof.Opened]:
        """An object opened for reading anywhere in it; its digest is not checked. Raises `ObjectMissing`."""
        stored, key = self._found(digest)
        with stored:
            yield proof.Opened(stored, key)

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

    def _found(self, digest: proof.Digest) -> tuple[BinaryIO, proof.Key]:
        """The object under whichever key has it: while a key is replaced, some have the old one and some the new."""
        for fresh in (False, True):
            for keys in self._keys(fresh=fresh):
                with suppress(FileNotFoundError):
                    return path_of(self._folder, digest, keys).open("rb"), keys.objects
        raise ObjectMissing(digest=digest)


def path_of(folder: Path, digest: proof.Digest, keys: ObjectKeys) -> Path:
    """Where the object of a content lies in a folder of objects."""
    name = proof.hidden_name(digest, keys.names)
    return folder / name[:2] / name[2:]
