"""Bodies of law, rules and examples are read strictly, and what is shipped is sound."""

from __future__ import annotations

import dataclasses
import re
from importlib.resources import files

import pytest

from panah.law import (
    Box,
    FrameworkBroken,
    Order,
    Rule,
    Trigger,
    boxes,
    read_framework,
    rules,
)
from panah.law.loading import read_rules
from panah.law.reading import gathered
from panah.text.strict_yaml import DEEPEST

SOUND = """\
id: demo
title: A Demonstration Act, article 1
short: Demonstration Act
order: national
applies: Since it was written.
in_force_from: 2026-06-12
in_force_until: ''
trigger: lodged
instrument: Demonstration Act
address: https://example.org/act
elements:
  - id: D1
    asks: Is this a question?
    says: It is.
    authority: {provision: art. 1, verified: true}
    evidence: [a paper]
    parallel: [D2]
  - id: D2
    asks: Is this another?
    says: It is too.
    authority: {provision: art. 2, verified: false, address: 'https://example.org/2'}
"""


def changed(*changes: tuple[str, str]) -> bytes:
    text = SOUND
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


class TestReadFramework:
    def test_reads_what_the_file_says(self):
        demo = read_framework("demo.yaml", SOUND.encode())
        assert (demo.id, demo.title, demo.short) == (
            "demo",
            "A Demonstration Act, article 1",
            "Demonstration Act",
        )
        assert (demo.order, demo.applies) == (Order.NATIONAL, "Since it was written.")
        assert (demo.in_force_from, demo.in_force_until, demo.trigger) == ("2026-06-12", "", Trigger.LODGED)
        assert [element.id for element in demo.elements] == ["D1", "D2"]
        assert demo.elements[0].evidence == ("a paper",)
        assert demo.elements[0].parallel == ("D2",)
        assert demo.elements[1].evidence == demo.elements[1].parallel == ()

    def test_gives_each_element_the_instrument_and_its_address_unless_it_has_its_own(self):
        first, second = read_framework("demo.yaml", SOUND.encode()).elements
        assert (first.authority.instrument, first.authority.address) == (
            "Demonstration Act",
            "https://example.org/act",
        )
        assert (second.authority.instrument, second.authority.address) == (
            "Demonstration Act",
            "https://example.org/2",
        )

    def test_says_of_an_authority_that_nobody_compared_it_with_its_text(self):
        first, second = read_framework("demo.yaml", SOUND.encode()).elements
        assert str(first.authority) == "Demonstration Act, art. 1"
        assert str(second.authority) == "Demonstration Act, art. 2 [not verified]"

    def test_finds_an_element_by_its_id(self):
        demo = read_framework("demo.yaml", SOUND.encode())
        assert demo.element("D2") is demo.elements[1]
        assert demo.element("D3") is None

    def test_puts_a_text_of_several_lines_on_one(self):
        demo = read_framework("demo.yaml", changed(("says: It is.", "says: >-\n      It\n      is,   truly.")))
        assert demo.elements[0].says == "It is, truly."

    def test_keeps_the_joiners_of_persian_words(self):
        demo = read_framework("demo.yaml", changed(("says: It is.", "says: می\u200cشود")))
        assert demo.elements[0].says == "می\u200cشود"

    def test_guesses_no_dates_numbers_or_truth_values(self):
        demo = read_framework("demo.yaml", changed(("says: It is.", "says: no"), ("provision: art. 1", "provision: 1")))
        assert demo.elements[0].says == "no"
        assert demo.elements[0].authority.provision == "1"

    def test_may_apply_for_a_single_day(self):
        demo = read_framework("demo.yaml", changed(("in_force_until: ''", "in_force_until: 2026-06-12")))
        assert demo.in_force_until == demo.in_force_from

    def test_may_end_without_a_known_beginning(self):
        source = changed(
            ("in_force_from: 2026-06-12", "in_force_from: ''"),
            ("in_force_until: ''", "in_force_until: 2026-06-12"),
        )
        assert read_framework("demo.yaml", source).in_force_until == "2026-06-12"

    def test_cannot_be_changed(self):
        demo = read_framework("demo.yaml", SOUND.encode())
        with pytest.raises(dataclasses.FrozenInstanceError):
            demo.title = "Another"  # type: ignore[misc]


