"""How long it takes to load every body of law, and to examine a case under all of them: processor time of new processes."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator

from measuring import Figure

LOAD = "import time; from panah import law; law.frameworks(); loaded = time.process_time(); print(loaded)"
EXAMINE = """
import time
from panah import law
supports = tuple(law.Support(str(n), law.Stance.SUPPORTS, f"Paper {n}") for n in range(5))
record = law.Record(tuple(law.Fact(str(n), "She was held.", supports) for n in range(60)))
law.rules(), law.frameworks()
begun = time.process_time()
for each in law.examinable():
    law.examine(record, each)
print(time.process_time() - begun)
"""


def figures() -> Iterator[Figure]:
    """Both."""
    yield Figure("every body of law loaded, processor time of a new process", processor(LOAD), 0.15, "s", 9)
    yield Figure("60 facts, 300 supports examined under all, processor time", processor(EXAMINE), 0.02, "s", 9)


def processor(program: str, runs: int = 9) -> float:
    """The median of what a program of Python says of itself, in seconds."""
    said = [
        float(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)
        for _ in range(runs)
    ]
    return statistics.median(said)


if __name__ == "__main__":
    for figure in figures():
        print(figure)
