"""`panah backup` and `panah restore`: everything is given back, on another machine, or nothing is."""

import fcntl
import io
import os
import stat
import tarfile
from pathlib import Path

import pytest

from panah.proof import age
from panah.team.actions import join
from panah.team.joining import NotAdministering
from panah.vault.backups import making
from support.processes import PASSPHRASE, Panah, one_line_error
from support.terminals import Terminal

from .conftest import IDENTITY, RECIPIENT

OTHER_IDENTITY, OTHER_RECIPIENT = age.new_identity()


def opened(backup) -> bytes:
    """The tar file in a backup."""
    target = io.BytesIO()
    age.decrypt(io.BytesIO(backup.read_bytes()), target, age.identities(IDENTITY))
    return target.getvalue()


def entries(backup) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(opened(backup))) as tar:
        return {each.name: tar.extractfile(each).read() for each in tar}


VERBS = """
from panah.team.models import LedgerLine
print(*LedgerLine.objects.order_by("seq").values_list("verb", flat=True), sep=";")
"""

OBJECT_OF = """
from panah.library.models import Document
from panah.vault.data_keys import store_of
original = Document.objects.get(path__endswith=sys.argv[1]).original
with store_of(original.compartment_id)._found(original.digest)[0] as file:
    print(file.name)
"""


def verbs(panah: Panah) -> list[str]:
    """What was done, by the ledger, oldest first."""
    return panah.python(VERBS).out.strip().split(";")


class TestRoundTrip:
    def test_gives_back_everything_on_another_machine(self, safe, elsewhere):
        done = elsewhere.does("restore", safe.backup, "--identity", safe.identity)
        assert done.out.startswith(f"Restored into {elsewhere.home}: 8 objects.")
        before, after = safe.panah.files(), elsewhere.files()
        assert {name for name in after if not name.startswith("workspace.db")} == {
            name for name in before if not name.startswith("workspace.db")
        }
        assert all(
            after[name] == before[name] for name in after if name.startswith("objects/") or name == "keyring.json"
        )
        assert elsewhere.does("ledger", "verify").out.startswith("OK")
        assert (
            elsewhere.does("find", "held", "--limit", "100").out
            == safe.panah.does("find", "held", "--limit", "100").out
        )
        assert elsewhere.does("fixity").out.startswith("OK: 8 stored objects")
        assert elsewhere.does("key").out == safe.panah.does("key").out

    def test_the_ledger_tells_of_it_on_both_sides(self, safe, elsewhere):
        elsewhere.does("restore", safe.backup, "--identity", safe.identity)
        assert verbs(elsewhere)[-2:] == ["began backup", "restored"]
        assert verbs(safe.panah)[-2:] == ["began backup", "backed up"]

    def test_its_files_are_for_their_owner_alone(self, safe, elsewhere):
        elsewhere.does("restore", safe.backup, "--identity", safe.identity)
        modes = {stat.S_IMODE(path.stat().st_mode) for path in [safe.backup, *elsewhere.home.rglob("*")]}
        assert modes == {0o600, 0o700}
        assert stat.S_IMODE(elsewhere.home.stat().st_mode) == 0o700

    def test_a_place_can_be_named(self, safe, tmp_path):
        machine = Panah(tmp_path)
        [line] = machine.lines("restore", safe.backup, "there", "--identity", safe.identity)
        assert line == {
            "id": str(tmp_path / "there"), "objects": 8, "broken": 0, "ledger_broken_at": None, "code": ""
        }  # fmt: skip
        assert Panah(tmp_path, home=tmp_path / "there").does("ledger", "verify").out.startswith("OK")
        assert not machine.home.exists()

    def test_other_programs_open_it(self, safe, tmp_path):
        """Without Panah: age, then tar, give the folder of a workspace."""
        home = tmp_path / "home"
        with tarfile.open(fileobj=io.BytesIO(opened(safe.backup))) as tar:
            tar.extractall(home, filter="data")
        home.chmod(0o700)
        assert Panah(tmp_path).does("ledger", "verify").out.startswith("OK")

    def test_to_several_and_to_those_in_a_file(self, safe, tmp_path, elsewhere):
        (tmp_path / "team.txt").write_text(f"# the board\n{OTHER_RECIPIENT}\n\n")
        (tmp_path / "other.txt").write_text(OTHER_IDENTITY)
        to = ["--to", RECIPIENT, "--to-file", tmp_path / "team.txt"]
        safe.panah.does("backup", tmp_path / "several.age", *to)
        elsewhere.does("restore", tmp_path / "several.age", "--identity", tmp_path / "other.txt")
        assert len(entries(tmp_path / "several.age")) == 13

    def test_to_a_passphrase_from_a_file(self, safe, tmp_path, elsewhere):
        (tmp_path / "words").write_text("words of the backup\n")
        (tmp_path / "words").chmod(0o600)
        given = {"PANAH_BACKUP_PASSPHRASE_FILE": str(tmp_path / "words")}
        [made] = safe.panah.without(**given).lines("backup", tmp_path / "b.age", "--passphrase")
        assert (made["objects"], made["size"]) == (8, (tmp_path / "b.age").stat().st_size)
        elsewhere.without(**given).does("restore", tmp_path / "b.age")

    def test_to_a_passphrase_that_is_asked(self, safe, tmp_path, elsewhere):
        with Terminal(safe.panah, "backup", tmp_path / "b.age", "--passphrase") as terminal:
            terminal.answers("Passphrase for the backup: ", "words of the backup")
            terminal.answers("The same again: ", "words of the backup")
            assert terminal.ends() == 0
        with Terminal(elsewhere, "restore", tmp_path / "b.age") as terminal:
            terminal.answers("Passphrase of the backup: ", "words of the backup")
            assert terminal.ends() == 0
        assert elsewhere.does("ledger", "verify").out.startswith("OK")

    def test_from_a_pipe(self, safe, elsewhere):
        with safe.backup.open("rb") as stream:
            elsewhere.does("restore", "/dev/stdin", "--identity", safe.identity, stdin=stream)


