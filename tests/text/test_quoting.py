"""Quotations found in a text, by the marks of several languages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.text import plainly, quoted_in

MARKS = "\"'“”„‟«»‹›‘’‚「」『』＂ ab.\n[]…"


def told(raw: str) -> list[list[str]]:
    return [[raw[part.start : part.end] for part in each.segments] for each in quoted_in(raw)]


class TestMarks:
    @pytest.mark.parametrize(
        "raw",
        [
            "He said “the camp was full”.", 'He said "the camp was full."', "He said ‘the camp was full’, twice.",
            "Er sagte: „the camp was full“, dann", "»the camp was full«, sagte er", "Er sagte: ‚the camp was full‘.",
            "Il dit : « the camp was full ».", "Il dit : «\u00a0the camp was full\u00a0».", "Hon sade ”the camp was full” och",
            "Hon sade »the camp was full» och", "他说：「the camp was full」。", "他说：『the camp was full』。", "他说“the camp was full”。",
            "He said 'the camp was full' and left.", "(“the camp was full”)", "—“the camp was full”—",
        ],
    )  # fmt: skip
    def test_of_every_language_hold_the_words(self, raw):
        assert told(raw) == [["the camp was full"]]

    @pytest.mark.parametrize(
        "raw",
        [
            "The refugees’ claim wasn’t heard.", "O'Brien's house, l’asile, G'ulja", "It's 6' tall and 5\" wide.",
            "the ’90s and the ’80s", "no marks at all", "« »", "““””", "“…”", "“[...]”",
        ],
    )  # fmt: skip
    def test_that_quote_nothing_are_none(self, raw):
        assert [each for each in quoted_in(raw) if each.segments] == []

    def test_stand_inside_each_other(self):
        raw = "“He told me, ‘she said «go now» and went’, and left.”"
        assert [(each.depth, told[0][:12]) for each, told in zip(quoted_in(raw), told(raw), strict=True)] == [
            (0, "He told me, "), (1, "she said «go"), (2, "go now"),
        ]  # fmt: skip

    def test_an_apostrophe_ends_no_quotation_that_goes_on(self):
        assert told("‘the refugees’ claims were refused’, she wrote") == [["the refugees’ claims were refused"]]

    def test_go_on_over_paragraphs_by_either_custom(self):
        assert told("“One is here\n\n“and two is there” he wrote") == [["One is here"], ["and two is there"]]
        assert told("“One is here\n\nand two is there” he wrote") == [["One is here\n\nand two is there"]]

    @pytest.mark.parametrize(
        "raw", ["He said “that it was so.", 'He said "that it was so.\n\nAnd went.', "„Nie geschlossen"]
    )
    def test_that_are_never_closed_are_told(self, raw):
        [each] = quoted_in(raw)
        assert (each.is_closed, each.segments) == (False, ())


class TestSegments:
    @pytest.mark.parametrize("sign", ["…", "...", ". . .", "[...]", "[…]", "(…)", "(...)", "[---]", "- - -", "……"])
    def test_part_where_something_was_left_out(self, sign):
        [each] = quoted_in(f"“one {sign} two”")
        assert [part.closely for part in each.segments] == [False, False]
        assert told(f"“one {sign} two”") == [["one", "two"]]

    @pytest.mark.parametrize("put_in", ["[sic]", "(sic!)", "[the men]", "[emphasis added]"])
    def test_part_closely_where_something_was_put_in(self, put_in):
        [each] = quoted_in(f"“one {put_in} two”")
        assert [part.closely for part in each.segments] == [False, True]

    def test_a_first_letter_in_brackets_stays_and_a_changed_ending_goes(self):
        assert told("“[t]he men were detain[ed] here”") == [["[t]he men were", "here"]]

    def test_are_without_the_signs_around_them(self):
        assert told("“, … and so it was; …!”") == [["and so it was"]]


class TestHostile:
    @given(st.text(MARKS, max_size=300))
    def test_whatever_stands_there_they_stand_in_the_text_in_order(self, raw):
        at = 0
        for each in quoted_in(raw):
            assert at <= each.start < each.end <= len(raw)
            at = each.start
            for part in each.segments:
                assert each.start < part.start < part.end <= each.end
                assert part.start >= at
                at = part.start
            at = each.start

    @pytest.mark.parametrize(
        "raw",
        [
            '"',
            "“",
            "“" * 50 + "”" * 50,
            '“"‘«„',
            "' ",
            "as' b ",
            "“[",
            '"a . . ',
            "“a” ",
            "\0“",
            "\u202e„",
            "“\n\n",
            "»«",
            "’a ",
        ],
    )
    def test_time_is_linear(self, raw):
        def taken(size: int) -> float:
            whole = raw * (size // len(raw))
            begun = time.process_time()
            quoted_in(whole)
            return time.process_time() - begun

        taken(1_000)
        assert min(taken(40_000) for _ in range(2)) < 12 * max(min(taken(10_000) for _ in range(2)), 0.005)

    def test_ten_thousand_inside_each_other_are_a_few(self):
        assert len(quoted_in("“" * 2_000 + "words" + "”" * 2_000)) <= 4
        assert [each.is_closed for each in quoted_in("“" * 10_000 + "words" + "”" * 10_000)] == [False]


class TestPlainly:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("“a”  b\n", "'a' b"),
            ("l’asile", "l'asile"),
            ("a – b", "a - b"),
            ("vil-\nlage", "village"),
            ("a\u00adb", "ab"),
            ("ﬁne", "fine"),
        ],
    )
    def test_is_the_same_for_what_a_typesetter_changes(self, one, other):
        assert plainly(one) == plainly(other)

    @pytest.mark.parametrize(("one", "other"), [("Village", "village"), ("é", "e"), ("a, b", "a b"), ("ı", "i")])
    def test_is_another_for_other_letters_and_signs(self, one, other):
        assert plainly(one) != plainly(other)
