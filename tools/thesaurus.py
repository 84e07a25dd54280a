"""Compiles the thesaurus from its YAML files, which take long to read.

python tools/thesaurus.py            writes thesaurus.json
python tools/thesaurus.py --check    exits with 1 if the file there is not what the sources give

What it reads is refused where it is not as `library/thesauri` asks, with its file and its line.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from panah.library.thesauri import compiled, files_in, read

FOLDER = Path(__file__).resolve().parents[1] / "src" / "panah" / "library" / "thesauri"
COMPILED = FOLDER / "thesaurus.json"


def main() -> int:
    """Write or compare the compiled form."""
    parser = argparse.ArgumentParser(description="Compile the thesaurus.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the file is out of date")
    wanted = compiled(read(files_in(FOLDER)))
    if parser.parse_args().check:
        fresh = COMPILED.is_file() and COMPILED.read_bytes() == wanted
        if not fresh:
            print(f"{COMPILED.name} is not what its sources give: run tools/thesaurus.py", file=sys.stderr)
        return 0 if fresh else 1
    COMPILED.write_bytes(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
