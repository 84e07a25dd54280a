"""The press: a process that prints one file from standard input to standard output, and ends.

Started by `process.py`. It cannot write a file of any kind (its limit for files is nought bytes), leaves no memory
dump, and has little memory and time, for the words that it sets may be hostile.
"""

from __future__ import annotations

import os
import resource
import sys
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

MEMORY = 6 << 30
"""Bytes of address space: a dossier of a thousand pages takes half of it."""
SECONDS = 100
"""Of processor time, all cores together."""


def main() -> None:
    """Started as `python -m panah.dossier.exporters.press pdf` (or `docx`)."""
    confine()
    {"pdf": pdf, "docx": docx}[sys.argv[1]]()


def confine() -> None:
    """Take away from this process what printing does not need, for good."""
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
    ):
        resource.setrlimit(kind, (most, most))


def pdf() -> None:
    """Typst, with the shipped fonts and no others, so that the same sheet gives the same bytes everywhere.

    Produced as PDF/A-2a and PDF/UA-1, which Typst refuses to write where it sees a rule broken; not validated.
    """
    import typst

    place = files("panah.dossier")
    try:
        made, warnings = typst.compile_with_warnings(
            (place / "exporters" / "press.typ").read_bytes(),
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(place / "fonts")]
            ),
            sys_inputs={"sheet": sys.stdin.read()},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(os.environ["SOURCE_DATE_EPOCH"]),
        )
    except typst.TypstError as error:
        sys.exit(error.message)
    if warnings:  # a font is missing, or page numbers do not settle: not a page to be sealed
        sys.exit(warnings[0].message)
    sys.stdout.buffer.write(made)


def docx() -> None:
    """Pandoc takes the place of this process and keeps its limits; in its sandbox it reads only the one file named."""
    wheel = find_spec("pypandoc")
    pandoc = str(Path(str(wheel and wheel.origin)).parent / "files" / "pandoc")
    reference = str(files("panah.dossier") / "exporters" / "reference.docx")
    arguments = ["--sandbox", "--from=json", "--to=docx", f"--reference-doc={reference}", "--output=-"]
    os.execve(pandoc, [pandoc, *arguments], dict(os.environ))  # noqa: S606  there is nothing that a shell could read


if __name__ == "__main__":
    main()
