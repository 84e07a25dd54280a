"""The checklist and the kinds of record: what is shipped, and how strictly it is read."""

from __future__ import annotations

import pytest

from panah import law
from panah.law.checklist import (
    ChecklistBroken,
    ItemUnknown,
    RecordKindUnknown,
    TopicUnknown,
    Type,
    checklist,
    item,
    kind,
    topic,
)
from panah.law.checklist.finding import phrases, read_phrases
from panah.law.checklist.loading import read_checklist, read_instruments, read_kinds
from panah.law.checklist.tables import read_table

KNOWN = read_instruments("instruments.yaml", b"ACT: {title: An Invented Act, address: https://example.org/act}")
KINDS = """\
kinds:
  - id: letter
    label: Letter
    source: {in: ACT, at: art. 1, verified: true}
    fields:
      - {name: day, label: When, type: day, required: true}
      - {name: answer, label: Answer, type: choice, choices: {granted: granted, refused: refused}}
      - {name: paper, label: The letter, type: paper}
"""
ITEMS = """\
groups: {A: Access}
items:
  - id: A1
    requires: A letter is answered.
    asks: Was the letter answered?
    law: {new: [{in: ACT, at: art. 1, verified: true}]}
    kind: [question, rule]
    records: [letter]
topics:
  - {id: letters, title: Letters, items: [A1], records: [letter], elements: [QR4.1]}
"""


def read(items: str):
    return read_checklist("items.yaml", items.encode(), KNOWN, read_kinds("records.yaml", KINDS.encode(), KNOWN))


class TestShipped:
    def test_has_74_items_in_six_groups(self):
        assert [(group.id, len(group.items)) for group in checklist().groups] == [
            ("A", 12), ("B", 12), ("C", 15), ("D", 9), ("E", 16), ("F", 10),
        ]  # fmt: skip
        for group in checklist().groups:
            assert [each.id for each in group.items] == [f"{group.id}{n}" for n in range(1, len(group.items) + 1)]

    def test_asks_each_item_as_a_question(self):
        assert not [each.id for each in checklist().items if not each.asks.endswith("?") or not each.law.all]

    def test_names_elements_that_there_are(self):
        known = {element.id for framework in law.frameworks().values() for element in framework.elements}
        assert not {each for item in checklist().items for each in item.parallel} - known
        assert not {each for topic in checklist().topics for each in topic.elements} - known

    def test_stores_in_each_kind_of_record_something_that_an_item_asks_for(self):
        assert not checklist().kinds.keys() - {each for item in checklist().items for each in item.records}

    def test_takes_nothing_of_the_directives_or_of_case_law_of_strasbourg_for_verified(self):
        old = [each for item in checklist().items for each in item.law.old]
        assert old
        assert not [each for each in old if each.verified]

    def test_has_the_six_topics(self):
        assert [each.id for each in checklist().topics] == [
            "exclusion", "safe-countries", "assurances", "nationalities", "children", "family",
        ]  # fmt: skip

    def test_gives_each_by_its_id(self):
        assert (item("A7").group, kind("child").label, topic("children").items[0]) == ("A", "Child", "E16")

    @pytest.mark.parametrize(
        ("ask", "error"),
        [
            (lambda: item("A99"), ItemUnknown),
            (lambda: kind("rumour"), RecordKindUnknown),
            (lambda: topic("weather"), TopicUnknown),
        ],
    )
    def test_refuses_what_is_not_there(self, ask, error):
        with pytest.raises(error):
            ask()

    def test_has_phrases_of_every_finder_in_every_language(self):
        for finder, words in phrases().finders.items():
            assert words.keys() == phrases().common.keys(), finder


