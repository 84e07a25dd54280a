"""`panah compartment`, asked as a user asks it."""

from __future__ import annotations

import pytest

from support.processes import MEMBER, one_line_error

_OTHERS = """
from panah.team.actions import join
from panah.team.acting import now
for name in ("Invented Colleague", "Invented Stranger"):
    join(name=name, now=now())
"""


@pytest.fixture(scope="module")
def team(new_workspace, tmp_path_factory):
    """A workspace with three members, a paper, and a compartment of the first."""
    panah = new_workspace.copied(tmp_path_factory.mktemp("team"))
    assert panah.python(_OTHERS).code == 0
    panah.environment["PANAH_MEMBER"] = MEMBER
    (panah.folder / "a.txt").write_text("The invented well is deep.")
    panah.does("ingest", panah.folder / "a.txt")
    (made,) = panah.lines("compartment", "new", "Research")
    assert made["name"] == "Research"
    return panah


class TestCompartments:
    def test_are_listed_with_their_members(self, team):
        team.does("compartment", "admit", "Research", "Invented Colleague", "reader")
        library, research = sorted(team.lines("compartment", "list"), key=lambda line: line["name"])
        assert (library["name"], library["role"], library["collections"]) == ("Library", "lead", 1)
        assert research["members"] == {MEMBER: "lead", "Invented Colleague": "reader"}
        said = team.does("compartment", "list").out
        assert f"    Invented Colleague: reader, {MEMBER}: lead\n" in said
        assert team.does("compartment", "release", "Research", "Invented Colleague").out == (
            "Invented Colleague does not belong to Research.\n"
        )
        assert "Invented Colleague" not in team.does("compartment", "list").out

    def test_share_a_collection_and_take_it_back(self, team):
        (line,) = team.lines("compartment", "share", "Library", "Research")
        assert (line["collection"], line["compartment"]) == ("Library", "Research")
        said = team.does("compartment", "unshare", "Library", line["id"], "--in", "Library").out
        assert said.endswith("may not read Library any more.\n")
        assert one_line_error(team.run("compartment", "unshare", "Library", "Research"))[0] == "share-unknown"

    @pytest.mark.parametrize(
        ("command", "code"),
        [
            ("new .", None), ("new \x1b", "name-unusable"), ("admit NONE A reader", "compartment-unknown"),
            ("admit Research Nobody reader", "member-unknown"), ("release Research Nobody", "member-unknown"),
            ("share NONE Research", "collection-unknown"), ("share Library NONE", "compartment-unknown"),
            ("share Library Library", "shared-with-itself"), ("share Library Research --in Research", "collection-unknown"),
            ("admit Research A boss", "usage-wrong"),
        ],
    )  # fmt: skip
    def test_refuse_with_a_code(self, team, command, code):
        ended = team.run("compartment", *command.split(" "))
        assert (None if ended.code == 0 else one_line_error(ended)[0]) == code
