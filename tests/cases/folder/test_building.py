"""An exported case is in plain: its folder comes whole or not, and what a killed export left does not lie about for ever."""

from __future__ import annotations

import signal

import pytest

from panah.cases.folder import FolderTaken
from panah.cases.folder.building import HIDDEN, building
from support.processes import end, eventually
from support.workbench import DEMO, REFERENCE, tree

BUILDS = """
from pathlib import Path
from panah.cases.folder.building import building

with building(Path(sys.argv[1])) as folder:
    (folder / "papers").mkdir()
    (folder / "papers" / "001.txt").write_text("Her account, in plain.")
    print("begun", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def builds(panah):
    """A process that builds a folder until it is told to come to an end."""

    def builds(target):
        process = panah.start_python(BUILDS, str(target), stdin=-1)
        assert process.stdout.readline() == "begun\n"
        return process

    return builds


def build(target, then) -> None:
    """Build a folder in which something happens before it is done."""
    with building(target) as folder:
        (folder / "case.yaml").write_text("panah: case/1")
        then()


def hidden(folder) -> list:
    return sorted(folder.glob(f"{HIDDEN}*"))


class TestKilled:
    def test_leaves_what_the_next_one_to_the_same_place_removes(self, builds, tmp_path):
        end(builds(tmp_path / "exported"), signal.SIGKILL)
        (left,) = hidden(tmp_path)
        assert list(tree(left)) == ["papers/001.txt"]
        with building(tmp_path / "exported") as folder:
            assert hidden(tmp_path) == [folder]
            (folder / "case.yaml").write_text("panah: case/1")
        assert hidden(tmp_path) == []
        assert tree(tmp_path / "exported") == {"case.yaml": b"panah: case/1"}

    def test_while_the_command_writes_it_can_be_asked_again(self, panah, tmp_path):
        panah.does("case", "import", DEMO)
        (tmp_path / "out").mkdir()
        process = panah.start("case", "export", REFERENCE, tmp_path / "out" / "exported")
        eventually(
            lambda: list((tmp_path / "out").glob("*/papers/*")) or process.poll() is not None, "a paper in plain"
        )
        end(process, signal.SIGKILL)
        panah.does("case", "export", REFERENCE, tmp_path / "out" / "again")
        assert hidden(tmp_path / "out") == []
        assert len(tree(tmp_path / "out" / "again")) == 58


class TestLeftAlone:
    def test_is_what_another_process_builds_at_this_moment(self, builds, tmp_path):
        process = builds(tmp_path / "first")
        with building(tmp_path / "second"):
            assert len(hidden(tmp_path)) == 2
        process.communicate("")
        assert list(tree(tmp_path / "first")) == ["papers/001.txt"]
        assert (tmp_path / "second").is_dir()

    def test_is_what_is_not_certainly_ours(self, tmp_path):
        somebody_s = tmp_path / "somebody's"
        for folder in (somebody_s, tmp_path / f"{HIDDEN}notes", tmp_path / f"{HIDDEN}{'0' * 17}"):
            folder.mkdir()
            (folder / "a.txt").write_text("Mine.")
        (tmp_path / f"{HIDDEN}{'1' * 16}").symlink_to(somebody_s)
        (tmp_path / f"{HIDDEN}{'2' * 16}").write_text("Mine.")
        (tmp_path / f"{HIDDEN}{'3' * 16}").mkdir()
        before, there = tree(tmp_path), hidden(tmp_path)
        with building(tmp_path / "exported"):
            pass
        assert (tree(tmp_path), hidden(tmp_path)) == (before, there)


class TestFailed:
    def test_leaves_nothing(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            build(tmp_path / "exported", (tmp_path / "nowhere").read_text)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "take", [lambda path: path.write_text("Mine."), lambda path: (path / "mine").mkdir(parents=True)]
    )
    def test_writes_over_nothing_that_came_meanwhile(self, tmp_path, take):
        with pytest.raises(FolderTaken):
            build(tmp_path / "exported", lambda: take(tmp_path / "exported"))
        assert hidden(tmp_path) == []
        assert (tmp_path / "exported" / "mine").is_dir() or (tmp_path / "exported").read_text() == "Mine."
