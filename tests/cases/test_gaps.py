"""What the examination has left open: each of the five rules appears, and disappears when it is seen to."""

from __future__ import annotations

import pytest

from panah import law
from panah.cases import actions, queries
from panah.law import Box, Rule, Stance
from panah.library.actions import supersede

ELEMENTS = law.framework("cat-3").claims


@pytest.fixture
def answered(desk, case):
    """A case in which every question has its answer."""
    for element in ELEMENTS:
        answer(desk, case, element.id)
    return case


@pytest.fixture
def paper(desk):
    return desk.paper("She was held in 2018. Nobody said why.", title="A letter")


@pytest.fixture
def quotation(desk, paper):
    return desk.quote(paper, "She was held in 2018.")


def answer(desk, case, element, reasons="Because.", **rests_on):
    said = {"framework_id": "cat-3", "element_id": element, "words": "Yes.", "reasons": reasons}
    return actions.find(case=case, **said, **rests_on, **desk.act)


def rules(case) -> list[Rule]:
    return [gap.rule for gap in queries.gaps(case)]


class TestUnanswered:
    def test_every_question_is_a_gap_until_it_has_a_finding(self, desk, case):
        assert rules(case) == [Rule.ELEMENT_UNANSWERED] * len(ELEMENTS)
        for left, element in enumerate(ELEMENTS, start=1):
            answer(desk, case, element.id)
            assert len(rules(case)) == len(ELEMENTS) - left
        assert rules(case) == []

    def test_a_question_of_a_law_that_was_not_chosen_is_not_asked(self, desk, answered):
        actions.choose_frameworks(case=answered, framework_ids=["cat-3", "echr-3"], **desk.act)
        assert len(rules(answered)) == len(law.framework("echr-3").claims)

    def test_a_case_under_no_law_has_no_gaps_that_could_be_named(self, desk):
        case = desk.case("B")
        desk.fact(case)
        assert queries.gaps(case) == []


class TestWithoutReasons:
    def test_a_finding_is_a_gap_until_it_gives_them(self, desk, answered):
        answer(desk, answered, ELEMENTS[0].id, reasons="")
        assert rules(answered) == [Rule.FINDING_WITHOUT_REASONS]
        answer(desk, answered, ELEMENTS[0].id, reasons="Because.")
        assert rules(answered) == []


class TestWithoutSupport:
    def test_a_fact_is_a_gap_until_something_supports_it(self, desk, answered, quotation):
        fact = desk.fact(answered)
        assert rules(answered) == [Rule.FACT_WITHOUT_SUPPORT]
        kept = actions.support(fact=fact, stance=Stance.SUPPORTS, quotation=quotation, **desk.act)
        assert rules(answered) == []
        actions.withdraw_support(support=kept, **desk.act)
        assert rules(answered) == [Rule.FACT_WITHOUT_SUPPORT]

    def test_what_is_silent_on_it_does_not_support_it(self, desk, answered, quotation):
        desk.fact(answered, supported_by=quotation, stance="silent")
        assert rules(answered) == [Rule.FACT_WITHOUT_SUPPORT]

    def test_or_until_all_four_conditions_of_the_benefit_of_the_doubt_are_reasoned(self, desk, answered):
        fact = desk.fact(answered)
        for boxes in range(len(Box)):
            actions.weigh(fact=fact, boxes=dict.fromkeys(list(Box)[:boxes], "Because."), **desk.act)
            assert rules(answered) == [Rule.FACT_WITHOUT_SUPPORT]
        actions.weigh(fact=fact, boxes=dict.fromkeys(Box, "Because."), **desk.act)
        assert rules(answered) == []

    def test_is_said_once_under_however_many_laws(self, desk):
        case = desk.case("B", frameworks=["cat-3", "echr-3", "qr-2024-1347"])
        desk.fact(case)
        assert rules(case).count(Rule.FACT_WITHOUT_SUPPORT) == 1


