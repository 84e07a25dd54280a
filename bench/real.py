"""`make real`: takes in every document of ../shared/data that this Panah should read, and tells what was refused, and why.

Ends with exit code 1 where a file has no outcome, or the command crashed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from measuring import PROGRAMS, SHARED

ENDINGS = {".txt", ".html", ".pdf", ".docx", ".eml", ".odt", ".epub", ".xlsx", ".xls", ".rtf"}


def main() -> int:
    if not (SHARED / "coi").is_dir():
        print("../shared/data is not here: nothing was run.")
        return 0
    coi = sorted((SHARED / "coi").glob("*.txt")) + sorted((SHARED / "coi" / "raw").iterdir())
    samples = sorted(path for path in (SHARED / "samples").rglob("*") if path.suffix in ENDINGS)
    with tempfile.TemporaryDirectory(prefix="panah-real-") as home:
        environment = {**os.environ, "PANAH_HOME": home, "PANAH_PASSPHRASE": "a passphrase for real documents"}
        subprocess.run([PROGRAMS / "panah", "init"], env=environment, check=True, stdout=subprocess.DEVNULL)
        return max(taken_in("coi/", coi, environment), taken_in("samples/", samples, environment))


def taken_in(name: str, files: list[Path], environment: dict[str, str]) -> int:
    """Ingest the files with one command, and print a table of how they ended."""
    manifest = ["--manifest", str(SHARED / "coi" / "manifest.jsonl")] if name == "coi/" else []
    command = [PROGRAMS / "panah", "ingest", "--json", "--collection", name, *map(str, files), *manifest]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    print(f"\n{name}: {len(files)} files, exit code {done.returncode}")
    table = Counter((Path(each["path"]).suffix, each["outcome"], each["code"], each["reason"]) for each in outcomes)
    for (ending, outcome, code, reason), count in sorted(table.items()):
        print(f"  {count:>4}  {ending:<6} {outcome:<8} {code}  {reason}")
    missing = {str(path) for path in files} - {each["path"] for each in outcomes}
    for path in sorted(missing):
        print(f"  without an outcome: {path}")
    return int(bool(missing) or done.returncode not in (0, 1))


if __name__ == "__main__":
    sys.exit(main())
