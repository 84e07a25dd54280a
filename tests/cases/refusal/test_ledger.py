"""What the ledger keeps of the audit of a refusal, and who may write: each write is whole, or leaves nothing."""

from __future__ import annotations

import pytest

from panah.cases.models import Reason, Verdict
from panah.cases.refusal import actions, queries
from panah.cases.refusal.actions import About
from panah.cases.refusal.printing import draft
from panah.team.actions import Verb
from panah.team.models import LedgerLine
from panah.team.queries import NotAllowed
from support.roles import colleague, lines

SECRET = "words that are hers alone"
WORDS = "She has not explained why she left."


def _rule(verb, case, kept, act, **more):
    [found] = [
        each
        for each in queries.audited(act["by"], case, kept.decision, now=act["now"]).rulings
        if each.rule == "discretion"
    ]
    verb(case=case, decision=kept.decision, defect=found.id, said=found.sentence, reason=SECRET, **more, **act)


WRITES = {
    "mark": (
        Verb.MARKED_REASON,
        lambda case, kept, act: actions.mark(
            case=case, decision=kept.decision, words="The application is refused.", about=About(note=SECRET), **act
        ),
    ),
    "withdraw_mark": (Verb.WITHDREW, lambda case, kept, act: actions.withdraw_mark(reason=case.reasons.get(), **act)),
    "accept": (Verb.TOOK_UP_GROUND, lambda case, kept, act: _rule(actions.accept, case, kept, act)),
    "correct": (Verb.TOOK_UP_GROUND, lambda case, kept, act: _rule(actions.correct, case, kept, act, words=SECRET)),
    "dismiss": (Verb.DISMISSED, lambda case, kept, act: _rule(actions.dismiss, case, kept, act)),
    "ask_for": (Verb.TOOK_UP_GROUND, lambda case, kept, act: actions.ask_for(verdict=kept, sought=SECRET, **act)),
    "order_grounds": (
        Verb.ORDERED_GROUNDS,
        lambda case, kept, act: actions.order_grounds(case=case, decision=kept.decision, order=[kept.pk], **act),
    ),
    "draft": (Verb.EXPORTED, lambda case, kept, act: draft(case=case, decision=kept.decision, **act)),
}


@pytest.fixture
def kept(letter, mark, rule):
    """A ground; a reason is marked, too."""
    mark(WORDS)
    return rule(actions.accept, "paper-not-mentioned")


@pytest.mark.parametrize(("verb", "write"), WRITES.values(), ids=WRITES)
class TestEveryWrite:
    def test_is_one_line_without_a_word_of_the_case(self, desk, case, kept, verb, write):
        write(case, kept, desk.act)
        line = lines(verb)[-1]
        assert (line.kind, line.subject) == ("case", case.reference)
        assert SECRET not in str(line.details)

    def test_is_refused_to_a_reader_and_undone(self, desk, case, kept, verb, write):
        reader = colleague(desk, case.compartment, "reader")
        before = LedgerLine.objects.count()
        with pytest.raises(NotAllowed):
            write(case, kept, {"by": reader, "now": desk.now()})
        assert LedgerLine.objects.count() == before
        assert list(Reason.objects.values_list("current", flat=True)) == [True]
        assert list(Verdict.objects.values_list("outcome", "place", "current")) == [("accepted", 1, True)]
