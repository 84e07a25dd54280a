"""The rules of the audit, by tables that a lawyer can lengthen."""

from __future__ import annotations

from pathlib import Path

import pytest

from panah.law.refusal import Fault, audit, wordings
from panah.law.refusal.rules import RULES
from support.refused import refused, rows

FOLDER = Path(__file__).parent / "tables"
ROWS = [row for path in sorted(FOLDER.glob("*.yaml")) if path.stem != "wording" for row in rows(path)]
KEYS = {
    "rule", "when", "raises", "raises_all", "says", "words", "asks", "not_looked",
    "language", "under", "records", "marks", "facts", "differences", "frameworks", "raised", "papers", "sources", "quoted", "names",
}  # fmt: skip


def is_meant(defect, expected):
    """Whether it is the proposal of a row: by its whole id, or of places by the rule alone."""
    return expected in {defect.id, str(defect.rule)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}: {row['when']}")
def test_raises_what_the_table_says(row):
    found = audit(refused(row))
    mine = [each for each in found.defects if each.rule == row["rule"]]
    assert len(mine) == len(row["raises"]), [each.id for each in found.defects]
    for defect, expected in zip(mine, row["raises"], strict=True):
        assert is_meant(defect, expected), defect.id
        assert row.get("says", "") in defect.sentence
        assert defect.asks is (row.get("asks", "false") == "true")
        assert [each.words for each in defect.words][: len(row.get("words", ()))] == row.get("words", [])
    if "raises_all" in row:
        assert len(found.defects) == len(row["raises_all"])
        assert all(map(is_meant, found.defects, row["raises_all"]))
    assert any(row.get("not_looked", "") in each for each in (*found.not_looked, ""))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}: {row['when']}")
def test_says_where_what_for_and_by_which_law(row):
    refusal = refused(row)
    for defect in audit(refusal).defects:
        assert defect.sentence.endswith((".", "?"))
        assert "{" not in defect.sentence
        assert defect.authority
        assert defect.sought.endswith(".")
        assert defect.item
        for each in defect.words:
            assert refusal.text.encode()[each.start : each.end].decode() == each.words


class TestTables:
    def test_have_no_word_that_nobody_reads(self):
        assert not [key for row in ROWS for key in row if key not in KEYS]

    def test_show_of_every_rule_that_it_can_stay_silent_and_speak(self):
        by_phrase = {rule for rule, wording in wordings().items() if wording.finder}
        for rule in set(Fault) - by_phrase:
            mine = [bool(row["raises"]) for row in ROWS if row["rule"] == rule]
            assert set(mine) == {True, False}, rule

    def test_there_is_one_rule_for_each_fault(self):
        assert list(RULES) == list(Fault)