class TestChecklist:
    def test_is_read(self):
        [group] = read(ITEMS).groups
        [only] = group.items
        assert (only.id, only.question, only.rule, only.records) == ("A1", True, True, ("letter",))
        assert str(only.law) == "An Invented Act, art. 1"

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ("    asks:", "    ask:", "“ask” is not known here"),
            ("topics:\n", ITEMS.partition("items:\n")[2], "A1 stands here twice"),
            ("law: {new: [{in: ACT, at: art. 1, verified: true}]}", "law: {}", "an authority is missing"),
            ("law: {new: [{in: ACT, at: art. 1, verified: true}]}", "law: {old: []}", "an authority is missing"),
            ("in: ACT", "in: DECREE", "there is no instrument DECREE"),
            ("verified: true", "verified: perhaps", "true or false is expected"),
            ("id: A1", "id: B1", "there is no group B"),
            ("id: A1", "id: first", "“first” cannot be an id here"),
            ("kind: [question, rule]", "kind: [score]", "an item is a question, or a rule, or both"),
            ("kind: [question, rule]", "kind: []", "an item is a question, or a rule, or both"),
            ("    records: [letter]", "    records: [rumour]", "there is no kind of record rumour"),
            ("items: [A1], records", "items: [A2], records", "there is no item A2"),
            ("asks: Was the letter answered?", "asks: ''", "a text is expected, and this one is empty"),
        ],
    )
    def test_is_refused_with_its_line(self, old, new, reason):
        with pytest.raises(ChecklistBroken, match=r"items\.yaml: line \d+") as refused:
            read(ITEMS.replace(old, new, 1))
        assert reason in refused.value.sentence


class TestKinds:
    def test_are_read(self):
        letter = read_kinds("records.yaml", KINDS.encode(), KNOWN)["letter"]
        assert [field.type for field in letter.fields] == [Type.DAY, Type.CHOICE, Type.PAPER]
        assert (letter.fields[0].required, letter.fields[1].choices) == (
            True,
            {"granted": "granted", "refused": "refused"},
        )
        assert letter.field("weather") is None

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ("type: day", "type: score", "“score” is none of"),
            (", choices: {granted: granted, refused: refused}", "", "a choice has choices"),
            ("type: day, required", "type: day, choices: {a: b}, required", "a choice has choices"),
            ("name: answer", "name: day", "there are two fields day"),
            ("{name: day, label: When, type: day, required: true}", "{name: two, label: Two, type: paper}", "in one paper at most"),
            ("    source: {in: ACT, at: art. 1, verified: true}\n", "", "“source” is missing"),
            ("kinds:\n", f"kinds:\n{KINDS.partition(chr(10))[2]}", "there are two kinds letter"),
            ("id: letter", "id: Letter", "“Letter” cannot be an id here"),
        ],
    )  # fmt: skip
    def test_are_refused_with_their_line(self, old, new, reason):
        with pytest.raises(ChecklistBroken, match=r"records\.yaml: line \d+") as refused:
            read_kinds("records.yaml", KINDS.replace(old, new, 1).encode(), KNOWN)
        assert reason in refused.value.sentence

    def test_have_a_field_at_least(self):
        bare = KINDS[: KINDS.index("    fields:")] + "    fields: []\n"
        with pytest.raises(ChecklistBroken, match="there is no field"):
            read_kinds("records.yaml", bare.encode(), KNOWN)


class TestOthers:
    def test_an_instrument_has_a_key_that_can_be_told_from_words(self):
        with pytest.raises(ChecklistBroken, match="cannot be the key"):
            read_instruments("i.yaml", b"an act: {title: A, address: B}")

    def test_phrases_are_of_a_language_whose_common_words_are_known(self):
        with pytest.raises(ChecklistBroken, match="“pl” is not known here"):
            read_phrases("p.yaml", b"languages: {en: [the]}\nfinders: {discretion: {pl: [x]}}")

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("{rule: A3, when: x, file: {}, proposes: nothing}", "there is no rule A3"),
            ("{rule: A4, when: x, file: {}, proposes: red}", "“red” is none of"),
            ("{rule: A4, when: x, file: {rumour: []}, proposes: nothing}", "“rumour” is not known here"),
            ("{rule: A4, when: x, file: {information: [{weather: rain}]}, proposes: nothing}", "“weather” is not known here"),
            ("{rule: A4, when: x, file: {information: [{signed: perhaps}]}, proposes: nothing}", "“perhaps” is none of"),
            ("{rule: A10, when: x, file: {track: [{track: slow}]}, proposes: nothing}", "“slow” is none of"),
        ],
    )  # fmt: skip
    def test_a_row_of_a_table_is_refused_with_its_line(self, row, reason):
        with pytest.raises(ChecklistBroken, match="line 2") as refused:
            read_table("t.yaml", f"cases:\n  - {row}\n".encode())
        assert reason in refused.value.sentence
