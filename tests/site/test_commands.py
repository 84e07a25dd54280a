"""What every command promises to whoever types it, and to the scripts that call it."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

import panah as package
from support.processes import Panah, end, ended, one_line_error, stops
from support.terminals import CTRL_C, Terminal
from support.workbench import DEMO, REFERENCE

CLI = Path(package.__file__).parents[2] / "docs" / "reference" / "cli.md"
UYGHUR = "پاسپورت ۋە لاگېر"
MANY = 60
"""Papers enough to be interrupted in the middle of."""


@pytest.fixture(scope="module")
def stocked(new_workspace: Panah, tmp_path_factory) -> Panah:
    """A workspace with the invented case; tests add to it, and take nothing away."""
    stocked = new_workspace.copied(tmp_path_factory.mktemp("stocked"))
    stocked.does("case", "import", DEMO)
    return stocked


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    """A folder of many papers."""
    heap = tmp_path / "heap"
    heap.mkdir()
    for number in range(MANY):
        (heap / f"{number:03}.txt").write_text(f"Invented paper {number}.\n\n" + "A word and a word.\n\n" * 40)
    return heap


@pytest.fixture(scope="module")
def words(stocked: Panah) -> dict[str, str]:
    """What the commands are asked about: two new papers, an Original, a sealed bundle."""
    for name in ("older", "newer"):
        (stocked.folder / f"{name}.txt").write_text(f"The {name} one of two invented papers.")
    older, newer = stocked.lines("ingest", "older.txt", "newer.txt")
    return {"older": older["document"], "newer": newer["document"], "digest": older["id"], "demo": str(DEMO)}


def documented() -> dict[str, list[str]]:
    """The keys of each command's JSON line, in their order, as the handbook has them."""
    rows = re.findall(r"^\| `([a-z -]+)` \| `(\{.*\})` \|", CLI.read_text(), re.MULTILINE)
    return {name: list(json.loads(shape)) for name, shape in rows}


