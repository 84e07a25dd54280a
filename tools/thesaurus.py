"""Compiles the thesaurus from its YAML files, which take long to read.

python tools/thesaurus.py            writes thesaurus.json
python tools/thesaurus.py --check    exits with 1 if the file there is not what the sources give

What it reads is refused where it is not as `library/thesauri` asks, with its file and its line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from making import made

from panah.library.thesauri import compiled, files_in, read

FOLDER = Path(__file__).resolve().parents[1] / "src" / "panah" / "library" / "thesauri"
COMPILED = FOLDER / "thesaurus.json"


def main() -> int:
    """Write or compare the compiled form."""
    return made(COMPILED, compiled(read(files_in(FOLDER))), "Compile the thesaurus.")


if __name__ == "__main__":
    sys.exit(main())
