"""Dates that are not quite known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.text import DateUnreadable, period


class TestPeriod:
    @pytest.mark.parametrize(
        ("written", "first", "last"),
        [
            ("2017", "2017-01-01", "2017-12-31"),
            ("2017~", "2017-01-01", "2017-12-31"),
            ("2016-02", "2016-02-01", "2016-02-29"),
            ("2017-04-09?", "2017-04-09", "2017-04-09"),
            ("201X", "2010-01-01", "2019-12-31"),
            ("19XX%", "1900-01-01", "1999-12-31"),
            ("201X-XX", "2010-01-01", "2019-12-31"),
            ("2017-XX", "2017-01-01", "2017-12-31"),
            ("2017-04-XX", "2017-04-01", "2017-04-30"),
            ("2017-XX-XX", "2017-01-01", "2017-12-31"),
            ("2017-21", "2017-01-01", "2017-12-31"),
            ("2017-04/2019", "2017-04-01", "2019-12-31"),
            ("2017/..", "2017-01-01", None),
            ("../2017-04-09", None, "2017-04-09"),
            ("2017/", "2017-01-01", None),
            ("/2017~", None, "2017-12-31"),
            ("2017-04/2017-04", "2017-04-01", "2017-04-30"),
            ("9999", "9999-01-01", "9999-12-31"),
        ],
    )
    def test_is_the_days_that_may_be_meant(self, written, first, last):
        assert period(written) == tuple(bound and date.fromisoformat(bound) for bound in (first, last))

    @pytest.mark.parametrize(
        "written",
        [
            "", "/", "..", "../..", "17", "2017-4", "2017-13", "2017-00", "2017-02-29", "2017-04-31", "0000", "2017-25",
            "2017-21-01", "201X-04", "2017-XX-09", "2017X", "X017", "2017/2018/2019", "2019/2017", "2017-04-09/2017-04-08",
            "April 2017", "2017-04-09T12:00", "-2017", "Y17000", "٢٠١٧", "2017\n", " 2017", "2017 ", "2017~?", "=2017",
            "[2017,2018]", "2017/2018-02-30", "9" * 65, "2017/" * 20,
        ],
    )  # fmt: skip
    def test_refuses_what_is_none(self, written):
        with pytest.raises(DateUnreadable) as refused:
            period(written)
        assert written[:64].strip() in refused.value.sentence

    @given(st.dates(min_value=date(1, 1, 1)))
    def test_reads_every_day_as_itself(self, day):
        assert period(day.isoformat()) == (day, day)

    @given(st.one_of(st.text(), st.text("0123456789-/X~?%.", max_size=24)))
    def test_takes_anything_for_days_in_order_or_for_no_date(self, written):
        try:
            first, last = period(written)
        except DateUnreadable:
            return
        assert first or last
        assert not (first and last) or first <= last
