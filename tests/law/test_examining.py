"""What an examination leaves open, as tables of cases."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import pytest

from panah.law import (
    Box,
    Fact,
    Finding,
    FrameworkBroken,
    FrameworkUnknown,
    Record,
    Rule,
    Stance,
    Support,
    examinable,
    examine,
    framework,
    frameworks,
    read_framework,
)
from panah.law.examining import LONGEST, shortened
from panah.law.worked import APPLICABLE, read_example

LAW = read_framework(
    "demo.yaml",
    b"""\
id: demo
title: A Demonstration Act
short: Demonstration Act
order: national
applies: Always.
in_force_from: ''
in_force_until: ''
trigger: always
instrument: Demonstration Act
address: https://example.org/act
elements:
  - {id: D1, asks: "Was there harm?", says: There may be., authority: {provision: art. 1, verified: true}}
  - {id: D2, asks: "Who did it?", says: Someone., authority: {provision: art. 2, verified: false}}
""",
)
REASONED = (Finding("D1", "Yes.", "She was detained."), Finding("D2", "The State.", "It was the police."))
CONTRADICTING = Support("s1", Stance.CONTRADICTS, "the register")
SUPPORTING = Support("s2", Stance.SUPPORTS, "the release paper")
SILENT = Support("s3", Stance.SILENT, "the letter")


def gaps(*findings: Finding, facts: tuple[Fact, ...] = ()) -> list[str]:
    return [gap.id for gap in examine(Record(facts, findings), LAW)]


def gaps_of(*supports: Support, boxes: frozenset[Box] = frozenset()) -> list[str]:
    return gaps(*REASONED, facts=(Fact("1", "She was detained.", supports, boxes),))


def only_gap(*findings: Finding, facts: tuple[Fact, ...] = ()):
    (gap,) = examine(Record(facts, findings), LAW)
    return gap


class TestElements:
    def test_all_answered_with_reasons_leave_no_gap(self):
        assert gaps(*REASONED) == []

    def test_unanswered_ones_come_in_the_order_of_the_law(self):
        assert gaps() == ["element-unanswered:D1", "element-unanswered:D2"]

    def test_findings_may_come_in_any_order(self):
        assert gaps(*reversed(REASONED)) == []

    @pytest.mark.parametrize("words", ["", "  \n", "–", " . ", "?", "\u200b"])
    def test_a_finding_that_says_nothing_answers_nothing(self, words):
        assert gaps(Finding("D1", words, "She was detained."), REASONED[1]) == ["element-unanswered:D1"]

    @pytest.mark.parametrize("reasons", ["", "  \n", "-", "…", "\u2060"])
    def test_reasons_that_say_nothing_are_no_reasons(self, reasons):
        assert gaps(Finding("D1", "Yes.", reasons), REASONED[1]) == ["finding-without-reasons:D1"]

    @pytest.mark.parametrize("reasons", ["ئۇ تۇتقۇن قىلىنغان", "她被拘留了", "5"])
    def test_reasons_count_in_every_script(self, reasons):
        assert gaps(Finding("D1", "Yes.", reasons), REASONED[1]) == []

    def test_a_finding_may_rest_on_replaced_versions(self):
        old = replace(REASONED[0], superseded=("“a” (report)", "“b” (report)"))
        assert gaps(old, REASONED[1]) == ["quotation-superseded:D1"]

    def test_a_finding_may_lack_reasons_and_rest_on_replaced_versions(self):
        old = Finding("D1", "Yes.", "", superseded=("“a” (report)",))
        assert gaps(old, REASONED[1]) == ["finding-without-reasons:D1", "quotation-superseded:D1"]

    def test_what_a_missing_finding_rests_on_does_not_matter(self):
        assert gaps(Finding("D1", "", "", superseded=("“a”",)), REASONED[1]) == ["element-unanswered:D1"]

    def test_findings_under_other_laws_answer_nothing(self):
        assert gaps(Finding("QR4.4", "Yes.", "For reasons."), *REASONED) == []
        assert gaps(Finding("QR4.4", "Yes.", "For reasons.")) == gaps()

    def test_of_two_findings_the_later_stands(self):
        withdrawn = Finding("D1", "", "")
        assert gaps(withdrawn, *REASONED) == []
        assert gaps(*REASONED, withdrawn) == ["element-unanswered:D1"]


ALL_BOXES = frozenset(Box)


class TestFacts:
    @pytest.mark.parametrize(
        ("supports", "boxes", "expected"),
        [
            ((), frozenset(), ["fact-without-support:1"]),
            ((), ALL_BOXES, []),
            ((), ALL_BOXES - {Box.CREDIBLE}, ["fact-without-support:1"]),
            ((SUPPORTING,), frozenset(), []),
            ((SILENT,), frozenset(), ["fact-without-support:1"]),
            ((SILENT,), ALL_BOXES, []),
            ((CONTRADICTING,), frozenset(), ["fact-without-support:1", "contradiction-not-put:1:s1"]),
            ((CONTRADICTING,), ALL_BOXES, ["contradiction-not-put:1:s1"]),
            ((replace(CONTRADICTING, put_to_her=True),), ALL_BOXES, []),
            ((CONTRADICTING, SUPPORTING), frozenset(), ["contradiction-not-put:1:s1"]),
            ((replace(SUPPORTING, superseded=True),), frozenset(), ["quotation-superseded:1:s2"]),
            ((replace(SILENT, superseded=True), SUPPORTING), frozenset(), ["quotation-superseded:1:s3"]),
            (
                (replace(CONTRADICTING, superseded=True), replace(SUPPORTING, superseded=True)),
                frozenset(),
                ["contradiction-not-put:1:s1", "quotation-superseded:1:s1", "quotation-superseded:1:s2"],
            ),
        ],
        ids=[
            "nothing bears on it",
            "all four conditions are reasoned",
            "one of the four is not",
            "something supports it",
            "something is silent on it",
            "silence, and all four conditions",
            "a contradiction, and nothing else",
            "a contradiction, and all four conditions",
            "a contradiction that was put",
            "a contradiction beside a support",
            "a support that is replaced still supports",
            "silence that is replaced",
            "contradictions before what is replaced",
        ],
    )
    def test_leave_these_gaps(self, supports, boxes, expected):
        assert gaps_of(*supports, boxes=boxes) == expected

    def test_come_after_the_elements_and_in_their_order(self):
        facts = (Fact("2", "Second."), Fact("1", "First."))
        assert gaps(REASONED[0], facts=facts) == [
            "element-unanswered:D2",
            "fact-without-support:2",
            "fact-without-support:1",
        ]

    def test_each_contradiction_is_a_gap_of_its_own(self):
        other = replace(CONTRADICTING, id="s9")
        assert gaps_of(CONTRADICTING, SUPPORTING, other) == [
            "contradiction-not-put:1:s1",
            "contradiction-not-put:1:s9",
        ]

    def test_leave_the_same_gaps_under_every_law(self):
        record = Record((Fact("1", "She was detained.", (CONTRADICTING,)),))
        about_facts = [[gap for gap in examine(record, law) if gap.fact] for law in frameworks().values()]
        assert about_facts[0] == about_facts[1] == about_facts[2]
        assert len(about_facts[0]) == 2

    def test_the_same_fact_twice_leaves_its_gap_once(self):
        fact = Fact("1", "She was detained.")
        assert gaps(*REASONED, facts=(fact, fact)) == ["fact-without-support:1"]

    def test_gaps_that_differ_are_all_kept_even_if_their_ids_meet(self):
        facts = (Fact("1", "She was detained."), Fact("1", "She was beaten."))
        assert len(examine(Record(facts, REASONED), LAW)) == 2


class TestReasons:
    def test_of_a_question_without_a_finding(self):
        gap = only_gap(REASONED[0])
        assert gap.reason == "The question “Who did it?” (D2) has no finding."
        assert gap.authority == "Demonstration Act, art. 2 [not verified]"
        assert (gap.rule, gap.element, gap.fact, gap.support) == (Rule.ELEMENT_UNANSWERED, "D2", "", "")

    def test_of_a_finding_without_reasons(self):
        gap = only_gap(Finding("D1", "Yes.", ""), REASONED[1])
        assert gap.reason == "The finding on the question “Was there harm?” (D1) gives no reasons."
        assert gap.authority == "Regulation (EU) 2024/1348, art. 36(2)"

    def test_of_a_finding_on_replaced_versions(self):
        gap = only_gap(replace(REASONED[0], superseded=("“a” (report)", "“b”\n(letter)")), REASONED[1])
        assert gap.reason == (
            "The finding on the question “Was there harm?” (D1) rests on words from a document that a newer version has "
            "replaced: “a” (report); “b” (letter)."
        )
        assert gap.authority == "Regulation (EU) 2024/1348, art. 34(2)(b)"

    def test_of_a_fact_that_nothing_supports_names_the_conditions_that_are_not_reasoned(self):
        boxes = frozenset({Box.GENUINE_EFFORT, Box.COHERENT})
        gap = only_gap(*REASONED, facts=(Fact("7", "She was detained.", boxes=boxes),))
        assert gap.reason == (
            "Nothing on file supports the fact “She was detained.”, and the benefit of the doubt is not reasoned on (b) the "
            "submission of all relevant elements, and the explanation why others are lacking; (d) general credibility."
        )
        assert gap.authority == "Regulation (EU) 2024/1347, art. 4(5)"
        assert (gap.element, gap.fact, gap.support) == ("", "7", "")

    @pytest.mark.parametrize(("box", "letter"), list(zip(Box, ["(a)", "(b)", "(c)", "(d)"], strict=True)))
    def test_of_a_fact_that_nothing_supports_names_the_one_condition_that_is_left(self, box, letter):
        gap = only_gap(*REASONED, facts=(Fact("7", "She was detained.", boxes=ALL_BOXES - {box}),))
        assert [each for each in ["(a)", "(b)", "(c)", "(d)"] if each in gap.reason] == [letter]

    def test_of_a_contradiction_that_was_not_put(self):
        gap = only_gap(*REASONED, facts=(Fact("7", "She was detained.", (CONTRADICTING, SUPPORTING)),))
        assert gap.reason == (
            "The fact “She was detained.” is contradicted by the register, and nothing on file shows that this was put to "
            "the applicant for an explanation."
        )
        assert gap.authority == "Regulation (EU) 2024/1348, art. 12(2)"
        assert (gap.element, gap.fact, gap.support) == ("", "7", "s1")

    def test_of_a_support_that_is_replaced(self):
        gap = only_gap(*REASONED, facts=(Fact("7", "She was detained.", (replace(SUPPORTING, superseded=True),)),))
        assert gap.reason == (
            "Beside the fact “She was detained.” stands the release paper, from a document that a newer version has replaced."
        )
        assert gap.authority == "Regulation (EU) 2024/1348, art. 34(2)(b)"

    def test_repeat_curly_brackets_as_they_are_written(self):
        support = replace(CONTRADICTING, label="{fact}")
        gap = only_gap(*REASONED, facts=(Fact("7", "{boxes} {0}", (support, SUPPORTING)),))
        assert gap.reason.startswith("The fact “{boxes} {0}” is contradicted by {fact}, and")

    def test_repeat_a_long_fact_shortened(self):
        gap = only_gap(*REASONED, facts=(Fact("7", "She was detained again. " * 20),))
        assert "She was detained again. She was detained again…”, and" in gap.reason

    @pytest.mark.parametrize("law", list(frameworks().values()), ids=list(frameworks()))
    def test_are_whole_sentences_under_every_law(self, law):
        findings = tuple(Finding(element.id, "Yes.", "", ("“a”",)) for element in law.elements[1:])
        facts = (Fact("1", "She was detained.", (replace(CONTRADICTING, superseded=True),)),)
        for gap in examine(Record(facts, findings), law):
            assert gap.reason[0].isupper()
            assert gap.reason.endswith(".")
            assert "{" not in gap.reason
            assert gap.authority

    def test_and_their_order_are_the_same_each_time(self):
        record = Record((Fact("1", "She was detained.", (CONTRADICTING,)),))
        law = framework("qr-2024-1347")
        assert examine(record, law) == examine(record, law)


class TestShortened:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("She was detained.", "She was detained."),
            ("  She\n was\tdetained. ", "She was detained."),
            ("", ""),
            ("a" * 120, "a" * 120),
            ("a" * 121, "a" * 119 + "…"),
            ("word " * 40, "word " * 23 + "word…"),
            ("a" * 118 + " bc", "a" * 118 + "…"),
            ("a" * 80 + ", " + "b" * 80, "a" * 80 + "…"),
            ("a " + "b" * 200, "a " + "b" * 117 + "…"),
            ("拘" * 200, "拘" * 119 + "…"),
            ("ก" * 116 + "ก็" * 9, "ก" * 116 + "ก็…"),
            ("ก" * 119 + "็" * 9, "ก" * 118 + "…"),
            ("\u0301" * 200, "\u0301…"),
        ],
        ids=[
            "short words stay",
            "spaces and lines become one space",
            "nothing stays nothing",
            "exactly as long as allowed",
            "one character too long",
            "cut between words",
            "a word that ends just before the limit",
            "no comma before the dots",
            "a space too far back is not where it is cut",
            "Chinese is cut between characters",
            "a Thai mark stays with its letter",
            "a Thai letter goes with its mark",
            "nothing but marks",
        ],
    )
    def test_keeps_whole_words_where_it_can(self, words, expected):
        assert shortened(words) == expected
        assert len(shortened(words)) <= LONGEST


EXAMPLES = sorted(
    (file for file in files("panah.law").joinpath("examples").iterdir() if not file.name.startswith(APPLICABLE)),
    key=lambda file: file.name,
)


class TestWorkedExamples:
    @pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name.removesuffix(".yaml"))
    def test_hold(self, file):
        example = read_example(file.name, file.read_bytes())
        found = examine(example.record, example.framework)
        assert tuple(gap.id for gap in found) == example.gaps, example.title

    def test_show_every_rule_and_every_law(self):
        examples = [read_example(file.name, file.read_bytes()) for file in EXAMPLES]
        shown = {gap.split(":")[0] for example in examples for gap in example.gaps}
        assert shown == set(Rule)
        assert {example.framework.id for example in examples} == {each.id for each in examinable()}

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("findings: [{element: QR4.4, words: a, reasons: b}]", "mine.yaml: line 5: cat-3 has no element QR4.4."),
            ("facts: [{id: '1', words: a, boxes: [e]}]", "mine.yaml: line 5: “e” is none of genuine_effort, elements_submitted, coherent, credible."),
            ("facts: [{id: '1', words: a, supports: [{id: s, stance: doubts, label: a}]}]", "mine.yaml: line 5: “doubts” is none of supports, contradicts, silent."),
            ("facts: [{id: '1', words: a, supports: [{id: s, stance: silent, label: a, put_to_her: no}]}]", "mine.yaml: line 5: true or false is expected."),
            ("applicant: Someone", "mine.yaml: line 5: “applicant” is not known here."),
        ],
        ids=["an element of another law", "an unknown box", "an unknown stance", "no for false", "an unknown key"],
    )  # fmt: skip
    def test_are_read_as_strictly_as_the_law(self, text, sentence):
        source = f"title: Mine.\nframework: cat-3\nrest: open\ngaps: []\n{text}\n"
        with pytest.raises(FrameworkBroken) as caught:
            read_example("mine.yaml", source.encode())
        assert caught.value.sentence == sentence

    def test_under_a_law_that_is_not_shipped_are_refused(self):
        with pytest.raises(FrameworkUnknown):
            read_example("mine.yaml", b"{title: Mine., framework: none, rest: open, gaps: []}")
