"""`panah` and `panah-verify` as a user runs them: child processes with a home, a temporary folder and an environment of their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar
from urllib.parse import urlsplit

import psutil
import pytest

from support.forking import Forks, Order

Found = TypeVar("Found")

BESIDE_US = Path(sys.executable).parent
PASSPHRASE = "an invented passphrase"
PASSWORD = "four invented words here"
"""What a member chooses who is asked for one."""
MEMBER = "Invented Member"
PATIENCE = 120
"""Seconds after which a process that does not end is a failure."""

FORKED = {"panah": "panah", "panah-verify": "panah-verify", Path(sys.executable).name: "python"}
"""The programs that are run as forks (`forking.py`), and what these are called there."""
ONLY_AT_START = {
    "LC_ALL",
    "PYTHONWARNINGS",
    "PYTHONHASHSEED",
    "PYTHONUTF8",
    "PYTHONOPTIMIZE",
    "COVERAGE_PROCESS_START",
    "COVERAGE_PROCESS_CONFIG",
}
"""What Python asks its environment for when it starts."""
_FORKS = Forks()

LEAST = """
import os
from panah import proof
from panah.proof import passphrase

def least(cls):
    return cls(salt=os.urandom(16).hex(), memory=passphrase.LEAST_MEMORY_KIB, passes=1)

proof.Parameters.fresh = classmethod(least)
"""
"""Has keys wrapped with the least work that Panah accepts of a passphrase: an eighth of what it takes by itself."""
_REWRAP = f"""{LEAST}
from panah.vault import keyring
keyring.change_passphrase(workspace.home(), workspace.keys(), sys.argv[1])
"""
_UNLOCKED = """
import sys
from panah.site.command import set_up
set_up()
from panah.vault import workspace
workspace.unlock(workspace.given_passphrase())
"""


_PAPERS: dict[str, dict[str, list[str]]] = {}


def papers_at(host: str) -> dict[str, list[str]]:
    """The recovery codes of each member, by name, of the workspace that is served at a host and port."""
    return _PAPERS.setdefault(host, {})


class Ended(NamedTuple):
    """How a process ended, and what it said."""

    code: int
    out: str
    err: str

    def lines(self) -> list[dict[str, Any]]:
        """Its JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


class Panah:
    """One workspace, and the commands that are run on it. Nothing of the tests' own environment reaches them."""

    def __init__(self, folder: Path, *, home: Path | None = None, inside: Sequence[str] = ()) -> None:
        self.folder = folder
        self.home = home or folder / "home"
        self.inside = list(inside)
        self.papers: dict[str, list[str]] = {}
        self.temporary = folder / "temporary"
        self.temporary.mkdir(exist_ok=True)
        self.environment = {
            "PATH": os.environ.get("PATH", ""),
            "LANG": "C.UTF-8",
            "HOME": str(folder),
            "TMPDIR": str(self.temporary),
            "PANAH_HOME": str(self.home),
            "PANAH_PASSPHRASE": PASSPHRASE,
            "PANAH_PASSWORD": PASSWORD,
            **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
        }

    def begun(self) -> Panah:
        """Make the workspace."""
        self.does("init", "--member", MEMBER)
        return self

    def opened_quickly(self) -> Panah:
        """Wrap its keys anew, with the least work."""
        done = self.python(_REWRAP, PASSPHRASE)
        assert (done.code, done.err) == (0, ""), done
        return self

    def copied(self, folder: Path) -> Panah:
        """The same workspace in another folder: cheaper than making one."""
        shutil.copytree(self.home, folder / "home")
        return Panah(folder)

    def start(self, *arguments: str | Path, program: str = "panah", **more: Any) -> subprocess.Popen[str]:
        """A command that goes on running."""
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
        command = [*self.inside, BESIDE_US / program, *arguments]
        return subprocess.Popen(command, env=self.environment, cwd=self.folder, encoding="utf-8", **pipes)

    def run(self, *arguments: str | Path, program: str = "panah", anew: bool = False, **more: Any) -> Ended:
        """A command, to its end; `anew` in a process that has loaded nothing before."""
        anew = anew or bool(more or self.inside) or any(isinstance(each, bytes) for each in arguments)
        if anew or program not in FORKED or not self.environment.keys().isdisjoint(ONLY_AT_START):
            return ended(self.start(*arguments, program=program, **more))
        order = Order(FORKED[program], [os.fspath(each) for each in arguments], str(self.folder), self.environment)
        return Ended(*_FORKS.run(order, PATIENCE))

    def does(self, *arguments: str | Path, program: str = "panah", **more: Any) -> Ended:
        """A command that does what it was asked, and says nothing on standard error."""
        done = self.run(*arguments, program=program, **more)
        assert (done.code, done.err) == (0, ""), done
        return done

    def lines(self, *arguments: str | Path) -> list[dict[str, Any]]:
        """The JSON lines of a command that does what it was asked."""
        return self.does(*arguments, "--json").lines()

    def python(self, program: str, *arguments: str, **more: Any) -> Ended:
        """A Python program that finds Django loaded and the workspace unlocked."""
        return self.run("-c", _UNLOCKED + program, *arguments, program=Path(sys.executable).name, **more)

    def start_python(self, program: str, *arguments: str, **more: Any) -> subprocess.Popen[str]:
        """Such a program, running."""
        return self.start("-c", _UNLOCKED + program, *arguments, program=Path(sys.executable).name, **more)

    def without(self, *names: str, **others: str) -> Panah:
        """The same workspace, asked with another environment."""
        asked = Panah(self.folder, home=self.home, inside=self.inside)
        asked.environment = {name: value for name, value in self.environment.items() if name not in names} | others
        return asked

    def files(self) -> dict[str, bytes]:
        """Every file of the workspace and its bytes."""
        return {
            path.relative_to(self.home).as_posix(): path.read_bytes() for path in self.home.rglob("*") if path.is_file()
        }

    @contextmanager
    def served(self) -> Iterator[tuple[str, subprocess.Popen[str]]]:
        """The workbench: its address, and its process."""
        process = self.start("serve", "--port", "0")
        try:
            assert process.stdout
            said = process.stdout.readline()
            assert said.startswith("Panah is open at http://localhost:"), (said, process.poll())
            address = said.split()[4]
            _PAPERS[urlsplit(address).netloc] = self.papers
            yield address, process
        finally:
            end(process)


