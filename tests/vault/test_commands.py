"""`panah init`, `upgrade` and `key`, and what every command does before it begins."""

import getpass

import pytest

from panah import proof
from panah.vault import commands, workspace
from support.processes import MEMBER, Panah, one_line_error


@pytest.fixture
def nowhere(tmp_path):
    """A Panah without a workspace."""
    return Panah(tmp_path)


class TestInit:
    def test_says_the_key_by_which_dossiers_will_be_signed(self, nowhere):
        made = nowhere.does("init", "--member", MEMBER).out.splitlines()
        fingerprint = nowhere.does("key").out.splitlines()[1]
        assert made[0] == f"Made a workspace in {nowhere.home}, with the member {MEMBER}."
        assert made[1].endswith(fingerprint.removeprefix("fingerprint "))

    def test_says_it_to_a_machine(self, nowhere):
        [made] = nowhere.lines("init", "--member", MEMBER)
        assert made == {"id": nowhere.lines("key")[0]["id"], "home": str(nowhere.home), "member": MEMBER}

    def test_calls_a_member_whom_the_machine_does_not_know_member(self, monkeypatch):
        def nobody():
            raise KeyError("uid not found")

        monkeypatch.setattr(getpass, "getuser", nobody)
        assert commands._login_name() == "member"


class TestUpgrade:
    def test_says_to_which_version_to_a_machine(self, panah):
        [done] = panah.lines("upgrade")
        assert done == {"id": panah.lines("key")[0]["id"], "version": workspace.schema_version()}


class TestKey:
    def test_is_shown_with_its_fingerprint(self, panah):
        [shown] = panah.lines("key")
        assert shown["fingerprint"] == proof.fingerprint(shown["id"])
        assert panah.does("key").out == f"{shown['id']}\nfingerprint {shown['fingerprint']}\n"


class TestEveryCommand:
    def test_says_where_there_is_no_workspace(self, nowhere):
        code, sentence = one_line_error(nowhere.run("key"))
        assert code == "workspace-missing"
        assert str(nowhere.home) in sentence

    @pytest.mark.django_db
    def test_needs_a_member_who_acts(self):
        with pytest.raises(commands.MemberMissing):
            commands.acting_member()

    def test_acts_as_the_member(self, member):
        assert commands.acting_member() == member

    def test_refuses_words_that_are_no_text(self, nowhere):
        refused = nowhere.run("init", "--member", b"\xff\xfe")
        assert refused.code == 2
        assert "this is not text in UTF-8" in refused.err
        assert not nowhere.home.exists()
