"""Words of a draft beside words of a text, as plain values."""

from __future__ import annotations

import time

import pytest

from panah import text
from panah.library.checking.comparing import Sameness, found, is_short, sameness, traces

SOURCE = (
    "In the spring, guards took the old men of the village to a school; they stayed there until the autumn, it is said."
)


def one(words: str, raw: str = SOURCE):
    return found([words], [False], raw)


class TestFound:
    def test_says_where_and_that_all_of_it_is_there(self):
        place = one("guards took the old men")
        assert SOURCE[place.span.start : place.span.end] == "guards took the old men"
        assert (place.share, place.sameness, place.in_order) == (1.0, Sameness.VERBATIM, True)

    @pytest.mark.parametrize(
        "words",
        [
            "guards took the young men of the village",
            "guards took old men of the village",
            "guards took the very old men of the village",
        ],
    )
    def test_most_of_it_is_found_with_another_word_one_less_or_one_more(self, words):
        place = one(words)
        assert 0.6 <= place.share < 1 or place.sameness is Sameness.LETTERS

    @pytest.mark.parametrize(
        "words", ["nobody ever went to any place at all", "spring came late that year in Berlin", ""]
    )
    def test_what_is_about_something_else_is_not_found(self, words):
        assert one(words) is None

    def test_stretches_must_follow_each_other(self):
        assert found(["guards took", "until the autumn"], [False, False], SOURCE).in_order
        assert not found(["until the autumn", "guards took"], [False, False], SOURCE).in_order

    def test_what_was_put_in_stands_for_a_few_words_only(self):
        far = "guards took " + "many words " * 40 + "the old men"
        assert found(["guards took", "the old men"], [False, True], SOURCE).in_order
        assert not found(["guards took", "the old men"], [False, True], far).in_order

    def test_long_texts_are_compared_in_bounded_time(self):
        begun = time.process_time()
        one("the men of the village and " * 2_000, "the old men of the valley or " * 300)
        assert time.process_time() - begun < 5


class TestSameness:
    @pytest.mark.parametrize(
        ("words", "other", "same"),
        [
            ("the old men", "the old men", Sameness.VERBATIM),
            ("the  ‘old’ men – here", 'the "old" men - here', Sameness.SIGNS),
            ("[T]he old men", "the old men", Sameness.FIRST_LETTER),
            ("The old men", "the old men", Sameness.FIRST_LETTER),
            ("the [O]ld men", "the old men", Sameness.FIRST_LETTER),
            ("the Old men", "the old men", Sameness.LETTERS),
            ("the old, men", "the old men", Sameness.LETTERS),
            ("le menage", "le ménage", Sameness.LETTERS),
        ],
    )
    def test_tells_what_a_typesetter_does_from_what_a_writer_does(self, words, other, same):
        assert sameness(words, other) is same


class TestTraces:
    @pytest.mark.parametrize(
        "words",
        [
            "guards took the old men of the village",
            "the old men",
            "守卫把村里的老人带到一所已经变成营地的学校",
            "a",
            "x " * 500,
        ],
    )
    def test_are_found_in_what_has_the_words(self, words):
        for node in traces(words):
            assert text.found_in(f"Before. {words} Behind.", node)

    @pytest.mark.parametrize("words", ["", "…", "[]"])
    def test_of_nothing_there_are_none(self, words):
        assert list(traces(words)) == []


class TestShort:
    @pytest.mark.parametrize("words", ["never", "the old men", "没有人知道他们要在那里待多久", "[…]", ""])
    def test_is_anybodys(self, words):
        assert is_short(words)

    @pytest.mark.parametrize("words", ["they never came back", "没有人知道他们要在那里待多久了"])
    def test_is_not(self, words):
        assert not is_short(words)
