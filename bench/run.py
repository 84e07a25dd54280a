"""`make bench`: the figures of docs/performance.md. Without the documents of ../shared/data, some lines are left out.

Everything runs in a folder of its own, which is removed.
"""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import extraction
import laws
import ledger
import refusal
from measuring import PROGRAMS, SHARED, Figure, memory_of, most_memory_of, run, seconds

PASSPHRASE = "a passphrase for measuring"
WORDS = ("难民", "新疆", '"forced return"', "police", "refugee OR asylum", "ئەركىنلىك", "detention camps", "deport*")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="panah-bench-") as folder:
        for figure in figures(Path(folder)):
            print(figure, flush=True)


def figures(folder: Path) -> Iterator[Figure]:
    environment = {**os.environ, "PANAH_HOME": str(folder / "home"), "PANAH_PASSPHRASE": PASSPHRASE}
    yield from starting()
    yield from laws.figures()
    yield from refusal.figures()
    yield from sealing(folder, environment)
    yield from verifying(folder, environment)
    yield from keeping(folder, environment)
    yield from ledger.figures(folder, environment)
    if (SHARED / "coi").is_dir():
        yield from extraction.figures(folder, environment)
        yield from ingesting(environment)
        yield from finding(environment)
        yield from shelves(folder, environment)
        yield from opening(environment)
        yield from serving(environment)
    else:
        print("../shared/data is not here: ingest, find and serve were not measured.", file=sys.stderr)


def starting() -> Iterator[Figure]:
    yield Figure("panah --help", seconds(lambda: run("panah", "--help"), 9), 0.4, "s", 9)
    yield Figure("panah-verify --help", seconds(lambda: run("panah-verify", "--help"), 9), 0.2, "s", 9)


def sealing(folder: Path, environment: dict[str, str]) -> Iterator[Figure]:
    """A case with 200 quotations, sealed by the command: unlock, compare, print, sign, write."""
    case_with_quotations(folder / "case", 200)
    here = {**environment, "PANAH_HOME": str(folder / "sealing")}
    run("panah", "init", environment=here)
    run("panah", "case", "import", str(folder / "case"), environment=here)
    numbers = iter(range(99))
    taken = seconds(
        lambda: run("panah", "seal", "B-1", "-o", str(folder / f"b{next(numbers)}.zip"), environment=here), 5
    )
    yield Figure("panah seal, a case with 200 quotations", taken, 5, "s", 5)


def verifying(folder: Path, environment: dict[str, str]) -> Iterator[Figure]:
    """A bundle of 100 MB beside sha256sum over its files, in one run."""
    here = {**environment, "PANAH_HOME": str(folder / "verifying")}
    case_with_quotations(folder / "large", 200, ballast=100_000_000)
    run("panah", "init", environment=here)
    run("panah", "case", "import", str(folder / "large"), environment=here)
    bundle, unpacked = folder / "large.zip", folder / "unpacked"
    run("panah", "seal", "B-1", "-o", str(bundle), environment=here)
    zipfile.ZipFile(bundle).extractall(unpacked)
    files = [str(path) for path in unpacked.rglob("*") if path.is_file()]
    peer = seconds(lambda: run("sha256sum", *files), 9)
    ours = seconds(lambda: run("panah-verify", str(bundle)), 9)
    yield Figure(f"panah-verify, a bundle of {bundle.stat().st_size / 1e6:.0f} MB", ours, 3 * peer, "s", 9)
    yield Figure("  ... as a multiple of sha256sum over its files", ours / peer, 3, "x", 9)


