"""Work as people do it: at a desk in this process, and at a `panah serve` that runs as a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

import panah

DEMO = Path(panah.__file__).parent / "site" / "demo"
"""The folder of the invented case."""
REFERENCE = "2026-001"
NAME, PASSPHRASE = "Invented Member", "an invented passphrase"
BEGINNING = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PROGRAMS = Path(sys.executable).parent
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SECONDS = 30


class Desk:
    """A member at work in this process, one second after another."""

    def __init__(self, member, readers) -> None:
        self.member = member
        self._readers = readers
        self._time = BEGINNING

    def now(self) -> datetime:
        """A second later than before."""
        self._time += timedelta(seconds=1)
        return self._time

    @property
    def act(self) -> dict:
        """Who acts, and when."""
        return {"by": self.member, "now": self.now()}

    def paper(self, content: str | bytes, *, shelf="Library", path="paper.txt", kind="text/plain", read=True, **said):
        """A document, taken in and read."""
        from panah.library import actions
        from panah.vault import workspace

        kept = workspace.store().keep([content.encode() if isinstance(content, str) else content])
        details = actions.Details(**said)
        document, _ = actions.shelve(
            kept=kept, media_type=kind, path=path, collection=shelf, details=details, **self.act
        )
        extractor = self._readers.extractors.get(kind)
        if read and actions.take_on(document=document, extractor=extractor, **self.act):
            self._readers.record(document, self._readers.read(document), **self.act)
        return document

    def quote(self, document, words: str, **where):
        """Words of a document."""
        from panah.library.actions import quote

        return quote(document=document, words=words, **where, **self.act)

    def case(self, reference="", called="Ms Invented", frameworks=(), **said):
        """A case, under the law that is named."""
        from panah.cases import actions

        case = actions.open_case(called=called, reference=reference, **said, **self.act)
        actions.choose_frameworks(case=case, framework_ids=frameworks, **self.act)
        return case

    def fact(self, case, words="She was held in 2018.", *, supported_by=None, stance="supports", **said):
        """A fact, with something beside it where that is given."""
        from panah.cases import actions
        from panah.law import Stance
        from panah.library.models import Quotation

        fact = actions.state_fact(case=case, words=words, **said, **self.act)
        if supported_by is not None:
            as_what = "quotation" if isinstance(supported_by, Quotation) else "paper"
            actions.support(fact=fact, stance=Stance(stance), **{as_what: supported_by}, **self.act)
        return fact

    def imported(self, folder: Path = DEMO, **said):
        """A case from a folder."""
        from panah.cases.folder import import_case

        return import_case(folder, **said, by=self.member, clock=self.now)

    def exported(self, case, folder: Path) -> Path:
        """A case in a new folder."""
        from panah.cases.folder import export_case

        export_case(case, folder, **self.act)
        return folder


class Workspace:
    """A workspace of its own, worked in by child processes as a person would at a terminal."""

    def __init__(self, home: Path, passphrase: str = PASSPHRASE) -> None:
        self.home = home
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PANAH_", "DJANGO_"))}
        self.environment = kept | {"PANAH_HOME": str(home), "PANAH_PASSPHRASE": passphrase, "LANG": "C.UTF-8"}

    @classmethod
    def made(cls, home: Path) -> Workspace:
        """A new one, with one member."""
        workspace = cls(home)
        workspace.panah("init", "--member", NAME)
        return workspace

    def copied(self, home: Path) -> Workspace:
        """Another with the same keys and content."""
        shutil.copytree(self.home, home)
        return Workspace(home)

    def panah(self, *arguments: str | Path) -> str:
        """What a command writes; it must succeed."""
        return ran("panah", *arguments, environment=self.environment).stdout

    @contextmanager
    def serving(self, **settings: str) -> Iterator[Serving]:
        """`panah serve` until the end of the block; `settings` are put into its environment."""
        command = [PROGRAMS / "panah", "serve", "--port", "0"]
        with (self.home.parent / f"{self.home.name}.log").open("w+b") as log:
            process = subprocess.Popen(
                command, env=self.environment | settings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log
            )
            try:
                yield Serving(process, _address(process), Path(log.name))
            finally:
                process.terminate()
                try:
                    process.wait(SECONDS)
                finally:
                    process.kill()
                    process.wait()
                    process.stdout.close()


class Serving:
    """A workbench that listens."""

    def __init__(self, process: subprocess.Popen, address: str, log: Path) -> None:
        self.pid = process.pid
        self.address = address
        self._log = log

    @property
    def log(self) -> str:
        """What it said on standard error so far."""
        return self._log.read_text(encoding="utf-8")


def ran(program: str, *arguments: str | Path, environment=None, check=True) -> subprocess.CompletedProcess[str]:
    """A program of this installation, run to its end."""
    command = [PROGRAMS / program, *arguments]
    ended = subprocess.run(
        command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False
    )
    assert not check or ended.returncode == 0, ended.stderr
    return ended


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _address(process: subprocess.Popen) -> str:
    """The address that the workbench prints when it listens."""
    first: Queue[bytes] = Queue()
    Thread(target=lambda: first.put(process.stdout.readline()), daemon=True).start()
    try:
        line = first.get(timeout=SECONDS).decode()
    except Empty:
        line = ""
    assert line.startswith("Panah is open at http://127.0.0.1:"), line or "the workbench did not start"
    return line.split()[4]


@contextmanager
def launched():
    """Chromium, or a skip that says why not."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine, so the workbench was not opened")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the workbench was not opened")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


def sign_in(page, address: str) -> None:
    """Sign in as the member of the workspace."""
    page.goto(address)
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.locator("main button").click()
    page.wait_for_url(address)
