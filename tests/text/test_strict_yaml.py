"""YAML in which nothing is guessed, and whatever is not expected is refused with its line."""

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.errors import PanahError
from panah.text.strict_yaml import DEEPEST, Page


class Shade(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class PageBroken(PanahError):
    """{file}, {where}: {reason}."""


PAGE = Page("colours.yaml", PageBroken)


def opened(source):
    return PAGE.opened(source.encode())


def reason_of(reading):
    """Where and why this is refused."""
    with pytest.raises(PageBroken) as refused:
        reading()
    return refused.value.sentence.removeprefix("colours.yaml, ")


class TestOpened:
    @pytest.mark.parametrize(
        ("source", "reason"),
        [
            (b"", "line 1: the file is empty."),
            (b"# only a remark\n", "line 1: the file is empty."),
            (b"a: 1\nb: \xff\n", "line 2: it is not UTF-8."),
            (b"a: 1\nb: \x01\n", "line 2: it is not YAML (special characters are not allowed)."),
            (b"a: [1\n", "line 2: it is not YAML (expected ',' or ']', but got '<stream end>')."),
            (b'a: "\\U99999999"', "line 1: an escape names no character."),
            (b"a: 1\n--- \nb: 2\n", "line 2: it is not YAML (but found another document)."),
            (b"[" * 100, "line 1: it is not YAML (nested too deep)."),
            (b"- " * 100 + b"a", "line 1: it is not YAML (nested too deep)."),
        ],
    )
    def test_what_is_no_yaml_is_refused_with_its_line(self, source, reason):
        assert reason_of(lambda: PAGE.opened(source)) == reason

    def test_what_is_nested_as_deep_as_allowed_is_read(self):
        assert opened("[" * (DEEPEST - 1) + "a" + "]" * (DEEPEST - 1))
        assert reason_of(lambda: opened("[" * DEEPEST + "a" + "]" * DEEPEST))

    def test_a_bomb_of_aliases_does_not_go_off(self):
        bomb = "a0: &a0 [x, x]\n" + "".join(
            f"a{level}: &a{level} [*a{level - 1}, *a{level - 1}]\n" for level in range(1, 99)
        )
        assert PAGE.entries(opened(bomb), [f"a{level}" for level in range(99)])

    @given(st.binary(max_size=100))
    def test_any_bytes_are_read_or_refused(self, source):
        try:
            found = PAGE.opened(source)
        except PageBroken as error:
            found = error.sentence
        assert found


class TestEntries:
    def test_are_the_keys_that_are_needed_and_those_that_may_be(self):
        node = opened("name: red\nshade: dark\n")
        assert list(PAGE.entries(node, ["name"], ["shade", "since"])) == ["name", "shade"]

    @pytest.mark.parametrize(
        ("source", "reason"),
        [
            ("- red", "line 1: a mapping is expected."),
            ("red", "line 1: a mapping is expected."),
            ("!colour {name: red}", "line 1: a mapping is expected."),
            ("name: red\nage: 3", "line 2: “age” is not known here."),
            ("name: red\nname: blue", "line 2: “name” stands here twice."),
            ("shade: dark", "line 1: “name” is missing."),
            ("{[a]: b}", "line 1: a text is expected."),
            ("? \n: b", "line 1: a text is expected, and this one is empty."),
        ],
    )
    def test_that_are_too_many_too_few_or_none_are_refused(self, source, reason):
        assert reason_of(lambda: PAGE.entries(opened(source), ["name"], ["shade"])) == reason


class TestMapping:
    def test_has_keys_of_any_kind_where_nobody_knows_them(self):
        assert list(PAGE.mapping(opened("en: red\nzh-Hans: 红\n"))) == ["en", "zh-Hans"]

    def test_refuses_a_key_twice(self):
        reason = reason_of(lambda: PAGE.mapping(opened("en: red\nen: rot\n")))
        assert reason == "line 2: “en” stands here twice."


class TestValues:
    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("red", "red"),
            ("2019-03-01", "2019-03-01"),
            ("yes", "yes"),
            ("0x10", "0x10"),
            ("null", "null"),
            ('" a  b "', "a b"),
            ("|\n  a\n  b\n", "a b"),
            ("پاناھ\u200cلىق", "پاناھ\u200cلىق"),
        ],
    )
    def test_a_text_is_what_stands_there_on_one_line(self, source, text):
        assert PAGE.text(opened(source)) == text

    @pytest.mark.parametrize(
        ("source", "reason"),
        [
            ("[a]", "a text is expected."),
            ("{a: b}", "a text is expected."),
            ("!secret a", "a text is expected."),
            ('""', "a text is expected, and this one is empty."),
            ('"\\u202ea"', "a character of this text cannot be seen."),
            ('"a\\u0000"', "a character of this text cannot be seen."),
            ('"\\ud800"', "a character of this text cannot be seen."),
        ],
    )
    def test_what_is_no_text_is_refused(self, source, reason):
        assert reason_of(lambda: PAGE.text(opened(source))) == f"line 1: {reason}"

    def test_a_text_may_be_nothing_where_that_is_said(self):
        assert PAGE.text_or_nothing(opened('""')) == ""

    def test_a_text_may_be_kept_as_it_stands(self):
        assert PAGE.verbatim(opened("|\n  a\n   b\n")) == "a\n b\n"
        assert PAGE.verbatim(None) == ""
        assert reason_of(lambda: PAGE.verbatim(opened("[a]"))) == "line 1: a text is expected."

    def test_half_a_character_is_no_text(self):
        assert reason_of(lambda: PAGE.verbatim(opened('"a\\ud800"'))) == "line 1: an escape names no character."

    def test_what_stands_for_something_else_is_no_text(self):
        node = opened("- &a words\n- *a\n").value[1]
        assert reason_of(lambda: PAGE.verbatim(node)) == "line 2: a text is expected."

    @pytest.mark.parametrize(
        ("source", "number"), [("0", 0), ("007", 7), ("999999999999999", 999_999_999_999_999), ('"3"', 3)]
    )
    def test_a_number_is_whole_and_not_negative(self, source, number):
        assert PAGE.number(opened(source)) == number

    @pytest.mark.parametrize("source", ["-1", "1.5", "1e3", "0x10", "1_000", "١", "1000000000000000", "ten"])
    def test_what_is_no_number_is_refused(self, source):
        assert reason_of(lambda: PAGE.number(opened(source))) == "line 1: a whole number is expected."

    def test_a_truth_is_written_out(self):
        assert PAGE.truth(opened("true")) is True
        assert PAGE.truth(opened("false")) is False

    @pytest.mark.parametrize("source", ["yes", "True", "1", '"true"', "!x true", "[true]", "on"])
    def test_what_is_no_truth_is_refused(self, source):
        assert reason_of(lambda: PAGE.truth(opened(source))) == "line 1: true or false is expected."

    def test_one_of_several_names_is_read(self):
        assert PAGE.one_of(opened("dark"), Shade) is Shade.DARK
        assert reason_of(lambda: PAGE.one_of(opened("Dark"), Shade)) == "line 1: “Dark” is none of light, dark."

    def test_a_list_is_read(self):
        assert PAGE.texts(opened("- red\n- dark blue\n")) == ("red", "dark blue")
        assert PAGE.texts(opened("[]")) == PAGE.texts(None) == ()

    @pytest.mark.parametrize("source", ["red", "{a: b}", "!x [a]"])
    def test_what_is_no_list_is_refused(self, source):
        assert reason_of(lambda: PAGE.items(opened(source))) == "line 1: a list is expected."

    def test_a_wrong_value_is_refused_at_its_own_line(self):
        items = PAGE.items(opened("- red\n- blue\n- [green]\n"))
        assert reason_of(lambda: PAGE.text(items[2])) == "line 3: a text is expected."
