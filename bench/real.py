"""`make real`: takes in every document of ../shared/data, and tells what was read, what was refused, and why.

Ends with exit code 1 where a file has no outcome, where the program that reads crashed on one, where something waits to be
read afterwards, or where a command failed. What stands inside others is read with them, and counted apart.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from measuring import PROGRAMS, SHARED

OURS_TO_MEND = {"extractor-crashed", "extractor-failed", "reading-abandoned", "reading-too-long", "reading-too-costly"}
"""Codes that tell of us, and not of the document."""


def main() -> int:
    if not (SHARED / "coi").is_dir():
        print("../shared/data is not here: nothing was run.")
        return 0
    coi = sorted((SHARED / "coi").glob("*.txt")) + sorted((SHARED / "coi" / "raw").iterdir())
    samples = sorted(
        path for path in (SHARED / "samples").rglob("*") if path.is_file() and path.name != "manifest.jsonl"
    )
    with tempfile.TemporaryDirectory(prefix="panah-real-") as folder:
        environment = {
            **os.environ,
            "PANAH_HOME": f"{folder}/home",
            "PANAH_PASSPHRASE": "a passphrase for real documents",
        }
        panah("init", environment=environment)
        manifest = SHARED / "coi" / "manifest.jsonl"
        wrong = [
            *taken_in("coi/", coi, environment, "--manifest", str(manifest)),
            *taken_in("samples/", samples, environment),
            *taken_in("scale/", reports(Path(folder)), environment),
        ]
    for complaint in wrong:
        print(f"WRONG  {complaint}")
    return int(bool(wrong))


def reports(folder: Path) -> list[Path]:
    """The country reports of scale/, each as a file of its own."""
    made = []
    for path in sorted((SHARED / "scale").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                report = json.loads(line)
                made.append(folder / f"{number:05}.txt")
                made[-1].write_text(
                    next(report[name] for name in ("text", "content", "body") if name in report), encoding="utf-8"
                )
    return made


def taken_in(name: str, files: Sequence[Path], environment: Mapping[str, str], *more: str) -> list[str]:
    """Ingest the files with one command, print a table of how they ended, and tell what is wrong."""
    done = panah("ingest", "--json", "--collection", name, *map(str, files), *more, environment=environment)
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    whole = [each for each in outcomes if each["path"] in set(map(str, files))]
    print(f"\n{name}: {len(files)} files, exit code {done.returncode}")
    for part, rows in (("", whole), ("inside others: ", [each for each in outcomes if each not in whole])):
        table = Counter((Path(each["path"]).suffix, each["outcome"], each["code"], each["reason"]) for each in rows)
        for (ending, outcome, code, reason), count in sorted(table.items()):
            print(f"  {part}{count:>4}  {ending:<8} {outcome:<8} {code}  {reason}")
    missing = {str(path) for path in files} - {each["path"] for each in whole}
    wrong = [f"{path}: without an outcome" for path in sorted(missing)]
    wrong += [f"{each['path']}: {each['code']}" for each in outcomes if each["code"] in OURS_TO_MEND]
    return wrong + (
        [f"{name}: exit code {done.returncode}: {done.stderr[-500:]}"] if done.returncode not in (0, 1) else []
    )


def panah(*arguments: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    command = [str(PROGRAMS / "panah"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main())
