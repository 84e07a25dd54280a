"""The workspace of a process: opened, held, locked, of the right version; and what is preserved in it."""

import resource

import pytest
from django.db import connection

from panah import proof
from panah.vault import actions, keyring, workspace
from panah.vault.models import Original
from support.entered import entered
from support.processes import one_line_error

SETS_VERSION = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(f"PRAGMA user_version = {int(sys.argv[1])}")
"""


def set_version(version):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA user_version = {version:d}")


@pytest.mark.django_db
class TestVersion:
    def test_of_this_panah_is_taken(self):
        workspace.stamp_version()
        workspace.check_version()

    def test_counts_every_migration(self):
        assert workspace.schema_version() == len(
            list(workspace.Path(workspace.__file__).parents[1].glob("*/migrations/0*.py"))
        )

    def test_older_is_said(self):
        set_version(workspace.schema_version() - 1)
        with pytest.raises(workspace.WorkspaceOlder):
            workspace.check_version()

    def test_newer_is_said(self):
        set_version(workspace.schema_version() + 1)
        with pytest.raises(workspace.WorkspaceNewer):
            workspace.check_version()


class TestUpgrade:
    def test_brings_an_older_workspace_up_to_date(self, panah):
        panah.python(SETS_VERSION, str(workspace.schema_version() - 1))
        assert one_line_error(panah.run("find", "words"))[0] == "workspace-older"
        assert panah.does("upgrade").out == "The workspace is up to date.\n"
        assert panah.does("find", "words").out == "0 of 0 passages.\n"

    def test_leaves_a_newer_workspace_alone(self, panah):
        """An older Panah must not stamp its own number on tables that it does not know."""
        panah.python(SETS_VERSION, str(workspace.schema_version() + 1))
        assert one_line_error(panah.run("find", "words"))[0] == "workspace-newer"
        assert one_line_error(panah.run("upgrade"))[0] == "workspace-newer"
        assert one_line_error(panah.run("find", "words"))[0] == "workspace-newer"


class TestUnlock:
    def test_holds_the_keys_until_it_is_locked(self, home, monkeypatch):
        monkeypatch.setattr(workspace._Unlocked, "keys", None)
        with pytest.raises(keyring.WorkspaceLocked):
            workspace.keys()
        with pytest.raises(keyring.WorkspaceLocked):
            workspace.data_keys()
        with pytest.raises(keyring.WorkspaceLocked):
            workspace.signing_key()

    def test_keeps_the_process_from_dumping_its_memory(self, home):
        """A dump would hold the keys."""
        assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)

    def test_knows_its_own_passphrase(self, home):
        from conftest import PASSPHRASE

        assert workspace.passphrase_opens(PASSPHRASE)
        assert not workspace.passphrase_opens(PASSPHRASE + "x")

    def test_of_another_workspace_in_its_place_is_not_ours(self, home, tmp_path, settings):
        keyring.make(tmp_path, "the same passphrase")
        settings.PANAH_HOME = tmp_path
        assert not workspace.passphrase_opens("the same passphrase")


class TestGivenPassphrase:
    @pytest.fixture(autouse=True)
    def nothing_given(self, monkeypatch):
        monkeypatch.delenv("PANAH_PASSPHRASE", raising=False)
        monkeypatch.delenv("PANAH_PASSPHRASE_FILE", raising=False)

    def test_is_none_where_nothing_was_given(self):
        assert workspace.given_passphrase() is None

    def test_is_taken_out_of_the_environment(self, monkeypatch):
        monkeypatch.setenv("PANAH_PASSPHRASE", "words")
        assert (workspace.given_passphrase(), workspace.given_passphrase()) == ("words", None)

    @pytest.mark.parametrize("end", ["", "\n", "\r\n"])
    def test_comes_from_a_file_without_its_line_end(self, monkeypatch, tmp_path, end):
        (tmp_path / "passphrase").write_bytes(f" پاناھ words {end}".encode())
        monkeypatch.setenv("PANAH_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
        monkeypatch.setenv("PANAH_PASSPHRASE", "not these")
        assert workspace.given_passphrase() == " پاناھ words "
        assert workspace.given_passphrase() is None

    @pytest.mark.parametrize("content", [None, b"\xff\xfe"], ids=["missing", "not UTF-8"])
    def test_from_a_file_that_cannot_be_read_is_refused(self, monkeypatch, tmp_path, content):
        if content:
            (tmp_path / "passphrase").write_bytes(content)
        monkeypatch.setenv("PANAH_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
        with pytest.raises(workspace.PassphraseFileUnreadable):
            workspace.given_passphrase()


class TestPreserve:
    def test_takes_responsibility_once_and_keeps_a_line_for_each_time(self, member, library, store, now):
        kept = store.keep([b"words that nobody else preserves"])
        first = actions.preserve(kept=kept, compartment=library, media_type="text/plain", by=member, now=now)
        again = actions.preserve(kept=kept, compartment=library, media_type="text/html", by=None, now=now)
        assert (first, first.media_type, first.size) == (again, "text/plain", kept.size)
        assert [str(original) for original in Original.objects.all()] == [kept.digest]
        lines = list(entered(subject=kept.digest))
        assert [(line.verb, line.by) for line in lines] == [("taken in", "Invented Member"), ("taken in", "panah")]
        assert lines[0].details == {"size": kept.size, "media_type": "text/plain"}

    def test_does_not_begin_where_a_workspace_is(self, home, now):
        before = (home / keyring.FILE).read_bytes()
        with pytest.raises(keyring.WorkspaceExists):
            actions.begin(passphrase="words", name="Another", now=now)
        assert (home / keyring.FILE).read_bytes() == before

    def test_does_not_begin_without_a_passphrase(self, tmp_path, settings, now):
        settings.PANAH_HOME = tmp_path / "new"
        with pytest.raises(keyring.PassphraseEmpty):
            actions.begin(passphrase="", name="Another", now=now)
        assert not (tmp_path / "new").exists()


class TestSigningKey:
    def test_is_the_one_of_the_keyring(self, home):
        from conftest import PASSPHRASE

        opened = keyring.opened(home, PASSPHRASE)
        assert proof.public_key(workspace.signing_key()) == proof.public_key(opened.signing)
