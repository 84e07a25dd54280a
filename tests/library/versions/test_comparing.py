"""In what two texts differ."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.versions import comparing
from panah.library.versions.comparing import Piece, compared

TEXTS = st.lists(
    st.sampled_from(["a b c", "a b", "d", "e f", "", "她被关了三天", "ئۇ كەتتى"]) | st.text(max_size=8), max_size=12
)


def sides(rows):
    return [row.old for row in rows if row.old is not None], [row.new for row in rows if row.new is not None]


def differing(rows):
    return [(row.old, row.new) for row in rows if row.differs]


class TestCompared:
    @given(TEXTS, TEXTS)
    def test_has_every_paragraph_of_both_once_and_in_order(self, old, new):
        rows = list(compared(old, new))
        assert sides(rows) == (list(range(len(old))), list(range(len(new))))

    @given(TEXTS, TEXTS)
    def test_loses_and_adds_no_letter(self, old, new):
        for row in compared(old, new):
            if row.differs and row.old is not None:
                assert "".join(piece.words for piece in row.old_pieces) == old[row.old]
            if row.differs and row.new is not None:
                assert "".join(piece.words for piece in row.new_pieces) == new[row.new]
            if not row.differs:
                assert old[row.old].split() == new[row.new].split()

    @given(TEXTS)
    def test_of_a_text_with_itself_finds_nothing(self, text):
        assert not differing(compared(text, text))

    def test_takes_lines_that_are_broken_elsewhere_for_the_same(self):
        assert not differing(compared(["She was  held\nin July."], ["She was held in\nJuly. "]))

    def test_marks_the_words_that_differ_and_no_others(self):
        [row] = compared(["She was held for three days."], ["She was held for four days."])
        assert [piece for piece in row.old_pieces if piece.differs] == [Piece("three", differs=True)]
        assert [piece for piece in row.new_pieces if piece.differs] == [Piece("four", differs=True)]

    def test_marks_single_characters_of_chinese(self):
        [row] = compared(["她在七月被关了三天。"], ["她在七月被关了四天。"])
        assert [piece.words for piece in row.new_pieces if piece.differs] == ["四"]

    def test_finds_what_was_put_in_and_taken_out(self):
        rows = list(compared(["one", "two", "three"], ["one", "new words", "three", "four"]))
        assert differing(rows) == [(1, None), (None, 1), (None, 3)]

    def test_puts_an_edited_paragraph_beside_its_version_though_others_came_before_it(self):
        old = ["begin", "a report of what was seen there", "end"]
        new = ["begin", "something else", "a report of what was heard there", "end"]
        assert differing(compared(old, new)) == [(None, 1), (1, 2)]

    def test_aligns_by_what_stands_once_where_much_repeats(self):
        old = ["-", "alpha", "-", "-", "beta", "-"]
        new = ["-", "-", "alpha", "-", "beta", "-", "-"]
        assert differing(compared(old, new)) == [(None, 1), (3, None), (None, 6)]


class TestBounds:
    """Two megabytes of nothing in common, or of too much, are compared in bearable time."""

    @pytest.mark.parametrize("words", [["the"], ["the", "a", "of"], [str(number) for number in range(50)]])
    def test_hold_for_texts_of_ten_thousand_paragraphs(self, words):
        chance = random.Random(7)
        old, new = ([" ".join(chance.choices(words, k=3)) for _ in range(10_000)] for _ in range(2))
        rows = list(compared(old, new))
        assert sides(rows) == (list(range(10_000)), list(range(10_000)))

    def test_hold_for_paragraphs_of_a_hundred_thousand_words(self):
        chance = random.Random(7)
        old, new = (" ".join(chance.choices("abcdefgh", k=100_000)) for _ in range(2))
        [row] = compared([old], [new])
        assert row.old_pieces == [Piece(old, differs=True)]

    def test_hold_for_all_together(self, monkeypatch):
        monkeypatch.setattr(comparing, "MOST_WORK", 100)
        rows = list(compared(["a b c d e f"] * 3, ["a b c d e g", "a b c d e h", "a b c d e i"]))
        assert [piece.words for row in rows for piece in row.new_pieces if piece.differs][-1] == "a b c d e i"
