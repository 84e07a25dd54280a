"""How things are measured here: whole processes, several runs, the median; memory as the kernel counts it."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PROGRAMS = Path(sys.executable).parent
SHARED = Path(__file__).parent.parent.parent / "shared" / "data"


QUICKEST = "quickest"


class Figure(NamedTuple):
    """One line of the table: what, how much, how much it may be, and in what."""

    what: str
    value: float
    most: float
    unit: str
    runs: int
    which: str = "median"
    """Which of the runs it is."""

    def __str__(self) -> str:
        verdict = "" if self.value <= self.most else "   OVER"
        return f"{self.what:<72} {self.value:>9.3f} {self.unit:<3} (at most {self.most:g}; {self.which} of {self.runs}){verdict}"


def seconds(work: Callable[[], object], runs: int) -> float:
    """The median time of `work`."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def processor(work: Callable[[], object], runs: int) -> float:
    """The processor time of `work`, in milliseconds, in the quickest of its runs: that in which others disturbed least."""
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken) * 1000


def run(
    *command: str,
    environment: Mapping[str, str] | None = None,
    into: Path | None = None,
    codes: Collection[int] = (0,),
) -> None:
    """Run a program to its end; another exit code than these stops the bench."""
    with Path(into or os.devnull).open("wb") as out:
        done = subprocess.run(_located(command), env=environment, check=False, stdout=out)
    if done.returncode not in codes:
        raise subprocess.CalledProcessError(done.returncode, command)


def most_memory_of(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """What a program had in memory when that was most, in MiB, as the kernel counted it."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return used.ru_maxrss / 1024


def _located(command: Sequence[str]) -> list[str]:
    program = PROGRAMS / command[0]
    return [str(program) if program.exists() else command[0], *command[1:]]


def memory_of(process: int) -> float:
    """The proportional set size of a process and its children, in megabytes; of one that ends meanwhile, nothing."""
    import psutil

    total = 0
    for each in [psutil.Process(process), *psutil.Process(process).children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            total += each.memory_full_info().pss
    return total / 1e6
