"""Dates that are not quite known, as EDTF writes them (ISO 8601-2, levels 0 and 1): read strictly, never guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from panah.errors import PanahError

LONGEST_DATE = 64

_DATE = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[?~%]?")
_OPEN = {"", ".."}
"""A bound that is not known, and one that there is none of."""
_SEASONS = range(21, 25)
"""Numbers in the place of a month. Which months they are depends on the half of the earth: so here, a whole year."""


class DateUnreadable(PanahError):
    """“{written}” is no date here: {reason}. Write 2017, 2017-04, 2017-04-09, 2017/2019, 2017/.. (goes on) or 2017~ (about)."""


class Period(NamedTuple):
    """The first and the last day that may be meant; None where that bound is open or not known."""

    first: date | None
    last: date | None


def period(written: str) -> Period:
    """The days that an EDTF date or interval may mean. Raises `DateUnreadable`."""
    if len(written) > LONGEST_DATE:
        raise DateUnreadable(written=written[:LONGEST_DATE] + "…", reason="it is too long")
    begins, slash, ends = written.partition("/")
    if not slash:
        return _bounds(written, written)
    if begins in _OPEN and ends in _OPEN:
        raise DateUnreadable(written=written, reason="it has no bound")
    first = None if begins in _OPEN else _bounds(begins, written).first
    last = None if ends in _OPEN else _bounds(ends, written).last
    if first and last and first > last:
        raise DateUnreadable(written=written, reason="it ends before it begins")
    return Period(first, last)


def _bounds(one: str, written: str) -> Period:
    """The days that one date may mean."""
    found = _DATE.fullmatch(one)
    if found is None:
        raise DateUnreadable(written=written, reason="it is not written so")
    year, month, day = found.groups()
    if not _falls(year, month or "", day or ""):
        raise DateUnreadable(
            written=written, reason="what is more exact cannot be known where what is less exact is not"
        )
    if month and month.isdecimal() and int(month) in _SEASONS and not day:
        month = None
    try:
        begins = date(int(year.replace("X", "0")), _number(month, 1), _number(day, 1))
        ends = date(int(year.replace("X", "9")), _number(month, 12), 1)
        return Period(begins, ends.replace(day=_number(day, monthrange(ends.year, ends.month)[1])))
    except ValueError:
        raise DateUnreadable(written=written, reason="the calendar has no such day") from None


def _falls(year: str, month: str, day: str) -> bool:
    """Whether nothing known stands after something unknown: 201X-04 says a month of a year that it does not say."""
    unknown = False
    for part in (year, month, day):
        if unknown and part not in {"", "XX"}:
            return False
        unknown = unknown or "X" in part
    return True


def _number(part: str | None, otherwise: int) -> int:
    return int(part) if part and part != "XX" else otherwise
