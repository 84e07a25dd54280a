"""A server on the loopback that serves as long as it is entered."""

from __future__ import annotations

import socketserver
from threading import Thread
from typing import Self


class Serving(socketserver.TCPServer):
    """To be taken before the class of the server itself. It serves in a thread of its own, which ends with it."""

    def __enter__(self) -> Self:
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()
