"""What the tests of the audit of a refusal have in common: an invented decision, and what lies beside it."""

from __future__ import annotations

import pytest

from panah.cases.models import Reason, Verdict
from panah.cases.procedure import actions as procedure
from panah.cases.refusal import actions, queries

SHELF = "Case 2026-014"
DECISION = """Decision of the invented Office for Protection

The application is refused.

Reasons

She has not explained why she left. Her account of the house search is not accepted.

It can be expected of her that she lives in a discreet manner and does not draw attention to herself in the city.
"""


@pytest.fixture
def decision(desk, case):
    """The paper in which the decision stands; its record is on file."""
    paper = desk.paper(DECISION, shelf=SHELF, path="decision.txt", title="Decision", date="2026-10-05", language="en")
    said = {"outcome": "refused", "day": "2026-10-05"}
    procedure.keep_record(case=case, kind="decision", said=said, paper=paper, **desk.act)
    return paper


@pytest.fixture
def letter(desk, case):
    """A paper that was submitted and that the decision does not mention."""
    return desk.paper(
        "They came at night.", shelf=SHELF, path="letter.txt", title="Letter of the aunt", date="2026-07-01"
    )


@pytest.fixture
def audited(desk, case, decision):
    def audited() -> queries.Audited:
        return queries.audited(desk.member, case, decision, now=desk.now())

    return audited


@pytest.fixture
def proposed(audited):
    """What a rule proposes, the first."""

    def proposed(rule: str) -> queries.Ruling:
        return next(each for each in audited().rulings if each.rule == rule)

    return proposed


@pytest.fixture
def mark(desk, case, decision):
    def mark(words="Her account of the house search is not accepted.", **said) -> Reason:
        return actions.mark(case=case, decision=decision, words=words, **said, **desk.act)

    return mark


@pytest.fixture
def rule(desk, case, decision, proposed):
    """Give a verdict on what a rule proposes."""

    def rule(verb, which: str, **said) -> Verdict:
        found = proposed(which)
        given = {"defect": found.id, "said": found.sentence, "reason": "It is so.", "over": found.seen}
        return verb(case=case, decision=decision, **(given | said), **desk.act)

    return rule