class TestWhileInUse:
    def test_is_of_one_moment(self, safe, tmp_path, elsewhere):
        panah = safe.panah.copied(tmp_path)
        papers = tmp_path / "more"
        papers.mkdir()
        for number in range(30):
            (papers / f"{number}.txt").write_text(f"Another invented paper {number}.")
        working = panah.start("ingest", papers)
        for number in range(3):
            panah.does("backup", f"{number}.age", "--to", RECIPIENT)
        assert working.wait() == 0
        working.communicate()
        for number in range(3):
            machine = Panah(elsewhere.folder, home=elsewhere.folder / f"home{number}")
            machine.does("restore", tmp_path / f"{number}.age", "--identity", safe.identity)
            assert machine.does("ledger", "verify").out.startswith("OK")

    def test_nothing_is_left_of_its_snapshot(self, safe, tmp_path):
        panah = safe.panah.copied(tmp_path)
        (panah.home / making.SNAPSHOT).write_bytes(b"of a killed attempt")
        panah.does("backup", "b.age", "--to", RECIPIENT)
        assert not [name for name in panah.files() if name.startswith(making.SNAPSHOT)]

    def test_it_does_not_begin_beside_another(self, safe, tmp_path):
        panah = safe.panah.copied(tmp_path)
        folder = os.open(panah.home, os.O_RDONLY)
        fcntl.flock(folder, fcntl.LOCK_EX)
        assert one_line_error(panah.run("backup", "b.age", "--to", RECIPIENT))[0] == "workspace-busy"
        os.close(folder)
        panah.does("backup", "b.age", "--to", RECIPIENT)


class TestSecrecy:
    def test_a_backup_tells_neither_words_nor_names(self, safe):
        stored = safe.backup.read_bytes()
        assert not [
            word for word in (b"invented", b"held", "护照".encode(), b"Invented Member", b"objects") if word in stored
        ]

    def test_whoever_opens_it_finds_everything_encrypted_once_more(self, safe):
        inside = opened(safe.backup)
        assert not [word for word in (b"invented", b"held", "护照".encode(), b"SQLite format") if word in inside]

    def test_the_workspace_s_passphrase_is_needed_too(self, safe, elsewhere):
        wrong = elsewhere.without("PANAH_PASSPHRASE", PANAH_PASSPHRASE="another")
        assert one_line_error(wrong.run("restore", safe.backup, "--identity", safe.identity))[0] == "passphrase-wrong"
        assert not elsewhere.home.exists()

    def test_it_is_not_made_for_who_does_not_administer(self, member, tmp_path, now):
        stranger = join(name="Another Member", now=now)
        with pytest.raises(NotAdministering):
            making.back_up(file=tmp_path / "b.age", lock=age.recipients([RECIPIENT]), by=stranger, now=now)
        assert not (tmp_path / "b.age").exists()


