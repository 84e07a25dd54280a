"""A file is whole or not there, whatever happens while it is written."""

import errno
import os
import stat
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.vault.files import DiskFull, Nascent, NotWritable, write_new
from support.processes import SmallDisk

WRITES = """
import sys
from pathlib import Path
from panah.vault.files import DiskFull, write_new
try:
    write_new(Path(sys.argv[1]) / "paper", (bytes(4096) for _ in range(int(sys.argv[2]))))
except DiskFull as full:
    print(full)
else:
    print("written")
"""


class Broken(Exception):
    pass


def breaking_off():
    yield b"the first half"
    raise Broken


@pytest.fixture
def without_unnamed_files(monkeypatch):
    """Some file systems know no files without a name."""
    monkeypatch.delattr(os, "O_TMPFILE")


@pytest.fixture(params=["unnamed", "hidden"])
def either_way(request):
    if request.param == "hidden":
        request.getfixturevalue("without_unnamed_files")


@pytest.mark.usefixtures("either_way")
class TestWriteNew:
    def test_writes_the_pieces_one_after_the_other(self, tmp_path):
        write_new(tmp_path / "paper", [b"one ", b"", b"two"])
        assert (tmp_path / "paper").read_bytes() == b"one two"

    def test_writes_for_the_owner_alone(self, tmp_path):
        write_new(tmp_path / "paper", [b"words"])
        assert stat.S_IMODE((tmp_path / "paper").stat().st_mode) == 0o600

    def test_leaves_nothing_of_what_breaks_off(self, tmp_path):
        with pytest.raises(Broken):
            write_new(tmp_path / "paper", breaking_off())
        assert list(tmp_path.iterdir()) == []

    def test_does_not_write_over_what_is_there(self, tmp_path):
        (tmp_path / "paper").write_bytes(b"what was there")
        with pytest.raises(FileExistsError):
            write_new(tmp_path / "paper", [b"something else"])
        assert (tmp_path / "paper").read_bytes() == b"what was there"
        assert list(tmp_path.iterdir()) == [tmp_path / "paper"]

    def test_does_not_write_through_a_link(self, tmp_path):
        (tmp_path / "paper").symlink_to("elsewhere")
        with pytest.raises(FileExistsError):
            write_new(tmp_path / "paper", [b"words"])
        assert not (tmp_path / "elsewhere").exists()

    def test_is_not_seen_under_its_name_before_it_is_whole(self, tmp_path):
        file = Nascent(tmp_path)
        file.write(b"half")
        assert not (tmp_path / "paper").exists()
        file.christen(tmp_path / "paper")
        file.discard()
        assert [path.name for path in tmp_path.iterdir()] == ["paper"]

    def test_leaves_nothing_when_nobody_holds_it_any_more(self, tmp_path):
        file = Nascent(tmp_path)
        file.write(b"half")
        del file
        assert list(tmp_path.iterdir()) == []

    def test_says_which_folder_is_missing(self, tmp_path):
        with pytest.raises(NotWritable) as refused:
            write_new(tmp_path / "gone" / "paper", [b"words"])
        assert str(tmp_path / "gone") in refused.value.sentence

    def test_says_what_is_no_folder(self, tmp_path):
        (tmp_path / "paper").write_bytes(b"words")
        with pytest.raises(NotWritable):
            write_new(tmp_path / "paper" / "page", [b"words"])


class TestRoundTrip:
    @given(pieces=st.lists(st.binary(max_size=5000), max_size=8))
    def test_gives_back_what_was_written(self, tmp_path_factory, pieces):
        path = tmp_path_factory.mktemp("written") / "paper"
        write_new(path, pieces)
        assert path.read_bytes() == b"".join(pieces)


class TestDiskFull:
    def test_is_said_and_leaves_nothing(self, tmp_path):
        with SmallDisk(tmp_path, "256k") as disk:
            said = subprocess.run(
                [*disk.inside, sys.executable, "-c", WRITES, disk.place, "1000"],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            assert said == f"{DiskFull()}\n"
            assert list(disk.seen.iterdir()) == []

    def test_is_over_when_there_is_room(self, tmp_path):
        with SmallDisk(tmp_path, "256k") as disk:
            command = [*disk.inside, sys.executable, "-c", WRITES, disk.place, "8"]
            ballast = disk.fill(leave=8192)
            full = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            ballast.unlink()
            room = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            assert (full.partition(":")[0], room) == ("disk-full", "written\n")
            assert (disk.seen / "paper").stat().st_size == 8 * 4096

    def test_is_also_the_end_of_what_a_user_may_write(self, tmp_path):
        """A quota, or a limit of the size of files, is a full disk to whoever meets it."""
        limited = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        limited += "resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000))\n"
        said = subprocess.run(
            [sys.executable, "-c", limited + WRITES, tmp_path, "10"], capture_output=True, text=True, check=True
        ).stdout
        assert said == f"{DiskFull()}\n"
        assert list(tmp_path.iterdir()) == []


class TestOnAMemoryStick:
    """FAT knows neither files without a name nor second names."""

    @pytest.fixture(autouse=True)
    def _fat(self, without_unnamed_files, monkeypatch):
        def refuse(*_arguments, **_more):
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(os, "link", refuse)

    def test_a_file_gets_its_name_all_the_same(self, tmp_path):
        write_new(tmp_path / "paper", [b"whole"])
        assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("paper", b"whole")]

    def test_nothing_is_written_over(self, tmp_path):
        (tmp_path / "paper").write_bytes(b"first")
        with pytest.raises(FileExistsError):
            write_new(tmp_path / "paper", [b"second"])
        assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("paper", b"first")]
