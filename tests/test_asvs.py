"""docs/asvs.md: every requirement of levels 1 and 2 once. That what it names is there, `test_docs` finds out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "asvs.md").read_text()
SECTIONS = {
    "1.1": "1-7", "1.2": "1-4", "1.4": "1 4 5", "1.5": "1-4", "1.6": "1-4", "1.7": "1-2", "1.8": "1-2", "1.9": "1-2", "1.10": "1",
    "1.11": "1-2", "1.12": "2", "1.14": "1-6",
    "2.1": "1-12", "2.2": "1-3", "2.3": "1-3", "2.4": "1-6", "2.5": "1-7", "2.6": "1-3", "2.7": "1-6", "2.8": "1-7", "2.9": "1-3",
    "2.10": "1-4",
    "3.1": "1", "3.2": "1-4", "3.3": "1-4", "3.4": "1-5", "3.5": "1-3", "3.7": "1",
    "4.1": "1-3 5", "4.2": "1-2", "4.3": "1-3",
    "5.1": "1-5", "5.2": "1-8", "5.3": "1-10", "5.4": "1-3", "5.5": "1-4",
    "6.1": "1-3", "6.2": "1-6", "6.3": "1-2", "6.4": "1-2",
    "7.1": "1-4", "7.2": "1-2", "7.3": "1 3 4", "7.4": "1-3",
    "8.1": "1-4", "8.2": "1-3", "8.3": "1-8",
    "9.1": "1-3", "9.2": "1-4",
    "10.2": "1-2", "10.3": "1-3",
    "11.1": "1-8",
    "12.1": "1-3", "12.2": "1", "12.3": "1-6", "12.4": "1-2", "12.5": "1-2", "12.6": "1",
    "13.1": "1 3-5", "13.2": "1-3 5 6", "13.3": "1-2", "13.4": "1-2",
    "14.1": "1-4", "14.2": "1-6", "14.3": "2 3", "14.4": "1-7", "14.5": "1-4",
}  # fmt: skip
"""The numbers of the requirements in each section that are asked at level 1 or 2."""
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (met|not met|does not apply) \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
ROWS = ROW.findall(PAGE)


def numbers(spans: str) -> list[int]:
    """The numbers of `1-3 5`."""
    return [number for span in spans.split() for number in range(int(span.split("-")[0]), int(span.split("-")[-1]) + 1)]


class TestTable:
    def test_has_every_requirement_once_and_in_order(self):
        asked = [f"{section}.{number}" for section, spans in SECTIONS.items() for number in numbers(spans)]
        assert [row[0] for row in ROWS] == asked
        assert len(ROWS) == PAGE.count("\n| ") - PAGE.count("| id |")

    def test_says_how_many_are_met(self):
        said = re.search(r"Of (\d+) requirements (\d+) are met, (\d+) are not met, and (\d+) do not apply", PAGE)
        states = [row[1] for row in ROWS]
        counted = [len(states), *(states.count(state) for state in ("met", "not met", "does not apply"))]
        assert [int(number) for number in said.groups()] == counted

    @pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
    def test_says_why_and_where(self, row):
        requirement, state, why, shown = row
        assert re.findall(r"`([^`]+)`", shown) or state == "does not apply", requirement
        assert len(why) > 3
