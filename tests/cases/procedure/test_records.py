"""Records of the procedure: checked by their kind, replaced and kept."""

from __future__ import annotations

import pytest

from panah.cases.actions import OfAnotherCase, WrittenMeanwhile
from panah.cases.models import ProcedureRecord
from panah.cases.procedure import actions, queries
from panah.cases.procedure.queries import RecordUnknown
from panah.law.checklist import RecordKindUnknown
from panah.law.checklist.filling import RecordUnfit
from panah.team.models import LedgerLine
from support.roles import colleague


class TestKeepRecord:
    def test_is_numbered_among_its_kind_and_says_who_and_when(self, desk, case, keep):
        first, second = keep("event", {"what": "made"}), keep("event", {"what": "lodged", "day": "2026-07~"})
        other = keep("child", {"who": "the elder"})
        assert [(each.kind, each.number) for each in (first, second, other)] == [
            ("event", 1),
            ("event", 2),
            ("child", 1),
        ]
        assert second.by == desk.member.name
        [told, _] = queries.told(desk.member, case, ["event"])
        assert told.lines == [("Which step", "made")]

    def test_is_sealed_and_no_word_of_it_stands_in_the_ledger(self, case, keep):
        keep("child", {"who": "the elder of two"})
        line = LedgerLine.objects.order_by("pk").last()
        assert "elder" not in f"{line.subject} {line.verb}"
        assert ProcedureRecord.objects.get().said == '{"who": "the elder of two"}'

    def test_takes_the_place_of_one_that_stays(self, desk, case, keep):
        first = keep("event", {"what": "made"})
        second = keep("event", {"what": "registered"}, number=1, over=first.pk)
        assert list(queries.records(desk.member, case)) == [second]
        assert [each.current for each in queries.all_records(desk.member, case)] == [False, True]

    def test_is_refused_where_somebody_changed_it_meanwhile(self, desk, case, keep):
        first = keep("event", {"what": "made"})
        second = keep("event", {"what": "registered"}, number=1, over=first.pk)
        with pytest.raises(WrittenMeanwhile, match="Invented Member wrote this after your page was made"):
            keep("event", {"what": "lodged"}, number=1, over=first.pk)
        assert list(queries.records(desk.member, case)) == [second]

    @pytest.mark.parametrize(
        ("kind", "said", "reason"),
        [
            ("event", {}, "“Which step”: this has to be said"),
            ("event", {"what": "made", "day": "the summer"}, "a date is written as"),
            ("past-harm", {"what": "x", "fact": "7"}, "this case has no fact 7"),
            ("language", {"language": "ug", "how": "preferred", "statement": "7"}, "this case has no statement 7"),
            ("removal-order", {}, "nothing is said"),
        ],
    )  # fmt: skip
    def test_is_refused_where_it_says_what_it_may_not(self, case, keep, kind, said, reason):
        with pytest.raises(RecordUnfit) as refused:
            keep(kind, said)
        assert reason in refused.value.sentence
        assert not ProcedureRecord.objects.exists()

    def test_is_refused_of_a_kind_that_there_is_not(self, case, keep):
        with pytest.raises(RecordKindUnknown):
            keep("rumour", {"what": "x"})

    def test_stands_in_a_paper_that_its_author_may_read_and_in_no_other(self, desk, case):
        theirs = desk.paper("Of others.", shelf=desk.case("2026-015").papers.name)
        said = {"case": case, "kind": "event", "said": {"what": "made"}, "paper": theirs}
        assert actions.keep_record(**said, **desk.act).paper == theirs
        with pytest.raises(OfAnotherCase):
            actions.keep_record(**said, by=colleague(desk, case.compartment), now=desk.now())

    def test_replaces_nothing_that_is_not_there(self, case, keep):
        with pytest.raises(RecordUnknown):
            keep("event", {"what": "made"}, number=3)

    def test_that_is_taken_away_stays_for_what_cites_it(self, desk, case, keep):
        record = keep("event", {"what": "made"})
        actions.take_away_record(record=record, **desk.act)
        assert not queries.records(desk.member, case)
        assert keep("event", {"what": "made"}).number == 2
        with pytest.raises(RecordUnknown):
            queries.record(desk.member, case, "event", 1)
