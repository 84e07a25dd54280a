"""Has a file pressed by a process of its own, and says why where it cannot be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime

from panah.errors import PanahError

SECONDS = 120
"""How long a file may take."""
_LONGEST = 200


class PrintFailed(PanahError):
    """The {file} could not be printed: {reason}."""

    status = 500


def pressed(file: str, content: bytes, *, made: datetime) -> bytes:
    """The finished file. `content` is data for the press; `made` is the date that is written into the file.

    Raises `PrintFailed`.
    """
    command = [sys.executable, "-I", "-B", "-m", "panah.dossier.exporters.press", file.lower()]
    environment = {"LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": str(max(0, int(made.timestamp())))}
    try:
        ended = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, env=environment, cwd="/", check=False
        )
    except subprocess.TimeoutExpired:
        raise PrintFailed(file=file, reason=f"it took longer than {SECONDS} seconds") from None
    except OSError as error:
        raise PrintFailed(file=file, reason=f"the printer does not start ({os.strerror(error.errno or 0)})") from None
    if ended.returncode or not ended.stdout:
        raise PrintFailed(file=file, reason=_reason(ended))
    return ended.stdout


def _reason(ended: subprocess.CompletedProcess[bytes]) -> str:
    if ended.returncode < 0:
        return f"the printer was stopped ({signal.Signals(-ended.returncode).name})"
    lines = ended.stderr.decode("utf-8", "replace").strip().splitlines()
    return (lines[-1] if lines else f"the printer ended with {ended.returncode}")[:_LONGEST].rstrip(".")
