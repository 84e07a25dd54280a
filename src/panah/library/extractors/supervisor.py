"""Has documents read in confined processes, one at a time per process. Linux only, as the confinement is."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Lock
from types import TracebackType
from typing import NamedTuple, Self

from panah.errors import PanahError, Phrase
from panah.library.extractors import ocr
from panah.library.extractors.confine import Limits
from panah.library.extractors.confined import ORDER
from panah.library.extractors.kinds import UNKNOWN, called
from panah.library.extractors.recognition import completed, pictures_of, without_recognition
from panah.library.extractors.result import (
    ExtractorCrashed,
    Pictures,
    Refusal,
    Text,
    Wanted,
    unpacked,
    unpacked_pictures,
)

__all__ = ["LARGEST", "Pictures", "Refusal", "Supervisor", "Text", "Wanted"]

LARGEST = 1 << 28
"""An Original of more bytes than this is preserved, but not read."""
MOST_PROGRAMS = 6
"""So many extractors are kept ready by each supervisor, some ten megabytes of memory each."""


class KindNotRead(PanahError):
    """Panah does not read this kind of document yet ({kind}); it is preserved."""


class KindUnknown(PanahError):
    """It is not a kind of document that Panah knows; it is preserved."""


class DocumentEmpty(PanahError):
    """It is empty: there are no bytes in it."""


class DocumentTooLarge(PanahError):
    """It has {size} bytes; more than {largest} are not read. It is preserved."""


class ReadingTooLong(PanahError):
    """Reading it took longer than {seconds} seconds and was stopped."""


class ReadingTooCostly(PanahError):
    """Reading it took more memory or disk than a document may take, and was stopped."""


def require_readable(media_type: str, size: int, media_types: Container[str]) -> None:
    """Raises for what is not read, whatever its bytes are: `DocumentEmpty`, `KindUnknown`, `KindNotRead`, `DocumentTooLarge`."""
    if size == 0:
        raise DocumentEmpty
    if media_type == UNKNOWN:
        raise KindUnknown
    if media_type not in media_types:
        raise KindNotRead(kind=called(media_type))
    if size > LARGEST:
        raise DocumentTooLarge(size=size, largest=LARGEST)


class Supervisor:
    """Has documents read, one at a time: a program for each extractor, started when it is first needed and after it died."""

    def __init__(
        self,
        extractors: Mapping[str, str],
        limits: Limits = Limits(),  # noqa: B008
        program_path: Sequence[str] = (),
    ) -> None:
        """`extractors` are dotted paths by media type; `program_path` are folders to look for them in beside Panah's own."""
        self._extractors = extractors
        self._arguments = [json.dumps(limits._asdict()), json.dumps(list(program_path))]
        self._limits = limits
        self._programs: OrderedDict[str, _Program] = OrderedDict()
        self._changing = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the programs."""
        with self._changing:
            while self._programs:
                self._programs.popitem()[1].stop()

    def read(
        self,
        *,
        media_type: str,
        size: int,
        pieces: Iterable[bytes],
        charset: str = "",
        languages: str | None = None,
        going_on: Callable[[], bool] = lambda: True,
    ) -> Text | Refusal:
        """The text of a document of `size` bytes, or why there is none. `charset` is what came with it as its encoding.

        With `languages`, Tesseract's models joined by `+`, pages that are pictures are recognised in them; with none
        named, in those that their script suggests. Between two pages it is asked whether to go on.
        """
        try:
            require_readable(media_type, size, self._extractors)
            with _in_memory(pieces) as content:
                text = unpacked(self._ordered(content, {"media_type": media_type, "charset": charset}))
                if isinstance(text, Refusal):
                    return text
                if languages is None or not pictures_of(text):
                    return without_recognition(text)
                page_of = partial(self._page, content, media_type)
                return completed(text, page_of, languages, ocr.installed(), going_on)
        except PanahError as error:
            return Refusal(error.code, error.sentence)

    def draw(self, wanted: Wanted, *, media_type: str, size: int, pieces: Iterable[bytes]) -> Pictures | Refusal:
        """Pages of a document of `size` bytes, drawn, or why there are none."""
        try:
            require_readable(media_type, size, self._extractors)
            with _in_memory(pieces) as content:
                return unpacked_pictures(self._ordered(content, {"media_type": media_type, "draw": wanted}), wanted)
        except PanahError as error:
            return Refusal(error.code, error.sentence)

    def _page(self, content: int, media_type: str, page: int, languages: str) -> Text | Refusal:
        try:
            return unpacked(self._ordered(content, {"media_type": media_type, "page": page, "languages": languages}))
        except PanahError as error:
            return Refusal(error.code, error.sentence)

    def _ordered(self, content: int, order: Mapping[str, object]) -> bytes:
        """What came of an order. Raises for a reader that did not end as it should."""
        result = os.memfd_create("result")
        try:
            self._judge(self._answered(content, result, order))
            return os.pread(result, os.fstat(result).st_size, 0)
        finally:
            os.close(result)

    def _answered(self, content: int, result: int, order: Mapping[str, object]) -> dict[str, int]:
        program = self._running(self._extractors[str(order["media_type"])])
        try:
            socket.send_fds(program.orders, [json.dumps(order).encode()], [content, result])
            answer = program.orders.recv(ORDER)
        except OSError:  # it is gone, or was told to end
            answer = b""
        if not answer:
            program.stop()
            raise ExtractorCrashed(how="it ended without a word")
        ended: dict[str, int] = json.loads(answer)
        return ended

    def _judge(self, ended: dict[str, int]) -> None:
        """Raises for a reader that did not end as it should."""
        if ended["late"] or -ended["exit"] in {24, 9}:  # SIGXCPU, or SIGKILL at the hard limit
            raise ReadingTooLong(seconds=self._limits.seconds)
        if ended["exit"] == os.EX_OSERR or -ended["exit"] == 25:  # no memory; SIGXFSZ
            raise ReadingTooCostly
        if ended["exit"] != os.EX_OK:
            number = ended["exit"]
            how = Phrase("signal {number}", number=-number) if number < 0 else Phrase("exit {number}", number=number)
            raise ExtractorCrashed(how=how)

    def _running(self, extractor: str) -> _Program:
        """The program that has this extractor. The one that was needed longest ago makes room for another."""
        with self._changing:
            program = self._programs.pop(extractor, None)
            if program and not program.is_alive():
                program.stop()
                program = None
            if program is None:
                while len(self._programs) >= MOST_PROGRAMS:
                    self._programs.popitem(last=False)[1].stop()
                program = _Program.started([*self._arguments, extractor])
            self._programs[extractor] = program
            return program


class _Program(NamedTuple):
    process: subprocess.Popen[bytes]
    orders: socket.socket

    @classmethod
    def started(cls, arguments: Sequence[str]) -> Self:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-I", "-m", "panah.library.extractors.confined", str(theirs.fileno()), *arguments],
                pass_fds=[theirs.fileno()], env={"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}, cwd="/",
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        return cls(process, ours)

    def is_alive(self) -> bool:
        return self.orders.fileno() >= 0 and self.process.poll() is None

    def stop(self) -> None:
        self.orders.close()
        self.process.kill()
        self.process.wait()


@contextmanager
def _in_memory(pieces: Iterable[bytes]) -> Iterator[int]:
    """The descriptor of a file that is only in memory, with these pieces in it."""
    content = os.memfd_create("content")
    try:
        with os.fdopen(content, "wb", closefd=False) as stream:
            stream.writelines(pieces)
        yield content
    finally:
        os.close(content)