class SmallDisk:
    """A disk of a few bytes, in memory, that only processes started `inside` it see; the test sees it at `seen`."""

    def __init__(self, folder: Path, size: str) -> None:
        """`size` as tmpfs takes it: `512k`. Skips the test where a user may not mount anything."""
        self.place = folder / "disk"
        self.place.mkdir()
        mount = f'mount -t tmpfs -o size={size},mode=700 tmpfs "$0" && echo mounted && exec cat'
        self._keeper = subprocess.Popen(
            ["unshare", "--map-root-user", "--mount", "sh", "-c", mount, self.place],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._keeper.stdout
        if self._keeper.stdout.readline() != "mounted\n":
            _, said = self._keeper.communicate()
            pytest.skip(
                f"this machine lets nobody mount a small disk in memory, so a full one is not tried: {said.strip()}"
            )
        number = self._keeper.pid
        self.seen = Path(f"/proc/{number}/root{self.place}")
        self.inside = ["nsenter", f"--target={number}", "--user", "--mount", "--preserve-credentials", "--"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._keeper.communicate()

    def fill(self, leave: int = 0) -> Path:
        """Fill it up but for `leave` bytes; to remove what fills it is to make room."""
        ballast = self.seen / "ballast"
        with ballast.open("wb", buffering=0) as stream:
            with suppress(OSError):
                while stream.write(bytes(4096)) == 4096:
                    pass
            stream.truncate(max(0, stream.tell() - leave))
        return ballast


def ended(process: subprocess.Popen[str]) -> Ended:
    """Wait for a process."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired as late:
        late.add_note(_what_it_waits_for(process))
        process.kill()
        process.communicate()
        raise
    return Ended(process.returncode, out or "", err or "")


def _what_it_waits_for(process: subprocess.Popen[str]) -> str:
    """Whether it is there, what its threads wait for in the kernel, and which programs it left that may hold its output open."""
    try:
        waits = {each.parent.name: each.read_text() for each in Path(f"/proc/{process.pid}/task").glob("*/wchan")}
    except OSError as gone:
        waits = {"gone": str(gone)}
    others = [line for child in descendants(process.pid) if (line := command_line(child))]
    return f"exit code {process.poll()}; threads wait for {waits}; children: {others}"


def end(process: subprocess.Popen[str], how: int = signal.SIGTERM) -> Ended:
    """Tell a process to end, and wait for it."""
    if process.poll() is None:
        process.send_signal(how)
    return ended(process)


def confined_readers(process: int) -> list[psutil.Process]:
    """The programs that read documents for a process."""
    return [child for child in descendants(process) if "panah.library.extractors.confined" in command_line(child)]


def descendants(process: int) -> list[psutil.Process]:
    """The processes that a process started, and those that these started."""
    try:
        return psutil.Process(process).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def command_line(process: psutil.Process) -> str:
    """What a process was started with; empty where it is gone."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def eventually(look: Callable[[], Found], what: str, *, seconds: float = PATIENCE) -> Found:
    """Look until there is something to be seen. Where there never is, that is a failure."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"never seen: {what}"
        time.sleep(0.01)
    return found


def without_privileges() -> None:
    """For `preexec_fn`: the superuser, too, is then refused what the permissions of a file refuse."""
    import ctypes

    drop_from_bounds, override, read_and_search = 24, 1, 2
    for capability in (override, read_and_search):
        ctypes.CDLL(None).prctl(drop_from_bounds, capability, 0, 0, 0)


def one_line_error(done: Ended) -> tuple[str, str]:
    """The code and the sentence of what could not be done: one line on standard error, exit code 2, nothing else."""
    assert done.code == 2, done
    assert done.out == "", done
    assert done.err.count("\n") == 1, done
    code, _, sentence = done.err.rstrip("\n").partition(": ")
    return code, sentence


def stops(processes: Sequence[subprocess.Popen[str]]) -> None:
    """End whatever of these still runs."""
    for process in processes:
        if process.poll() is None:
            process.kill()
            process.communicate()