def keeping(folder: Path, environment: dict[str, str], size: int = 500_000_000) -> Iterator[Figure]:
    """A workspace of half a gigabyte: checked beside sha256sum over its objects, and backed up."""
    from panah.proof import age

    here = {**environment, "PANAH_HOME": str(folder / "keeping")}
    (folder / "recordings").mkdir()
    for number in range(25):
        (folder / "recordings" / f"{number}.bin").write_bytes(os.urandom(size // 25))
    run("panah", "init", environment=here)
    run("panah", "ingest", str(folder / "recordings"), environment=here, codes={0, 1})  # preserved; no text is in them
    objects = [str(path) for path in (folder / "keeping" / "objects").rglob("*") if path.is_file()]
    peer = seconds(lambda: run("sha256sum", *objects), 5)
    ours = seconds(lambda: run("panah", "fixity", environment=here), 5)
    yield Figure(f"panah fixity, {size / 1e6:.0f} MB, the whole command with unlocking", ours, 2 * peer, "s", 5)
    yield Figure("  ... as a multiple of sha256sum over its objects", ours / peer, 2, "x", 5)
    backup = [str(PROGRAMS / "panah"), "backup", str(folder / "b.age"), "--to", age.new_identity()[1]]
    begun = time.perf_counter()
    yield Figure("panah backup, memory at its highest", most_memory_of(backup, here), 200, "MiB", 1)
    yield Figure("  ... and its time", time.perf_counter() - begun, 60, "s", 1)


def ingesting(environment: dict[str, str]) -> Iterator[Figure]:
    """The 444 documents of coi/ with their manifest, three times into a new workspace."""
    files = sorted(str(path) for path in (SHARED / "coi").glob("*.txt"))

    def ingest() -> None:
        shutil.rmtree(environment["PANAH_HOME"], ignore_errors=True)
        run("panah", "init", environment=environment)
        run("panah", "ingest", *files, "--manifest", str(SHARED / "coi" / "manifest.jsonl"), environment=environment)

    yield Figure(f"panah init and ingest, {len(files)} documents of coi/", seconds(ingest, 3), 60, "s", 3)


def finding(environment: dict[str, str]) -> Iterator[Figure]:
    """The query as the workbench makes it: parse, search, fetch and decrypt 20 passages, mark the words.

    200 questions in a process, the first and the slowest counted; five processes, and the median of what they gave.
    """
    code = (
        "import sys, time\n"
        "from panah.site.command import set_up\n"
        "set_up()\n"
        "from panah.library import queries\n"
        "from panah.vault import workspace\n"
        "from panah.vault.commands import acting_member\n"
        "workspace.unlock(workspace.given_passphrase())\n"
        "member = acting_member()\n"
        "for words in sys.argv[1:] * 25:\n"
        "    begun = time.perf_counter(); queries.find(member, words); print(time.perf_counter() - begun)\n"
    )
    command = [sys.executable, "-c", code, *WORDS]
    runs = [
        sorted(1000 * float(line) for line in subprocess.check_output(command, env=environment, text=True).split())
        for _ in range(5)
    ]
    yield Figure("find, median", statistics.median(map(statistics.median, runs)), 30, "ms", len(runs))
    yield Figure("find, p95", statistics.median(taken[int(0.95 * len(taken))] for taken in runs), 30, "ms", len(runs))
    whole = seconds(lambda: run("panah", "find", "新疆", environment=environment), 5)
    yield Figure("panah find, the whole command with unlocking", whole, 2, "s", 5)


def shelves(folder: Path, environment: dict[str, str]) -> Iterator[Figure]:
    """A search among 20 small shelves more that she sees and 50 that she does not, beside one without them."""
    program, runs = Path(__file__).parent / "shelves.py", []
    for number in range(3):
        copy = folder / f"shelves-{number}"
        shutil.copytree(environment["PANAH_HOME"], copy)
        command = [sys.executable, str(program), *WORDS]
        runs.append(float(subprocess.check_output(command, env={**environment, "PANAH_HOME": str(copy)}, text=True)))
    yield Figure("find among 70 other shelves, beside find without them", statistics.median(runs), 1.1, "x", 3)


def opening(environment: dict[str, str]) -> Iterator[Figure]:
    """The page of the largest document of coi/, 2 MB: as it is, and with the words of a search marked in it."""
    command = [sys.executable, str(Path(__file__).parent / "opening.py"), "police", "新疆", "refugee"]
    plain, marked = map(float, subprocess.check_output(command, env=environment, text=True).split())
    yield Figure("opening a document of 2 MB, processor time", plain, 300, "ms", 9)
    yield Figure("  ... from a search, its words marked", marked, 300, "ms", 9)


def serving(environment: dict[str, str]) -> Iterator[Figure]:
    """The server after it has answered a hundred searches and shown twenty documents."""
    command = [str(PROGRAMS / "panah"), "serve", "--port", "0"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        address = server.stdout.readline().split()[4]
        from workbench import signing_in, used

        used(address, PASSPHRASE)
        yield Figure("sign-in with Argon2id, the whole request", statistics.median(signing_in(address, 9)), 1, "s", 9)
        time.sleep(1)
        yield Figure("panah serve, memory after use (proportional set size)", memory_of(server.pid), 250, "MB", 1)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def case_with_quotations(folder: Path, count: int, ballast: int = 0) -> None:
    """An invented case: papers of numbered sentences in three scripts, each sentence quoted once."""
    import yaml

    (folder / "papers").mkdir(parents=True)
    papers, supports = [], []
    for number in range(10):
        name = f"papers/{number:02}.txt"
        lines = [
            f"Invented sentence {number}-{line}: ئۇيغۇر، 护照, passport, and nothing more."
            for line in range(count // 10)
        ]
        (folder / name).write_text("\n\n".join(lines), encoding="utf-8")
        papers.append({"file": name, "title": f"Invented paper {number}"})
        supports += [{"stance": "supports", "quote": {"paper": name, "words": words}} for words in lines]
    for number in range(ballast // 10_000_000):
        name = f"papers/ballast-{number}.bin"
        (folder / name).write_bytes(os.urandom(10_000_000))
        papers.append({"file": name, "title": f"Invented recording {number}"})
    facts = [{"words": f"Invented fact {at}.", "supports": supports[at : at + 10]} for at in range(0, count, 10)]
    case = {"panah": "case/1", "reference": "B-1", "called": "Invented", "papers": papers, "facts": facts}
    (folder / "case.yaml").write_text(yaml.safe_dump(case, allow_unicode=True), encoding="utf-8")


if __name__ == "__main__":
    main()
