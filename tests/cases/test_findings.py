"""Findings: a human's answer to a question of the law, replaced and kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panah import law
from panah.cases import actions, queries
from panah.cases.actions import FindingWithoutWords, OfAnotherCase
from panah.cases.queries import ElementUnknown
from panah.law import FrameworkUnknown

EARLIER = datetime(2026, 8, 10, 15, 0, tzinfo=UTC)


@pytest.fixture
def find(desk, case, element):
    def find(words="She would be tortured.", reasons="Because.", **said):
        asked = {"case": case, "framework_id": "cat-3", "element_id": element.id, **said}
        return actions.find(words=words, reasons=reasons, **asked, **desk.act)

    return find


@pytest.fixture
def quotation(desk):
    return desk.quote(desk.paper("She was held in 2018. Nobody said why."), "Nobody said why.")


class TestFind:
    def test_answers_a_question_with_reasons_and_says_who_and_when(self, case, find):
        finding = find(" She would be tortured.\r\nSurely. ", "  Because.\r\n\r\nAnd so on.")
        assert (finding.words, finding.reasons) == ("She would be tortured.\nSurely.", "Because.\n\nAnd so on.")
        assert (finding.by, finding.current) == ("Invented Member", True)
        assert list(queries.findings(case)) == [finding]

    def test_rests_on_facts_and_quotations(self, desk, case, find, quotation):
        facts = [desk.fact(case), desk.fact(case, "She was struck.")]
        finding = find(facts=facts, quotations=[quotation])
        assert list(finding.facts.order_by("number")) == facts
        assert list(finding.quotations.all()) == [quotation]

    @pytest.mark.parametrize("words", ["", "  ", "\r\n"])
    def test_without_words_is_refused_and_replaces_nothing(self, case, find, words):
        standing = find()
        with pytest.raises(FindingWithoutWords):
            find(words)
        assert list(queries.findings(case)) == [standing]

    def test_may_lack_reasons_which_is_a_gap(self, find):
        assert find(reasons="").reasons == ""

    @pytest.mark.parametrize(
        ("framework", "asked", "error"),
        [("cat-3", "QR4.1", ElementUnknown), ("cat-3", "", ElementUnknown), ("no-law", "CAT3.1", FrameworkUnknown)],
    )
    def test_on_a_question_that_no_law_asks_is_refused(self, case, find, framework, asked, error):
        with pytest.raises(error):
            find(framework_id=framework, element_id=asked)
        assert not case.findings.exists()

    def test_keeps_the_author_and_the_time_of_one_that_was_imported(self, find):
        finding = find(author="Counsel", written_at=EARLIER)
        assert (finding.by, finding.written_at) == ("Counsel", EARLIER)


class TestReplacing:
    def test_a_new_answer_stands_and_the_old_one_is_kept(self, case, find):
        old, new = find("First."), find("Second.")
        assert list(queries.findings(case)) == [new]
        assert [(kept.words, kept.current) for kept in queries.all_findings(case)] == [
            ("First.", False),
            ("Second.", True),
        ]
        assert old != new

    def test_the_old_one_keeps_what_it_rested_on(self, desk, case, find, quotation):
        fact = desk.fact(case)
        old = find("First.", facts=[fact], quotations=[quotation])
        find("Second.")
        assert (list(old.facts.all()), list(old.quotations.all())) == ([fact], [quotation])

    def test_an_answer_to_another_question_or_of_another_case_stays(self, desk, case, find):
        find()
        find(element_id="CAT3.2")
        find(case=desk.case("B"))
        assert queries.findings(case).count() == 2


class TestOfAnotherCase:
    def test_a_fact_is_refused(self, desk, case, find):
        with pytest.raises(OfAnotherCase):
            find(facts=[desk.fact(case), desk.fact(desk.case("B"))])
        assert not case.findings.exists()


class TestExamination:
    def test_has_every_question_in_the_law_s_order_answered_or_not(self, case, find, element):
        finding = find()
        (framework,) = queries.frameworks(case)
        ((_, examined),) = queries.examination(case, [framework])
        assert [item.element for item in examined] == list(framework.claims)
        assert {item.element.id: item.finding for item in examined if item.finding} == {element.id: finding}

    def test_shows_beside_each_question_what_is_missing_there(self, case, find, element):
        find(reasons="")
        (framework,) = queries.frameworks(case)
        ((_, examined),) = queries.examination(case, [framework])
        gaps = {item.element.id: [gap.rule for gap in item.gaps] for item in examined}
        assert gaps.pop(element.id) == ["finding-without-reasons"]
        assert all(rules == ["element-unanswered"] for rules in gaps.values())

    def test_asks_the_database_as_often_for_many_bodies_of_law_as_for_one(self, desk, case, find):
        find()

        def asked(chosen) -> int:
            with CaptureQueriesContext(connection) as made:
                queries.examination(case, chosen)
                queries.gaps(case)
            return len(made)

        few = asked([law.framework("cat-3")])
        for number in range(4):
            desk.fact(case, f"Fact {number}", supported_by=desk.paper(f"Paper {number}.", path=f"{number}.txt"))
        actions.choose_frameworks(case=case, framework_ids=[each.id for each in law.examinable()], **desk.act)
        find(facts=list(case.facts.all()))
        assert asked(law.examinable()) - few < 8  # what no fact had before is read now, and once
