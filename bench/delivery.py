"""A delivery of very many files: rehearsed, begun, paused, killed, gone on with, and every file of it accounted for.

`python bench/delivery.py 100000`. The files are made up: texts, pages and messages with words of their own, one in a
hundred the same as the one before it, one in a thousand of a kind that nobody reads. It takes as long as it takes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from measuring import PROGRAMS, memory_of

WORDS = (
    "camp",
    "letter",
    "road",
    "winter",
    "order",
    "village",
    "number",
    "list",
    "transfer",
    "family",
    "paper",
    "witness",
)
KINDS = (
    "{}",
    "<title>Paper {0}</title><p>{0}</p>",
    "From: a@example.org\nSubject: Paper\nDate: Mon, 1 Jan 2018 10:00\n\n{}",
)
SECONDS_BETWEEN_LOOKS = 2.0


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="panah-delivery-") as place:
        folder = Path(place) / "papers"
        files = made_up(folder, count)
        home = {**os.environ, "PANAH_HOME": str(Path(place) / "home"), "PANAH_PASSPHRASE": "a passphrase for measuring"}
        subprocess.run([PROGRAMS / "panah", "init"], env=home, check=True, stdout=subprocess.DEVNULL)
        told(f"rehearsing {files} files", home, "ingest", "--dry-run", str(folder))
        told("until it is paused, after a tenth", home, "ingest", str(folder), until=(files // 10, paused))
        told(
            "until it is killed, after three tenths",
            home,
            "delivery",
            "resume",
            the_one(home),
            until=(files // 5, killed),
        )
        told("to the end", home, "delivery", "resume", the_one(home))
        outcomes = Counter(line["outcome"] for line in lines(home, "delivery", "show", the_one(home)))
        print(f"accounted for: {dict(outcomes)}, {outcomes.total()} of {files} files")
        size = sum(file.stat().st_size for file in (Path(place) / "home").rglob("*") if file.is_file())
        print(f"the workspace takes {size / 1e6:.0f} MB")


def made_up(folder: Path, count: int) -> int:
    """Files in folders of a thousand."""
    for number in range(count):
        if number % 1000 == 0:
            here = folder / f"{number // 1000:03}"
            here.mkdir(parents=True)
        of = number - 1 if number % 100 == 99 else number
        said = " ".join(WORDS[(of * step) % len(WORDS)] for step in range(1, 60)) + f" {of}"
        content = b"\x00\x01\x02" + str(of).encode() if of % 1000 == 500 else KINDS[of % 3].format(said).encode()
        (here / f"{number}").write_bytes(content)
    return count


Ending = Callable[[Mapping[str, str], subprocess.Popen[bytes]], object]


def told(what: str, home: Mapping[str, str], *arguments: str, until: tuple[int, Ending] | None = None) -> None:
    """Run a command, in a way that ends it after so many lines, and tell what it took."""
    begun, most, heard = time.monotonic(), 0.0, 0
    process = subprocess.Popen([PROGRAMS / "panah", *arguments, "--json"], env=home, stdout=subprocess.PIPE)
    looked = begun
    for heard, _line in enumerate(process.stdout or (), start=1):
        if time.monotonic() - looked > SECONDS_BETWEEN_LOOKS:
            looked = time.monotonic()
            most = max(most, memory_of(process.pid))
        if until and heard == until[0]:
            until[1](home, process)
    taken = time.monotonic() - begun
    print(
        f"{what}: {heard} lines, {taken:.0f} s, {heard / taken:.0f} a second, at most {most:.0f} MB, exit {process.wait()}"
    )


def paused(home: Mapping[str, str], _process: subprocess.Popen[bytes]) -> None:
    subprocess.run(
        [PROGRAMS / "panah", "delivery", "pause", the_one(home)], env=home, check=True, stdout=subprocess.DEVNULL
    )


def killed(_home: Mapping[str, str], process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)


def the_one(home: Mapping[str, str]) -> str:
    return str(next(lines(home, "delivery", "list"))["id"])


def lines(home: Mapping[str, str], *arguments: str) -> Iterator[dict[str, object]]:
    done = subprocess.run([PROGRAMS / "panah", *arguments, "--json"], env=home, check=True, stdout=subprocess.PIPE)
    return map(json.loads, done.stdout.splitlines())


if __name__ == "__main__":
    main()
