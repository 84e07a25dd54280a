"""Another passphrase opens the workspace: what it encrypted stays as it is, and the old one is of no use any more."""

from __future__ import annotations

import signal

import pytest

from panah import proof
from panah.vault import keyring
from support.processes import PASSPHRASE, one_line_error

pytestmark = pytest.mark.attack  # each test starts many programs: `make attack` runs them

NEW = "another invented passphrase ياڭى"
HASTY = "Warning: a passphrase shorter than 12 characters can be found by trying.\n"


@pytest.fixture
def changed(panah):
    """The workspace, opened by another passphrase than before."""
    before = panah.files()
    done = panah.without(PANAH_NEW_PASSPHRASE=NEW).does("passphrase")
    assert "The new passphrase opens the workspace" in done.out
    return before, panah.without(PANAH_PASSPHRASE=NEW)


class TestPassphrase:
    def test_opens_what_the_old_one_opened(self, panah, changed):
        assert changed[1].lines("key") == changed[1].lines("key")
        assert one_line_error(panah.run("key"))[0] == "passphrase-wrong"

    def test_wraps_the_same_keys_anew(self, panah, changed):
        before, _ = changed
        old, new = panah.folder / "old", panah.home
        old.mkdir()
        (old / keyring.FILE).write_bytes(before[keyring.FILE])
        assert keyring.opened(old, PASSPHRASE) == keyring.opened(new, NEW)
        assert before[keyring.FILE] != (new / keyring.FILE).read_bytes()

    def test_encrypts_nothing_anew(self, panah, changed):
        before, _ = changed
        objects = {name: content for name, content in before.items() if name.startswith("objects/")}
        assert {name: content for name, content in panah.files().items() if name.startswith("objects/")} == objects
        passing = {"workspace.db-shm", "workspace.db-wal"}  # what SQLite keeps beside its database, as long as it wants
        assert panah.files().keys() - passing == before.keys() - passing

    def test_is_a_line_in_the_ledger_that_says_nothing_of_it(self, changed):
        said = changed[1].python(
            "from panah.team.models import LedgerLine\nprint(LedgerLine.objects.order_by('-seq').first())"
        )
        assert "changed the passphrase" in said.out
        assert NEW not in said.out

    def test_is_taken_from_a_file_too(self, panah, tmp_path):
        (tmp_path / "new").write_text(f"{NEW}\n")
        (tmp_path / "new").chmod(0o600)
        panah.without(PANAH_NEW_PASSPHRASE_FILE=str(tmp_path / "new")).does("passphrase", "--json")
        panah.without(PANAH_PASSPHRASE=NEW).does("key")

    def test_cannot_be_empty(self, panah):
        assert one_line_error(panah.without(PANAH_NEW_PASSPHRASE="").run("passphrase"))[0] == "passphrase-empty"
        panah.does("key")

    def test_is_asked_for_where_it_is_not_given(self, panah):
        assert one_line_error(panah.run("passphrase"))[0] == "passphrase-needed"

    def test_that_can_be_found_by_trying_is_warned_about(self, panah):
        assert panah.without(PANAH_NEW_PASSPHRASE="short").run("passphrase").err == HASTY

    def test_takes_the_place_of_what_an_attempt_left_that_was_killed(self, panah):
        (panah.home / keyring.CHANGING).write_bytes(b"half of a keyri")
        panah.without(PANAH_NEW_PASSPHRASE=NEW).does("passphrase")
        assert not (panah.home / keyring.CHANGING).exists()

    @pytest.mark.attack
    @pytest.mark.parametrize("delay", [number / 50 for number in range(50)])
    def test_killed_at_any_moment_one_of_the_two_opens_it(self, panah, delay):
        process = panah.without(PANAH_NEW_PASSPHRASE=NEW).start("passphrase")
        try:
            process.wait(timeout=delay)
        except Exception:  # noqa: BLE001  it still runs
            process.send_signal(signal.SIGKILL)
        process.communicate()
        opens = [panah.without(PANAH_PASSPHRASE=words).run("key").code for words in (PASSPHRASE, NEW)]
        assert sorted(opens) == [0, 2]


class TestMemory:
    def test_holds_no_key_after_it_was_locked(self, tmp_path):
        """The keys are overwritten where they lay; whoever still holds them holds zeros."""
        keys = keyring.make(tmp_path, PASSPHRASE)
        held = keys.workspace, keys.signing, keys.database
        keys.wipe()
        assert held == (bytes(32), bytes(32), bytes(32))

    def test_does_not_spoil_a_key_that_was_derived_from_it(self, tmp_path):
        keys = keyring.make(tmp_path, PASSPHRASE)
        derived = proof.derived(keys.workspace, "something else")
        keys.wipe()
        assert derived != bytes(32)
