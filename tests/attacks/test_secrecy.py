"""Nothing of a document, a name or a question is ever in plain on the disk: not while Panah works, not when it is killed.

Rare words in three scripts are handed in by every way there is. What is looked through afterwards is every file under
the home of the person, the folder for temporary files and the working folder, and every file that a process has open.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
from pathlib import Path
from urllib.parse import quote

import pytest

from support import planted
from support.planted import ALL, CHINESE, ENGLISH, PLANTED, SENTENCE, UYGHUR
from support.processes import PASSPHRASE, Panah, command_line, confined_readers, descendants, end, eventually
from support.visitor import Visitor

CASE = f"""\
panah: case/1
reference: R-1
called: {ENGLISH}
note: {ALL}
frameworks: [cat-3]
names: [{{name: {UYGHUR}, script: Arab}}, {{name: {CHINESE}, script: Hans}}]
papers: [{{file: papers/1.txt, title: {ALL}, source: {ENGLISH} Press}}]
statements: [{{words: "{SENTENCE}", occasion: {ALL}}}]
facts:
  - words: "{SENTENCE}"
    supports: [{{stance: supports, quote: {{paper: papers/1.txt, words: {ENGLISH}}}, note: {ALL}}}]
findings: [{{framework: cat-3, element: CAT3.1, words: "{SENTENCE}", reasons: {ALL}}}]
"""


@pytest.fixture(scope="module")
def given(tmp_path_factory) -> Path:
    """What is handed in: in another place than those that are looked through."""
    given = tmp_path_factory.mktemp("given")
    (given / "papers").mkdir()
    for name, content in planted.papers().items():
        (given / "papers" / name).write_bytes(content)
    listed = {"file": f"papers/{UYGHUR}.txt", "title": ALL, "publisher": ALL, "url": f"https://{ENGLISH}.example"}
    (given / "manifest.jsonl").write_text(json.dumps(listed))
    (given / "case" / "papers").mkdir(parents=True)
    (given / "case" / "case.yaml").write_text(CASE)
    (given / "case" / "papers" / "1.txt").write_text(f"{SENTENCE}\n\nAnother paragraph.")
    return given


@pytest.fixture(scope="module")
def machine(tmp_path_factory) -> Panah:
    """A workspace of a member with a planted name."""
    machine = Panah(tmp_path_factory.mktemp("machine"))
    machine.does("init", "--member", ALL)
    return machine


@pytest.fixture(scope="module")
def worked(machine: Panah, given: Path) -> Panah:
    """After a day's work with every command."""
    taken = machine.run(
        "ingest", given / "papers", "--manifest", given / "manifest.jsonl", "--collection", ALL, "--json"
    )
    outcomes = {Path(line["path"]).name: line["outcome"] for line in taken.lines() if not line["inside"]}
    assert outcomes == {name: "refused" if name.endswith(".jpg") else "read" for name in planted.papers()}
    assert [line["outcome"] for line in taken.lines() if line["inside"]] == ["read"]
    document = next(line["document"] for line in taken.lines() if line["path"].endswith(f"{UYGHUR}.txt"))
    for word in PLANTED:
        assert len({hit["document"] for hit in machine.lines("find", word, "--collection", ALL)}) >= 5
    machine.does("quote", document, SENTENCE)
    machine.does("case", "import", given / "case")
    machine.does("seal", "R-1", "-o", given / "sealed.zip")
    return machine


class TestTheSearchItself:
    @pytest.mark.parametrize("name", planted.papers())
    def test_finds_the_words_in_what_was_handed_in(self, name):
        assert planted.found_in(planted.papers()[name]) or name.endswith(".pdf")  # its letters are numbers of glyphs

    def test_finds_them_in_names_and_in_files(self, tmp_path):
        (tmp_path / f"{UYGHUR}.txt").touch()
        (tmp_path / "kept").write_bytes(b"\0" * 1000 + ENGLISH.upper().encode("utf-16-be"))
        assert len(planted.found_under(tmp_path)) == 2

    def test_finds_none_in_chance(self):
        import random

        assert not planted.found_in(random.Random(1).randbytes(1 << 20))


class TestAtRest:
    def test_no_word_is_in_plain_anywhere(self, worked):
        assert planted.found_under(worked.folder) == {}

    def test_nothing_is_left_outside_the_workspace(self, worked):
        assert sorted(path.name for path in worked.folder.iterdir()) == ["home", "temporary"]
        assert list(worked.temporary.iterdir()) == []

    def test_every_stored_byte_cannot_be_told_from_chance(self, worked):
        files = worked.files()
        assert {name for name, content in files.items() if not planted.is_noise(content)} == {"keyring.json"}
        assert len(files) > 10

    @pytest.mark.attack
    def test_the_same_document_has_another_name_in_another_workspace(self, worked, given, panah):
        """Whoever has a document cannot tell from the names on the disk that it is here."""
        panah.run("ingest", given / "papers")
        assert not {name for name in panah.files() if name.startswith("objects/")} & set(worked.files())


