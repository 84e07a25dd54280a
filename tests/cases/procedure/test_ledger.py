"""What the ledger keeps of the procedure, and who may write."""

from __future__ import annotations

import pytest

from panah.cases.procedure import actions, queries
from panah.law.checklist import Status
from panah.team.actions import Verb
from panah.team.models import LedgerLine
from panah.team.queries import NotAllowed
from support.roles import colleague, lines

SECRET = "words that are hers alone"


def _dismiss(case, record, act):
    [said] = [each.reason for each in queries.proposals(act["by"], case, now=act["now"]) if each.item == "E15"]
    actions.dismiss(case=case, item="E15", said=said, reason=SECRET, **act)


def _confirm(case, record, act):
    [said] = [each.reason for each in queries.proposals(act["by"], case, now=act["now"]) if each.item == "E15"]
    actions.confirm(case=case, item="E15", said=said, over=0, **act)


WRITES = {
    "keep_record": (
        Verb.KEPT_RECORD,
        lambda case, record, act: actions.keep_record(case=case, kind="child", said={"who": SECRET}, **act),
    ),
    "take_away_record": (Verb.WITHDREW, lambda case, record, act: actions.take_away_record(record=record, **act)),
    "answer": (
        Verb.ANSWERED,
        lambda case, record, act: actions.answer(
            case=case, item="A3", status=Status.DEFICIENT, words=SECRET, nothing_found=SECRET, **act
        ),
    ),
    "confirm": (Verb.ANSWERED, _confirm),
    "dismiss": (Verb.DISMISSED, _dismiss),
    "keep_dismissal": (
        Verb.DISMISSED,
        lambda case, record, act: actions.keep_dismissal(case=case, item="A1", proposed=SECRET, reason=SECRET, **act),
    ),
}


@pytest.fixture
def record(keep):
    return keep("removal-order", {"hour": SECRET})


@pytest.mark.parametrize(("verb", "write"), WRITES.values(), ids=WRITES)
class TestEveryWrite:
    def test_is_one_line_without_a_word_of_the_case(self, desk, case, record, verb, write):
        before = LedgerLine.objects.count()
        write(case, record, desk.act)
        assert LedgerLine.objects.count() == before + 1
        line = lines(verb)[-1]
        assert (line.kind, line.subject) == ("case", case.reference)
        assert SECRET not in str(line.details)

    def test_is_refused_to_a_reader_and_undone(self, desk, case, record, verb, write):
        reader = colleague(desk, case.compartment, "reader")
        before = LedgerLine.objects.count()
        with pytest.raises(NotAllowed):
            write(case, record, {"by": reader, "now": desk.now()})
        assert LedgerLine.objects.count() == before
        assert (case.answers.count(), case.dismissals.count(), case.procedure_records.count()) == (0, 0, 1)
        record.refresh_from_db()
        assert record.current
