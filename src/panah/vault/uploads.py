"""Uploads go straight into the encrypted store: no byte of them touches the disk in plain."""

from __future__ import annotations

from collections.abc import Iterator
from queue import Queue
from threading import Thread

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from panah.errors import PanahError
from panah.vault import workspace
from panah.vault.store import Kept

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
    """Encrypts an upload while it arrives. The store pulls its pieces; a thread lets both go at their own pace."""

    chunk_size = 1 << 18

    def new_file(self, *args: object, **kwargs: object) -> None:
        """A file begins. A stranger's is not taken: the connection is closed."""
        if not self.request or not self.request.user.is_authenticated:
            raise StopUpload(connection_reset=True)
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._pieces: Queue[bytes | None] = Queue(maxsize=8)
        self._head, self._tail, self._size, self._interrupted = b"", b"", 0, False
        self._result: Kept | PanahError | None = None
        self._thread = Thread(target=self._keep, daemon=True)
        self._thread.start()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """A piece of it arrives."""
        self._size += len(raw_data)
        if self._size > LARGEST:
            self._give_up()
            raise UploadTooLarge(largest=LARGEST)
        if isinstance(self._result, PanahError):
            raise self._result
        self._head = self._head or raw_data[:ENDS]
        self._tail = (self._tail + raw_data)[-ENDS:]
        self._pieces.put(raw_data)

    def file_complete(self, file_size: int) -> StoredUpload:  # noqa: ARG002
        """It is whole."""
        self._pieces.put(None)
        self._thread.join()
        if not isinstance(self._result, Kept):
            raise self._result or StopUpload(connection_reset=True)
        return StoredUpload(self.file_name or "", self._result, self._head, self._tail)

    def upload_interrupted(self) -> None:
        """The browser went away."""
        if hasattr(self, "_pieces"):
            self._give_up()

    def _give_up(self) -> None:
        self._interrupted = True
        self._pieces.put(None)

    def _keep(self) -> None:
        try:
            self._result = workspace.store().keep(self._arriving())
        except PanahError as error:
            self._result = error
            while self._pieces.get() is not None:
                pass

    def _arriving(self) -> Iterator[bytes]:
        while (piece := self._pieces.get()) is not None:
            yield piece
        if self._interrupted:
            raise UploadInterrupted


class UploadInterrupted(PanahError):
    """The upload broke off before its end; nothing of it was kept."""
