"""One value, one text: the form of RFC 8785 for everything but fractions."""

import json
from enum import IntEnum, StrEnum
from types import MappingProxyType

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from panah.proof import NotCanonical, canonical
from panah.proof.canonical import LARGEST

INTEGERS = st.integers(-LARGEST, LARGEST)
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=6),
    max_leaves=25,
)


class Kind(StrEnum):
    RETURN = "return"


class Number(IntEnum):
    ONE = 1


class TestCanonical:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (None, "null"),
            (True, "true"),
            (False, "false"),
            (0, "0"),
            (-1, "-1"),
            (LARGEST, "9007199254740991"),
            ("", '""'),
            ("پاناھ 难民", '"پاناھ 难民"'),
            ('"\\/\b\f\n\r\t', r'"\"\\/\b\f\n\r\t"'),
            ("\x00\x1f\x7f\x80\u2028", '"\\u0000\\u001f\x7f\x80\u2028"'),
            ("e\u0301", '"e\u0301"'),  # not normalised
            ([], "[]"),
            ((1, (2,)), "[1,[2]]"),
            ({}, "{}"),
            ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
            ({"": 0, "A": 1, "a": 2, "á": 3}, '{"":0,"A":1,"a":2,"á":3}'),
            (MappingProxyType({"a": 1}), '{"a":1}'),
            (Kind.RETURN, '"return"'),
            (Number.ONE, "1"),
        ],
    )
    def test_writes_without_spaces_in_utf_8(self, value, written):
        assert canonical(value) == written.encode()

    def test_sorts_keys_by_utf_16_and_not_by_code_point(self):
        """The example of RFC 8785, section 3.2.3: a key beyond the Basic Multilingual Plane comes before U+FB33."""
        keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
        assert [*json.loads(canonical(dict.fromkeys(keys)))] == [
            "\r",
            "1",
            "\u0080",
            "\u00f6",
            "\u20ac",
            "\U0001f600",
            "\ufb33",
        ]

    @given(VALUES)
    def test_is_what_another_implementation_writes(self, value):
        assert canonical(value) == rfc8785.dumps(value)

    @given(st.dictionaries(st.text(st.sampled_from("aZ\u00e9\ufb33\uffff\U00010000\U0010ffff"), max_size=3), INTEGERS))
    def test_is_what_another_implementation_writes_for_astral_keys(self, value):
        assert canonical(value) == rfc8785.dumps(value)

    @given(VALUES)
    def test_comes_back_as_it_was(self, value):
        assert json.loads(canonical(value)) == value

    @given(st.dictionaries(st.text(), INTEGERS), st.randoms())
    def test_does_not_depend_on_the_order_of_keys(self, value, random):
        shuffled = list(value.items())
        random.shuffle(shuffled)
        assert canonical(dict(shuffled)) == canonical(value)


class TestRefused:
    @pytest.mark.parametrize(
        ("value", "sentence"),
        [
            (1.0, "A float has no canonical form."),
            (float("nan"), "A float has no canonical form."),
            (LARGEST + 1, "A number of more than 53 bits has no canonical form."),
            (-LARGEST - 1, "A number of more than 53 bits has no canonical form."),
            ("\ud800", "A text with half a character has no canonical form."),
            ("a\udfffb", "A text with half a character has no canonical form."),
            ({"\ud800": 1}, "A text with half a character has no canonical form."),
            ({1: "a"}, "A key that is not text has no canonical form."),
            ({None: "a"}, "A key that is not text has no canonical form."),
            (b"bytes", "A bytes has no canonical form."),
            ({"a"}, "A set has no canonical form."),
            (range(3), "A range has no canonical form."),
            (object(), "A object has no canonical form."),
        ],
    )
    @pytest.mark.parametrize("depth", [0, 1, 2])
    def test_however_deep_it_lies(self, value, sentence, depth):
        for _ in range(depth):
            value = {"a": [0, value]}
        with pytest.raises(NotCanonical) as refused:
            canonical(value)
        assert refused.value.sentence == sentence

    @given(st.floats())
    def test_every_fraction(self, value):
        with pytest.raises(NotCanonical):
            canonical([value])

    @given(st.integers(min_value=LARGEST + 1) | st.integers(max_value=-LARGEST - 1))
    def test_every_integer_that_some_reader_would_round(self, value):
        with pytest.raises(NotCanonical):
            canonical({"a": value})
