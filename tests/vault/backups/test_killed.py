"""`kill -9` while a workspace is backed up, restored or checked: no half file, and everything still holds."""

import random
import signal
import time

import pytest

from panah.vault.backups.making import SNAPSHOT
from support.processes import Panah, end

from .conftest import RECIPIENT

RANDOM = random.Random(20261126)
pytestmark = pytest.mark.attack
MOMENTS = 34
"""Thirty-four moments of three commands: about a hundred."""


@pytest.fixture
def large(safe, tmp_path) -> Panah:
    """A workspace that takes a while to read."""
    panah = safe.panah.copied(tmp_path)
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"Invented paper {number} again. " * 300_000)
    panah.does("ingest", *sorted(tmp_path.glob("*.txt")))
    return panah


def killed(panah: Panah, whole: float, *command) -> None:
    """Start a command that takes `whole` seconds, and strike at a moment that nothing marks."""
    process = panah.start(*command)
    time.sleep(RANDOM.uniform(0, whole))
    end(process, signal.SIGKILL)


def timed(panah: Panah, *command) -> float:
    began = time.monotonic()
    panah.does(*command)
    return time.monotonic() - began


def test_a_backup_is_whole_or_not_there(large, safe, tmp_path):
    whole = timed(large, "backup", "timed.age", "--to", RECIPIENT)
    there = []
    for number in range(MOMENTS):
        killed(large, whole, "backup", f"{number}.age", "--to", RECIPIENT)
        there += [f"{number}.age"] if (tmp_path / f"{number}.age").exists() else []
        assert {path.name for path in tmp_path.glob("*.age")} == {"timed.age", *there}
    large.does("backup", "last.age", "--to", RECIPIENT)
    assert not [name for name in large.files() if name.startswith(SNAPSHOT)]
    for number, name in enumerate([*there[:3], "last.age"]):
        machine = Panah(tmp_path, home=tmp_path / f"restored{number}")
        machine.does("restore", name, "--identity", safe.identity)
    assert large.does("ledger", "verify").out.startswith("OK")
    assert large.does("fixity").out.startswith("OK: ")


def test_a_restored_workspace_is_whole_or_not_there(large, safe, tmp_path):
    large.does("backup", "large.age", "--to", RECIPIENT)
    restore = ("restore", tmp_path / "large.age", "--identity", safe.identity)
    whole = timed(Panah(tmp_path, home=tmp_path / "timed"), *restore)
    machine = Panah(tmp_path, home=tmp_path / "restored")
    for _ in range(MOMENTS):
        killed(machine, whole, *restore)
        if (machine.home / "keyring.json").exists():
            assert machine.does("fixity").out.startswith("OK: ")
            machine = Panah(tmp_path, home=machine.home.with_name(machine.home.name + "+"))
        else:
            assert machine.run("find", "words").err.startswith("workspace-missing: ")
    machine.does(*restore)  # where the last one left its beginning
    assert machine.does("ledger", "verify").out.startswith("OK")
    assert machine.does("fixity").out.startswith("OK: ")
    assert sorted(path.name for path in machine.home.iterdir()) == ["keyring.json", "objects", "workspace.db"]


def test_a_fixity_check_goes_on(large):
    whole = timed(large, "fixity")
    for _ in range(MOMENTS):
        killed(large, whole, "fixity")
    assert large.does("fixity").out.startswith("OK: ")
    assert large.does("ledger", "verify").out.startswith("OK")
