"""Statements, facts, what bears on them, contradictions, and the benefit of the doubt."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import IntegrityError

from panah.cases import actions, queries
from panah.cases.actions import (
    AnswerUnasked,
    FactWithoutWords,
    LineBroken,
    LineTooLong,
    OfAnotherCase,
    SpellingEmpty,
    StatementEmpty,
    SupportTwice,
)
from panah.errors import PanahError
from panah.law import Box, Stance


@pytest.fixture
def paper(desk):
    return desk.paper("She was held in 2018. Nobody said why.", shelf="Case 2026-014")


@pytest.fixture
def quotation(desk, paper):
    return desk.quote(paper, "She was held in 2018.")


@pytest.fixture
def fact(desk, case):
    return desk.fact(case)


class TestStatements:
    def test_are_numbered_and_each_telling_is_kept(self, desk, case):
        for words in ("First.", "Second.", "First."):
            actions.record_statement(case=case, words=words, **desk.act)
        assert [(told.number, told.words) for told in queries.statements(case)] == [
            (1, "First."), (2, "Second."), (3, "First."),
        ]  # fmt: skip

    def test_are_kept_word_for_word_with_line_ends_made_alike(self, desk, case):
        told = actions.record_statement(case=case, words="مەن كەلدىم.\r\n\r\n  Then — nothing. 🕊\r\n", **desk.act)
        assert told.words == "مەن كەلدىم.\n\n  Then — nothing. 🕊"

    def test_say_when_where_and_through_whom(self, desk, case):
        said = {"told_on": "2024-05~", "occasion": "Screening", "language": "ug-Arab", "interpreter": "Uyghur, Kashgar"}
        told = actions.record_statement(case=case, words="So.", **said, **desk.act)
        assert {name: getattr(told, name) for name in said} == said

    def test_may_stand_in_a_paper_alone(self, desk, case, paper):
        assert actions.record_statement(case=case, paper=paper, **desk.act).words == ""

    @pytest.mark.parametrize("words", ["", " ", "\r\n"])
    def test_without_words_and_without_paper_are_refused(self, desk, case, words):
        with pytest.raises(StatementEmpty):
            actions.record_statement(case=case, words=words, **desk.act)
        assert not case.statements.exists()


class TestFacts:
    def test_are_numbered_case_by_case(self, desk, case):
        other = desk.case("B")
        assert [desk.fact(of).number for of in (case, case, other, case)] == [1, 2, 1, 3]

    @pytest.mark.parametrize("words", ["", "  ", "\n"])
    def test_without_words_are_refused(self, desk, case, words):
        with pytest.raises(FactWithoutWords):
            desk.fact(case, words)

    def test_come_from_a_statement_of_the_same_case(self, desk, case):
        told = actions.record_statement(case=case, words="I was held.", **desk.act)
        assert desk.fact(case, statement=told).statement == told

    def test_from_a_statement_of_another_case_are_refused(self, desk, case):
        told = actions.record_statement(case=desk.case("B"), words="I was held.", **desk.act)
        with pytest.raises(OfAnotherCase):
            desk.fact(case, statement=told)
        assert not case.facts.exists()


class TestSupports:
    @pytest.mark.parametrize("stance", list(Stance))
    def test_say_how_a_quotation_bears_on_a_fact(self, desk, fact, quotation, stance):
        kept = actions.support(fact=fact, stance=stance, quotation=quotation, note=" So it is. ", **desk.act)
        assert (kept.stance, kept.quotation, kept.paper, kept.note) == (stance, quotation, None, "So it is.")

    def test_may_be_a_paper_as_a_whole(self, desk, fact, paper):
        kept = actions.support(fact=fact, stance=Stance.SILENT, paper=paper, **desk.act)
        assert (kept.quotation, kept.paper) == (None, paper)

    def test_are_a_quotation_or_a_paper_and_never_both_or_neither(self, desk, fact, paper, quotation):
        for both in ({"paper": paper, "quotation": quotation}, {}):
            with pytest.raises(IntegrityError, match="support_is_a_quotation_or_a_paper"):
                actions.support(fact=fact, stance=Stance.SUPPORTS, **both, **desk.act)
        assert not fact.supports.exists()

    @pytest.mark.parametrize("again", [Stance.SUPPORTS, Stance.CONTRADICTS])
    def test_the_same_twice_is_refused_whatever_it_is_said_to_do(self, desk, fact, paper, quotation, again):
        for what in ({"paper": paper}, {"quotation": quotation}):
            actions.support(fact=fact, stance=Stance.SUPPORTS, **what, **desk.act)
            with pytest.raises(SupportTwice, match="already stands beside the fact") as refused:
                actions.support(fact=fact, stance=again, **what, **desk.act)
            assert refused.value.status == 409
        assert fact.supports.count() == 2

    def test_one_quotation_may_bear_on_several_facts(self, desk, case, quotation):
        facts = [desk.fact(case, words, supported_by=quotation) for words in ("Held.", "Unexplained.")]
        assert [fact.supports.get().quotation for fact in facts] == [quotation, quotation]

    def test_taken_away_are_gone_and_may_come_again(self, desk, fact, quotation):
        kept = actions.support(fact=fact, stance=Stance.SUPPORTS, quotation=quotation, **desk.act)
        actions.withdraw_support(support=kept, **desk.act)
        assert not fact.supports.exists()
        actions.support(fact=fact, stance=Stance.SUPPORTS, quotation=quotation, **desk.act)

    def test_stand_in_the_order_in_which_they_were_put_there(self, desk, case, fact, paper, quotation):
        actions.support(fact=fact, stance=Stance.SILENT, paper=paper, **desk.act)
        actions.support(fact=fact, stance=Stance.SUPPORTS, quotation=quotation, **desk.act)
        assert [kept.stance for kept in queries.fact(case, 1).supports.all()] == ["silent", "supports"]


class TestContradictions:
    @pytest.fixture
    def contradiction(self, desk, fact, quotation):
        return actions.support(fact=fact, stance=Stance.CONTRADICTS, quotation=quotation, **desk.act)

    def test_are_put_to_her_with_her_answer(self, desk, contradiction):
        actions.put_to_applicant(
            support=contradiction,
            put_at="Second interview, question 6",
            her_answer="It was not prison.\r\n",
            **desk.act,
        )
        contradiction.refresh_from_db()
        assert (contradiction.put_at, contradiction.her_answer) == (
            "Second interview, question 6",
            "It was not prison.",
        )

    def test_may_be_put_without_an_answer(self, desk, contradiction):
        actions.put_to_applicant(support=contradiction, put_at="Second interview", her_answer="", **desk.act)
        assert queries.support(contradiction.fact.case, contradiction.pk).put_at == "Second interview"

    @pytest.mark.parametrize("put_at", ["", "   "])
    def test_an_answer_that_nobody_asked_for_is_refused(self, desk, contradiction, put_at):
        with pytest.raises(AnswerUnasked):
            actions.put_to_applicant(support=contradiction, put_at=put_at, her_answer="It was not prison.", **desk.act)
        contradiction.refresh_from_db()
        assert (contradiction.put_at, contradiction.her_answer) == ("", "")


class TestBenefitOfTheDoubt:
    def test_is_reasoned_condition_by_condition(self, desk, fact):
        actions.weigh(fact=fact, boxes={Box.COHERENT: " The same in all tellings.\r\n"}, **desk.act)
        fact.refresh_from_db()
        assert {box: getattr(fact, box) for box in Box} == {
            Box.GENUINE_EFFORT: "", Box.ELEMENTS_SUBMITTED: "", Box.COHERENT: "The same in all tellings.", Box.CREDIBLE: "",
        }  # fmt: skip

    def test_a_reason_that_is_not_given_again_is_taken_back(self, desk, fact):
        actions.weigh(fact=fact, boxes=dict.fromkeys(Box, "Because."), **desk.act)
        actions.weigh(fact=fact, boxes={Box.CREDIBLE: "Because."}, **desk.act)
        fact.refresh_from_db()
        assert [box for box in Box if getattr(fact, box)] == [Box.CREDIBLE]


class TestWhatIsTooLong:
    """Nothing that was handed in is lost: what does not fit is refused, and never cut off in silence."""

    @pytest.mark.parametrize("field", ["told_on", "occasion", "language", "interpreter"])
    def test_for_a_statement_is_kept_whole_or_refused(self, desk, case, field):
        with suppress(PanahError):
            told = actions.record_statement(case=case, words="So.", **{field: "1" * 301}, **desk.act)
            assert getattr(told, field) == "1" * 301

    def test_for_the_place_where_something_was_put_is_kept_whole_or_refused(self, desk, fact, quotation):
        kept = actions.support(fact=fact, stance=Stance.CONTRADICTS, quotation=quotation, **desk.act)
        with suppress(PanahError):
            actions.put_to_applicant(support=kept, put_at="x" * 301, her_answer="", **desk.act)
            assert queries.support(fact.case, kept.pk).put_at == "x" * 301


class TestLines:
    """What stands on one line is kept as it was typed; what would end the line, or command a terminal, is refused."""

    @pytest.fixture(params=["called", "name", "occasion", "put_at", "author"])
    def write(self, request, desk, case, fact, quotation):
        def called(words):
            return actions.open_case(called=words, **desk.act).called

        def name(words):
            return actions.add_name(case=case, name=words, script="Latn", **desk.act).name

        def occasion(words):
            return actions.record_statement(case=case, words="So.", occasion=words, **desk.act).occasion

        def put_at(words):
            kept = actions.support(fact=fact, stance=Stance.CONTRADICTS, quotation=quotation, **desk.act)
            actions.put_to_applicant(support=kept, put_at=words, her_answer="", **desk.act)
            return kept.put_at

        def author(words):
            said = {"framework_id": "cat-3", "element_id": "CAT3.1", "words": "Yes.", "reasons": "So."}
            return actions.find(case=case, **said, author=words, **desk.act).by

        return locals()[request.param]

    @pytest.mark.parametrize(
        "words", ["A  B", "\u2068ئايپەرى\u2069 A.", "می\u200cخواهم", "O'Neill — “so”", "阿\u3000依"]
    )
    def test_are_kept_as_they_were_typed(self, write, words):
        assert write(words) == words

    @pytest.mark.parametrize("words", ["a\nb", "a\rb", "a\x1b[2Jb", "a\x00b", "a\x85b", "a\u2028b", "a\ud800b"])
    def test_that_are_none_are_refused(self, write, words):
        with pytest.raises(LineBroken, match="has to stand on one line"):
            write(words)

    def test_that_do_not_fit_are_refused_whole(self, write):
        with pytest.raises(LineTooLong, match="nothing is cut off"):
            write("x" * 301)

    def test_of_no_letters_are_no_name(self, desk, case):
        with pytest.raises(SpellingEmpty):
            actions.add_name(case=case, name=" ", script="Latn", **desk.act)
        assert not case.names.exists()

    def test_that_name_no_script_are_refused(self, desk, case):
        with pytest.raises(LineTooLong, match="“Latin” is too long: 4 characters at most"):
            actions.add_name(case=case, name="Ayperi", script="Latin", **desk.act)
