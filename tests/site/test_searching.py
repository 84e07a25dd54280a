"""The workbench's quicker engine: opened when it is unlocked, sealed when it is locked, and never on a disk in plain."""

import pytest

from panah.search.engines import memory

WORD = "zumretgul"

OPENED = """
import sys
from pathlib import Path
from panah import text
from panah.library import queries
from panah.library.models import Collection
from panah.search import queries as search
from panah.search.engines import at_hand, fts5_ranking
from panah.site import searching
folder = Path(sys.argv[1])
folder.mkdir()
following = searching.opened(folder)
print("opened at", following.seen.entry)
at_hand.take_up(following)
assert following.catch_up()

def found(words):
    assert at_hand.engine() is not fts5_ranking
    shelves = list(Collection.objects.values_list("pk", flat=True))
    return search.find(text.parsed(words), kind="passage", shelves=shelves, limit=9).total

print("found", found("zumretgul"), found("camp"))
"""
SEALED = OPENED + "assert following.close(); searching.seal(following, following.folder)\n"


@pytest.fixture
def workspace(panah, tmp_path):
    """A workspace with two papers."""
    for name, words in (("one.txt", f"An invented camp, and {WORD}."), ("two.txt", "An invented camp.")):
        (tmp_path / name).write_text(words, encoding="utf-8")
        panah.does("ingest", str(tmp_path / name))
    return panah


def lines(ended):
    assert ended.code == 0, ended.err
    return ended.out.splitlines()


class TestSealedIndex:
    def test_is_opened_where_it_ended_and_follows_what_came_meanwhile(self, workspace, tmp_path):
        assert lines(workspace.python(SEALED, str(tmp_path / "a"))) == ["opened at 0", "found 1 2"]
        (tmp_path / "three.txt").write_text("Another camp.", encoding="utf-8")
        workspace.does("ingest", str(tmp_path / "three.txt"))
        assert lines(workspace.python(SEALED, str(tmp_path / "b"))) == ["opened at 2", "found 1 3"]
        assert lines(workspace.python(SEALED, str(tmp_path / "c"))) == ["opened at 3", "found 1 3"]

    def test_shows_no_word(self, workspace, tmp_path):
        workspace.python(SEALED, str(tmp_path / "a"))
        files = workspace.files()
        assert "search.sealed" in files
        assert not any(WORD.encode() in content for content in files.values())

    @pytest.mark.parametrize(
        "harm",
        [
            lambda file: file.unlink(),
            lambda file: file.write_bytes(b""),
            lambda file: file.write_bytes(file.read_bytes()[:-5_000]),
            lambda file: file.write_bytes(file.read_bytes()[:3_000] + b"x" + file.read_bytes()[3_001:]),
        ],
        ids=["missing", "empty", "cut short", "changed"],
    )
    def test_is_made_anew_where_it_cannot_be_opened(self, workspace, tmp_path, harm):
        workspace.python(SEALED, str(tmp_path / "a"))
        harm(workspace.home / "search.sealed")
        assert lines(workspace.python(SEALED, str(tmp_path / "b"))) == ["opened at 0", "found 1 2"]
        assert lines(workspace.python(SEALED, str(tmp_path / "c"))) == ["opened at 2", "found 1 2"]

    def test_is_made_anew_after_an_upgrade(self, workspace, tmp_path):
        workspace.python(SEALED, str(tmp_path / "a"))
        newer = "from panah.search.engines import tantivy\ntantivy.VERSION = 'another'\n"
        assert lines(workspace.python(newer + OPENED, str(tmp_path / "b"))) == ["opened at 0", "found 1 2"]

    def test_has_no_key_any_more_when_what_is_in_it_was_erased(self, workspace, tmp_path):
        workspace.python(SEALED, str(tmp_path / "a"))
        gone = "from panah.search import actions, queries\nactions.purge()\nfrom panah.search.models import Sealed\n"
        assert lines(workspace.python(gone + "print(Sealed.objects.count())", str(tmp_path / "b"))) == ["0"]


class TestSearching:
    WHOLE = (
        "from panah.search.engines import at_hand, fts5_ranking, memory\n"
        "from panah.site.searching import Searching\n"
        "searching = Searching()\nsearching.start()\nsearching.chosen.wait()\n"
        "[folder] = [each.resolve() for each in memory.base(terms=1).glob('panah-search-*') if each == searching.folder]\n"
        "print(at_hand.engine() is not fts5_ranking, folder.is_dir())\n"
        "searching.end()\nprint(at_hand.engine() is not fts5_ranking, folder.is_dir())\n"
    )

    def test_seals_what_it_had_and_leaves_nothing_in_memory(self, workspace):
        try:
            memory.base(terms=1)
        except memory.NoPlaceInMemory as error:
            pytest.skip(error.sentence)
        assert lines(workspace.python(self.WHOLE)) == ["True True", "False False"]
        assert (workspace.home / "search.sealed").is_file()

    def test_ends_with_the_workbench(self, workspace):
        with workspace.served() as (_, process):
            pass
        assert process.returncode == 0

    def test_refuses_where_it_must_be_quick_and_cannot(self, workspace):
        ended = workspace.without(PANAH_SEARCH="tantivy", XDG_RUNTIME_DIR="/nowhere").python(
            "from pathlib import Path\nfrom panah.search.engines import memory\n"
            "memory.MOUNTS = Path('/nowhere')\nfrom panah.site.searching import insist\ninsist()\n"
        )
        assert "NoPlaceInMemory" in ended.err


class TestDoctor:
    @pytest.mark.parametrize(("chosen", "says"), [("fts5", "Search in the workbench: FTS5; PANAH_SEARCH says so.")])
    def test_tells_by_what_the_workbench_searches(self, panah, chosen, says):
        assert says in panah.without(PANAH_SEARCH=chosen).run("doctor").out.splitlines()
