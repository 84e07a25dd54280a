"""Differences between two places of the file, and interviews."""

from __future__ import annotations

import pytest

from panah.cases import actions as cases
from panah.cases import queries as asked
from panah.cases.actions import AnswerUnasked, LineBroken, OfAnotherCase
from panah.cases.telling import actions, queries
from panah.cases.telling.actions import (
    Held,
    InterviewTold,
    Judgement,
    MaterialityUnreasoned,
    Place,
    PlaceOutside,
    PlacesSayNothing,
    SamePlace,
)
from panah.cases.telling.queries import ContradictionUnknown, InterviewUnknown, NotTyped, SameTelling
from panah.cases.telling.rules import WordsAmbiguous, WordsNotThere, found_at, of_one_language
from panah.law import Judged, Mode, Rule
from panah.text import DateUnreadable

MAY, JUNE = "They came in May. I was asleep.", "[00:01:00] They came in June. [00:02:00] I was asleep."


@pytest.fixture
def tellings(desk, case):
    return [cases.record_statement(case=case, words=words, language="en", **desk.act) for words in (MAY, JUNE)]


@pytest.fixture
def places(tellings):
    one, other = tellings
    return Place(one, 0, 17), Place(other, 11, 29)


@pytest.fixture
def marked(desk, case, places):
    return actions.mark(case=case, a=places[0], b=places[1], **desk.act)


class TestMark:
    def test_keeps_two_exact_places(self, marked):
        assert (marked.a_words, marked.b_words) == ("They came in May.", "They came in June.")
        assert (marked.number, marked.judged, marked.material) == (1, "open", None)

    def test_says_the_time_where_the_telling_marks_it(self, desk, case, marked):
        (shown,) = queries.contradictions(desk.member, case)
        assert (shown.a_time, shown.b_time) == ("", "00:01:00")

    def test_takes_words_of_a_paper_for_the_other_place(self, desk, case, places):
        paper = desk.paper("[00:12:30] It was in June.", shelf="Case 2026-014")
        made = actions.mark(case=case, a=places[0], b=desk.quote(paper, "in June"), **desk.act)
        assert made.b_words == "in June"
        assert queries.contradiction(desk.member, case, made.number).b_time == "00:12:30"

    def test_takes_silence_for_one_of_them(self, desk, case, places):
        made = actions.mark(case=case, a=places[0]._replace(start=17), b=places[1], **desk.act)
        assert made.a_words == ""

    @pytest.mark.parametrize(
        ("a", "b", "error"),
        [
            ((0, 999), (0, 4), PlaceOutside),
            ((-1, 4), (0, 4), PlaceOutside),
            ((9, 4), (0, 4), PlaceOutside),
            ((0, 4), (0, 10**9), PlaceOutside),
            ((3, 3), (4, 4), PlacesSayNothing),
        ],
    )
    def test_refuses_places_that_are_none(self, desk, case, tellings, a, b, error):
        with pytest.raises(error):
            actions.mark(case=case, a=Place(tellings[0], *a), b=Place(tellings[1], *b), **desk.act)
        assert not case.contradictions.exists()

    def test_refuses_one_place_twice_and_a_place_of_another_case(self, desk, case, places):
        with pytest.raises(SamePlace):
            actions.mark(case=case, a=places[0], b=places[0], **desk.act)
        other = cases.record_statement(case=desk.case("B"), words="They came.", **desk.act)
        for a, b in ((Place(other, 0, 4), places[0]), (places[0], Place(other, 0, 4))):
            with pytest.raises(OfAnotherCase):
                actions.mark(case=case, a=a, b=b, **desk.act)


