"""`kill -9` at any moment: what is there afterwards is whole, and the same command goes on."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from panah.vault import workspace
from support.processes import MEMBER, Panah, confined_readers, end, eventually
from support.visitor import Visitor

pytestmark = pytest.mark.attack

MADE_OLDER = """
from django.core.management import call_command
from django.db import connection
for package in ("cases", "dossier", "library", "search"):
    call_command("migrate", package, "zero", verbosity=0, interactive=False)
with connection.cursor() as cursor:
    cursor.execute("PRAGMA user_version = 1")
"""


def moments(seconds: float, how_many: int = 8) -> list[float]:
    """Moments spread over the time that something takes."""
    return [seconds * number / how_many for number in range(1, how_many + 1)]


class TestInit:
    def test_leaves_what_the_next_attempt_clears_away(self, tmp_path):
        began = time.monotonic()
        Panah(tmp_path, home=tmp_path / "whole").begun()
        for number, moment in enumerate(moments(time.monotonic() - began)):
            machine = Panah(tmp_path, home=tmp_path / f"home{number}")
            self.killed_after(machine, moment)
            if "keyring.json" not in machine.files():
                machine.begun()
            machine.does("find", "words")
            assert sorted(machine.files()) == ["keyring.json", "workspace.db"]

    def test_is_cleared_away_at_every_step(self, tmp_path):
        """Killed as soon as a file is there."""
        for step in ("keyring.unfinished.json", "workspace.db", "workspace.db-wal", "workspace.db-shm"):
            machine = Panah(tmp_path, home=tmp_path / step)
            process = machine.start("init", "--member", MEMBER)
            eventually(lambda home=machine.home, step=step: (home / step).exists(), step)
            end(process, signal.SIGKILL)
            if "keyring.json" not in machine.files():
                assert machine.run("find", "words").err.startswith("workspace-missing: ")
                machine.begun()
            machine.does("find", "words")

    def killed_after(self, machine: Panah, moment: float) -> None:
        process = machine.start("init", "--member", MEMBER)
        time.sleep(moment)  # not to wait for anything: to strike at a moment that nothing marks
        end(process, signal.SIGKILL)
        machine.home.mkdir(exist_ok=True)


class TestUpgrade:
    def test_goes_on_from_wherever_it_was(self, new_workspace, tmp_path):
        older = new_workspace.copied(tmp_path)
        assert older.python(MADE_OLDER).code == 0
        began = time.monotonic()
        (tmp_path / "timed").mkdir()
        older.copied(tmp_path / "timed").does("upgrade")
        for number, moment in enumerate(moments(time.monotonic() - began)):
            folder = tmp_path / str(number)
            folder.mkdir()
            machine = older.copied(folder)
            process = machine.start("upgrade")
            time.sleep(moment)
            end(process, signal.SIGKILL)
            machine.does("upgrade")
            machine.does("find", "words")
            assert machine.lines("upgrade")[0]["version"] == workspace.schema_version()


class TestWorkbench:
    def test_reads_afterwards_what_it_was_reading(self, panah):
        papers = {f"{number}.txt": f"Invented paper {number}.\n\n".encode() * 2000 for number in range(20)}
        with panah.served() as (address, process):
            visitor = Visitor(address).signed_in()
            assert visitor.hand_in(papers).status == 302
            eventually(lambda: confined_readers(process.pid), "a reader")
            end(process, signal.SIGKILL)
        with panah.served() as (address, process):
            visitor = Visitor(address).signed_in()
            eventually(lambda: self.found(panah) == len(papers), "all of them read")
            assert end(process).code == 0
        assert {line["outcome"] for line in panah.lines("ingest", *self.on_disk(panah.folder, papers))} == {"already"}
        assert panah.does("ledger", "verify").out.startswith("OK")

    def found(self, panah: Panah) -> int:
        return len({hit["document"] for hit in panah.lines("find", "invented", "--limit", "10000")})

    def on_disk(self, folder: Path, papers: dict[str, bytes]) -> list[Path]:
        for name, content in papers.items():
            (folder / name).write_bytes(content)
        return [folder / name for name in papers]

    def test_leaves_no_reader_behind(self, panah):
        (panah.folder / "slow.txt").write_text("A word. " * 4_000_000)
        process = panah.start("ingest", "slow.txt")
        readers = eventually(lambda: confined_readers(process.pid), "a reader")
        end(process, signal.SIGKILL)
        eventually(lambda: not any(reader.is_running() for reader in readers), "their end")
