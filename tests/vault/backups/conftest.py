from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from panah.proof import age
from support.processes import Panah

IDENTITY, RECIPIENT = age.new_identity()
PAPER = "An invented paper number {}: she was held, ئۇيغۇر, 护照.\n\n"


class Safe(NamedTuple):
    """A workspace, one backup of it, and the file of the identity that opens it."""

    panah: Panah
    backup: Path
    identity: Path


@pytest.fixture(scope="session")
def safe(new_workspace, tmp_path_factory) -> Safe:
    """A workspace with papers, and a backup; tests only look at them."""
    panah = new_workspace.copied(tmp_path_factory.mktemp("panah-safe"))
    papers = panah.folder / "papers"
    papers.mkdir()
    for number in range(8):
        (papers / f"{number}.txt").write_text(PAPER.format(number) * (1 + number * 400))
    panah.does("ingest", papers)
    identity = panah.folder / "identity.txt"
    identity.write_text(f"# invented\n{IDENTITY}\n")
    panah.does("backup", "safe.age", "--to", RECIPIENT)
    return Safe(panah, panah.folder / "safe.age", identity)


@pytest.fixture
def elsewhere(tmp_path) -> Panah:
    """Another machine, where there is no workspace yet."""
    (tmp_path / "elsewhere").mkdir()
    return Panah(tmp_path / "elsewhere")
