"""How a command gets the passphrase, and that nothing is touched by whoever does not have it."""

from __future__ import annotations

import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from panah.team.actions import NameUnusable, join
from support.processes import MEMBER, PASSPHRASE, Panah, one_line_error
from support.terminals import CTRL_C, CTRL_D, Terminal

ASKED, ASKED_FOR_NEW, AGAIN = "Passphrase: ", "Passphrase for the new workspace: ", "The same again: "


@pytest.fixture(scope="module")
def opened(new_workspace: Panah, tmp_path_factory) -> Panah:
    """A workspace that no test here changes."""
    return new_workspace.copied(tmp_path_factory.mktemp("opened"))


@pytest.fixture
def not_yet(tmp_path: Path) -> Panah:
    """A place without a workspace."""
    return Panah(tmp_path)


def as_it_is(home: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every folder and file of a home: mode, time of its last change, bytes."""
    paths = [home, *home.rglob("*")]
    return {
        str(path): (path.stat().st_mode, path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in paths
    }


def written(folder: Path, content: bytes, mode: int = 0o600) -> str:
    file = folder / "passphrase"
    file.write_bytes(content)
    file.chmod(mode)
    return str(file)


class TestAtThePrompt:
    def test_it_opens(self, opened):
        with Terminal(opened.without("PANAH_PASSPHRASE"), "find", "words") as terminal:
            terminal.answers(ASKED, PASSPHRASE)
            assert terminal.ends() == 0
            assert terminal.seen == "\n0 of 0 passages.\n"

    @pytest.mark.parametrize(
        "key", [pytest.param(CTRL_C, id="Ctrl+C"), pytest.param(CTRL_D, id="Ctrl+D", marks=pytest.mark.attack)]
    )
    def test_whoever_changes_her_mind_leaves_calmly(self, opened, key):
        with Terminal(opened.without("PANAH_PASSPHRASE"), "find", "words") as terminal:
            terminal.sees(ASKED)
            terminal.types(key)
            assert terminal.ends() == 2
            assert "told-to-stop: " in terminal.seen
            assert "Traceback" not in terminal.seen

    def test_it_is_asked_twice_of_who_makes_a_workspace(self, not_yet):
        with Terminal(not_yet.without("PANAH_PASSPHRASE"), "init", "--member", MEMBER) as terminal:
            terminal.answers(ASKED_FOR_NEW, "پاناھ two words")
            terminal.answers(AGAIN, "پاناھ two words")
            assert terminal.ends() == 0
            assert "پاناھ" not in terminal.seen
        assert not_yet.without(PANAH_PASSPHRASE="پاناھ two words").does("find", "words")

    def test_two_that_differ_make_nothing(self, not_yet):
        with Terminal(not_yet.without("PANAH_PASSPHRASE"), "init") as terminal:
            terminal.answers(ASKED_FOR_NEW, "one passphrase")
            terminal.answers(AGAIN, "another passphrase")
            assert terminal.ends() == 2
            assert terminal.seen == "\npassphrases-differ: The two passphrases are not the same.\n"
        assert not not_yet.home.exists()

    @pytest.mark.attack
    def test_it_is_not_asked_of_a_script(self, opened, not_yet):
        assert one_line_error(opened.without("PANAH_PASSPHRASE").run("find", "words"))[0] == "passphrase-needed"
        assert one_line_error(not_yet.without("PANAH_PASSPHRASE").run("init"))[0] == "passphrase-needed"
        assert not not_yet.home.exists()


class TestFromTheEnvironment:
    def test_a_file_goes_before_words(self, opened, tmp_path):
        file = written(tmp_path, f"{PASSPHRASE}\n".encode())
        asked = opened.without(PANAH_PASSPHRASE="not the passphrase", PANAH_PASSPHRASE_FILE=file)
        assert asked.does("find", "words").out == "0 of 0 passages.\n"

    @pytest.mark.attack
    def test_a_wrong_file_is_not_made_good_by_right_words(self, opened, tmp_path):
        asked = opened.without(PANAH_PASSPHRASE_FILE=written(tmp_path, b"not the passphrase"))
        assert one_line_error(asked.run("find", "words"))[0] == "passphrase-wrong"

    @pytest.mark.attack
    def test_neither_is_asked_for_at_a_terminal_once_it_is_given(self, opened):
        with Terminal(opened, "find", "words") as terminal:
            assert terminal.ends() == 0
            assert terminal.seen == "0 of 0 passages.\n"

    def test_a_file_that_is_not_there_or_not_text_is_named(self, opened, tmp_path):
        for file in (str(tmp_path / "nowhere"), written(tmp_path, b"\xff\xfe")):
            code, sentence = one_line_error(opened.without(PANAH_PASSPHRASE_FILE=file).run("find", "words"))
            assert (code, file in sentence) == ("passphrase-file-unreadable", True)

    def test_words_that_are_not_text_are_refused(self, opened):
        asked = opened.without(PANAH_PASSPHRASE="\udcff\udcfe")
        assert one_line_error(asked.run("find", "words"))[0] == "passphrase-not-text"

    @pytest.mark.attack
    def test_an_empty_one_opens_and_makes_nothing(self, opened, not_yet):
        assert one_line_error(opened.without(PANAH_PASSPHRASE="").run("find", "words"))[0] == "passphrase-wrong"
        assert one_line_error(not_yet.without(PANAH_PASSPHRASE="").run("init"))[0] == "passphrase-empty"
        assert not not_yet.home.exists()

    def test_a_file_that_others_can_read_is_warned_about(self, opened):
        with TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)
            file = written(Path(folder), PASSPHRASE.encode(), 0o644)
            if not all(way.stat().st_mode & stat.S_IXOTH for way in Path(folder).resolve().parents):
                pytest.skip("others cannot enter the folder for temporary files here, so nothing in it is open to them")
            done = opened.without(PANAH_PASSPHRASE_FILE=file).run("find", "words")
        assert (done.code, done.err.count("\n"), done.err.startswith("Warning: others")) == (0, 1, True)

    @pytest.mark.attack
    def test_a_file_in_a_folder_of_one_s_own_is_not(self, opened, tmp_path):
        (tmp_path / "mine").mkdir(mode=0o700)
        file = written(tmp_path / "mine", PASSPHRASE.encode(), 0o644)
        assert opened.without(PANAH_PASSPHRASE_FILE=file).does("find", "words")


class TestWrong:
    @pytest.mark.parametrize(
        "command",
        [
            pytest.param(["find", "words"], id="find"),
            pytest.param(["serve", "--port", "0"], id="serve", marks=pytest.mark.attack),
            pytest.param(["ingest", "."], id="ingest", marks=pytest.mark.attack),
            pytest.param(["upgrade"], id="upgrade", marks=pytest.mark.attack),
        ],
    )
    def test_is_one_sentence_and_changes_nothing(self, opened, command):
        before = as_it_is(opened.home)
        done = opened.without(PANAH_PASSPHRASE="not the passphrase").run(*command)
        assert one_line_error(done) == ("passphrase-wrong", "This passphrase does not open the workspace.")
        assert as_it_is(opened.home) == before


class TestInit:
    @pytest.mark.attack
    def test_leaves_alone_what_is_a_workspace_already(self, opened):
        before = as_it_is(opened.home)
        assert one_line_error(opened.run("init"))[0] == "workspace-exists"
        assert as_it_is(opened.home) == before

    def test_takes_no_folder_that_holds_other_things(self, not_yet):
        not_yet.home.mkdir(mode=0o755)
        (not_yet.home / "letter.txt").write_text("A letter.")
        before = as_it_is(not_yet.home)
        assert one_line_error(not_yet.run("init"))[0] == "folder-not-empty"
        assert as_it_is(not_yet.home) == before

    def test_takes_an_empty_folder_and_keeps_others_out(self, not_yet):
        not_yet.home.mkdir(mode=0o755)
        line = not_yet.lines("init", "--member", MEMBER)[0]
        assert (list(line), line["member"]) == (["id", "home", "member"], MEMBER)
        assert stat.S_IMODE(not_yet.home.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in not_yet.home.iterdir()} == {0o600}

    @pytest.mark.attack
    def test_says_where_it_may_not_write(self, not_yet):
        not_yet.home.write_text("a file")
        assert one_line_error(not_yet.run("init"))[0] == "not-writable"
        assert one_line_error(Panah(not_yet.folder, home=not_yet.home / "in it").run("init"))[0] == "not-writable"
        assert not_yet.home.read_text() == "a file"

    def test_leaves_nothing_where_it_fails_half_way(self, not_yet):
        assert one_line_error(not_yet.run("init", "--member", "two\nlines"))[0] == "name-unusable"
        assert not not_yet.home.exists()

    @pytest.mark.django_db
    @pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\u202eb", "x" * 101])
    def test_takes_no_name_that_could_not_sign_in(self, name, now):
        with pytest.raises(NameUnusable):
            join(name=name, now=now)

    @pytest.mark.django_db
    def test_takes_a_name_as_who_signs_in_types_it(self, now):
        assert join(name=" مەريەم ", now=now).name == "مەريەم"

    @pytest.mark.attack
    def test_warns_of_a_passphrase_that_is_soon_found(self, not_yet):
        done = not_yet.without(PANAH_PASSPHRASE="short").run("init")
        assert (done.code, done.err.startswith("Warning: "), done.err.count("\n")) == (0, True, 1)


class TestLost:
    @pytest.mark.parametrize(
        "command",
        [pytest.param(["upgrade"]), pytest.param(["find", "words"], marks=pytest.mark.attack)],
        ids=lambda words: words[0],
    )
    def test_a_database_that_is_gone_is_said_and_not_made_anew(self, panah, command):
        (panah.home / "workspace.db").unlink()
        assert one_line_error(panah.run(*command))[0] == "database-missing"
        assert not (panah.home / "workspace.db").exists()
