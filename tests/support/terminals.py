"""A command at a terminal, as a person has it: she sees what it says, types, and presses Ctrl+C."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import termios
from pathlib import Path
from types import TracebackType
from typing import Self

from support.processes import PATIENCE, Panah

CTRL_C, CTRL_D = "\x03", "\x04"


class Terminal:
    """One command, and the terminal that it was started from."""

    def __init__(self, panah: Panah, *arguments: str | Path) -> None:
        self._ours, theirs = pty.openpty()
        self.process = panah.start(
            *arguments, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)

    def sees(self, words: str) -> None:
        """Wait until `words` stand there."""
        while words not in self.seen:
            assert self._hears_more(), self.seen

    def types(self, keys: str) -> None:
        """Type, where the command waits for it."""
        os.write(self._ours, keys.encode("utf-8", "surrogateescape"))

    def answers(self, question: str, words: str) -> None:
        """Answer a question that is not asked before."""
        self.sees(question)
        self.seen = self.seen.partition(question)[2]
        self.types(words + "\n")

    def ends(self) -> int:
        """Wait for the end; the exit code. All that was said is in `seen`."""
        while self._hears_more():
            pass
        return self.process.wait(PATIENCE)

    def _hears_more(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], PATIENCE)
        assert ready, f"nothing more was said after: {self.seen!r}"
        try:
            said = os.read(self._ours, 1 << 16)
        except OSError:  # the last process of the terminal is gone
            return False
        self.seen += said.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(said)
