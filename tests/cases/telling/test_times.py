"""Times of a recording, read from its transcript."""

from __future__ import annotations

import pytest

from panah.cases.telling.times import marks, span_of, time_of

INTERVIEW = "[00:12:30] Where were you?\n[00:12:41] At home. [00:13:05] With my brother.\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\nWhere were you?\n\n01:00:05.500 --> 01:00:09.000\nAt home.\n"
SRT = "1\n00:00:01,000 --> 00:00:04,000\nWhere were you?\n\n2\n00:00:05,500 --> 00:00:09,000\nAt home.\n"


class TestMarks:
    @pytest.mark.parametrize(
        ("transcript", "seconds"),
        [
            (INTERVIEW, [750, 761, 785]),
            (VTT, [1, 3605]),
            (SRT, [1, 5]),
            ("00:12:30 Where?\n  00:12:41 - Home.", [750, 761]),
            ("(00:12:30) Where?", [750]),
            ("[12:30] Where?", [750]),
            ("[۰۰:۱۲:۳۰] قەيەردە؟", []),
            ("12:30 they came, and at 13:45 they left.", []),
            ("[99:99:99] no time", []),
            ("It was 00:12:30 by the clock.", []),
            ("", []),
        ],
        ids=["brackets", "WebVTT", "SubRip", "bare", "round", "short", "other digits", "clock times", "no time", "within a line", "nothing"],
    )  # fmt: skip
    def test_are_those_that_are_written(self, transcript, seconds):
        assert [mark.seconds for mark in marks(transcript)] == seconds


class TestTimeOf:
    def test_is_the_last_mark_before_the_words(self):
        assert time_of(INTERVIEW, INTERVIEW.index("At home")) == "00:12:41"
        assert time_of(INTERVIEW, INTERVIEW.index("With")) == "00:13:05"

    def test_is_empty_before_the_first_mark_and_without_any(self):
        assert time_of("Before. [00:00:05] After.", 0) == ""
        assert time_of("Nothing is marked.", 3) == ""

    def test_of_a_stretch_says_both_ends_where_they_differ(self):
        start, end = INTERVIEW.index("At home"), INTERVIEW.index("With my") + 4
        assert span_of(INTERVIEW, start, end) == "00:12:41–00:13:05"
        assert span_of(INTERVIEW, start, start + 2) == "00:12:41"
        assert span_of("Before. [00:00:05] After.", 0, 20) == ""
