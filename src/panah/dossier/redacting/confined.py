"""The program that paints over one PDF, and ends. Started by `pdfs.py` with three files: order, content, result.

The spellings come in a file, never as arguments, which everyone on the machine can see. It confines itself before it
looks at a byte of the document.
"""

from __future__ import annotations

import json
import os
import sys

from panah.dossier.redacting.painting import Painter
from panah.dossier.redacting.pictures import packed_end, packed_page
from panah.dossier.redacting.spellings import Finder, spans
from panah.errors import PanahError
from panah.library.extractors.confine import Limits, confine, end_with
from panah.library.extractors.result import Refusal, packed_refusal, whole, write_out

REFUSED = os.EX_DATAERR
"""The exit code where the result is a refusal."""


def main() -> int:
    """Started as `python -m panah.dossier.redacting.confined PARENT ORDER CONTENT RESULT`."""
    parent, order, content, result = map(int, sys.argv[1:])
    end_with(parent)
    said = json.loads(os.pread(order, os.fstat(order).st_size, 0))
    finder = Finder(said["entries"])
    confine(Limits(**said["limits"]))
    painter = Painter(lambda raw: list(spans(finder.found(raw))), pictures=said["pictures"])
    try:
        for page in painter.pages(whole(content)):
            write_out(result, packed_page(page))
        write_out(result, packed_end(painter.found, painter.notes))
    except PanahError as error:
        write_out(result, packed_refusal(Refusal(error.code, error.sentence)))
        return REFUSED
    except MemoryError:
        return os.EX_OSERR
    return os.EX_OK


if __name__ == "__main__":
    os._exit(main())
