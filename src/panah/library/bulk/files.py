"""Files as they lie on a disk: walked, opened safely, and stored as they are."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from panah import proof
from panah.errors import PanahError
from panah.library.extractors.kinds import HEAD, media_type
from panah.vault.store import Kept, Store

PIECE = 1 << 20
_NO_FILES = {errno.ELOOP: "link", errno.ENXIO: "pipe, socket or device"}
"""What opening says of things that are no files."""


class FileVanished(PanahError):
    """The file is not there."""


class FileUnreadable(PanahError):
    """The file cannot be read: {reason}."""


class FileNotRegular(PanahError):
    """This is not a file but a {kind}; it was passed over."""


class FileChanged(PanahError):
    """The file changed while it was being read; add it again when it is at rest."""


class FileNotAsListed(PanahError):
    """The file is not the one that the manifest lists: its SHA-256 is {found}."""


def regular_files(paths: Iterable[Path], *, leaving_out: Iterable[Path] = ()) -> Iterator[Path]:
    """The files of these paths, folders walked in order. A link is followed only where it was named itself.

    What is to be left out are files, such as the manifest, and whole folders, such as the workspace.
    """
    out = {real(path) for path in leaving_out}
    for path in paths:
        for file in _walked(real(path) if os.path.islink(path) else path):  # noqa: PTH114  it stands names too long
            place = real(file)
            if out.isdisjoint((place, *place.parents)):
                yield file


def not_there(listed: Iterable[Path], paths: Iterable[Path]) -> Iterator[Path]:
    """The files that a manifest lists in one of these folders and that are not in it."""
    folders = [real(path) for path in paths]
    for file in listed:
        if not os.path.lexists(file) and any(folder in file.parents for folder in folders):
            yield file


def _walked(path: Path) -> Iterator[Path]:
    """Whatever is in a folder, however deep; what cannot be looked at is for `preserved` to say."""
    waiting = [path]
    while waiting:
        place = waiting.pop()
        try:
            inside = sorted(place.iterdir(), reverse=True) if _is_folder(place) else None
        except OSError:
            inside = None
        if inside is None:
            yield place
        else:
            waiting += inside


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(path.lstat().st_mode)


def real(path: Path) -> Path:
    """Where a path leads. Unlike `Path.resolve` it stands links that lead in a circle."""
    return Path(os.path.realpath(path))


def shown(path: Path) -> str:
    """A path as text, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace")


def preserved(file: Path, store: Store, digest: str = "") -> tuple[Kept, str]:
    """Store the bytes of a file; what was stored, and its media type. With `digest` (hexadecimal) it must be that file.

    Raises `FileVanished`, `FileUnreadable`, `FileNotRegular`, `FileChanged`, `FileNotAsListed` or `DiskFull`; then
    nothing is stored.
    """
    with _opened(file) as stream:
        return store.keep(_at_rest(stream, digest)), _kind(stream)


def looked_at(file: Path, digest: str = "") -> tuple[proof.Digest, int, str]:
    """The digest, size and media type of a file, of which nothing is stored. Raises as `preserved` does."""
    digester = proof.Digester()
    with _opened(file) as stream:
        for piece in _at_rest(stream, digest):
            digester.update(piece)
        return digester.digest(), digester.size, _kind(stream)


def _kind(stream: int) -> str:
    return media_type(_read(stream, 0), _read(stream, max(0, os.fstat(stream).st_size - HEAD)))


class _opened:  # noqa: N801
    """A regular file opened for reading, by descriptor. Raises `FileVanished`, `FileUnreadable`, `FileNotRegular`."""

    def __init__(self, file: Path) -> None:
        try:
            self._descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
        except FileNotFoundError:
            raise FileVanished from None
        except OSError as error:
            if error.errno in _NO_FILES:
                raise FileNotRegular(kind=_NO_FILES[error.errno]) from None
            raise FileUnreadable(reason=error.strerror) from None
        mode = os.fstat(self._descriptor).st_mode
        if not stat.S_ISREG(mode):
            os.close(self._descriptor)
            raise FileNotRegular(
                kind="folder that cannot be listed" if stat.S_ISDIR(mode) else "pipe, socket or device"
            )

    def __enter__(self) -> int:
        return self._descriptor

    def __exit__(self, *_error: object) -> None:
        os.close(self._descriptor)


def _at_rest(descriptor: int, digest: str) -> Iterator[bytes]:
    """The bytes of a file; raises at their end where it changed meanwhile, or is not the file that was listed."""
    before = os.fstat(descriptor)
    digester = proof.Digester()
    while digester.size <= before.st_size and (piece := _read(descriptor, digester.size, PIECE)):
        digester.update(piece)
        yield piece
    after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or digester.size != after.st_size:
        raise FileChanged
    if digest and digest != proof.hexadecimal(digester.digest()):
        raise FileNotAsListed(found=proof.hexadecimal(digester.digest()))


def _read(descriptor: int, at: int, size: int = HEAD) -> bytes:
    try:
        return os.pread(descriptor, size, at)
    except OSError as error:
        raise FileUnreadable(reason=error.strerror) from None