BROKEN = {
    "an unknown key of the framework": (
        [("short:", "shorter:")],
        "line 3: “shorter” is not known here",
    ),
    "an unknown key of an element": (
        [("    says: It is.", "    says: It is.\n    score: 3")],
        "line 15: “score” is not known here",
    ),
    "an unknown key of an authority": (
        [("provision: art. 1, ", "provision: art. 1, reliable: true, ")],
        "line 15: “reliable” is not known here",
    ),
    "a missing key of the framework": (
        [("short: Demonstration Act\n", "")],
        "line 1: “short” is missing",
    ),
    "a missing key of an element": (
        [("    says: It is.\n", "")],
        "line 12: “says” is missing",
    ),
    "an element without authority": (
        [("    authority: {provision: art. 1, verified: true}\n", "")],
        "line 12: “authority” is missing",
    ),
    "an authority without a provision": (
        [("provision: art. 1, ", "")],
        "line 15: “provision” is missing",
    ),
    "an authority that does not say whether it is verified": (
        [(", verified: true", "")],
        "line 15: “verified” is missing",
    ),
    "a blank text": (
        [("asks: Is this a question?", "asks: ' '")],
        "line 13: a text is expected, and this one is empty",
    ),
    "no text at all": (
        [("asks: Is this a question?", "asks:")],
        "line 13: a text is expected, and this one is empty",
    ),
    "a list for a text": (
        [("asks: Is this a question?", "asks: [Is this, a question]")],
        "line 13: a text is expected",
    ),
    "a number by its tag": (
        [("provision: art. 1", "provision: !!int 1")],
        "line 15: a text is expected",
    ),
    "a text for a list": (
        [("evidence: [a paper]", "evidence: a paper")],
        "line 16: a list is expected",
    ),
    "a set for a list": (
        [("evidence: [a paper]", "evidence: !!omap [a paper]")],
        "line 16: a list is expected",
    ),
    "a blank text in a list": (
        [("evidence: [a paper]", "evidence: [a paper, '']")],
        "line 16: a text is expected, and this one is empty",
    ),
    "a text for a mapping": (
        [("authority: {provision: art. 1, verified: true}", "authority: art. 1")],
        "line 15: a mapping is expected",
    ),
    "a set for a mapping": (
        [("{provision: art. 1, verified: true}", "!!set {provision: art. 1, verified: true}")],
        "line 15: a mapping is expected",
    ),
    "an object of the language": (
        [("says: It is.", "says: !!python/object/apply:os.system [ls]")],
        "line 14: a text is expected",
    ),
    "yes for true": (
        [("verified: true", "verified: yes")],
        "line 15: true or false is expected",
    ),
    "true by another tag": (
        [("verified: true", "verified: !!bool true")],
        "line 15: true or false is expected",
    ),
    "true as a text": (
        [("verified: true", "verified: 'true'")],
        "line 15: true or false is expected",
    ),
    "a list for a truth value": (
        [("verified: true", "verified: [true]")],
        "line 15: true or false is expected",
    ),
    "two elements of one id": (
        [("id: D2", "id: D1")],
        "line 18: there are two elements D1",
    ),
    "no element": (
        [(SOUND[SOUND.index("elements:") :], "elements: []\n")],
        "line 11: there is no element",
    ),
    "an id with a colon": (
        [("id: D2", "id: 'D:2'")],
        "line 18: “D:2” cannot be an id",
    ),
    "a date that does not exist": (
        [("2026-06-12", "2026-06-31")],
        "line 6: “2026-06-31” is not a day as in 2026-06-12",
    ),
    "a date in another form": (
        [("2026-06-12", "20260612")],
        "line 6: “20260612” is not a day as in 2026-06-12",
    ),
    "a date in words": (
        [("2026-06-12", "12 June 2026")],
        "line 6: “12 June 2026” is not a day as in 2026-06-12",
    ),
    "an end before the beginning": (
        [("in_force_until: ''", "in_force_until: 2026-06-11")],
        "line 7: 2026-06-11 is before 2026-06-12, from which day it applies",
    ),
    "the same key twice": (
        [("short: Demonstration Act", "short: Demonstration Act\nshort: Act")],
        "line 4: “short” stands here twice",
    ),
    "a key that is a list": (
        [("short: Demonstration Act", "? [short]\n: Demonstration Act")],
        "line 3: a text is expected",
    ),
    "a merge key": (
        [("id: D2", "<<: {id: D2}")],
        "line 18: “<<” is not known here",
    ),
    "an alias to nothing": (
        [("id: D2", "id: *nothing")],
        "line 18: it is not YAML (found undefined alias 'nothing')",
    ),
    "an anchor that contains itself": (
        [("evidence: [a paper]", "evidence: &all [*all]")],
        "line 16: a text is expected",
    ),
    "a bracket that is not closed": (
        [("evidence: [a paper]", "evidence: [a paper")],
        "line 17: it is not YAML (expected ',' or ']', but got ':')",
    ),
    "two documents": (
        [("elements:", "---\nelements:")],
        "line 11: it is not YAML (but found another document)",
    ),
    "a control character": (
        [("Is this a question?", "Is this \x07 a question?")],
        "line 13: it is not YAML (special characters are not allowed)",
    ),
    "an escape that is too large": (
        [("asks: Is this a question?", 'asks: "Is this \\U99999999 a question?"')],
        "line 1: an escape names no character",
    ),
    "an escape beyond the last character": (
        [("asks: Is this a question?", 'asks: "Is this \\U00110000 a question?"')],
        "line 1: an escape names no character",
    ),
    "half a character": (
        [("asks: Is this a question?", 'asks: "Is this \\uD800 a question?"')],
        "line 13: a character of this text cannot be seen",
    ),
    "a mark that turns the direction around": (
        [("asks: Is this a question?", "asks: Is this \u202e a question?")],
        "line 13: a character of this text cannot be seen",
    ),
    "deep nesting": (
        [("evidence: [a paper]", "evidence: " + "[" * 10_000)],
        "line 16: it is not YAML (nested too deep)",
    ),
}


