"""What the tools that compile one file have in common: they write it, or say whether it is what its sources give."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def made(path: Path, wanted: bytes, description: str) -> int:
    """Write `wanted` there, or with `--check` compare it with what is there. The exit code: 1 if that is another."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if the file is out of date")
    if not parser.parse_args().check:
        path.write_bytes(wanted)
    elif not path.is_file() or path.read_bytes() != wanted:
        print(f"{path.name} is not what its sources give: run tools/{Path(sys.argv[0]).name}", file=sys.stderr)
        return 1
    return 0