class TestJudge:
    @pytest.mark.parametrize("judged", list(Judged))
    def test_keeps_what_a_human_says(self, desk, marked, judged):
        actions.judge(
            contradiction=marked, judgement=Judgement(judged, material=False, material_reason="A detail."), **desk.act
        )
        marked.refresh_from_db()
        assert (marked.judged, marked.material, marked.material_reason) == (judged, False, "A detail.")

    @pytest.mark.parametrize(("material", "reason"), [(True, ""), (False, " \n"), (None, "A reason.")])
    def test_wants_materiality_with_its_reason(self, desk, marked, material, reason):
        with pytest.raises(MaterialityUnreasoned):
            actions.judge(contradiction=marked, judgement=Judgement(Judged.OPEN, material, reason), **desk.act)

    def test_refuses_a_fact_of_another_case(self, desk, marked):
        stranger = desk.fact(desk.case("B"))
        with pytest.raises(OfAnotherCase):
            actions.judge(contradiction=marked, judgement=Judgement(fact=stranger), **desk.act)

    def test_leaves_the_gaps_that_follow(self, desk, case, marked):
        def rules():
            return {gap.rule for gap in asked.gaps(case) if gap.contradiction}

        assert rules() == {Rule.CONTRADICTION_NOT_JUDGED}
        actions.judge(contradiction=marked, judgement=Judgement(Judged.CONTRADICTION), **desk.act)
        assert rules() == {Rule.MATERIALITY_NOT_REASONED, Rule.CONTRADICTION_NOT_PUT}
        actions.judge(contradiction=marked, judgement=Judgement(Judged.CONTRADICTION, True, "The date."), **desk.act)
        actions.put_contradiction(contradiction=marked, put_at="Interview, 00:12:30", her_answer="June.", **desk.act)
        assert rules() == set()

    def test_names_both_places_in_the_gap(self, case, marked):
        (reason,) = {gap.reason for gap in asked.gaps(case) if gap.contradiction}
        assert reason == (
            "Nobody said whether “They came in May.” (statement 1) and “They came in June.” (statement 2) contradict each "
            "other."
        )

    def test_can_be_put_only_somewhere(self, desk, marked):
        with pytest.raises(AnswerUnasked):
            actions.put_contradiction(contradiction=marked, put_at=" ", her_answer="June.", **desk.act)

    def test_can_be_taken_out(self, desk, case, marked):
        actions.withdraw_contradiction(contradiction=marked, **desk.act)
        with pytest.raises(ContradictionUnknown):
            queries.contradiction(desk.member, case, 1)


class TestCompared:
    def test_shows_what_was_marked_in_its_row(self, desk, case, tellings):
        one, other = (
            cases.record_statement(case=case, words=f"They came in {month}. I left.", **desk.act)
            for month in ("May", "June")
        )
        found = queries.compared(desk.member, case, one.number, other.number)
        row = next(row for row in found.comparison.rows if row.differs)
        a, b = (
            Place(told, *map(int, place.split("-")))
            for told, place in ((one, row.place_in_one), (other, row.place_in_other))
        )
        made = actions.mark(case=case, a=b, b=a, **desk.act)
        again = queries.compared(desk.member, case, one.number, other.number)
        assert [mark for _, mark in again.rows if mark] == [made]

    def test_aligns_nothing_across_languages(self, desk, case, tellings):
        other = cases.record_statement(case=case, words="他们五月来了。", language="zh", **desk.act)
        assert not queries.compared(desk.member, case, 1, other.number).comparison.aligned

    def test_refuses_one_twice_and_one_without_words(self, desk, case, tellings):
        cases.record_statement(case=case, paper=desk.paper("They came.", shelf="Case 2026-014"), **desk.act)
        with pytest.raises(SameTelling):
            queries.compared(desk.member, case, 1, 1)
        with pytest.raises(NotTyped) as caught:
            queries.compared(desk.member, case, 1, 3)
        assert caught.value.sentence.startswith("The words of statement 3 stand in its paper alone")
        with pytest.raises(asked.StatementUnknown):
            queries.compared(desk.member, case, 1, 9)


