"""A full disk: one sentence, nothing half-done, and when room is made the same command goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.processes import MEMBER, PASSPHRASE, Panah, SmallDisk, end, one_line_error
from support.visitor import Visitor
from support.workbench import DEMO, REFERENCE

PAPER = "The applicant was held. "

pytestmark = pytest.mark.attack


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with SmallDisk(tmp_path, "48m") as disk:
        yield disk


@pytest.fixture
def machine(disk: SmallDisk, new_workspace: Panah, tmp_path: Path) -> Panah:
    """A workspace on the small disk."""
    shutil.copytree(new_workspace.home, disk.seen / "home")
    return Panah(tmp_path, home=disk.place / "home", inside=disk.inside)


@pytest.fixture
def with_case(machine: Panah) -> Panah:
    machine.does("case", "import", DEMO)
    return machine


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(12):
        (papers / f"{number:02}.txt").write_text(f"Invented paper {number}.\n\n" + f"{PAPER}\n\n" * 2000)
    return papers


class TestInit:
    def test_makes_nothing_and_makes_it_later(self, disk, tmp_path):
        machine = Panah(tmp_path, home=disk.place / "home", inside=disk.inside)
        for leave in (0, 4096, 8192, 65536, 262144):
            ballast = disk.fill(leave)
            assert one_line_error(machine.run("init", "--member", MEMBER))[0] == "disk-full"
            assert not (disk.seen / "home").exists()
            ballast.unlink()
        machine.does("init", "--member", MEMBER)
        machine.does("find", "words")


class TestIngest:
    @pytest.mark.parametrize("leave", [0, 8192, 200_000, 1_000_000])
    def test_stops_and_goes_on(self, machine, disk, papers, leave):
        ballast = disk.fill(leave)
        done = machine.run("ingest", papers, "--json")
        assert (done.code, done.err.startswith("disk-full: "), done.err.count("\n")) == (2, True, 1), done
        assert {line["outcome"] for line in done.lines()} <= {"read"}
        ballast.unlink()
        self.is_whole(machine, papers)

    def is_whole(self, machine: Panah, papers: Path) -> None:
        again = machine.lines("ingest", papers)
        assert len(again) == 12
        assert {line["outcome"] for line in again} <= {"read", "already"}
        assert len({hit["document"] for hit in machine.lines("find", "applicant", "--limit", "10000")}) == 12
        assert machine.does("ledger", "verify").out.startswith("OK")


class TestQuote:
    def test_keeps_nothing_and_keeps_it_later(self, machine, disk, papers):
        document = machine.lines("ingest", papers / "00.txt")[0]["document"]
        ballast = disk.fill()
        assert one_line_error(machine.run("quote", document, "Invented paper 0."))[0] == "disk-full"
        ballast.unlink()
        assert machine.lines("quote", document, "Invented paper 0.")[0]["start"] == 0


class TestSeal:
    @pytest.mark.parametrize("leave", [0, 200_000])
    def test_with_a_full_workspace_leaves_no_bundle(self, with_case, disk, leave, tmp_path):
        ballast = disk.fill(leave)
        assert one_line_error(with_case.run("seal", REFERENCE, "-o", tmp_path / "sealed.zip"))[0] == "disk-full"
        assert not (tmp_path / "sealed.zip").exists()
        ballast.unlink()
        self.verifies(with_case, tmp_path / "sealed.zip")

    def test_onto_a_full_disk_leaves_no_bundle(self, panah, tmp_path):
        """The workspace has room; where the bundle is to go, there is none."""
        panah.does("case", "import", DEMO)
        (tmp_path / "other").mkdir()
        with SmallDisk(tmp_path / "other", "4m") as other:
            beside = Panah(panah.folder, home=panah.home, inside=other.inside)
            ballast = other.fill(100_000)
            done = beside.run("seal", REFERENCE, "-o", other.place / "sealed.zip")
            assert one_line_error(done)[0] == "disk-full"
            assert [path.name for path in other.seen.iterdir()] == ["ballast"]
            ballast.unlink()
            self.verifies(beside, other.place / "sealed.zip")

    def verifies(self, machine: Panah, bundle: Path) -> None:
        machine.does("seal", REFERENCE, "-o", bundle)
        machine.does(bundle, program="panah-verify")
        assert machine.does("ledger", "verify").out.startswith("OK")


class TestExport:
    @pytest.mark.parametrize("leave", [0, 100_000])
    def test_leaves_no_folder_and_writes_it_later(self, with_case, disk, leave):
        ballast = disk.fill(leave)
        assert one_line_error(with_case.run("case", "export", REFERENCE, disk.place / "exported"))[0] == "disk-full"
        assert sorted(path.name for path in disk.seen.iterdir()) == ["ballast", "home"]
        ballast.unlink()
        with_case.does("case", "export", REFERENCE, disk.place / "exported")


class TestImport:
    def test_of_a_case_keeps_nothing_and_keeps_it_later(self, machine, disk):
        ballast = disk.fill(300_000)
        assert one_line_error(machine.run("case", "import", DEMO))[0] == "disk-full"
        ballast.unlink()
        assert machine.does("case", "list").out == ""
        machine.does("case", "import", DEMO)


class TestWorkbench:
    def test_says_so_and_goes_on(self, machine, disk):
        with machine.served() as (address, process):
            visitor = Visitor(address).signed_in(MEMBER, PASSPHRASE)
            ballast = disk.fill()
            answer = visitor.hand_in({"paper.txt": PAPER.encode() * 10_000})
            assert (answer.status, "disk-full" in answer.page) == (507, True)
            ballast.unlink()
            assert visitor.hand_in({"paper.txt": PAPER.encode() * 10_000}).status == 302
            assert end(process).code == 0
        assert machine.does("ledger", "verify").out.startswith("OK")