class TestRefuses:
    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ([], "recipients-missing"),
            (["--to", "age1nobody"], "recipient-unreadable"),
            (["--to-file", "nowhere.txt"], "text-file-unreadable"),
            (["--to", RECIPIENT, "--passphrase"], "lock-ambiguous"),
        ],
    )
    def test_what_nobody_could_open(self, safe, tmp_path, options, code):
        assert one_line_error(safe.panah.run("backup", tmp_path / "b.age", *options))[0] == code
        assert not (tmp_path / "b.age").exists()

    def test_to_write_over_anything(self, safe, tmp_path):
        for name, make in (("file", lambda p: p.write_bytes(b"mine")), ("link", lambda p: p.symlink_to("nowhere"))):
            make(tmp_path / name)
            assert one_line_error(safe.panah.run("backup", tmp_path / name, "--to", RECIPIENT))[0] == "backup-exists"
        assert (tmp_path / "file").read_bytes() == b"mine"

    def test_a_folder_that_is_not_there(self, safe, tmp_path):
        assert (
            one_line_error(safe.panah.run("backup", tmp_path / "no" / "b.age", "--to", RECIPIENT))[0] == "not-writable"
        )

    def test_to_restore_where_something_is(self, safe, tmp_path):
        machine = safe.panah.copied(tmp_path)
        restore = ("restore", safe.backup, "--identity", safe.identity)
        assert one_line_error(machine.run(*restore))[0] == "workspace-exists"
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "mine.txt").write_text("mine")
        assert one_line_error(Panah(tmp_path, home=tmp_path / "other").run(*restore))[0] == "folder-not-empty"
        assert [path.name for path in (tmp_path / "other").iterdir()] == ["mine.txt"]

    def test_another_key(self, safe, tmp_path, elsewhere):
        (tmp_path / "other.txt").write_text(OTHER_IDENTITY)
        (tmp_path / "words").write_text("not the words")
        with_words = elsewhere.without(PANAH_BACKUP_PASSPHRASE_FILE=str(tmp_path / "words"))
        for done in (
            elsewhere.run("restore", safe.backup, "--identity", tmp_path / "other.txt"),
            with_words.run("restore", safe.backup),
        ):
            assert one_line_error(done)[0] == "age-key-wrong"
            assert not elsewhere.home.exists()

    def test_what_is_no_identity(self, safe, elsewhere):
        done = elsewhere.run("restore", safe.backup, "--identity", safe.backup)
        assert one_line_error(done)[0] == "text-file-unreadable"
        done = elsewhere.run("restore", safe.backup, "--identity", safe.panah.folder / "papers" / "0.txt")
        assert one_line_error(done)[0] == "identity-unreadable"


class TestBrokenBefore:
    """What was broken before it was backed up is given back as it is, and told."""

    def test_an_object_that_is_gone(self, safe, tmp_path, elsewhere):
        panah = safe.panah.copied(tmp_path)
        gone = next(name for name in sorted(panah.files()) if name.startswith("objects/"))
        (panah.home / gone).unlink()
        done = panah.run("backup", "b.age", "--to", RECIPIENT)
        assert (done.code, done.out.splitlines()[0]) == (1, f"BROKEN: {gone}  object-missing")
        done = elsewhere.run("restore", tmp_path / "b.age", "--identity", safe.identity, "--json")
        assert done.code == 1
        assert [(line["id"], line["code"]) for line in done.lines()] == [
            (gone, "object-missing"), (str(elsewhere.home), "")
        ]  # fmt: skip

    def test_an_object_that_was_changed(self, safe, tmp_path, elsewhere):
        panah = safe.panah.copied(tmp_path)
        changed = Path(panah.python(OBJECT_OF, "0.txt").out.strip()).relative_to(panah.home).as_posix()
        (panah.home / changed).write_bytes(b"PNH1" + bytes(5000))
        panah.does("backup", "b.age", "--to", RECIPIENT)
        done = elsewhere.run("restore", tmp_path / "b.age", "--identity", safe.identity)
        assert (done.code, done.out.splitlines()[0]) == (1, f"BROKEN: {changed}  seal-broken")
        assert "7.txt" in elsewhere.does("find", "7", "--limit", "1").out

    def test_a_workspace_that_nobody_locked_is_opened_by_its_passphrase(self, safe, elsewhere):
        elsewhere.does("restore", safe.backup, "--identity", safe.identity)
        assert elsewhere.without(PANAH_PASSPHRASE="not it").run("find", "held").err.startswith("passphrase-wrong: ")
        assert elsewhere.without(PANAH_PASSPHRASE=PASSPHRASE).does("find", "held")