class TestBrokenFrameworks:
    @pytest.mark.parametrize(("changes", "complaint"), list(BROKEN.values()), ids=list(BROKEN))
    def test_are_refused_with_a_sentence_that_says_where_and_why(self, changes, complaint):
        with pytest.raises(FrameworkBroken) as caught:
            read_framework("demo.yaml", changed(*changes))
        assert caught.value.sentence == f"demo.yaml: {complaint}."
        assert (caught.value.code, caught.value.status) == ("framework-broken", 500)

    @pytest.mark.parametrize("nothing", [b"", b"# nothing but a remark\n"])
    def test_an_empty_file_is_refused(self, nothing):
        with pytest.raises(FrameworkBroken, match=r"demo\.yaml: line 1: the file is empty"):
            read_framework("demo.yaml", nothing)

    def test_a_list_of_frameworks_is_refused(self):
        with pytest.raises(FrameworkBroken, match="line 1: a mapping is expected"):
            read_framework("demo.yaml", b"[demo]")

    def test_bytes_that_are_no_text_are_refused(self):
        with pytest.raises(FrameworkBroken, match=r"demo\.yaml: line 2: it is not UTF-8"):
            read_framework("demo.yaml", b"id: demo\ntitle: \xff")

    def test_a_bomb_of_aliases_is_refused_at_once(self):
        rows = ["a0: &a0 [boom, boom]"] + [f"a{n}: &a{n} [" + f"*a{n - 1}, " * 9 + "]" for n in range(1, 60)]
        with pytest.raises(FrameworkBroken, match="line 1: “a0” is not known here"):
            read_framework("demo.yaml", "\n".join(rows).encode())

    def test_as_deep_as_our_own_files_is_not_too_deep(self):
        deep = "[" * (DEEPEST - 4) + "x" + "]" * (DEEPEST - 4)
        with pytest.raises(FrameworkBroken, match="line 16: a text is expected"):
            read_framework("demo.yaml", changed(("evidence: [a paper]", f"evidence: {deep}")))


