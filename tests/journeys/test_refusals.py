"""Refusals as real ones are written, with faults that were put into them: each is found, and nothing else is proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from panah.law.refusal import Fault, audit
from support.refusals import REFUSALS, Table, unfounded, unseen

NAMES = ("student", "couple", "interpreted")
CONTROL = Path(__file__).parent.parent / "law" / "refusal" / "control"
LEAST = 10
"""Faults that are in each of the three, over different rules."""


@pytest.fixture(scope="module", params=NAMES)
def audited(request):
    table = Table(REFUSALS / f"{request.param}.yaml")
    marked = table.of()
    return table, marked, audit(marked.refusal)


class TestRefused:
    def test_is_found_in_every_fault_that_a_rule_can_see(self, audited):
        table, marked, found = audited
        assert unseen(found.defects, table, marked) == []

    def test_is_blamed_for_nothing_that_is_not_there(self, audited):
        table, marked, found = audited
        assert unfounded(found.defects, table, marked) == []

    def test_is_faulty_in_many_ways(self, audited):
        table, _, _ = audited
        assert len({each.rule for each in table.planted}) >= LEAST


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_finds_no_fault_in_a_decision_that_has_none(language):
    table = Table(REFUSALS / "control.yaml", CONTROL)
    marked = table.of(language)
    assert unfounded(audit(marked.refusal).defects, table, marked) == []


def test_has_a_fault_for_every_rule_among_the_three():
    planted = {each.rule for name in NAMES for each in Table(REFUSALS / f"{name}.yaml").planted}
    assert set(Fault) - planted == set()
