"""How fast documents are read: each alone in its confined process, and taken in from end to end.

Processor time is counted, of a program and of all that it started: the machine may have other work. What a program takes to
start and to unlock is measured with an empty folder, and taken off.
"""

from __future__ import annotations

import itertools
import os
import resource
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import PROGRAMS, SHARED, Figure, run

if TYPE_CHECKING:
    from panah.library.extractors import Extractor
    from panah.library.extractors.supervisor import Supervisor

SMALLEST = 20_000
"""Bytes. What confinement costs is compared on documents above it."""
COPIES = {"PDF": 1, "HTML": 3, "mail": 3}
BARS = {"PDF": ("page", 10.0), "HTML": ("document", 1000 / 150), "mail": ("message", 1000 / 300)}
"""What is counted, and how many milliseconds of one processor it may take."""


def figures(folder: Path, environment: Mapping[str, str]) -> Iterator[Figure]:
    from panah.site.command import set_up

    set_up()
    from django.conf import settings

    from panah.library.extractors import loaded, paths_of
    from panah.library.extractors.supervisor import Supervisor

    extractors = loaded(settings.EXTRACTORS)
    with Supervisor(paths_of(extractors)) as supervisor:
        for kind, documents in collected().items():
            counted = sum(pages_of(content) if kind == "PDF" else 1 for _, content in documents)
            what, most = BARS[kind]
            taken = statistics.median(confined(supervisor, documents) for _ in range(5))
            yield Figure(f"{kind} read, confined, a {what}, processor time", 1000 * taken / counted, most, "ms", 5)
            taken = ingested(kind, documents, counted, folder, environment)
            yield Figure(f"{kind} taken in, a {what}, processor time", taken, most, "ms", 3)
            large = [each for each in documents if len(each[1]) > SMALLEST]
            ratios = [confined(supervisor, large) / bare(extractors, large) for _ in range(7)]
            yield Figure(f"{kind} above 20 kB, confined beside unconfined", statistics.median(ratios), 1.2, "x", 7)


def confined(supervisor: Supervisor, documents: Documents) -> float:
    """Seconds of processor time, ours and the reader's, in which documents are read as the library has them read."""
    import psutil

    first_kind, first = documents[0]
    supervisor.read(media_type=first_kind, size=len(first), pieces=[first])
    *_, program = supervisor._programs.values()
    reader = psutil.Process(program.process.pid)
    before = sum(reader.cpu_times()[:4]) + time.process_time()
    for media_type, content in documents:
        supervisor.read(media_type=media_type, size=len(content), pieces=[content])
    return sum(reader.cpu_times()[:4]) + time.process_time() - before


def bare(extractors: Mapping[str, Extractor], documents: Documents) -> float:
    """Seconds of processor time in which the same extractors read documents in this process."""
    before = time.process_time()
    for media_type, content in documents:
        extractors[media_type].read(content)
    return time.process_time() - before


Documents = Sequence[tuple[str, bytes]]


def collected() -> dict[str, Documents]:
    """Real documents of three kinds that can be read without recognising words on pictures, by their media types."""
    from panah.errors import PanahError
    from panah.library.extractors.html import Html
    from panah.library.extractors.kinds import HEAD, HTML, MAIL, PDF, media_type
    from panah.library.extractors.mail import Mail
    from panah.library.extractors.pdf import Pdf

    readers = {PDF: ("PDF", Pdf()), HTML: ("HTML", Html()), MAIL: ("mail", Mail())}
    found: dict[str, list[tuple[str, bytes]]] = {"PDF": [], "HTML": [], "mail": []}
    for path in sorted(itertools.chain((SHARED / "samples").rglob("*"), (SHARED / "coi" / "raw").iterdir())):
        content = path.read_bytes() if path.is_file() else b""
        if (kind := media_type(content[:HEAD], content[-HEAD:])) in readers:
            name, reader = readers[kind]
            try:
                extracted = reader.read(content)
            except PanahError:
                continue
            if "pictures" not in extracted.found:
                found[name].append((kind, content))
    return {name: tuple(documents) for name, documents in found.items()}


def pages_of(content: bytes) -> int:
    from panah.library.extractors.pdf import opened

    return len(opened(content))


def ingested(kind: str, documents: Documents, counted: int, folder: Path, environment: Mapping[str, str]) -> float:
    """Milliseconds of processor time for each, taken in by the command into a new workspace; the median of three."""
    papers, nothing = folder / f"papers-{kind}", folder / "nothing"
    papers.mkdir()
    nothing.mkdir(exist_ok=True)
    for copy in range(COPIES[kind]):  # each copy is another document: its bytes differ
        for number, (_, content) in enumerate(documents):
            changed = b"X-Copy: %d\n" % copy + content if kind == "mail" else content + b"\n%% %d" % copy
            changed = content + b"<!-- %d -->" % copy if kind == "HTML" else changed
            (papers / f"{copy}-{number}").write_bytes(changed)
    home = {**environment, "PANAH_HOME": str(folder / f"home-{kind}")}
    taken = []
    for _ in range(3):
        shutil.rmtree(home["PANAH_HOME"], ignore_errors=True)
        run("panah", "init", environment=home)
        taken.append(
            processor("ingest", str(papers), environment=home) - processor("ingest", str(nothing), environment=home)
        )
    return 1000 * statistics.median(taken) / (counted * COPIES[kind])


def processor(*arguments: str, environment: Mapping[str, str]) -> float:
    """Seconds of processor time that `panah` took, with all that it started."""
    process = subprocess.Popen([str(PROGRAMS / "panah"), *arguments], env=environment, stdout=subprocess.DEVNULL)
    used: resource.struct_rusage = os.wait4(process.pid, 0)[2]
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory(prefix="panah-extraction-") as place:
        for figure in figures(Path(place), {**os.environ, "PANAH_PASSPHRASE": "a passphrase for measuring"}):
            print(figure, flush=True)
