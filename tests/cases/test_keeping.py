"""How long a case is kept: a day with its reason, a hold, and the docket that reminds its lead."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from panah.cases import actions, queries, rules
from panah.cases.actions import NotHeld, ReasonMissing
from panah.cases.models import Case
from panah.team.queries import NotAllowed
from support.roles import colleague, former, lines

DAY = date(2026, 11, 23)


class TestKept:
    @pytest.mark.parametrize(
        ("until", "held", "why"),
        [
            ("", False, ""),
            ("2026-11-22", False, ""),
            ("2026-11-23", False, "it is kept until 2026-11-23"),
            ("2026-11-24", False, "it is kept until 2026-11-24"),
            ("", True, "a legal hold stands"),
            ("2026-11-22", True, "a legal hold stands"),
            ("2031-12-31", True, "a legal hold stands"),
        ],
    )
    def test_says_why_it_may_not_be_erased(self, until, held, why):
        assert rules.kept(until=until, held=held, on=DAY) == why

    def test_asks_the_case(self, desk, case):
        assert queries.kept(case, DAY) == ""
        actions.retain(case=case, until=DAY, reason="The office's rule.", **desk.act)
        assert queries.kept(case, DAY) == "Case 2026-014: it is kept until 2026-11-23."
        assert queries.kept(case, date(2026, 11, 24)) == ""
        actions.hold(case=case, reason="An inquiry.", **desk.act)
        assert queries.kept(Case.objects.get(), date(2099, 1, 1)) == "Case 2026-014: a legal hold stands."


class TestActions:
    def test_each_leaves_a_line_without_the_reason(self, desk, case):
        actions.retain(case=case, until=date(2031, 12, 31), reason="A secret reason.", **desk.act)
        actions.hold(case=case, reason="A secret reason.", **desk.act)
        actions.lift_hold(case=case, **desk.act)
        told = [lines(verb)[-1] for verb in ("said how long to keep", "held", "lifted the hold")]
        assert [(line.subject, line.details) for line in told] == [
            ("2026-014", {"until": "2031-12-31"}),
            ("2026-014", {}),
            ("2026-014", {}),
        ]

    def test_a_later_day_and_a_later_reason_take_the_place_of_the_earlier(self, desk, case):
        for year in (2030, 2032):
            actions.retain(case=case, until=date(year, 1, 1), reason=f"Because of {year}.", **desk.act)
        actions.hold(case=case, reason="One.", **desk.act)
        since = case.held_since
        actions.hold(case=case, reason="Two.", **desk.act)
        kept = Case.objects.get()
        assert (kept.retain_until, kept.retain_reason) == ("2032-01-01", "Because of 2032.")
        assert (kept.held_since, kept.hold_reason) == (since, "Two.")

    @pytest.mark.parametrize("reason", ["", " \r\n"])
    def test_need_a_reason(self, desk, case, reason):
        with pytest.raises(ReasonMissing):
            actions.retain(case=case, until=DAY, reason=reason, **desk.act)
        with pytest.raises(ReasonMissing):
            actions.hold(case=case, reason=reason, **desk.act)

    def test_lift_no_hold_that_does_not_stand(self, desk, case):
        with pytest.raises(NotHeld):
            actions.lift_hold(case=case, **desk.act)

    @pytest.mark.parametrize("who", ["worker", "reviewer", "reader", "stranger", "former"])
    def test_are_the_lead_s_alone(self, desk, case, who):
        actions.hold(case=case, reason="An inquiry.", **desk.act)
        place = case.compartment
        asker = former(desk, place) if who == "former" else colleague(desk, place, None if who == "stranger" else who)
        by = {"by": asker, "now": desk.now()}
        for refused in (
            lambda: actions.retain(case=Case.objects.get(), until=DAY, reason="B", **by),
            lambda: actions.hold(case=Case.objects.get(), reason="B", **by),
            lambda: actions.lift_hold(case=Case.objects.get(), **by),
        ):
            with pytest.raises(NotAllowed):
                refused()
        kept = Case.objects.get()
        assert (kept.retain_until, kept.hold_reason) == ("", "An inquiry.")

    def test_the_database_itself_wants_reasons(self, desk, case):
        for values in ({"retain_until": "2031-12-31"}, {"held_since": datetime(2026, 1, 1, tzinfo=UTC)}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Case.objects.filter(pk=case.pk).update(**values)


class TestOverdue:
    def test_are_the_cases_of_which_the_last_day_has_passed(self, desk, case):
        later, held, _open = (desk.case(reference) for reference in ("B", "C", "D"))
        for each, day in ((case, DAY), (later, date(2026, 11, 25)), (held, DAY)):
            actions.retain(case=each, until=day, reason="So.", **desk.act)
        actions.hold(case=held, reason="An inquiry.", **desk.act)
        assert list(queries.overdue(desk.member, DAY)) == []
        assert list(queries.overdue(desk.member, date(2026, 11, 24))) == [case]

    @pytest.mark.parametrize("role", ["worker", "reviewer", "reader", None])
    def test_are_shown_to_the_lead_alone(self, desk, case, role):
        actions.retain(case=case, until=DAY, reason="So.", **desk.act)
        asker = colleague(desk, case.compartment, role)
        assert list(queries.overdue(asker, date(2027, 1, 1))) == []


class TestLog:
    def test_has_what_was_done_in_the_case_newest_first(self, desk, case):
        desk.fact(case)
        desk.case("B")
        desk.seal(case)
        told = [line.verb for line in queries.log(desk.member, case)]
        assert told == ["sealed", "began sealing", "stated", "chose law", "opened"]

    def test_has_nothing_of_a_namesake_in_another_compartment(self, desk, case):
        other = colleague(desk, case.compartment, "reader")
        stranger = colleague(desk, case.compartment, None, "Invented Stranger")
        theirs = actions.open_case(called="B", reference="2026-014", by=stranger, now=desk.now())
        desk.fact(case)
        assert [line.verb for line in queries.log(stranger, theirs)] == ["opened"]
        assert "stated" in [line.verb for line in queries.log(other, case)]

    @pytest.mark.parametrize("who", ["stranger", "former"])
    def test_is_of_the_compartment_s_members(self, desk, case, who):
        place = case.compartment
        asker = former(desk, place) if who == "former" else colleague(desk, place, None)
        with pytest.raises(NotAllowed):
            queries.log(asker, case)
