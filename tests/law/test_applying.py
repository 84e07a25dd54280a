"""Which law applies to a case is told by its days and its State, with reasons; where the law does not say, it is asked."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from panah.law import (
    Area,
    CaseDates,
    DatesImpossible,
    FrameworkBroken,
    StateUnreadable,
    applicable,
    frameworks,
    lawbook,
)
from panah.law.worked import APPLICABLE, read_regime_example

EXAMPLES = sorted(
    (file for file in files("panah.law").joinpath("examples").iterdir() if file.name.startswith(APPLICABLE)),
    key=lambda file: file.name,
)
DAY, NEXT = date(2026, 6, 11), date(2026, 6, 12)


class TestWorkedExamples:
    @pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name.removesuffix(".yaml"))
    def test_hold(self, file):
        example = read_regime_example(file.name, file.read_bytes())
        regime = applicable(example.dates, example.state)
        applied = {area: tuple(each.framework for each in regime.applied if each.area is area) for area in Area}
        assert {area: ids for area, ids in applied.items() if ids} == example.applied, example.title
        assert {each.id: each.stands for each in regime.questions} == example.questions, example.title

    def test_show_every_body_of_law_and_every_question(self):
        examples = [read_regime_example(file.name, file.read_bytes()) for file in EXAMPLES]
        ids = {each for example in examples for each in (*example.applied.values(), *example.questions.values())}
        regimes = lawbook().regimes
        assert {one for each in ids for one in each} == set(frameworks())
        assert {each for example in examples for each in example.questions} == {
            each.id for each in (*regimes.successions, *regimes.doubts)
        }

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("dates: {lodged: 2026-02-30}", "line 3: “2026-02-30” is not a day as in 2026-06-12"),
            ("dates: {arrived: 2026-02-03}", "line 3: “arrived” is not known here"),
        ],
    )
    def test_are_read_strictly(self, text, complaint):
        source = f"title: Mine.\nstate: SE\n{text}\napplied: {{}}\nquestions: {{}}\n"
        with pytest.raises(FrameworkBroken, match=complaint):
            read_regime_example("mine.yaml", source.encode())


class TestDates:
    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            ("made", "registered"), ("made", "lodged"), ("made", "decided"), ("made", "notified"),
            ("registered", "decided"), ("registered", "notified"), ("lodged", "decided"), ("lodged", "notified"),
            ("decided", "notified"),
        ],
    )  # fmt: skip
    def test_in_an_impossible_order_are_refused_with_one_sentence(self, earlier, later):
        with pytest.raises(DatesImpossible) as caught:
            applicable(CaseDates(**{earlier: NEXT, later: DAY}), "SE")
        assert caught.value.sentence == (
            f"An application that was {later} on 2026-06-11 cannot have been {earlier} as late as 2026-06-12: "
            "look at the days."
        )
        assert caught.value.status == 400

    def test_may_be_the_same_and_may_be_registered_after_being_lodged(self):
        applicable(CaseDates(DAY, DAY, DAY, DAY, DAY), "SE")
        assert applicable(CaseDates(lodged=DAY, registered=NEXT), "SE").settled

    @pytest.mark.parametrize("state", ["", "se", "SWE", "S1", "Sweden", "ＳＥ"])
    def test_need_a_state_by_its_two_letters(self, state):
        with pytest.raises(StateUnreadable):
            applicable(CaseDates(), state)


class TestReasons:
    def test_each_body_of_law_and_each_question_has_a_reason_and_an_authority(self):
        for state in sorted({*lawbook().regimes.states, "BR"}):
            regime = applicable(CaseDates(), state)
            assert regime.applied or regime.questions or regime.notes, state
            for each in regime.applied:
                assert each.reason.endswith(".")
                assert each.authority.provision
            for each in regime.questions:
                assert "?" in each.asks
                assert each.stands

    @pytest.mark.parametrize("day", [DAY, date(2020, 1, 1)])
    def test_the_missing_transition_is_never_guessed(self, day):
        [asked] = applicable(CaseDates(registered=day, lodged=day, decided=NEXT), "SE").questions
        assert asked.id == "qualification"
        assert asked.stands == ("qr-2024-1347", "qd-2011-95")
        assert "says nothing of such a case" in asked.asks

    def test_a_pending_case_that_was_lodged_before_is_asked_about_too(self):
        [asked] = applicable(CaseDates(registered=DAY, lodged=DAY), "SE").questions
        assert asked.id == "qualification"

    def test_a_day_that_is_not_known_lies_between_its_neighbours(self):
        regime = applicable(CaseDates(made=date(2026, 7, 2)), "SE")
        assert not regime.questions
        assert {"apr-2024-1348", "qr-2024-1347", "ammr-2024-1351"} <= set(regime.settled)

    def test_rules_that_apply_early_stand_beside_the_older_law(self):
        decided_late = applicable(CaseDates(lodged=DAY, decided=NEXT), "SE")
        assert [each.id for each in decided_late.early] == ["APR42.1j", "APR59.2", "APR61.2"]
        assert all(each.apart for each in decided_late.early)
        assert [each.id for each in applicable(CaseDates(decided=date(2026, 2, 26)), "SE").early] == ["APR42.1j"]
        assert not applicable(CaseDates(lodged=NEXT), "SE").early

    def test_what_is_settled_and_what_stands_come_in_the_order_of_the_law(self):
        regime = applicable(CaseDates(), "SE")
        order = list(frameworks())
        for ids in (regime.settled, regime.standing):
            assert list(ids) == sorted(ids, key=order.index)
        assert not set(regime.settled) & set(regime.standing)
