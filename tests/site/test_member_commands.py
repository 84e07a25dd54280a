"""Members on the command line: who acts, by what one is known, and how others are invited and removed."""

from __future__ import annotations

import json

import pytest

from support.processes import MEMBER, PASSPHRASE, PASSWORD, Panah, one_line_error
from support.terminals import Terminal

_JOIN = """
from panah.team import joining
from panah.team.acting import now
joining.take_up(token=sys.argv[1], password=sys.argv[2], now=now())
"""
_LEADS = """
from panah.team import joining
from panah.team.acting import now
from panah.team.actions import admit
from panah.vault.actions import set_up
lead, reader = (joining.member(name) for name in sys.argv[1:])
hidden, shut = (set_up(name=name, by=lead, now=now()) for name in ("Hidden", "Shut"))
admit(compartment=hidden, member=reader, role="reader", by=lead, now=now())
"""
OTHER, OTHERS_PASSWORD = "Ayperi", "another four invented words"


def joined(panah: Panah, name: str = OTHER) -> Panah:
    """Somebody is invited, and takes it up."""
    address = panah.lines("member", "invite", name)[0]["id"]
    assert panah.python(_JOIN, address.rpartition("/")[2], OTHERS_PASSWORD).code == 0
    return panah


@pytest.fixture(scope="module")
def two(new_workspace: Panah, tmp_path_factory) -> Panah:
    """A workspace with its maker, who has no password yet, and another member; no test here changes it."""
    return joined(new_workspace.copied(tmp_path_factory.mktemp("two-members")))


class TestActing:
    def test_needs_a_name_where_there_are_several(self, two):
        assert one_line_error(two.run("member", "list"))[0] == "member-not-named"

    def test_needs_no_password_of_who_never_chose_one(self, two):
        listed = two.without("PANAH_PASSWORD", PANAH_MEMBER=MEMBER).lines("member", "list")
        assert [(line["id"], line["administers"]) for line in listed] == [(OTHER, False), (MEMBER, True)]

    def test_goes_by_the_option_before_the_setting(self, two):
        asked = two.without(PANAH_MEMBER="Nobody", PANAH_PASSWORD=OTHERS_PASSWORD)
        assert asked.does("member", "list", "--as", OTHER).out == f"{OTHER}\n{MEMBER}  (administers)\n"

    @pytest.mark.parametrize(
        ("name", "password"), [(OTHER, PASSPHRASE), (OTHER, ""), ("Nobody", OTHERS_PASSWORD), ("", OTHERS_PASSWORD)]
    )
    def test_tells_a_wrong_name_and_a_wrong_password_alike(self, two, name, password):
        refused = two.without(PANAH_PASSWORD=password).run("member", "list", "--as", name)
        assert one_line_error(refused) == ("member-unproven", "This name and password are not those of a member.")

    def test_asks_at_a_terminal_and_not_of_a_script(self, two, tmp_path):
        without = two.without("PANAH_PASSWORD")
        assert one_line_error(without.run("case", "list", "--as", OTHER))[0] == "password-needed"
        with Terminal(without, "member", "list", "--as", OTHER) as terminal:
            terminal.answers(f"Password of {OTHER}: ", OTHERS_PASSWORD)
            assert terminal.ends() == 0
            assert OTHERS_PASSWORD not in terminal.seen
        file = tmp_path / "password"
        file.write_text(f"{OTHERS_PASSWORD}\n", encoding="utf-8")
        file.chmod(0o600)
        assert (
            two.without("PANAH_PASSWORD", PANAH_PASSWORD_FILE=str(file)).does("case", "list", "--as", OTHER).out == ""
        )


class TestTeam:
    def test_is_no_business_of_who_does_not_administer(self, two):
        asked = two.without(PANAH_PASSWORD=OTHERS_PASSWORD, PANAH_MEMBER=OTHER)
        for command in (["invite", "Another"], ["remove", MEMBER]):
            assert one_line_error(asked.run("member", *command))[0] == "not-administering"

    def test_an_address_is_shown_once_and_stands_nowhere_in_plain(self, panah):
        address = panah.lines("member", "invite", OTHER, "--at", "http://localhost:9000/")[0]["id"]
        assert address.startswith("http://localhost:9000/team/join/")
        token = address.rpartition("/")[2].encode()
        assert not [name for name, content in panah.files().items() if token in content]

    def test_who_was_removed_acts_no_more_and_one_is_alone_again(self, panah):
        joined(panah)
        panah.does("member", "remove", OTHER, "--as", MEMBER)
        gone = panah.without(PANAH_PASSWORD=OTHERS_PASSWORD).run("case", "list", "--as", OTHER)
        assert one_line_error(gone)[0] == "member-unproven"
        assert panah.does("member", "list").out == f"{MEMBER}  (administers)\n"
        assert one_line_error(panah.run("member", "invite", OTHER))[0] == "name-taken"
        assert one_line_error(panah.run("member", "remove", MEMBER))[0] == "administrator-last"

    def test_who_leads_alone_is_removed_at_once_and_the_command_counts_what_nobody_leads(self, panah):
        panah = panah.without(PANAH_MEMBER=MEMBER)
        joined(panah)
        joined(panah, "Reader")
        assert panah.python(_LEADS, OTHER, "Reader").code == 0
        removed = panah.lines("member", "remove", OTHER)
        assert removed == [{"id": OTHER, "outcome": "left", "without_lead": 1, "shut": 1}]
        named = panah.does("member", "succeed", "Reader")
        assert named.out == "Reader now leads compartments that nobody led: 1.\n"

    def test_a_name_must_be_one(self, panah):
        assert one_line_error(panah.run("member", "remove", "Nobody"))[0] == "member-unknown"
        assert one_line_error(panah.run("member", "invite", "a\u202eb"))[0] == "name-unusable"
        assert one_line_error(panah.run("member", "invite", MEMBER))[0] == "name-taken"


class TestPassword:
    def test_is_chosen_and_then_needed(self, panah, tmp_path):
        new = tmp_path / "new"
        new.write_text(f"{PASSWORD}\n", encoding="utf-8")
        new.chmod(0o600)
        choosing = panah.without("PANAH_PASSWORD", PANAH_NEW_PASSWORD_FILE=str(new))
        assert json.loads(choosing.does("member", "password", "--json").out) == {"id": MEMBER, "outcome": "chosen"}
        assert one_line_error(panah.without("PANAH_PASSWORD").run("case", "list"))[0] == "password-needed"
        panah.does("case", "list")
        assert one_line_error(choosing.run("member", "password"))[0] == "password-needed"
        choosing.does("member", "password", "--lost")

    def test_that_is_lost_is_not_given_anew_where_there_are_others(self, two, tmp_path):
        asked = two.without(PANAH_NEW_PASSWORD_FILE=str(tmp_path / "none"))
        assert one_line_error(asked.run("member", "password", "--lost"))[0] == "member-not-alone"
