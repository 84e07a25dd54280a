"""Extractors that do what a document must never bring an extractor to do.

Each takes one of its own media types, `test/` and its name in kebab case. The confined reader imports this module by its
dotted path, so it may use nothing but the standard library and Panah.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import re
import select
import signal
import socket
import subprocess
import threading
from pathlib import Path

from panah.library.extractors import Extracted

MODULE = "support.hostile"


class Hostile:
    """What all have in common. `does` is the deed; whatever it gives back is handed over as the text."""

    version = "1"

    def __init__(self) -> None:
        self.name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(self).__name__).lower()
        self.media_types = frozenset({f"test/{self.name}"})

    def does(self, content: bytes) -> str:
        raise NotImplementedError

    def read(self, content: bytes) -> Extracted:
        text = self.does(content)
        return Extracted(text, [(0, len(text))])


class Behaves(Hostile):
    """The one that does as it should: the document after a hostile one."""

    def does(self, content: bytes) -> str:
        return content.decode()


class OpensASocket(Hostile):
    def does(self, content: bytes) -> str:
        return str(socket.socket(socket.AF_INET, socket.SOCK_DGRAM).fileno())


class ConnectsToLoopback(Hostile):
    """The content is the port."""

    def does(self, content: bytes) -> str:
        with socket.create_connection(("127.0.0.1", int(content))) as connection:
            connection.sendall(b"taken out")
        return "sent"


class PairsSockets(Hostile):
    def does(self, content: bytes) -> str:
        return str(len(socket.socketpair()))


class Forks(Hostile):
    def does(self, content: bytes) -> str:
        if (child := os.fork()) == 0:
            os._exit(0)
        return str(os.waitpid(child, 0))


class StartsAThread(Hostile):
    def does(self, content: bytes) -> str:
        thread = threading.Thread(target=str)
        thread.start()
        thread.join()
        return "ran"


class RunsAProgram(Hostile):
    def does(self, content: bytes) -> str:
        return subprocess.run(["/bin/echo", "ran"], capture_output=True, text=True, check=True).stdout


class StartsAPermittedThread(Hostile):
    """One that says, as that of photographs does, that it cannot do without threads."""

    threads = True
    does = StartsAThread.does


class ForksBesideThreads(Hostile):
    threads = True
    does = Forks.does


class RunsAProgramBesideThreads(Hostile):
    threads = True
    does = RunsAProgram.does


class BecomesAProgram(Hostile):
    def does(self, content: bytes) -> str:
        os.execv("/bin/true", ["true"])


class WritesAFile(Hostile):
    """The content is the path."""

    def does(self, content: bytes) -> str:
        return str(Path(os.fsdecode(content)).write_text("left behind"))


class RemovesAFile(Hostile):
    """The content is the path."""

    def does(self, content: bytes) -> str:
        Path(os.fsdecode(content)).unlink()
        return "removed"


class ReadsAFile(Hostile):
    """The content is the path."""

    def does(self, content: bytes) -> str:
        return Path(os.fsdecode(content)).read_bytes().decode("utf-8", "replace")


class ListsAFolder(Hostile):
    """The content is the path."""

    def does(self, content: bytes) -> str:
        return " ".join(entry.name for entry in Path(os.fsdecode(content)).iterdir())


class SendsASignal(Hostile):
    """The content is a process; signal 0 harms nobody, and is refused like any other."""

    def does(self, content: bytes) -> str:
        os.kill(int(content), 0)
        return "sent"


class TakesItsLimitsBack(Hostile):
    def does(self, content: bytes) -> str:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        return "changed"


class AsksForFourGigabytes(Hostile):
    def does(self, content: bytes) -> str:
        return str(len(bytearray(4 << 30)))


class SwellsSlowly(Hostile):
    def does(self, content: bytes) -> str:
        taken = []
        while True:
            taken.append(bytes(1 << 24))


class LoopsForever(Hostile):
    def does(self, content: bytes) -> str:
        while True:
            pass


class WaitsForever(Hostile):
    """Takes no processor time at all."""

    def does(self, content: bytes) -> str:
        while True:
            select.poll().poll()


class WritesEndlessly(Hostile):
    """More text than a result may have."""

    def does(self, content: bytes) -> str:
        return "word " * (1 << 22)


class Recurses(Hostile):
    def does(self, content: bytes) -> str:
        return self.does(content)


class Crashes(Hostile):
    def does(self, content: bytes) -> str:
        signal.signal(signal.SIGSEGV, signal.SIG_DFL)
        return str(ctypes.string_at(0))


class Aborts(Hostile):
    def does(self, content: bytes) -> str:
        os.abort()


class EndsItself(Hostile):
    """The content is the status with which it ends."""

    def does(self, content: bytes) -> str:
        os._exit(int(content))


class Exits(Hostile):
    def does(self, content: bytes) -> str:
        raise SystemExit(content.decode())


class IsInterrupted(Hostile):
    def does(self, content: bytes) -> str:
        raise KeyboardInterrupt


class RaisesAnOddError(Hostile):
    def does(self, content: bytes) -> str:
        class Odd(Exception):
            def __str__(self) -> str:
                raise RuntimeError("an error that cannot be shown")

        raise Odd


class IsOnAnotherMachine(Hostile):
    """Loaded where no program can be confined. What it reads nevertheless, it gives back."""

    def __init__(self) -> None:
        super().__init__()
        platform.machine = lambda: "riscv64"

    def does(self, content: bytes) -> str:
        return content.decode()


class GivesNothing(Hostile):
    def read(self, content: bytes) -> Extracted:
        return None


class GivesHalfCharacters(Hostile):
    def does(self, content: bytes) -> str:
        return "camp \ud800 ھ"


class CountsItsDescriptors(Hostile):
    """What a reader still holds open of the program that started it."""

    def does(self, content: bytes) -> str:
        kinds = []
        for descriptor in range(256):
            try:
                kinds.append(f"{descriptor}:{os.fstat(descriptor).st_mode >> 12:o}")
            except OSError:
                continue
        return " ".join(kinds)


class Forges(Hostile):
    """Writes the content over the result as it stands, and ends as if all were well: what a parser that was taken over can do."""

    def does(self, content: bytes) -> str:
        for descriptor in range(3, 256):
            try:
                empty = os.fstat(descriptor).st_size == 0
                os.write(descriptor, content if empty else b"")
            except OSError:
                continue
        os._exit(0)


def forged(header: object, text: bytes = b"") -> bytes:
    """The bytes of a result with this header."""
    written = json.dumps(header).encode()
    return len(written).to_bytes(4, "big") + written + text


EVERY = {kind.__name__: f"{MODULE}.{kind.__name__}" for kind in Hostile.__subclasses__()}
"""The dotted path of each."""


def kind_of(name: str) -> str:
    """The media type of the extractor of this name."""
    return "test/" + re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
