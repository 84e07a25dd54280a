"""What is said when Panah itself fails: where in the code, and nothing of what it was working on.

Messages of exceptions can hold words of a document, a name, or a question; frames of our own code cannot.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import traceback
from types import TracebackType

A_MOMENT = 0.02
"""Seconds."""
SENTENCE = "internal-error: Panah failed at this point; what was stored before is safe. The lines below hold no words of yours."


def frames(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> str:
    """The kind of an exception and the places it came through; its message only where PANAH_DEBUG=1 asks for it."""
    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    message = f": {error}" if os.environ.get("PANAH_DEBUG") == "1" else ""
    return "\n".join([f"{kind.__module__}.{kind.__qualname__}{message}", *places])


def say_no_words() -> None:
    """Put what is here in the place of everything in Python that would print the message of an exception."""
    sys.excepthook = on_terminal
    threading.excepthook = lambda failed: _print(failed.exc_type, failed.exc_value, failed.exc_traceback)
    sys.unraisablehook = _unraised
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)


def on_terminal(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """In the place of `sys.excepthook`, which would print the message; ends the process with exit code 2."""
    _print(kind, error, trace)
    os._exit(2)


def _unraised(failed: sys.UnraisableHookArgs) -> None:
    """Where Python tidies up, nothing can be raised. Ctrl+C that came just then counts a moment later."""
    if issubclass(failed.exc_type, KeyboardInterrupt):
        main = threading.main_thread().ident or 0
        again = threading.Timer(A_MOMENT, signal.pthread_kill, (main, signal.SIGINT))
        again.daemon = True
        again.start()
    else:
        _print(failed.exc_type, failed.exc_value, failed.exc_traceback)


def _print(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    print(SENTENCE, frames(kind, error, trace), sep="\n", file=sys.stderr, flush=True)  # noqa: T201


class WithoutWords(logging.Formatter):
    """Formats a log record without its message and arguments."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level and logger; for an exception, its frames."""
        record.message = ""
        record.asctime = self.formatTime(record)
        line = self.formatMessage(record)
        if record.exc_info and record.exc_info[0]:
            line += "\n" + frames(*record.exc_info)
        return line
