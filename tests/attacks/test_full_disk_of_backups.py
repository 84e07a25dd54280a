"""A full disk under a backup or a restored workspace: one sentence, and nothing half-done."""

from __future__ import annotations

import pytest

from panah.proof import age
from support.processes import Panah, SmallDisk, one_line_error

pytestmark = pytest.mark.attack
IDENTITY, RECIPIENT = age.new_identity()


@pytest.fixture
def kept(panah) -> Panah:
    (panah.folder / "identity.txt").write_text(IDENTITY)
    (panah.folder / "paper.txt").write_text("An invented paper. " * 60_000)
    panah.does("ingest", "paper.txt")
    return panah


@pytest.fixture
def other(tmp_path):
    (tmp_path / "other").mkdir()
    with SmallDisk(tmp_path / "other", "6m") as disk:
        yield disk


class TestBackup:
    @pytest.mark.parametrize("leave", [0, 100_000, 1_000_000])
    def test_leaves_no_file_and_makes_it_later(self, kept, other, leave):
        beside = Panah(kept.folder, home=kept.home, inside=other.inside)
        ballast = other.fill(leave)
        backup = ("backup", other.place / "b.age", "--to", RECIPIENT)
        assert one_line_error(beside.run(*backup))[0] == "disk-full"
        assert [path.name for path in other.seen.iterdir()] == ["ballast"]
        ballast.unlink()
        beside.does(*backup)
        assert kept.does("ledger", "verify").out.startswith("OK")


class TestRestore:
    @pytest.mark.parametrize("leave", [0, 8192, 300_000, 1_000_000])
    def test_leaves_no_workspace_and_makes_it_later(self, kept, other, leave):
        kept.does("backup", "b.age", "--to", RECIPIENT)
        beside = Panah(kept.folder, home=other.place / "home", inside=other.inside)
        restore = ("restore", kept.folder / "b.age", "--identity", kept.folder / "identity.txt")
        ballast = other.fill(leave)
        assert one_line_error(beside.run(*restore))[0] == "disk-full"
        assert [path.name for path in other.seen.iterdir()] == ["ballast"]
        ballast.unlink()
        beside.does(*restore)
        assert beside.does("ledger", "verify").out.startswith("OK")
