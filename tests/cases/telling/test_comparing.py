"""Two tellings beside each other, in the languages in which they are told."""

from __future__ import annotations

import pytest

from panah.cases.telling.comparing import comparison
from panah.text import sentences


def rows(one: str, other: str, *, aligned=True):
    return comparison(one, other, aligned=aligned).rows


def shown(one: str, other: str):
    """What differs: the words on both sides, and whether they only moved."""
    return [
        (one[row.one.start : row.one.end] if row.one else "", other[row.other.start : row.other.end] if row.other else "", row.moved)
        for row in rows(one, other)
        if row.differs
    ]  # fmt: skip


CASES = {
    "the same": ("They came. I left.", "They came. I left.", []),
    "other space": ("They  came.\nI left.", "They came. I left.", []),
    "a word in English": ("Two men came in May. I left.", "Two men came in June. I left.", [("Two men came in May.", "Two men came in June.", False)]),
    "a word in Uyghur": ("ئۇلار ماي ئېيىدا كەلدى. مەن كەتتىم.", "ئۇلار ئىيۇن ئېيىدا كەلدى. مەن كەتتىم.", [("ئۇلار ماي ئېيىدا كەلدى.", "ئۇلار ئىيۇن ئېيىدا كەلدى.", False)]),
    "a word in Chinese": ("两个男人五月来了。我走了。", "三个男人五月来了。我走了。", [("两个男人五月来了。", "三个男人五月来了。", False)]),
    "a word in Kazakh": ("Олар мамырда келді. Мен кеттім.", "Олар маусымда келді. Мен кеттім.", [("Олар мамырда келді.", "Олар маусымда келді.", False)]),
    "something is left out": ("They came. They hit me. I left.", "They came. I left.", [("They hit me.", "", False)]),
    "something is added": ("They came. I left.", "They came. They hit me. I left.", [("", "They hit me.", False)]),
    "a sentence that moved": (
        "My brother was there. They came at night. They took my telephone.",
        "They came at night. They took my telephone. My brother was there.",
        [("My brother was there.", "", True), ("", "My brother was there.", True)],
    ),
    "a sentence in Chinese that moved": (
        "我哥哥在那里。他们晚上来了。他们拿走了我的手机。", "他们晚上来了。他们拿走了我的手机。我哥哥在那里。",
        [("我哥哥在那里。", "", True), ("", "我哥哥在那里。", True)],
    ),
    "nothing of the one is in the other": ("A b c.", "X y z.", [("A b c.", "", False), ("", "X y z.", False)]),
    "one of them is empty": ("They came.", "", [("They came.", "", False)]),
}  # fmt: skip


class TestAligned:
    @pytest.mark.parametrize(("one", "other", "expected"), list(CASES.values()), ids=list(CASES))
    def test_shows_what_differs_and_what_only_moved(self, one, other, expected):
        assert sorted(shown(one, other)) == sorted(expected)

    @pytest.mark.parametrize(("one", "other", "expected"), list(CASES.values()), ids=list(CASES))
    def test_shows_every_sentence_of_both_once(self, one, other, expected):
        found = rows(one, other)
        ones, others = [row.one for row in found if row.one], [row.other for row in found if row.other]
        assert [len(ones), len(others)] == [len(sentences(one)), len(sentences(other))]
        for side in (ones, others):
            assert [each.start for each in side] == sorted(each.start for each in side)

    def test_counts_a_move_once(self):
        assert comparison(*CASES["a sentence that moved"][:2], aligned=True).differences == 1

    def test_says_where_nothing_is_said(self):
        (row,) = [row for row in rows("They came. They hit me. I left.", "They came. I left.") if row.differs]
        assert (row.other, row.gap_in_other) == (None, len("They came."))

    def test_marks_the_words_that_differ(self):
        (row,) = [row for row in rows("Two men came in May.", "Two men came in June.") if row.differs]
        assert [piece.words for piece in row.one.pieces if piece.differs] == ["May"]
        assert [piece.words for piece in row.other.pieces if piece.differs] == ["June"]

    def test_joins_one_move_with_one_place(self):
        found = rows(
            "A one two. Same here now. Same there too.", "Same here now. Same there too. A one two. A one two."
        )
        assert sum(row.moved for row in found) == 2


class TestSideBySide:
    def test_puts_paragraph_beside_paragraph_and_calls_nothing_a_difference(self):
        found = comparison("One. Two.\nThree.", "一。\n二。\n三。", aligned=False)
        assert (found.aligned, found.differences, len(found.rows)) == (False, 0, 3)
        assert [row.one is None for row in found.rows] == [False, False, True]