class TestPlaces:
    @pytest.mark.parametrize(
        ("words", "near", "found"),
        [
            ("in May", None, (10, 16)),
            ("in May", 99, (10, 16)),
            ("in May", 10, (10, 16)),
            ("", 17, (17, 17)),
            ("a", 24, (24, 25)),
        ],
    )
    def test_are_found(self, words, near, found):
        assert found_at(MAY, words, near=near, number=1) == found

    @pytest.mark.parametrize(
        ("words", "near", "error"),
        [("in June", None, WordsNotThere), ("in june", 3, WordsNotThere), ("", None, WordsNotThere), ("", 999, WordsNotThere),
         ("a", None, WordsAmbiguous), ("a" * 99, None, WordsNotThere)],
    )  # fmt: skip
    def test_that_are_none_are_refused(self, words, near, error):
        with pytest.raises(error):
            found_at(MAY, words, near=near, number=1)

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [("ug", "ug-Arab", True), ("ug", "zh", False), ("Uyghur", "ug", True), ("", "zh", True), ("", "", True), ("en", "sv", False)],
    )  # fmt: skip
    def test_of_one_language_are_told_from_others(self, one, other, same):
        assert of_one_language(one, other) is same


class TestInterview:
    def test_keeps_how_it_was_held_as_plain_values(self, desk, case, tellings):
        paper = desk.paper("[00:00:01] Where?", shelf="Case 2026-014")
        held = Held(
            statement=tellings[0], held_on="2026-07-02", place="Lindvik", mode=Mode.REMOTE, preferred_language="ug",
            interpreter_language="zh", interpreter_dialect="Mandarin", transcript=paper, read_back=False,
        )  # fmt: skip
        actions.record_interview(case=case, held=held, **desk.act)
        (value,) = queries.interviews(desk.member, case)
        assert (value.id, value.statement, value.mode, value.read_back) == ("1", "1", Mode.REMOTE, False)
        assert (value.transcript, value.recording) == (paper.original.digest, "")

    def test_can_be_changed(self, desk, case):
        made = actions.record_interview(case=case, held=Held(place="Lindvik"), **desk.act)
        actions.change_interview(interview=made, held=Held(objection="She did not understand."), **desk.act)
        kept = queries.interview(desk.member, case, 1)
        assert (kept.place, kept.objection) == ("", "She did not understand.")
        with pytest.raises(InterviewUnknown):
            queries.interview(desk.member, case, 2)

    @pytest.mark.parametrize("day", ["the other day", "2026-13-01", "2026-02-30", "99999999999"])
    def test_refuses_a_day_that_is_none(self, desk, case, day):
        with pytest.raises(DateUnreadable):
            actions.record_interview(case=case, held=Held(held_on=day), **desk.act)
        assert not case.interviews.exists()

    def test_refuses_what_belongs_elsewhere(self, desk, case, tellings):
        other = cases.record_statement(case=desk.case("B"), words="B", **desk.act)
        for held in (
            Held(statement=other),
            Held(recording=desk.paper("B", shelf="Case B")),
            Held(transcript=desk.paper("C")),
        ):
            with pytest.raises(OfAnotherCase):
                actions.record_interview(case=case, held=held, **desk.act)
        with pytest.raises(LineBroken):
            actions.record_interview(case=case, held=Held(interviewer="a\x1b[2J"), **desk.act)

    def test_refuses_a_statement_that_has_one(self, desk, case, tellings):
        actions.record_interview(case=case, held=Held(statement=tellings[0]), **desk.act)
        with pytest.raises(InterviewTold):
            actions.record_interview(case=case, held=Held(statement=tellings[0]), **desk.act)

    def test_says_at_which_time_words_of_its_transcript_were_said(self, desk, case):
        paper = desk.paper("[00:00:01] Ça va?\n[00:12:30] They came.", shelf="Case 2026-014")
        quoted, other = desk.quote(paper, "They came."), desk.quote(desk.paper("[00:00:09] They left."), "They left.")
        actions.record_interview(case=case, held=Held(transcript=paper), **desk.act)
        assert queries.times(desk.member, case, [quoted, other]) == {quoted.pk: "00:12:30"}
