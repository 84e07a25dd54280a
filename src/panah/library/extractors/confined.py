"""The program that reads documents. It is started by `supervisor.py`, with nothing in its environment.

It loads one extractor, and hides all files but the program's own from itself; for each document it forks, and the child
confines itself before it looks at a byte. A document that crashes, hangs or swells takes only its own child with it; and a
child never outlives what watches it.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, NamedTuple, Protocol, cast

from panah.errors import PanahError
from panah.library.extractors import Extractor, Named, Pictured, load, ocr
from panah.library.extractors.confine import Confinement, Limits, end_with
from panah.library.extractors.result import (
    Pictures,
    Refusal,
    Wanted,
    packed_pictures,
    packed_refusal,
    packed_text,
    whole,
    write_out,
)


class Work(NamedTuple):
    """What a child does with the bytes of a document, piece by piece, and whether it may start threads for it."""

    do: Callable[[bytes], Iterable[bytes]]
    threads: bool


ORDER = 64 * 1024
"""Bytes of the longest order or answer."""


class Drawer(Protocol):
    """Draws pages of a document."""

    def draw(self, content: bytes, wanted: Wanted) -> Pictures:
        """Raises a `PanahError` that says why it cannot be drawn."""


class Reader:
    """Takes orders for one extractor."""

    def __init__(self, orders: socket.socket, extractor: Extractor, limits: Limits) -> None:
        self._orders, self._extractor, self._limits = orders, extractor, limits

    @cached_property
    def _confinement(self) -> Confinement:
        return Confinement(self._limits)

    def serve(self) -> None:
        """Take orders until the supervisor hangs up: words with two files, the content and an empty one.

        Where it says what to draw, pages are drawn. Where it names a page, the words on that page are recognised, in the
        languages that it names. Else the text is taken out, in the encoding that it names, if it names one.
        """
        while True:
            order, files, _flags, _address = socket.recv_fds(self._orders, ORDER, 2)
            if not order:
                return
            answer = self._answer(order, *files)
            for file in files:
                os.close(file)
            self._orders.send(json.dumps(answer).encode())

    def _answer(self, order: bytes, content: int, result: int) -> dict[str, int]:
        try:
            return self._in_a_child(_work(json.loads(order), self._extractor), content, result)
        except PanahError as error:
            write_out(result, packed_refusal(Refusal(error.code, error.sentence)))
            return {"exit": os.EX_OK, "late": 0}

    def _in_a_child(self, work: Work, content: int, result: int) -> dict[str, int]:
        room = self._confinement.room()
        parent, child = os.getpid(), os.fork()
        if child == 0:
            self._orders.close()
            end_with(parent)
            os._exit(self._done(work, content, result, room))
        watch = os.pidfd_open(child)
        # Nobody sends a second order before the first is answered: what comes meanwhile is the supervisor's end.
        heard, _, _ = select.select([watch, self._orders.fileno()], [], [], 2 * self._limits.seconds)
        if watch not in heard:
            os.kill(child, signal.SIGKILL)
        os.close(watch)
        _, status = os.waitpid(child, 0)
        return {"exit": os.waitstatus_to_exitcode(status), "late": int(not heard)}

    def _done(self, work: Work, content: int, result: int, room: int) -> int:
        """The child: confine, read or draw, write the result, and end without running anything else."""
        try:
            self._confinement.put_on(room, threads=work.threads)
            write_out(result, work.do(whole(content)))
        except PanahError as error:
            write_out(result, packed_refusal(Refusal(error.code, error.sentence)))
        except MemoryError:
            return os.EX_OSERR
        except Exception as error:  # noqa: BLE001  whatever a parser raises is this document's reason, not our failure
            sentence = f"The program that reads it failed on it ({type(error).__name__})."
            write_out(result, packed_refusal(Refusal("extractor-failed", sentence)))
        return os.EX_OK


def _work(asked: dict[str, Any], extractor: Extractor) -> Work:
    """What is to be done. The models of languages are loaded here: once, for the pages to come."""
    threads = getattr(extractor, "threads", False)
    if "draw" in asked:
        drawer, wanted = cast("Drawer", extractor), Wanted(*asked["draw"])
        return Work(lambda content: packed_pictures(drawer.draw(content, wanted)), threads)
    if "page" not in asked:
        charset = asked.get("charset", "")
        if charset and hasattr(extractor, "read_as"):
            named = cast("Named", extractor)
            return Work(lambda content: packed_text(named.read_as(content, charset)), threads)
        return Work(lambda content: packed_text(extractor.read(content)), threads)
    pictured, page, languages = cast("Pictured", extractor), asked["page"], asked["languages"]
    ocr.prepare(languages)
    return Work(lambda content: packed_text(ocr.recognised(pictured.picture(content, page), languages)), threads)


def main() -> None:
    """Started as `python -m panah.library.extractors.confined SOCKET LIMITS FOLDERS EXTRACTOR`."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # sent to all that runs here: ours to heed is the supervisor's hanging up
    descriptor, limits, folders, path = sys.argv[1:]
    sys.path += json.loads(folders)
    with socket.socket(fileno=int(descriptor)) as orders:
        Reader(orders, load(path), Limits(**json.loads(limits))).serve()


if __name__ == "__main__":
    main()
