"""The terminal's side of every command: where its answer goes, and how it is told to stop."""

from __future__ import annotations

import io
import os
import signal
import sys
from types import FrameType

from panah.errors import PanahError


class OutputLost(PanahError):
    """The answer could not be written: {reason}. What was done until then is stored."""

    status = 500


class ToldToStop(PanahError):
    """It was told to stop, and stopped: what was stored is whole, and the same command goes on from there."""


class UsageWrong(PanahError):
    """{reason} See {command} --help."""


class Answer(io.FileIO):
    """Standard output, written at once.

    A reader who leaves early, as `head` does, has heard enough: the rest is dropped, and the work is done to its end.
    Raises `OutputLost` where the answer cannot be kept, as on a full disk.
    """

    def write(self, piece: object) -> int:
        """All of a piece, not only what fits in a pipe at the moment."""
        rest = memoryview(piece)  # type: ignore[arg-type]  # the base class takes whatever has bytes
        length = rest.nbytes
        try:
            while rest:
                rest = rest[super().write(rest) or 0 :]
        except BrokenPipeError:
            pass
        except OSError as error:
            raise OutputLost(reason=error.strerror) from None
        return length


def prepare() -> None:
    """Make this process's streams and signals behave, whatever it was started with."""
    if sys.stdout is not None:
        sys.stdout = io.TextIOWrapper(
            Answer(sys.stdout.fileno(), "w", closefd=False),
            encoding=sys.stdout.encoding,
            errors="backslashreplace",  # the name of a file need not be text; in a JSON string this is an escape
            write_through=True,
        )
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # it was closed when we were started; nothing else may be opened in its place
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:  # nohup has it ignored, and that is kept
            signal.signal(number, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    """A service manager and a closed terminal ask for the same as Ctrl+C."""
    raise KeyboardInterrupt
