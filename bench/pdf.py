"""Compares our text of every real PDF with that of two other programs: pdftotext (poppler) and pypdf.

    python bench/pdf.py             a line for each file: words of ours, and how many of theirs we have, and they of ours
    python bench/pdf.py --words     and which words differ

Words are what is compared, folded as they are found, whatever their order and the breaks between lines. A program that is
not here has no column. None of them is the truth: each difference is to be looked at.
"""

from __future__ import annotations

import io
import logging
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from measuring import SHARED

from panah.errors import PanahError
from panah.library.extractors.pdf import Pdf
from panah.text import tokens

logging.disable(logging.CRITICAL)


def ours(path: Path) -> str:
    try:
        return Pdf().read(path.read_bytes()).text
    except PanahError as error:
        print(f"{path.name[:55]:<56} {error.code}")
        return ""


def poppler(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-q", str(path), "-"], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace")


def pypdf(path: Path) -> str:
    import pypdf

    try:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages)
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"{path.name[:55]:<56} pypdf: {type(error).__name__}")
        return ""


def words(text: str) -> Counter[str]:
    return Counter(tokens(text.replace("\u00ad", "")).words.split())


def main(*, shows_words: bool) -> None:
    others: dict[str, Callable[[Path], str]] = {"poppler": poppler} if shutil.which("pdftotext") else {}
    others["pypdf"] = pypdf
    print(f"{'':<56} words" + "".join(f"  {name:>7}: theirs, ours" for name in others))
    for path in sorted(SHARED.rglob("*.pdf")):
        mine = words(ours(path))
        line, differing = f"{path.name[:55]:<56} {mine.total():>5}", []
        for name, read in others.items():
            theirs = words(read(path))
            both = (mine & theirs).total()
            line += f"  {share(both, theirs.total()):>15} {share(both, mine.total()):>6}"
            differing += [
                f"    only {name}: {list(theirs - mine)[:30]}",
                f"    not {name}: {list(mine - theirs)[:30]}",
            ]
        print(line)
        if shows_words:
            print("\n".join(differing))


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"


if __name__ == "__main__":
    main(shows_words="--words" in sys.argv)
