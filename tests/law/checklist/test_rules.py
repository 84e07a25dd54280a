"""The rules of the checklist, by the tables that a lawyer can write."""

from __future__ import annotations

from importlib.resources import files

import pytest

from panah.law.checklist import OnFile, Status, checklist, proposals
from panah.law.checklist.onfile import Decision, Entry
from panah.law.checklist.rules import rules
from panah.law.checklist.rules.deciding import surely_within
from panah.law.checklist.tables import read_table
from panah.text import Period

FOLDER = files("panah.law.checklist").joinpath("tables")
ROWS = [
    row
    for table in sorted(FOLDER.iterdir(), key=lambda each: each.name)
    for row in read_table(table.name, table.read_bytes())
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule}: {row.when}")
def test_proposes_what_the_table_says(row):
    proposal = rules()[row.rule](row.file)
    assert (proposal.status if proposal else None) == row.proposes
    if proposal:
        assert proposal.item == row.rule
        assert row.says in proposal.reason
        assert proposal.reason.endswith((".", "?"))


class TestTables:
    def test_try_every_rule_in_three_cases_at_least(self):
        tried = [row.rule for row in ROWS]
        assert not [rule for rule in rules() if tried.count(rule) < 3]

    def test_show_of_every_rule_that_it_can_stay_silent_and_speak(self):
        for rule in rules():
            mine = {row.proposes for row in ROWS if row.rule == rule}
            assert None in mine, rule
            assert len(mine) > 1, rule


class TestProposals:
    def test_are_none_on_an_empty_file(self):
        assert proposals(OnFile()) == ()

    def test_come_in_the_order_of_the_checklist(self):
        records = (Entry("removal-order", 1), Entry("consular-contact", 1, {"initiator": "authority"}))
        assert [each.item for each in proposals(OnFile(records=records))] == ["A8", "E15"]

    def test_never_say_not_examined_as_an_answer(self):
        for row in ROWS:
            for each in proposals(row.file):
                assert each.answers is (each.status is not Status.NOT_EXAMINED)

    def test_there_is_one_for_each_item_that_has_a_rule_and_no_other(self):
        assert list(rules()) == [item.id for item in checklist().items if item.rule]

    def test_give_words_of_a_decision_with_their_exact_place(self):
        words = "Désolé. The applicant could be discreet, and that is not too much to ask of her in the city."
        decision = Decision(Entry("decision", 3, {"outcome": "refused"}), words)
        [found] = rules()["E5"](OnFile(records=(decision.record,), decisions=(decision,))).words
        assert words.encode()[found.start : found.end].decode() == found.words == "discreet"
        assert found.decision == 3

    def test_say_why_nothing_was_looked_for_only_where_that_is_so(self):
        readable = "The applicant is not believed, and that is the end of the matter for the authority and for her."
        files = [Decision(Entry("decision", 1), readable), Decision(Entry("decision", 2), "")]
        assert rules()["E5"](OnFile(decisions=(files[0],))) is None
        assert "decision 2" in rules()["E5"](OnFile(decisions=tuple(files))).reason

    def test_show_words_that_overlap_once(self):
        words = (
            "The applicant could be discreet and avoid attracting attention, and that is not too much to ask of her."
        )
        [found] = rules()["E5"](OnFile(decisions=(Decision(Entry("decision", 1), words),))).words
        assert found.words == "could be discreet and avoid attracting attention"

    def test_show_of_two_decisions_only_what_stands_in_both(self):
        shared, own = "What stands in both. " * 12, "What stands in one of them only. " * 12
        one = Decision(Entry("decision", 1), f"{own}\n\n{shared}\n\nShort.")
        other = Decision(Entry("decision", 2), f"Short.\n\n{shared.replace(' ', chr(10))}")
        [found] = rules()["D8"](OnFile(decisions=(one, other))).words
        assert (found.words.strip(), found.decision, found.phrase) == (shared.strip(), 1, "decision 2")

    def test_tell_nothing_from_dates_without_a_bound(self):
        assert surely_within(Period(None, None), Period(None, None), days=1) is None
        assert Entry("event", 1, {"day": "2026/.."}).days("day") is None