class TestGathered:
    def test_keeps_the_order_in_which_they_come(self):
        second = read_framework(
            "b.yaml", changed(("id: demo", "id: b"), ("D1", "B1"), ("[D2]", "[B2]"), ("id: D2", "id: B2"))
        )
        assert list(gathered([read_framework("demo.yaml", SOUND.encode()), second])) == ["demo", "b"]

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ([("id: demo", "id: other")], "other.yaml: D1: the id stands in demo.yaml already."),
            (
                [("id: D1", "id: D9"), ("id: D2", "id: D8")],
                "demo.yaml: demo: the id stands in demo.yaml already.",
            ),
        ],
        ids=["an element of another framework", "another framework"],
    )
    def test_refuses_an_id_that_stands_twice(self, changes, sentence):
        first = read_framework("demo.yaml", SOUND.encode())
        second = read_framework("other.yaml", changed(*changes))
        with pytest.raises(FrameworkBroken) as caught:
            gathered([first, second])
        assert caught.value.sentence == sentence

    def test_cannot_be_changed(self):
        with pytest.raises(TypeError):
            gathered([])["demo"] = read_framework("demo.yaml", SOUND.encode())  # type: ignore[index]


SOUND_RULES = files("panah.law").joinpath("rules.yaml").read_text(encoding="utf-8")

BROKEN_RULES = {
    "a slot that nobody fills": ("reasoned on {boxes}", "{score}", "nobody fills {score}"),
    "a way into a value": ("“{fact}”, and the", "“{fact.__class__}”, and the", "nobody fills {fact.__class__}"),
    "a conversion": ("reasoned on {boxes}", "reasoned on {boxes!r}", "nobody fills {boxes!r}"),
    "a format": ("reasoned on {boxes}", "reasoned on {boxes:>9}", "nobody fills {boxes:>9}"),
    "an open bracket": ("reasoned on {boxes}", "reasoned on {boxes", "a curly bracket is not closed"),
    "a sentence that names no fact": ("supports the fact “{fact}”", "supports it", "the sentence does not name {fact}"),
    "a rule that is not known": ("contradiction-not-put:", "too-many-words:", "“too-many-words” is not known here"),
    "a rule that is missing": ("  credible: (d) general credibility\n", "", "“credible” is missing"),
    "a sentence about something else": ("  fact-without-support:\n    fact:", "  fact-without-support:\n    support:", "“support” is not known here"),
}  # fmt: skip


class TestRules:
    def test_each_has_its_sentences_and_its_authority(self):
        assert list(rules()) == list(Rule)
        assert {rule: str(wording.authority) for rule, wording in list(rules().items())[:5]} == {
            Rule.ELEMENT_UNANSWERED: "Regulation (EU) 2024/1348, art. 34(2)",
            Rule.FINDING_WITHOUT_REASONS: "Regulation (EU) 2024/1348, art. 36(2)",
            Rule.FACT_WITHOUT_SUPPORT: "Regulation (EU) 2024/1347, art. 4(5)",
            Rule.CONTRADICTION_NOT_PUT: "Regulation (EU) 2024/1348, art. 12(2)",
            Rule.QUOTATION_SUPERSEDED: "Regulation (EU) 2024/1348, art. 34(2)(b)",
        }

    def test_each_box_is_named_with_its_letter(self):
        assert [boxes()[box][:3] for box in Box] == ["(a)", "(b)", "(c)", "(d)"]

    @pytest.mark.parametrize(("old", "new", "complaint"), list(BROKEN_RULES.values()), ids=list(BROKEN_RULES))
    def test_broken_ones_are_refused(self, old, new, complaint):
        assert old in SOUND_RULES
        with pytest.raises(FrameworkBroken) as caught:
            read_rules("rules.yaml", SOUND_RULES.replace(old, new, 1).encode())
        assert re.fullmatch(r"rules\.yaml: line \d+: " + re.escape(complaint) + r"\.", caught.value.sentence)
