"""A home in which a workspace is made: one at the end, or as it was before."""

import fcntl
import os
import stat

import pytest

from panah.vault import keyring
from panah.vault.beginning import UNFINISHED, FolderNotEmpty, WorkspaceBeingMade, building
from panah.vault.files import NotWritable


class BrokeOff(Exception):
    pass


def left_behind(home):
    """What a process leaves that is killed while it makes a workspace."""
    home.mkdir(exist_ok=True)
    for name in (UNFINISHED, "workspace.db", "workspace.db-wal"):
        (home / name).write_bytes(b"half")


def break_off_in(home):
    left_behind(home)
    raise BrokeOff


@pytest.fixture(params=["new", "empty", "of a killed attempt", "a disk of its own"])
def home(request, tmp_path):
    home = tmp_path / "home"
    if request.param == "empty":
        home.mkdir()
    if request.param == "of a killed attempt":
        left_behind(home)
    if request.param == "a disk of its own":
        (home / "lost+found").mkdir(parents=True)
    return home


class TestBuilding:
    def test_makes_a_workspace_of_it_that_nobody_else_sees(self, home):
        with building(home):
            (home / UNFINISHED).write_bytes(b"keys")
            assert not keyring.exists(home)
        assert (home / keyring.FILE).read_bytes() == b"keys"
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert {path.name for path in home.iterdir()} <= {keyring.FILE, "lost+found"}

    def test_leaves_nothing_where_it_breaks_off(self, home):
        before = home.is_dir()
        with pytest.raises(BrokeOff), building(home):
            break_off_in(home)
        assert home.is_dir() == before
        assert not before or {path.name for path in home.iterdir()} <= {"lost+found"}

    def test_is_not_begun_where_a_workspace_is(self, tmp_path):
        (tmp_path / keyring.FILE).write_bytes(b"keys")
        with pytest.raises(keyring.WorkspaceExists), building(tmp_path):
            pytest.fail("it was begun")
        assert (tmp_path / keyring.FILE).read_bytes() == b"keys"

    def test_is_not_begun_among_other_things(self, tmp_path):
        (tmp_path / "letters").mkdir()
        with pytest.raises(FolderNotEmpty), building(tmp_path):
            pytest.fail("it was begun")
        assert [path.name for path in tmp_path.iterdir()] == ["letters"]

    def test_is_not_begun_while_another_makes_it(self, tmp_path):
        left_behind(tmp_path)
        theirs = os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(theirs, fcntl.LOCK_EX)
        with pytest.raises(WorkspaceBeingMade), building(tmp_path):
            pytest.fail("it was begun")
        os.close(theirs)
        assert (tmp_path / UNFINISHED).read_bytes() == b"half"

    @pytest.mark.parametrize("below", [".", "home"])
    def test_is_not_begun_in_what_is_no_folder(self, tmp_path, below):
        (tmp_path / "paper").write_bytes(b"words")
        with pytest.raises(NotWritable), building(tmp_path / "paper" / below):
            pytest.fail("it was begun")
        assert (tmp_path / "paper").read_bytes() == b"words"
