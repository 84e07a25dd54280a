"""Taking in files, as `panah ingest` does it."""

from pathlib import Path

import pytest

from panah.library.bulk import regular_files, taken_in
from panah.library.queries import Shelf


@pytest.fixture
def take_in(member, library, now, readers):
    """Takes in files and folders as `panah ingest` does; the outcomes in the order of their paths."""

    def take_in(*paths, collection="Library", listed=None):
        outcomes = taken_in(
            regular_files(map(Path, paths)), listed=listed or {}, shelf=Shelf(library, collection), readers=readers, by=member,
            clock=lambda: now,
        )  # fmt: skip
        return sorted(outcomes, key=lambda outcome: outcome.path)

    return take_in


@pytest.fixture
def folder(tmp_path):
    """A folder with three papers, one of them in a folder inside."""
    (tmp_path / "inside").mkdir()
    (tmp_path / "a.txt").write_text("The first paper.")
    (tmp_path / "b.html").write_text("<title>Second</title><p>The second paper.")
    (tmp_path / "inside" / "c.txt").write_text("The third paper.")
    return tmp_path