class TestNotPut:
    def test_a_contradiction_is_a_gap_until_it_was_put_to_her(self, desk, answered, quotation):
        fact = desk.fact(answered, supported_by=desk.paper("Another letter."))
        against = actions.support(fact=fact, stance=Stance.CONTRADICTS, quotation=quotation, **desk.act)
        assert rules(answered) == [Rule.CONTRADICTION_NOT_PUT]
        actions.put_to_applicant(support=against, put_at="Second interview", her_answer="No.", **desk.act)
        assert rules(answered) == []

    def test_names_the_words_the_paper_and_the_law(self, desk, answered, quotation):
        fact = desk.fact(answered, "She was never held.", supported_by=desk.paper("Another letter."))
        actions.support(fact=fact, stance=Stance.CONTRADICTS, quotation=quotation, **desk.act)
        (gap,) = queries.gaps(answered)
        assert "“She was never held.” is contradicted by “She was held in 2018.” (A letter)" in gap.reason
        assert gap.authority == "Regulation (EU) 2024/1348, art. 12(2)"


class TestSuperseded:
    @pytest.fixture
    def newer(self, desk):
        return desk.paper("She was held in 2019.", title="The letter, corrected")

    def test_a_quotation_beside_a_fact_is_a_gap_until_it_is_replaced(self, desk, answered, paper, quotation, newer):
        fact = desk.fact(answered, supported_by=quotation)
        assert rules(answered) == []
        supersede(older=paper, newer=newer, **desk.act)
        assert rules(answered) == [Rule.QUOTATION_SUPERSEDED]
        current = desk.quote(newer, "She was held in 2019.")
        actions.support(fact=fact, stance=Stance.SUPPORTS, quotation=current, **desk.act)
        actions.withdraw_support(support=fact.supports.get(quotation=quotation), **desk.act)
        assert rules(answered) == []

    def test_so_is_a_whole_paper(self, desk, answered, paper, newer):
        desk.fact(answered, supported_by=paper)
        supersede(older=paper, newer=newer, **desk.act)
        assert rules(answered) == [Rule.QUOTATION_SUPERSEDED]

    def test_so_is_a_quotation_under_a_finding_until_it_is_written_anew(self, desk, answered, paper, quotation, newer):
        answer(desk, answered, ELEMENTS[0].id, quotations=[quotation])
        supersede(older=paper, newer=newer, **desk.act)
        (gap,) = queries.gaps(answered)
        assert (gap.rule, gap.element) == (Rule.QUOTATION_SUPERSEDED, ELEMENTS[0].id)
        assert "“She was held in 2018.”" in gap.reason
        answer(desk, answered, ELEMENTS[0].id)
        assert rules(answered) == []

    def test_every_version_but_the_last_is_superseded(self, desk, answered, paper, quotation, newer):
        newest = desk.paper("She was held in 2020.", title="The letter, corrected again")
        supersede(older=paper, newer=newer, **desk.act)
        supersede(older=newer, newer=newest, **desk.act)
        middle = desk.quote(newer, "She was held in 2019.")
        for words in (quotation, middle, desk.quote(newest, "She was held in 2020.")):
            desk.fact(answered, supported_by=words)
        assert [gap.fact for gap in queries.gaps(answered)] == ["1", "2"]


class TestAllTogether:
    def test_questions_come_before_facts(self, desk, case):
        desk.fact(case)
        answer(desk, case, ELEMENTS[2].id, reasons="")
        first = [Rule.ELEMENT_UNANSWERED] * 2 + [Rule.FINDING_WITHOUT_REASONS]
        rest = [Rule.ELEMENT_UNANSWERED] * (len(ELEMENTS) - 3) + [Rule.FACT_WITHOUT_SUPPORT]
        assert rules(case) == first + rest

    def test_of_one_case_are_not_those_of_another(self, desk, answered):
        desk.fact(desk.case("B", frameworks=["cat-3"]))
        assert rules(answered) == []
