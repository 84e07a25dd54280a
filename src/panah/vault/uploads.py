"""Uploads go straight into the encrypted store: no byte of them touches the disk in plain."""

from __future__ import annotations

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


class IntoTheStore(FileUploadHandler):
    """Encrypts an upload while it arrives."""

    chunk_size = 1 << 18
    _incoming: Incoming | None = None

    def new_file(self, *args: object, **kwargs: object) -> None:
        """A file begins. A stranger's is not taken: the connection is closed."""
        if not self.request or not self.request.user.is_authenticated:
            raise StopUpload(connection_reset=True)
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._incoming = workspace.store().incoming()
        self._head = self._tail = b""
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """A piece of it arrives. Raises `UploadTooLarge`, `DiskFull`."""
        self._size += len(raw_data)
        if self._incoming is None or self._size > LARGEST:
            self.upload_interrupted()
            raise UploadTooLarge(largest=LARGEST)
        self._incoming.write(raw_data)
        self._head = (self._head + raw_data)[:ENDS]
        self._tail = (self._tail + raw_data)[-ENDS:]

    def file_complete(self, file_size: int) -> StoredUpload:  # noqa: ARG002
        """It is whole."""
        if self._incoming is None:
            raise StopUpload(connection_reset=True)
        with self._incoming as incoming:
            kept = incoming.keep()
        self._incoming = None
        return StoredUpload(self.file_name or "", kept, self._head, self._tail)

    def upload_interrupted(self) -> None:
        """The browser went away: nothing of it is kept."""
        if self._incoming:
            self._incoming.discard()
        self._incoming = None
