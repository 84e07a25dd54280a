"""The marks of a wording: what is shared is marked alike, wherever it stands, and what is not shared is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.text import marks_of
from panah.text.sharing import SURELY, SURELY_UNSPACED

LETTERS = "abcdefghijklmnopqrstuvwxyz"
words = st.lists(st.text(LETTERS, min_size=4, max_size=9), min_size=SURELY, max_size=3 * SURELY, unique=True)
around = st.lists(st.text(LETTERS, min_size=4, max_size=9), max_size=60)
characters = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=SURELY_UNSPACED, max_size=120)
QUOTED = (
    "Officers came before dawn, sealed the doorway with yellow paper, and carried three neighbours towards the county "
    "town; their families waited eleven weeks until somebody telephoned and said that everybody was studying."
)


class TestMarks:
    @given(words, around, around)
    def test_a_shared_stretch_has_a_mark_in_common_whatever_stands_around_it(self, shared, before, after):
        whole = marks_of(" ".join(shared))
        assert set(whole) & set(marks_of(" ".join([*before, *shared, *after])))

    @given(characters, st.text("的一是不了", max_size=40))
    def test_so_has_one_in_characters_without_spaces(self, shared, before):
        assert set(marks_of(shared)) & set(marks_of(before + shared))

    @given(st.text(max_size=400))
    def test_of_any_text_fit_into_forty_bits_and_are_the_same_each_time(self, raw):
        found = marks_of(raw)
        assert found == marks_of(raw)
        assert all(0 <= mark < 1 << 40 for mark in found)

    @pytest.mark.parametrize(
        "copy",
        [
            QUOTED.upper(),
            QUOTED.replace(" ", "\n"),
            QUOTED.replace(",", "").replace(";", " –"),
            QUOTED.replace("the doorway", "a doorway").replace("and said", "and had said"),
            QUOTED.replace("Officers", "Offi\u00adcers"),
        ],
        ids=["capitals", "line ends", "signs", "small words", "a hyphen that nobody sees"],
    )
    def test_are_the_same_in_a_copy_that_differs_in_what_does_not_count(self, copy):
        assert marks_of(copy) == marks_of(QUOTED) != []

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("ئۇيغۇرلارنىڭ " * 3 + QUOTED, "ئۇيغۇرلارنىڭ " * 3 + QUOTED),
            (
                "بىز ياشايدىغان مەھەللىدىكى كىشىلەرنى كېچىدە ئېلىپ كەتتى " * 2,
                "بىز ياشايدىغان مەھەللىدىكى كىشىلەرنى كېچىدە ئېلىپ كەتتى " * 2,
            ),
        ],
    )
    def test_are_taken_in_any_script(self, one, other):
        assert marks_of(one) == marks_of(other) != []

    def test_a_chinese_sentence_has_the_same_marks_inside_an_english_text(self):
        sentence = "那天夜里几辆没有牌照的白色面包车停在巷口,穿黑衣服的人挨家挨户敲门,把名单上的人一个一个带走了,到现在谁也没有回来。"
        assert set(marks_of(sentence)) <= set(marks_of(f"A witness wrote: “{sentence}” {QUOTED}"))

    def test_the_same_words_in_another_order_are_another_wording(self):
        assert not set(marks_of(QUOTED)) & set(marks_of(" ".join(sorted(QUOTED.split()))))

    @pytest.mark.parametrize("raw", ["", "He was held.", "the of and to in", "他被关押。"])
    def test_a_few_words_have_no_marks(self, raw):
        assert marks_of(raw) == []

    def test_do_not_change_from_one_build_to_the_next(self):
        assert marks_of(QUOTED) == [662610927347, 987480668466, 285638647425]
