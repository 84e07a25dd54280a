"""Uploads are encrypted while they arrive: no byte of them touches the disk in plain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from panah import proof
from panah.errors import PanahError
from panah.vault import workspace
from panah.vault.files import Nascent, failures_said

ENDS = 64 * 1024
"""How much of the first and last bytes of an upload is kept in memory, so that its kind can be told."""

LARGEST = 1 << 30
"""Bytes of the largest upload; a larger file comes in by `panah ingest`."""


class UploadTooLarge(PanahError):
    """A file of more than {largest} bytes does not come in by the browser; use: panah ingest."""

    status = 413


class _Staged:
    """A content that waits for its place: in a file without a name, under a key that only this object has."""

    def __init__(self) -> None:
        folder = workspace.home() / "objects"
        with failures_said(folder):
            folder.mkdir(mode=0o700, exist_ok=True)
        self._key = proof.random_key()
        self._encryption = proof.Encryption(self._key)
        self._file = Nascent(folder)
        self._file.write(self._encryption.begin())

    def write(self, piece: bytes) -> None:
        self._file.write(self._encryption.update(piece))

    def finish(self) -> None:
        self._file.write(self._encryption.finish())

    def pieces(self) -> Iterator[bytes]:
        return proof.decrypted(self._file.reread(), self._key)

    def close(self) -> None:
        self._file.discard()


class StagedUpload(UploadedFile):  # type: ignore[type-arg]  # the class cannot be subscripted when it runs
    """An upload that arrived whole: which compartment it goes to, the form says. What is not taken in is gone."""

    def __init__(self, name: str, staged: _Staged, size: int, head: bytes, tail: bytes) -> None:
        super().__init__(file=None, name=name, content_type="", size=size, charset=None)
        self._staged = staged
        self.head = head
        self.tail = tail

    def pieces(self) -> Iterator[bytes]:
        """Its bytes."""
        return self._staged.pieces()

    def close(self) -> None:
        """Let go of it, at the end of the request."""
        self._staged.close()


class Encrypting(FileUploadHandler):
    """Encrypts an upload while it arrives.

    What cannot be taken in is let pass to its end, unread: a browser shows no answer before it has sent everything.
    """

    chunk_size = 1 << 18
    file: _Staged
    """Django closes what has this name when a request breaks off."""
    _refusal: PanahError | None = None

    def new_file(self, *args: object, **kwargs: object) -> None:
        """A file begins. A stranger's is not taken: the connection is closed."""
        if not self.request or not self.request.user.is_authenticated:
            raise StopUpload(connection_reset=True)
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._head = self._tail = b""
        self._size = 0
        with self._refusing():
            self.file = _Staged()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """A piece of it arrives."""
        self._size += len(raw_data)
        with self._refusing():
            if self._size > LARGEST:
                raise UploadTooLarge(largest=LARGEST)
            self.file.write(raw_data)
        self._head = (self._head + raw_data)[:ENDS]
        self._tail = (self._tail + raw_data)[-ENDS:]

    def file_complete(self, file_size: int) -> StagedUpload:
        """It is whole."""
        with self._refusing():
            self.file.finish()
        return StagedUpload(self.file_name or "", self.file, file_size, self._head, self._tail)

    def upload_complete(self) -> None:
        """Everything was sent. Raises what kept a file from being taken in: `UploadTooLarge`, `DiskFull`, `NotWritable`."""
        if self._refusal:
            raise self._refusal

    def upload_interrupted(self) -> None:
        """The browser sent no more: nothing of the file is kept."""
        self.file.close()

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except PanahError as refusal:
            self._refusal = refusal
            raise StopUpload(connection_reset=False) from refusal
