"""`panah facts` and `panah account`, as a script uses them."""

from __future__ import annotations

import pytest

from support.workbench import DEMO


@pytest.fixture(scope="module")
def panah(new_workspace, tmp_path_factory):
    panah = new_workspace.copied(tmp_path_factory.mktemp("panah-facts"))
    panah.does("case", "import", DEMO)
    return panah


def test_facts_say_which_stages_are_reached(panah):
    lines = panah.lines("facts", "2026-001")
    assert [line["id"] for line in lines] == [str(number) for number in range(1, len(lines) + 1)]
    for line in lines:
        assert line["reached"][0] == "asserted"
        assert len(line["reached"] + line["open"] + line["not_called_for"]) == 6
    assert "indicators assessed: open" in panah.does("facts", "2026-001").out


def test_account_lists_its_statements_and_puts_two_beside_each_other(panah):
    assert [line["id"] for line in panah.lines("account", "2026-001")] == list("123456")
    rows = panah.lines("account", "2026-001", "--compare", "1", "2")
    assert {row["aligned"] for row in rows} == {False}
    assert "The languages differ" in panah.does("account", "2026-001", "--compare", "1", "2").out
    same = panah.lines("account", "2026-001", "--compare", "4", "6")
    assert {row["aligned"] for row in same} == {True}
    assert "differences." in panah.does("account", "2026-001", "--compare", "4", "6").out


def test_account_refuses_the_same_statement_twice(panah):
    refused = panah.run("account", "2026-001", "--compare", "2", "2")
    assert refused.code == 2
    assert "statement 2 was named twice" in refused.err
