"""A plain index lies in memory alone, in a folder that nobody else opens; and what a crash left is removed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from panah.search.engines import memory
from panah.search.engines.memory import NoPlaceInMemory, Place

SHARED = Path("/dev/shm")
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir() or memory.kind_of(SHARED) not in memory.IN_MEMORY, reason="there is no folder in memory here"
)


@pytest.fixture
def base():
    """A folder in memory of this test alone."""
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(dir=SHARED))
    yield folder
    shutil.rmtree(folder)


class TestPlace:
    def test_is_private_and_gone_when_it_is_let_go_of(self, base):
        place = Place(terms=1, candidates=[base])
        assert place.folder.parent == base
        assert place.folder.stat().st_mode & 0o777 == 0o700
        (place.folder / "index").mkdir()
        (place.folder / "index" / "postings").write_bytes(b"plain")
        place.let_go()
        assert list(base.iterdir()) == []

    def test_removes_what_a_killed_process_left_and_nothing_else(self, base):
        code = (
            "import os, signal, sys; from pathlib import Path; from panah.search.engines.memory import Place\n"
            "place = Place(terms=1, candidates=[Path(sys.argv[1])]); (place.folder / 'postings').write_text('plain')\n"
            "os.kill(os.getpid(), signal.SIGKILL)\n"
        )
        subprocess.run([sys.executable, "-c", code, base], check=False)
        (base / "of-another").mkdir()
        [left] = base.glob("panah-search-*/postings")
        one = Place(terms=1, candidates=[base])
        assert not left.exists()
        other = Place(terms=1, candidates=[base])
        assert {one.folder, other.folder, base / "of-another"} == set(base.iterdir())
        one.let_go()
        other.let_go()

    @pytest.mark.parametrize(
        ("terms", "candidates", "reason"),
        [
            (1, [], "no folder that is in memory"),
            (1, [Path("/proc"), Path("/nowhere")], "no folder that is in memory"),
            (1 << 60, [SHARED], "MiB free"),
        ],
    )
    def test_is_refused_with_the_reason(self, terms, candidates, reason):
        with pytest.raises(NoPlaceInMemory, match=reason):
            Place(terms=terms, candidates=candidates)

    def test_is_never_on_a_disk(self, tmp_path):
        if memory.kind_of(tmp_path) in memory.IN_MEMORY:
            pytest.skip("the folder of tests is in memory here")
        with pytest.raises(NoPlaceInMemory):
            memory.base(terms=1, candidates=[tmp_path])

    def test_is_where_the_session_says_too(self, base, monkeypatch):
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(base))
        assert os.fspath(base) in map(os.fspath, memory._candidates())