@pytest.mark.attack
class TestWhileItWorks:
    def test_and_after_it_was_killed_no_word_is_in_plain_anywhere(self, worked, given, tmp_path):
        log = tmp_path / "log"
        with log.open("w") as said:
            process = worked.start("serve", "--port", "0", "--json", stdout=said, stderr=said)
        with contextlib.ExitStack() as ends:
            ends.callback(end, process, signal.SIGKILL)
            eventually(lambda: log.read_text().endswith("\n"), "the workbench")
            visitor = Visitor(json.loads(log.read_text())["id"]).signed_in(ALL)
            self.works(visitor)
            ends.enter_context(contextlib.closing(self.half_an_upload(visitor)))
            uploaded = "/library/?q=" + quote(f'"{ENGLISH} uploaded"')
            eventually(lambda: "<mark" in visitor.look(uploaded).page, "the reading of what was uploaded")
            assert planted.found_under(worked.folder) == {}
            assert planted.found_in_open_files(process.pid) == {}
            self.tells_no_one(process.pid)
        assert planted.found_under(worked.folder) == {}
        assert planted.found_in(log.read_bytes()) == set()
        assert worked.does("ledger", "verify").out.startswith("OK")

    def works(self, visitor: Visitor) -> None:
        """Search, upload, quote, write and fail, as people do."""
        for page in (f"/library/?q={quote(ALL)}", f"/nowhere/{quote(ALL)}", f"/library/?q={quote(ALL)}%22"):
            assert ENGLISH in visitor.look(page).page or visitor.look(page).status == 404
        uploaded = {
            f"{UYGHUR}.txt": f"{ENGLISH} uploaded. {SENTENCE}".encode(),
            f"{ENGLISH}.pdf": b"%PDF-1.7 " + ALL.encode(),
        }
        assert visitor.hand_in(uploaded, collection=ALL, title=ALL, source=ALL).status == 302
        facts = "/cases/R-1/facts"
        assert visitor.fill(facts, words=SENTENCE).status == 302
        assert visitor.fill("/cases/R-1/seal", at="/cases/R-1/dossier").status == 302

    def half_an_upload(self, visitor: Visitor) -> http.client.HTTPConnection:
        """An upload that hangs in the middle: its first half has arrived."""
        body = visitor.packed({f"{ENGLISH}.txt": SENTENCE.encode() * 50_000}, {"collection": ALL})
        connection = http.client.HTTPConnection(visitor.host)
        connection.putrequest("POST", "/library/add")
        for name, value in visitor.headers(visitor.packed_type).items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body[: len(body) // 2])
        return connection

    def tells_no_one(self, process: int) -> None:
        """What the system shows of the readers to everybody: no name, no word, no passphrase."""
        readers = confined_readers(process)
        assert readers
        for child in descendants(process):
            shown = command_line(child).encode() + Path(f"/proc/{child.pid}/environ").read_bytes()
            assert planted.found_in(shown) == set()
            assert PASSPHRASE.encode() not in shown


@pytest.mark.attack
class TestKilled:
    @pytest.mark.parametrize("papers", range(1, 7))
    def test_an_ingest_leaves_no_word_in_plain(self, panah, given, papers):
        """Killed after the first, the second ... paper."""
        process = panah.start("ingest", given / "papers", "--json")
        assert process.stdout
        for _ in range(papers):
            process.stdout.readline()
        for child in descendants(process.pid):
            assert planted.found_in(command_line(child).encode()) == set()
        end(process, signal.SIGKILL)
        assert planted.found_under(panah.folder) == {}


CRASHES = {
    "in the program": "raise ValueError(words)",
    "in a thread": "import threading; thread = threading.Thread(target=int, args=[words]); thread.start(); thread.join()",
    "while it is collected": "type('Odd', (), {'__del__': lambda self: int(words)})()",
    "after another failure": "\ntry:\n    int(words)\nexcept ValueError as error:\n    raise KeyError(words) from error",
    "of the recursion": "\ndef deeper(words):\n    return deeper(words + words[:1])\ndeeper(words)",
    "in a note": "error = ValueError(words); error.add_note(words); raise error",
    "of a group": "raise ExceptionGroup(words, [ValueError(words)])",
    "in a log": "from panah.site.command import set_up; set_up(); import logging; logging.getLogger('django').error('%s', words)",
    "in a broken log": "from panah.site.command import set_up; set_up(); import logging; logging.getLogger('django').error('%d %d', words)",
    "in a warning": "import warnings; warnings.simplefilter('always'); warnings.warn(words)",
}


class TestCrashes:
    @pytest.mark.parametrize("crash", CRASHES)
    def test_tell_no_word(self, tmp_path, crash):
        program = "import sys\nfrom panah.site import crashes\ncrashes.say_no_words()\nwords = sys.stdin.read()\n"
        (tmp_path / "words").write_text(ALL)
        with (tmp_path / "words").open() as words:
            done = Panah(tmp_path).run("-c", program + CRASHES[crash], program="python", stdin=words)
        assert planted.found_in((done.out + done.err).encode()) == set()
        assert "Traceback" not in done.err

    @pytest.mark.attack
    def test_of_a_command_tell_no_word_and_leave_none(self, worked, tmp_path):
        """A file stands where the folder of objects should be: a failure that nobody foresaw."""
        broken = worked.copied(tmp_path)
        document = broken.lines("find", UYGHUR)[0]["document"]
        (broken.home / "objects").rename(tmp_path / "elsewhere")
        (broken.home / "objects").write_text("no folder")
        done = broken.run("quote", document, SENTENCE)
        assert (done.code, done.out, done.err.startswith("internal-error: ")) == (2, "", True)
        assert planted.found_in(done.err.encode()) == set()
        assert planted.found_under(tmp_path) == {}
