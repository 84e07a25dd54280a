"""What a sealed dossier is made of; here, the printers: `pdf.pdf_of` and `docx.docx_of`.

A printer takes a `Sheet` and returns the finished file. It writes nothing to disk and asks nothing of the network:
words go through memory and pipes to a process of their own (`press.py`), which may not write files at all. Words are
handed over as data, never as markup, so that a sign which means something to Typst or pandoc is printed as it is.
The same sheet gives the same bytes.

    runs      where a text runs right to left, in which script and language; signs that have no shape
    glyphs    which characters the shipped fonts can draw
    wording   the fixed words around what people wrote, the same in both files
    pdf       the pages, for Typst with the template `press.typ`
    docx      the document, for pandoc with the styles of `reference.docx`
    sheets    what is asked of a sheet before it is printed
    process   starts the press, and says why it failed

To add a printer, write a function of this shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from panah.dossier.sheet import Sheet


class Printer(Protocol):
    """Makes a file of a sheet. Raises `PrintFailed` when it cannot."""

    def __call__(self, sheet: Sheet) -> bytes:
        """The file."""
