"""Has a PDF painted over in a confined process, and looks whether anything can still be read in what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from panah.dossier.redacting import pictures
from panah.dossier.redacting.confined import REFUSED
from panah.dossier.redacting.painting import NOTES
from panah.dossier.redacting.texts import Redactor
from panah.errors import PanahError
from panah.library.extractors import NothingToRead
from panah.library.extractors.confine import Limits
from panah.library.extractors.kinds import PDF
from panah.library.extractors.result import ExtractorCrashed, Refusal
from panah.library.extractors.result import unpacked as refusal_of
from panah.library.extractors.supervisor import ReadingTooCostly, ReadingTooLong, Supervisor

LIMITS = Limits(memory=1 << 30, seconds=300, output=1 << 29)
"""What one PDF may cost: some 2,000 pages of text."""
READER = "panah.library.extractors.pdf.Pdf"


class PictureNotClean(PanahError):
    """No copy was made: text can still be read in the painted PDF."""

    status = 500


class PaintedPdf(NamedTuple):
    """A PDF of pictures alone, how often each placeholder was painted over, and what else was."""

    content: bytes
    pages: int
    counts: Counter[str]
    notes: dict[str, int]


def painted_over(pieces: Iterable[bytes], redactor: Redactor, limits: Limits = LIMITS) -> PaintedPdf | Refusal:
    """A PDF with everything painted over that the profile names; or why there is none.

    It is read again, by the reader of documents: raises `PictureNotClean` where there is a word in it.
    """
    try:
        result = _run(pieces, redactor, limits)
        if isinstance(result, Refusal):
            return result
        painted = pictures.unpacked(result, entries=len(redactor.placeholders), known=NOTES)
    except (ReadingTooLong, ReadingTooCostly, ExtractorCrashed, pictures.PicturesBroken) as error:
        return Refusal(error.code, error.sentence)
    content = pictures.pdf_of(painted.pages)
    _require_no_text(content)
    counts = Counter({redactor.placeholders[of]: often for of, often in painted.found.items()})
    return PaintedPdf(
        content, len(painted.pages), counts, {name: often for name, often in painted.notes.items() if often}
    )


def _run(pieces: Iterable[bytes], redactor: Redactor, limits: Limits) -> bytes | Refusal:
    order, content, result = (os.memfd_create(name) for name in ("order", "content", "result"))
    try:
        said = {
            "entries": [entry.spellings for entry in redactor.profile.entries],
            "pictures": redactor.profile.pictures,
            "limits": limits._asdict(),
        }
        os.write(order, json.dumps(said).encode())
        with os.fdopen(content, "wb", closefd=False) as stream:
            stream.writelines(pieces)
        exit_code = _ended([order, content, result], limits)
        left = os.pread(result, os.fstat(result).st_size, 0)
        return _refusal(left) if exit_code == REFUSED else left
    finally:
        for each in (order, content, result):
            os.close(each)


def _ended(given: list[int], limits: Limits) -> int:
    """The exit code of the program. Raises for one that did not end as it should."""
    module = "panah.dossier.redacting.confined"
    try:
        ended = subprocess.run(
            [sys.executable, "-I", "-m", module, str(os.getpid()), *map(str, given)],
            pass_fds=given, env={"LANG": "C.UTF-8"}, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, timeout=2 * limits.seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ReadingTooLong(seconds=limits.seconds) from None
    code = ended.returncode
    if -code in {24, 9}:  # SIGXCPU, or SIGKILL at the hard limit
        raise ReadingTooLong(seconds=limits.seconds)
    if code == os.EX_OSERR or -code == 25:  # no memory; SIGXFSZ
        raise ReadingTooCostly
    if code not in {os.EX_OK, REFUSED}:
        raise ExtractorCrashed(how=f"signal {-code}" if code < 0 else f"exit {code}")
    return code


def _refusal(left: bytes) -> Refusal:
    said = refusal_of(left)
    if not isinstance(said, Refusal):
        raise ExtractorCrashed(how="it left no result")
    return said


def _require_no_text(content: bytes) -> None:
    with Supervisor({PDF: READER}) as reader:
        read = reader.read(media_type=PDF, size=len(content), pieces=[content])
    if not isinstance(read, Refusal) or read.code != NothingToRead.code:
        raise PictureNotClean