class TestJsonLines:
    @pytest.mark.parametrize(
        "command",
        [
            "key",
            "find passport",
            "examine {case}",
            "ledger custody {digest}",
            "quote {older} invented",
            pytest.param("upgrade", marks=pytest.mark.attack),
            pytest.param("ledger verify", marks=pytest.mark.attack),
            pytest.param("case list", marks=pytest.mark.attack),
            pytest.param("supersede {older} {newer}", marks=pytest.mark.attack),
            pytest.param("case export {case} exported", marks=pytest.mark.attack),
            pytest.param("case import {demo} --reference another", marks=pytest.mark.attack),
            pytest.param("seal {case} -o sealed.zip", marks=pytest.mark.attack),
        ],
    )
    def test_are_all_that_is_said_and_have_the_documented_keys(self, stocked, words, command):
        lines = stocked.lines(*command.format(case=REFERENCE, **words).split())
        name = next(name for name in documented() if f"{command} ".startswith(f"{name} "))
        assert lines
        assert all(list(line) == documented()[name] for line in lines)
        assert len({line["id"] for line in lines}) == len(lines)

    @pytest.mark.attack
    def test_of_a_sealed_bundle_are_the_checks(self, stocked):
        stocked.does("seal", REFERENCE, "-o", "checked.zip")
        checks = stocked.does("checked.zip", "--json", program="panah-verify").lines()
        assert all(list(check) == documented()["panah-verify"] for check in checks)

    def test_account_for_every_file_and_the_exit_code_says_that_one_was_refused(self, stocked):
        (stocked.folder / "read.txt").write_text("A paper that is read.")
        (stocked.folder / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0 no words")
        done = stocked.run("ingest", "read.txt", "picture.jpg", "nowhere.txt", "--json")
        assert (done.code, done.err) == (1, "")
        lines = {line["path"]: line for line in done.lines()}
        assert {path: line["outcome"] for path, line in lines.items()} == {
            "read.txt": "read", "picture.jpg": "refused", "nowhere.txt": "refused",
        }  # fmt: skip
        assert all(list(line) == documented()["ingest"] for line in lines.values())
        assert all(line["code"] and line["reason"] for line in lines.values() if line["outcome"] == "refused")

    def test_of_nothing_found_are_none(self, stocked):
        assert stocked.does("find", "zebra", "--json").out == ""

    def test_are_never_begun_by_what_could_not_be_done(self, stocked):
        assert one_line_error(stocked.run("find", '"', "--json"))[0] == "query-unbalanced"


class TestUsage:
    @pytest.mark.parametrize(
        ("command", "says"),
        [
            ("kin", "Missing argument 'DOCUMENT'. See panah kin --help."),
            ("nosuch", "No such command 'nosuch'. See panah --help."),
            ("ingest --nosuch here", "No such option '--nosuch'. See panah ingest --help."),
            ("case import nowhere", "does not exist. See panah case import --help."),
            ("find words --limit many", "See panah find --help."),
            ("seal 2026-001", "Missing option '-o' / '--output'. See panah seal --help."),
        ],
    )
    def test_that_is_wrong_is_one_line(self, tmp_path, command, says):
        code, sentence = one_line_error(Panah(tmp_path).run(*command.split()))
        assert code == "usage-wrong"
        assert sentence.endswith(says)

    def test_words_that_are_no_text_are_refused(self, tmp_path):
        code, sentence = one_line_error(Panah(tmp_path).run("find", "\udcff\udcfe"))
        assert (code, "not text in UTF-8" in sentence) == ("usage-wrong", True)

    def test_help_needs_no_workspace_and_no_passphrase(self, tmp_path):
        asked = Panah(tmp_path).without("PANAH_PASSPHRASE")
        assert asked.does("ingest", "--help").out.startswith("Usage: panah ingest")
        assert not asked.home.exists()


class TestWhoeverReadsTheAnswer:
    def test_may_leave_early(self, stocked):
        """As `panah find ... | head -1` does."""
        process = stocked.start("find", "the", "--limit", "1000", "--json")
        assert process.stdout
        assert json.loads(process.stdout.readline())["id"]
        process.stdout.close()
        process.stdout = None
        assert ended(process) == (0, "", "")

    def test_may_leave_early_and_the_work_is_done_to_its_end(self, panah, heap):
        process = panah.start("ingest", heap, "--json")
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        process.stdout = None
        assert ended(process) == (0, "", "")
        assert len(panah.lines("find", "invented", "--limit", "1000")) == MANY

    @pytest.mark.attack
    def test_may_be_a_full_disk(self, stocked):
        with Path("/dev/full").open("w") as full:
            done = stocked.run("find", "the", stdout=full)
        assert one_line_error(done)[0] == "output-lost"

    @pytest.mark.attack
    @pytest.mark.parametrize("closed", [0, 1, 2])
    def test_may_not_be_there_at_all(self, stocked, closed):
        done = stocked.run("find", "zebra", preexec_fn=lambda: os.close(closed))
        assert (done.code, done.err) == (0, "")

    @pytest.mark.attack
    @pytest.mark.parametrize("name", ["out-\udcff", "چىقىش", "a\nb"])
    def test_is_told_any_name_of_a_file(self, stocked, name):
        line = stocked.lines("case", "export", REFERENCE, f"{name}-folder")[0]
        assert (stocked.folder / line["path"]).is_dir()


@pytest.mark.parametrize(
    "language", ["C", pytest.param("POSIX", marks=pytest.mark.attack), pytest.param("", marks=pytest.mark.attack)]
)
class TestLanguageOfTheMachine:
    def test_keeps_no_name_and_no_word_from_being_read(self, panah, language):
        (panah.folder / f"{UYGHUR}.txt").write_text(f"{UYGHUR}، 难民")
        asked = panah.without(LANG=language, LC_ALL=language)
        taken = asked.lines("ingest", f"{UYGHUR}.txt", "--collection", UYGHUR)[0]
        assert (taken["outcome"], taken["path"]) == ("read", f"{UYGHUR}.txt")
        hit = asked.lines("find", "لاگېر", "--collection", UYGHUR)[0]
        assert (hit["title"], hit["words"]) == (f"{UYGHUR}.txt", f"{UYGHUR}، 难民")


_TIDYING = """
import os, signal, sys
from panah.site import crashes, terminal

class Thing:
    def __del__(self):
        os.kill(os.getpid(), getattr(signal, sys.argv[1]))
        for number in range(1000):
            pass

crashes.say_no_words()
terminal.prepare()
try:
    thing = Thing()
    del thing
    signal.pause()
except KeyboardInterrupt:
    print("stopped")
"""


class TestToldToStop:
    def test_by_ctrl_c_an_ingest_accounts_for_what_it_did_and_goes_on_later(self, panah, heap):
        with Terminal(panah, "ingest", heap) as terminal:
            terminal.sees("Taking in  [#")
            terminal.types(CTRL_C)
            assert terminal.ends() == 2
            *report, last = terminal.seen.rstrip("\n").splitlines()
        assert last.startswith("told-to-stop: ")
        counts = re.fullmatch(r"(\d+) read, 0 already here, 0 refused\.", report[-1])
        assert counts, terminal.seen
        assert 0 < int(counts[1]) < MANY
        assert sum(line.startswith("read ") for line in report) == int(counts[1])
        self.nothing_is_lost(panah, heap)

    @pytest.mark.attack
    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
    def test_by_whoever_else_it_says_so_in_a_sentence(self, panah, heap, how):
        process = panah.start("ingest", heap, "--json")
        assert process.stdout
        first = json.loads(process.stdout.readline())
        done = end(process, how)
        assert (done.code, done.err.count("\n"), done.err.startswith("told-to-stop: ")) == (2, 1, True)
        assert {line["outcome"] for line in [first, *done.lines()]} == {"read"}
        self.nothing_is_lost(panah, heap)

    @pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
    def test_while_python_tidies_up_it_stops_a_moment_later(self, panah, how):
        done = panah.run("-c", _TIDYING, how, program=Path(sys.executable).name)
        assert done == (0, "stopped\n", "")

    def nothing_is_lost(self, panah: Panah, heap: Path) -> None:
        outcomes = Counter(line["outcome"] for line in panah.lines("ingest", heap))
        assert outcomes["read"] > 0
        assert outcomes["read"] + outcomes["already"] == MANY
        assert len(panah.lines("find", "invented", "--limit", "1000")) == MANY

    @pytest.mark.parametrize("how", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.attack)])
    def test_the_workbench_closes_and_locks(self, panah, how):
        with panah.served() as (_, process):
            done = end(process, how)
        assert done == (0, "Panah is closed, and the workspace is locked.\n", "")

    def test_by_ctrl_c_the_workbench_closes_and_locks(self, panah):
        with Terminal(panah, "serve", "--port", "0") as terminal:
            terminal.sees("Panah is open at ")
            terminal.types(CTRL_C)
            assert terminal.ends() == 0
            assert terminal.seen.endswith("Panah is closed, and the workspace is locked.\n")

    @pytest.mark.attack
    def test_every_one_of_its_processes_ends(self, panah, heap):
        """As a service manager ends a service: it tells all of them, and the readers leave that to who watches them."""
        process = panah.start("ingest", heap, "--json", start_new_session=True)
        assert process.stdout
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGTERM)
        try:
            done = ended(process)
        finally:
            stops([process])
        assert (done.code, {line["outcome"] for line in done.lines()} <= {"read"}) == (2, True)
        self.nothing_is_lost(panah, heap)


class TestProgress:
    def test_is_a_bar_at_a_terminal_and_nothing_in_a_pipe(self, panah):
        (panah.folder / "paper.txt").write_text("A paper.")
        with Terminal(panah, "ingest", "paper.txt") as terminal:
            assert terminal.ends() == 0
        assert "Taking in  [####" in terminal.seen
        assert terminal.seen.endswith("1 read, 0 already here, 0 refused.\n")
        assert panah.does("ingest", "paper.txt").out.endswith("0 read, 1 already here, 0 refused.\n")


class TestForked:
    """Most tests run commands as forks of a process that has Panah loaded: they say what a process says that was started."""

    @pytest.mark.parametrize(
        ("command", "said"),
        [
            ("find passport --json", {}),
            ("capture http://10.0.0.1/", {"PANAH_CAPTURE": "direct"}),
            ("key", {"PANAH_IDLE_MINUTES": "nonsense"}),
        ],
    )
    def test_says_what_a_new_process_says(self, stocked, command, said):
        asked = stocked.without(**said)
        forked, started = (asked.run(*command.split(), anew=anew) for anew in (False, True))
        assert forked == started
        assert ("setting-unusable" in forked.err) is ("nonsense" in said.values())
