"""The method is read strictly, what is shipped is sound, and a fact's stages follow from its record."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files

import pytest

from panah.law import (
    Acceptance,
    Assessed,
    Contradiction,
    Fact,
    FrameworkBroken,
    Interview,
    Judged,
    Rule,
    Side,
    StageId,
    Stance,
    Support,
    frameworks,
    method,
    mismatch,
    rules,
    stage,
)
from panah.law.method import FILE, read_method
from panah.law.worked import read_example

GUIDE = "EUAA Practical Guide on Evidence and Risk Assessment (2024), assessment of credibility"
SOUND = files("panah.law").joinpath(FILE).read_text(encoding="utf-8")
ASSERTED = Fact("1", "She was detained.")
SUPPORTED = replace(ASSERTED, supports=(Support("s", Stance.SUPPORTS, "the release paper"),))
AGAINST = Support("c", Stance.CONTRADICTS, "the register")
DIFFERENT = Contradiction("1", "“May” and “June”", fact="1")
INDICATORS = ["CI.det", "CI.int", "CI.ext.coi", "CI.ext.wit", "CI.plaus"]


class TestWhatIsShipped:
    def test_has_the_stages_in_their_order(self):
        assert list(method().stages) == list(StageId)
        assert all(each.asks.endswith("?") for each in method().stages.values())

    def test_has_the_indicators_each_with_its_question_and_its_misuse(self):
        assert list(method().indicators) == INDICATORS
        for each in method().indicators.values():
            assert each.asks.endswith("?")
            assert each.misuse.endswith(".")
            assert each.evidence
            assert not each.authority.verified

    def test_has_factors_of_the_person_of_the_interview_and_of_the_authority(self):
        assert {each.of for each in method().factors.values()} == set(Side)
        assert {"trauma", "fear-for-relatives", "interpreter", "leading-questions"} <= method().factors.keys()
        assert not any(each.authority.verified for each in method().factors.values())

    def test_has_ten_slots_with_their_provision_in_both_laws(self):
        slots = list(method().slots.values())
        assert [each.item for each in slots] == [
            "(i)",
            "(ii)",
            "(iii)",
            "(iv)",
            "(v)",
            "(vi)",
            "(vii)",
            "(viii)",
            "(ix)",
            "(x)",
        ]
        assert {str(each.authority) for each in slots} == {"Regulation (EU) 2024/1347, art. 4(2)(b)"}
        assert {str(each.parallel) for each in slots} == {"Directive 2011/95/EU, art. 4(2) [not verified]"}

    def test_is_asked_for_by_elements_of_which_one_is_shipped(self):
        shipped = {element.id for law in frameworks().values() for element in law.elements}
        assert method().slots_asked_by & shipped
        assert method().past_harm_asked_by & shipped

    def test_speaks_of_the_applicant_without_supposing_a_gender(self):
        assert not re.search(r"\b(he|she|his|her|hers|him)\b", SOUND, re.IGNORECASE)


class TestRules:
    def test_of_the_method_have_their_authority(self):
        assert {rule: str(wording.authority) for rule, wording in list(rules().items())[5:]} == {
            Rule.EXPLANATION_NOT_SOUGHT: "Regulation (EU) 2024/1348, art. 12(2)",
            Rule.DOUBT_NOT_REASONED: "Regulation (EU) 2024/1347, art. 4(5)",
            Rule.REFUSED_WITHOUT_REASONS: "Regulation (EU) 2024/1348, art. 36(2)",
            Rule.NO_INDICATOR_ASSESSED: f"{GUIDE} [not verified]",
            Rule.PLAUSIBILITY_WITHOUT_SOURCE: "Regulation (EU) 2024/1348, art. 34(2)(b)",
            Rule.CIRCUMSTANCES_NOT_CONSIDERED: "Regulation (EU) 2024/1348, art. 34(2)(d)",
            Rule.PAST_HARM_NOT_WEIGHED: "Regulation (EU) 2024/1347, art. 4(4)",
            Rule.CONTRADICTION_NOT_JUDGED: "Regulation (EU) 2024/1348, art. 34(2)",
            Rule.MATERIALITY_NOT_REASONED: f"{GUIDE} [not verified]",
            Rule.INVENTORY_OPEN: "Regulation (EU) 2024/1347, art. 4(2)",
        }


BROKEN = {
    "a stage twice": ("- id: evidenced", "- id: asserted", "“asserted” stands here twice"),
    "a stage that is not known": ("- id: used", "- id: proven", "“proven” is none of asserted, evidenced, assessed, explained, concluded, used"),
    "an indicator twice": ("- id: CI.int", "- id: CI.det", "“CI.det” stands here twice"),
    "an indicator without its misuse": ("    misuse: >-\n      Treating silence as contradiction. Where a country is closed to observers, that nothing was found shows nothing.\n", "", "“misuse” is missing"),
    "a factor twice, in two groups": ("{id: fatigue", "{id: trauma", "“trauma” stands here twice"),
    "a slot twice": ("{id: age, item", "{id: reasons, item", "“reasons” stands here twice"),
    "a key that is not known": ("slots_parallel:", "scores:", "“scores” is not known here"),
    "an authority without its address": ("  address: https://www.unhcr.org/\n", "", "“address” is missing"),
    "demeanour": ("- id: CI.plaus\n", "- id: CI.plaus\n    demeanour: yes\n", "“demeanour” is not known here"),
}  # fmt: skip


class TestReadMethod:
    @pytest.mark.parametrize(("old", "new", "complaint"), list(BROKEN.values()), ids=list(BROKEN))
    def test_refuses_what_is_broken_and_says_where(self, old, new, complaint):
        assert old in SOUND
        with pytest.raises(FrameworkBroken) as caught:
            read_method(FILE, SOUND.replace(old, new, 1).encode())
        assert re.fullmatch(r"method\.yaml: line \d+: " + re.escape(complaint) + r"\.", caught.value.sentence)

    def test_refuses_stages_in_another_order(self):
        swapped = (
            SOUND.replace("id: used", "id: _").replace("id: concluded", "id: used").replace("id: _", "id: concluded")
        )
        with pytest.raises(FrameworkBroken, match="in this order"):
            read_method(FILE, swapped.encode())


A, E, W, X, C, U = StageId


class TestStage:
    @pytest.mark.parametrize(
        ("fact", "contradictions", "reached", "still_open", "not_called_for"),
        [
            (ASSERTED, (), [A], [E, W, C, U], [X]),
            (SUPPORTED, (), [A, E], [W, C, U], [X]),
            (replace(SUPPORTED, supports=(AGAINST,)), (), [A, E], [W, X, C, U], []),
            (replace(SUPPORTED, supports=(replace(AGAINST, put_to_her=True),)), (), [A, E, X], [W, C, U], []),
            (ASSERTED, (DIFFERENT,), [A], [E, W, X, C, U], []),
            (ASSERTED, (replace(DIFFERENT, judged=Judged.IRRELEVANT),), [A], [E, W, C, U], [X]),
            (ASSERTED, (replace(DIFFERENT, fact="2"),), [A], [E, W, C, U], [X]),
            (ASSERTED, (replace(DIFFERENT, put_to_her=True),), [A, X], [E, W, C, U], []),
            (replace(ASSERTED, explanation_sought=True), (), [A, X], [E, W, C, U], []),
            (replace(SUPPORTED, assessed=(Assessed("CI.det"),)), (), [A, E, W], [C, U], [X]),
            (replace(SUPPORTED, acceptance=Acceptance.ACCEPTED), (), [A, E, C], [W, U], [X]),
            (replace(SUPPORTED, acceptance=Acceptance.NOT_ACCEPTED), (), [A, E, C], [W, X], [U]),
            (replace(SUPPORTED, acceptance=Acceptance.BY_DOUBT, used_in=("D1",)), (), [A, E, C, U], [W], [X]),
            (replace(SUPPORTED, acceptance=Acceptance.NOT_ACCEPTED, used_in=("D1",)), (), [A, E, C, U], [W, X], []),
        ],
        ids=[
            "asserted", "supported", "contradicted", "contradicted, and put", "two tellings differ",
            "two tellings differ in nothing that matters", "another fact is told differently", "a difference that was put",
            "an explanation was sought", "an indicator was assessed", "accepted", "not accepted", "used",
            "not accepted, and used all the same",
        ],
    )  # fmt: skip
    def test_says_what_is_reached_and_what_is_open(self, fact, contradictions, reached, still_open, not_called_for):
        found = stage(fact, contradictions)
        assert list(found.reached) == reached
        assert list(found.open) == still_open
        assert list(found.not_called_for) == not_called_for


UYGHUR = Interview("1", preferred_language="ug")


class TestMismatch:
    @pytest.mark.parametrize(
        ("wanted", "dialect", "spoken", "interpreted", "sentence"),
        [
            ("ug", "", "zh", "Mandarin", "The applicant asked for Uyghur; the interpreter spoke Chinese (Mandarin)."),
            ("ug", "", "ug-Arab", "", ""),
            ("Uyghur", "", "ug", "", ""),
            ("kk", "", "tr", "", "The applicant asked for Kazakh; the interpreter spoke Turkish."),
            ("ug", "Khotan", "ug", "ghulja", "The applicant asked for Uyghur (Khotan); the interpreter spoke Uyghur (ghulja)."),
            ("ug", "Khotan", "ug", " khotan ", ""),
            ("ug", "Khotan", "ug", "", ""),
            ("ug", "", "", "", ""),
            ("", "", "zh", "", ""),
        ],
    )  # fmt: skip
    def test_says_what_was_asked_for_and_what_was_spoken(self, wanted, dialect, spoken, interpreted, sentence):
        interview = Interview(
            "1", preferred_language=wanted, preferred_dialect=dialect, interpreter_language=spoken,
            interpreter_dialect=interpreted,
        )  # fmt: skip
        assert str(mismatch(interview) or "") == sentence


class TestExamples:
    @pytest.mark.parametrize(
        "text",
        [
            "inventory: [{slot: wealth, presence: present}]",
            "distortions: [{factor: demeanour}]",
            "facts: [{id: '1', words: a, assessed: [{indicator: CI.demeanour}]}]",
        ],
    )
    def test_name_nothing_that_the_method_does_not_know(self, text):
        with pytest.raises(FrameworkBroken, match="is not among those of the method"):
            read_example("mine.yaml", f"title: Mine.\nframework: cat-3\nrest: open\ngaps: []\n{text}\n".encode())
