"""How decisions name papers and write days, as data, and where they do so in a text: one pass for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from panah import text
from panah.law.checklist.finding import phrases
from panah.law.checklist.loading import page_of
from panah.law.refusal.headings import shipped

FURTHEST = 200
"""Numbers that may lie between the two of a range of papers."""


_GAP = r"[^\S\n]*(?:\n[^\S\n]*(?!\d{1,3}[.)]\s))?"
"""Spaces, and the end of a line at most, behind which no paragraph begins with its number."""


class Writing(NamedTuple):
    """Patterns of a number of a paper, and of a day; and the number of each month by what it is called."""

    exhibit: re.Pattern[str]
    number: re.Pattern[str]
    day: re.Pattern[str]
    months: Mapping[str, int]
    to: frozenset[str]


class Days(NamedTuple):
    """The days and the months that a text names, each with where it does so first."""

    days: Mapping[date, text.Span]
    months: Mapping[tuple[int, int], text.Span]


@cache
def writing() -> Writing:
    """What is shipped. Raises `ChecklistBroken`."""
    return read_writing("mentions.yaml", shipped("mentions.yaml"))


def read_writing(name: str, source: bytes) -> Writing:
    """The ways of writing from the bytes of their file. Raises `ChecklistBroken`."""
    page, languages = page_of(name), tuple(phrases().common)
    root = page.entries(page.opened(source), ("exhibits", "numbered", "and", "to", "months", "short"))
    words = [each for node in page.mapping(root["exhibits"], languages).values() for each in page.texts(node)]
    months = dict[str, int]()
    for table in ("months", "short"):
        for node in page.mapping(root[table], languages).values():
            names = page.texts(node)
            if len(names) != 12:
                raise page.refused(node, "a year has twelve months")
            months |= {each.casefold(): number for number, each in enumerate(names, start=1)}
    joined, to = page.texts(root["and"]), page.texts(root["to"])
    return Writing(
        _exhibit(words, page.texts(root["numbered"]), (*joined, *to)),
        re.compile(rf"(?P<to>[–—-]|\b(?:{any_of(to)})\b)?\W*(?P<number>\d{{1,4}})", re.IGNORECASE),
        _day(months),
        months,
        frozenset(to),
    )


def exhibits_in(words: str) -> dict[int, text.Span]:
    """The numbers of papers that a text names, each with where it does so first."""
    known, found = writing(), dict[int, text.Span]()
    for match in known.exhibit.finditer(words):
        last = None
        for each in known.number.finditer(match["numbers"]):
            number = int(each["number"])
            between = range(last + 1, number) if each["to"] and last and number - last <= FURTHEST else ()
            for one in (*between, number):
                found.setdefault(one, text.Span(*match.span()))
            last = number
    return found


def days_in(words: str) -> Days:
    """The days and the months that a text names."""
    days, months = dict[date, text.Span](), dict[tuple[int, int], text.Span]()
    for match in writing().day.finditer(words):
        span = text.Span(*match.span())
        for year, month, day in _meant(match):
            months.setdefault((year, month), span)
            if day and (found := _on(year, month, day)):
                days.setdefault(found, span)
    return Days(days, months)


def _meant(match: re.Match[str]) -> Iterator[tuple[int, int, int]]:
    """Year, month and day of what was found; both where 3/4/2024 may mean two; the day is 0 where a month alone is named."""
    named = match["month"] or match["first_month"] or match["alone"]
    if named:
        month = writing().months[named.casefold()]
        yield (
            int(match["year"] or match["last_year"] or match["month_year"]),
            month,
            int(match["day"] or match["last_day"] or 0),
        )
    elif match["iso_year"]:
        yield int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"])
    elif match["han_year"]:
        yield int(match["han_year"]), int(match["han_month"]), int(match["han_day"] or 0)
    else:
        year, one, other = int(match["dot_year"]), int(match["dot_day"]), int(match["dot_month"])
        yield year, other, one
        if "/" in match[0] and one != other:
            yield year, one, other


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _exhibit(words: Iterable[str], numbered: Iterable[str], joined: Iterable[str]) -> re.Pattern[str]:
    called = "|".join(re.escape(each.removesuffix("*")) + r"\w{0,4}" * each.endswith("*") for each in words)
    between = rf"{_GAP}(?:[,;–—-]|\b(?:{any_of(joined)})\b){_GAP}(?:(?:{any_of(joined)})\b{_GAP})?"
    return re.compile(
        rf"\b(?:{called})\b\.?{_GAP}(?:(?:{any_of(numbered)})\.?{_GAP})?"
        rf"(?P<numbers>\d{{1,4}}(?:{between}\d{{1,4}}\b)*)\b(?![./]\d)",
        re.IGNORECASE,
    )


def _day(months: Iterable[str]) -> re.Pattern[str]:
    name = rf"(?:{any_of(months)})"
    year = r"(?:19|20)\d\d"
    return re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?\s+(?P<month>{name})\b\.?,?\s+(?P<year>{year})\b"
        rf"|\b(?P<first_month>{name})\.?\s+(?P<last_day>\d{{1,2}})(?:st|nd|rd|th)?,\s+(?P<last_year>{year})\b"
        rf"|\b(?P<alone>{name})\b\.?,?\s+(?P<month_year>{year})\b"
        rf"|\b(?P<iso_year>{year})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)\b"
        r"|(?P<han_year>(?:19|20)\d\d)\s*年\s*(?P<han_month>\d{1,2})\s*月(?:\s*(?P<han_day>\d{1,2})\s*日)?"
        rf"|\b(?P<dot_day>\d{{1,2}})\s?[./]\s?(?P<dot_month>\d{{1,2}})\s?[./]\s?(?P<dot_year>{year})\b",
        re.IGNORECASE,
    )


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of some words, the longest first, with any space between those of one."""
    return "|".join(r"\s+".join(map(re.escape, each.split())) for each in sorted(words, key=len, reverse=True))
