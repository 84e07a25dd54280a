"""The law of a case: its State and days, what follows from them, and what the lawyer decides."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from panah import law
from panah.cases import queries as cases
from panah.cases.actions import ReasonMissing
from panah.cases.models import Proceedings
from panah.cases.regime import actions, queries
from panah.law import CaseDates, DatesImpossible, StateUnreadable
from panah.team.queries import NotAllowed
from support.members import signed_in
from support.roles import colleague, lines

GAP = CaseDates(registered=date(2026, 5, 29), lodged=date(2026, 6, 11), decided=date(2026, 10, 1))
TREATIES = ("rc-1951", "cat-3", "echr-3", "echr-2", "echr-13", "iccpr", "charter")


def dated(desk, case, state="SE", dates=GAP):
    return actions.date_proceedings(case=case, state=state, dates=dates, **desk.act)


def settled(desk, case, ids, reason="The parallel provisions are asked together."):
    return actions.settle_regime(case=case, framework_ids=ids, reason=reason, **desk.act)


def applied(case) -> set[str]:
    return set(case.frameworks.values_list("framework", flat=True))


class TestDateProceedings:
    def test_says_which_law_follows_from_them(self, desk, case):
        assert queries.proceedings(case) is queries.regime(case) is None
        dated(desk, case)
        regime = queries.regime(case)
        assert regime.dates == GAP
        assert [each.id for each in regime.questions] == ["qualification"]

    def test_newer_ones_stand_instead_and_the_earlier_stay(self, desk, case):
        dated(desk, case)
        dated(desk, case, "DE", CaseDates())
        assert queries.proceedings(case).state == "DE"
        assert [(each.state, queries.dates(each)) for each in queries.earlier(case)] == [("SE", GAP)]

    @pytest.mark.parametrize(
        ("state", "dates", "error"),
        [
            ("SE", CaseDates(lodged=date(2026, 6, 2), decided=date(2026, 6, 1)), DatesImpossible),
            ("SE", CaseDates(lodged=date(2999, 1, 1)), actions.DayAhead),
            ("Sw", CaseDates(), StateUnreadable),
        ],
    )
    def test_what_is_impossible_is_refused_and_nothing_is_lost(self, desk, case, state, dates, error):
        dated(desk, case)
        with pytest.raises(error):
            dated(desk, case, state, dates)
        assert queries.dates(queries.proceedings(case)) == GAP

    def test_leave_a_line_without_a_day_or_a_state(self, desk, case):
        dated(desk, case)
        [line] = lines("dated the proceedings")
        assert (line.subject, line.details) == (case.reference, {})

    @pytest.mark.parametrize("settle", [False, True])
    def test_wait_for_whoever_writes_to_the_same_case_before_they_read_what_stands(self, desk, case, settle):
        dated(desk, case, "NO", CaseDates())
        with CaptureQueriesContext(connection) as asked:
            if settle:
                settled(desk, case, ["no-utlendingsloven", "dublin-604-2013"])
            else:
                dated(desk, case)
        tables = [re.findall(r'FROM "(cases_\w+)"', each["sql"]) for each in asked if each["sql"].startswith("SELECT")]
        assert next(filter(None, tables)) == ["cases_case"]

    def test_a_reader_may_not(self, desk, case):
        with pytest.raises(NotAllowed):
            actions.date_proceedings(
                case=case, state="SE", dates=GAP, by=colleague(desk, case.compartment, "reader"), now=desk.now()
            )


class TestSettleRegime:
    def test_applies_what_was_chosen_and_keeps_the_reason(self, desk, case):
        dated(desk, case)
        standing = settled(desk, case, [*TREATIES, "apd-2013-32", "qr-2024-1347", "qd-2011-95"])
        assert queries.chosen(standing) == ("qr-2024-1347", "qd-2011-95")
        assert standing.regime_reason == "The parallel provisions are asked together."
        assert applied(case) == {*TREATIES, "apd-2013-32", "qr-2024-1347", "qd-2011-95"}
        of_the_procedure = {"rc-1951", "cat-3", "echr-3", "echr-13", "iccpr", "charter", "apd-2013-32"}
        assert {each.id for each in cases.guarantees(case)} == of_the_procedure
        assert "apd-2013-32" not in {each.id for each in cases.frameworks(case)}
        assert lines("settled the law")[-1].details == {"chosen": ["qr-2024-1347", "qd-2011-95"]}

    def test_keeps_the_edition_of_each(self, desk, case):
        dated(desk, case, "NO", CaseDates())
        settled(desk, case, ["no-utlendingsloven", "dublin-604-2013"])
        assert {row.framework: row.digest for row in case.frameworks.all() if row.framework != "cat-3"} == {
            each: law.edition(each) for each in ("no-utlendingsloven", "dublin-604-2013")
        }

    def test_leaves_alone_what_these_days_do_not_speak_of(self, desk):
        case = desk.case(frameworks=["ch-asylg", "rc-1951"])
        dated(desk, case, "SE", CaseDates(registered=date(2026, 7, 2), lodged=date(2026, 7, 3)))
        assert queries.regime(case).questions == ()
        settled(desk, case, ["qr-2024-1347"], reason="")
        assert applied(case) == {"ch-asylg", "qr-2024-1347"}

    @pytest.mark.parametrize(
        ("ids", "reason", "error", "words"),
        [
            (["rc-1951"], "B.", actions.QuestionOpen, "choose Qualification Regulation or Qualification Directive"),
            (["qr-2024-1347"], " \n", ReasonMissing, "Give the reason"),
            (["qr-2024-1347", "ch-asylg"], "B.", actions.LawElsewhere, "Swiss Asylum Act"),
            (["qr-2024-1347", "nothing"], "B.", law.FrameworkUnknown, "nothing"),
        ],
    )
    def test_refuses_what_answers_nothing_and_changes_nothing(self, desk, case, ids, reason, error, words):
        dated(desk, case)
        before = applied(case)
        with pytest.raises(error, match=words):
            settled(desk, case, ids, reason)
        assert applied(case) == before
        assert queries.chosen(queries.proceedings(case)) == ()

    def test_needs_the_days_first(self, desk, case):
        with pytest.raises(actions.ProceedingsUntold):
            settled(desk, case, ["rc-1951"])

    def test_a_choice_stands_for_as_long_as_it_can_be_chosen(self, desk, case):
        dated(desk, case)
        settled(desk, case, ["qd-2011-95"])
        later = CaseDates(registered=GAP.registered, lodged=GAP.lodged, decided=date(2026, 10, 2))
        assert queries.chosen(dated(desk, case, dates=later)) == ("qd-2011-95",)
        after = CaseDates(registered=date(2026, 8, 1), lodged=date(2026, 8, 2))
        standing = dated(desk, case, dates=after)
        assert (queries.chosen(standing), standing.regime_reason) == ((), "")
        assert queries.earlier(case)[0].regime_reason == "The parallel provisions are asked together."

    def test_the_database_holds_one_that_stands_and_a_reason_for_a_choice(self, desk, case):
        dated(desk, case)
        for wrong in ({"current": True}, {"current": False, "regime_choice": "qd-2011-95"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Proceedings.objects.create(case=case, state="SE", by="A", at=desk.now(), **wrong)


class TestFolder:
    def test_takes_the_proceedings_along(self, desk, case, tmp_path):
        dated(desk, case)
        settled(desk, case, ["qd-2011-95", "apd-2013-32"])
        folder = desk.exported(case, tmp_path / "out")
        came = desk.imported(folder, reference="2026-099")
        standing = queries.proceedings(came)
        assert (standing.state, queries.dates(standing), queries.chosen(standing)) == ("SE", GAP, ("qd-2011-95",))
        assert standing.regime_reason == "The parallel provisions are asked together."
        assert applied(came) == applied(case)


class TestPages:
    def test_ask_for_the_days_say_what_applies_and_keep_the_choice(self, desk, case):
        client, address = signed_in(desk.member), f"/cases/{case.reference}/law"
        assert "Nobody has written down which State" in client.get(address).content.decode()
        days = {"state": "se", "registered": "2026-05-29", "lodged": "2026-06-11", "decided": "2026-10-01"}
        assert client.post(f"{address}/days", days).status_code == 302
        page = client.get(address).content.decode()
        assert "says nothing of such a case" in page
        assert "To its end, the procedure is governed by Directive 2013/32/EU" in page
        assert "APR59.2" in page
        choice = {"applies": ["apd-2013-32"], "qualification": ["qd-2011-95"], "reason": "Lodged under it."}
        assert client.post(f"{address}/settle", choice).status_code == 302
        assert "Lodged under it." in client.get(address).content.decode()
        assert applied(case) == {"apd-2013-32", "qd-2011-95"}

    def test_say_in_one_sentence_what_is_refused_and_keep_what_was_typed(self, desk, case):
        client, address = signed_in(desk.member), f"/cases/{case.reference}/law"
        answer = client.post(f"{address}/days", {"state": "SE", "lodged": "2026-06-02", "decided": "2026-06-01"})
        page = answer.content.decode()
        assert (answer.status_code, "dates-impossible" in page, 'value="2026-06-02"' in page) == (400, True, True)
        assert client.post(f"{address}/days", {"state": "SE", "lodged": "31.31.2026"}).status_code == 400
        assert client.post(f"{address}/settle", {}).status_code == 409
        dated(desk, case)
        answer = client.post(f"{address}/settle", {"reason": "Because."})
        page = answer.content.decode()
        assert (answer.status_code, "question-open" in page, "Because." in page) == (400, True, True)

    def test_what_governs_the_procedure_stays_when_the_claim_is_examined_under_another_law(self, desk, case):
        dated(desk, case)
        settled(desk, case, ["apd-2013-32", "qd-2011-95"])
        signed_in(desk.member).post(f"/cases/{case.reference}/frameworks", {"frameworks": ["rc-1951"]})
        assert applied(case) == {"apd-2013-32", "rc-1951"}
