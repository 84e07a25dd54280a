"""Uploads go straight into the encrypted store: no byte of them touches the disk in plain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from panah.errors import PanahError
from panah.vault import workspace
from panah.vault.store import Incoming, Kept

ENDS = 64 * 1024
"""How much of the first and last bytes of an upload is kept in memory, so that its kind can be told."""

LARGEST = 1 << 30
"""Bytes of the largest upload; a larger file comes in by `panah ingest`."""


class UploadTooLarge(PanahError):
    """A file of more than {largest} bytes does not come in by the browser; use: panah ingest."""

    status = 413


class StoredUpload(UploadedFile):  # type: ignore[type-arg]  # the class cannot be subscripted when it runs
    """An upload that is in the store already; nothing refers to it until it is shelved."""

    def __init__(self, name: str, kept: Kept, head: bytes, tail: bytes) -> None:
        super().__init__(file=None, name=name, content_type="", size=kept.size, charset=None)
        self.kept = kept
        self.head = head
        self.tail = tail

    def close(self) -> None:
        """Nothing is open: Django closes what it has when it takes no more."""


class IntoTheStore(FileUploadHandler):
    """Encrypts an upload while it arrives.

    What cannot be taken in is let pass to its end, unread: a browser shows no answer before it has sent everything.
    """

    chunk_size = 1 << 18
    file: Incoming
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
            self.file = workspace.store().incoming()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """A piece of it arrives."""
        self._size += len(raw_data)
        with self._refusing():
            if self._size > LARGEST:
                raise UploadTooLarge(largest=LARGEST)
            self.file.write(raw_data)
        self._head = (self._head + raw_data)[:ENDS]
        self._tail = (self._tail + raw_data)[-ENDS:]

    def file_complete(self, file_size: int) -> StoredUpload:  # noqa: ARG002
        """It is whole."""
        with self._refusing(), self.file:
            kept = self.file.keep()
        return StoredUpload(self.file_name or "", kept, self._head, self._tail)

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
