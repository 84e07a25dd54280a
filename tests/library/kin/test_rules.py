"""When wording is shared, who may be first, and how many roots some texts have."""

from __future__ import annotations

import pytest

from panah.library.kin import rules
from panah.library.kin.rules import Why, dated, in_order, may_be_first, stretches, tree


class TestShares:
    @pytest.mark.parametrize(
        ("shared", "one", "other", "found"),
        [
            (4, 8, 8, True),  # half
            (4, 8, 30, True),  # half of the shorter, inside a longer
            (4, 9, 9, False),
            (3, 3, 20, True),  # all that a short one has
            (3, 4, 20, False),
            (2, 2, 20, True),
            (1, 1, 20, False),
            (0, 0, 0, False),
        ],
    )
    def test_half_of_the_shorter_and_enough(self, shared, one, other, found):
        assert rules.shares(shared=shared, one=one, other=other) is found


class TestClose:
    @pytest.mark.parametrize(
        ("shared", "of", "of_other", "found"),
        [(5, 100, 100, True), (4, 100, 100, False), (1, 2, 100, True), (1, 100, 1, True), (1, 3, 100, False)],
    )
    def test_several_passages_or_half_of_a_short_text(self, shared, of, of_other, found):
        assert rules.close(shared=shared, of=of, of_other=of_other) is found


class TestDates:
    def test_put_texts_in_order_the_uncertain_by_their_first_day_and_the_undated_last(self):
        written = ["", "2019", "2018-04", "in the spring", "2018", "../2017"]
        ordered = sorted(written, key=lambda each: in_order(dated(each)))
        assert ordered == ["../2017", "2018", "2018-04", "2019", "", "in the spring"]

    @pytest.mark.parametrize(
        ("written", "first"),
        [
            (["2018", "2018-04", "2019"], [True, True, False]),
            (["2018-01", "2018-04"], [True, False]),
            (["2018~", "2018-12-31"], [True, True]),
            (["201X", "2015"], [True, True]),
            (["2015", ""], [True, False]),
            (["2015/..", "2019"], [True, True]),
            (["2016 (reporting year)", "2017-03-01T12:00:00Z"], [True, False]),
            (["2016-13 (so it says)", "in the spring of 2016"], [False, False]),
            (["", "unknown"], [False, False]),
            ([], []),
        ],
    )
    def test_say_who_may_be_the_first(self, written, first):
        assert may_be_first([dated(each) for each in written]) == first


class TestStretches:
    def test_are_the_words_that_follow_each_other_in_both(self):
        one = "Witnesses said: the men of our street were taken away at night, all of them."
        other = "In 2018 “THE MEN of our street were taken away at night” (letter)."
        here, there = stretches(one, other)
        assert [one[start:end] for start, end in here] == ["the men of our street were taken away at night"]
        assert [other[start:end] for start, end in there] == ["THE MEN of our street were taken away at night"]

    def test_are_none_of_a_few_words(self):
        assert stretches("He was taken away.", "She was taken away.") == ([], [])


def told(node) -> object:
    return (
        (node.key, node.why.value, [told(child) for child in node.children])
        if node.children
        else (node.key, node.why.value)
    )


class TestAlike:
    @pytest.mark.parametrize(
        ("asked", "there", "part"),
        [
            ("one two three four five six", "zero one two three four five six", 1.0),
            ("one two three four five six", "one two three four five, then six", 0.5),
            ("one two", "one two", 1.0),
            ("one two", "two one", 0.0),
            ("", "one two", 0.0),
            ("被关押在县城里", "他们被关押在县城里。", 1.0),
        ],
    )
    def test_is_the_part_of_what_was_asked(self, asked, there, part):
        assert rules.alike(asked=rules.wording(asked), there=rules.wording(there)) == part


class TestTree:
    def test_three_texts_of_two_roots(self):
        found = tree(["report", "article", "letter"], traces={"report": ["agency"], "article": ["agency"]}, older={})
        assert (found.texts, [told(root) for root in found.roots]) == (
            3, [("letter", "root"), ("agency", "root", [("report", "traced"), ("article", "traced")])],
        )  # fmt: skip

    def test_a_copy_stands_under_the_oldest_unless_both_are_apart(self):
        older = {"b": ["a"], "c": ["a", "b"]}
        assert [root.key for root in tree("abc", traces={}, older=older).roots] == ["a"]
        apart = {frozenset("ac"), frozenset("bc")}
        assert [root.key for root in tree("abc", traces={}, older=older, apart=apart).roots] == ["a", "c"]
        found = tree("abc", traces={}, older=older, apart={frozenset("ac")})
        assert told(found.roots[0]) == ("a", "root", [("b", "wording", [("c", "wording")])])

    def test_what_somebody_wrote_goes_before_what_wording_suggests(self):
        found = tree("ab", traces={"b": ["witness"]}, older={"b": ["a"]})
        assert [told(root) for root in found.roots] == [("a", "root"), ("witness", "root", [("b", "traced")])]

    def test_wording_makes_no_circle_with_what_somebody_wrote(self):
        found = tree("ab", traces={"a": ["b"]}, older={"b": ["a"]})
        assert [told(root) for root in found.roots] == [("b", "root", [("a", "traced")])]

    def test_a_text_of_two_roots_stands_under_both_and_counts_once(self):
        found = tree(["a"], traces={"a": ["x", "y"]}, older={})
        assert (found.texts, [told(root) for root in found.roots]) == (
            1, [("x", "root", [("a", "traced")]), ("y", "root", [("a", "traced")])],
        )  # fmt: skip

    def test_roots_of_what_is_not_among_the_texts_are_followed(self):
        found = tree(["a", "b"], traces={"a": ["m"], "b": ["n"], "m": ["x"], "n": ["x"]}, older={})
        assert [root.key for root in found.roots] == ["x"]

    def test_many_ways_to_one_text_do_not_make_it_many(self):
        traces = {f"{n}": [f"{n + 1}l", f"{n + 1}r"] for n in range(40)}
        traces |= {f"{n}{side}": [f"{n}"] for n in range(1, 41) for side in "lr"}
        found = tree(["0"], traces=traces, older={})
        assert len(rules.drawn(found)) < 200

    def test_is_drawn_row_by_row_each_box_below_the_one_that_it_hangs_on(self):
        boxes = rules.drawn(tree("abc", traces={}, older={"b": ["a"]}))
        assert [(box.key, box.why, box.column, box.row, box.above) for box in boxes] == [
            ("a", Why.ROOT, 0, 0, -1), ("b", Why.WORDING, 1, 1, 0), ("c", Why.ROOT, 0, 2, -1),
        ]  # fmt: skip
