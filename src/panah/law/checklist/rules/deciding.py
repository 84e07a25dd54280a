"""What the rules have in common: how they say what they propose, and how they compare days and languages."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from panah.law.checklist.loading import kind
from panah.law.checklist.model import Found, Proposal, Ref, Status
from panah.law.checklist.onfile import Entry, Told, refs
from panah.text import Period

PACT = date(2026, 6, 12)
"""From this day on, what is lodged is examined under Regulation 2024/1348: its art. 79(3)."""


class Answered(NamedTuple):
    """Records sorted by what a field of the type yes-no-unknown says of each."""

    yes: tuple[Entry, ...]
    no: tuple[Entry, ...]
    unknown: tuple[Entry, ...]


def adequate(item: str, reason: str, rests_on: Iterable[Ref]) -> Proposal:
    """It is proposed that the guarantee was kept."""
    return Proposal(item, Status.ADEQUATE, reason, tuple(rests_on))


def deficient(item: str, reason: str, rests_on: Iterable[Ref]) -> Proposal:
    """It is proposed that it was not."""
    return Proposal(item, Status.DEFICIENT, reason, tuple(rests_on))


def unknown(item: str, reason: str, rests_on: Iterable[Ref]) -> Proposal:
    """It is proposed that it cannot be told from what is on file."""
    return Proposal(item, Status.UNKNOWN, reason, tuple(rests_on))


def not_applicable(item: str, reason: str, rests_on: Iterable[Ref]) -> Proposal:
    """It is proposed that nothing had to be kept here."""
    return Proposal(item, Status.NOT_APPLICABLE, reason, tuple(rests_on))


def asks(item: str, reason: str, rests_on: Iterable[Ref] = (), words: Iterable[Found] = ()) -> Proposal:
    """Nothing is proposed: something is shown, and a human asked."""
    return Proposal(item, Status.NOT_EXAMINED, reason, tuple(rests_on), tuple(words))


def answered(entries: Iterable[Entry], field: str) -> Answered:
    """Records sorted by what one field says of each."""
    every = tuple(entries)
    no = tuple(each for each in every if each.said(field) == Told.NO)
    yes = tuple(each for each in every if each.said(field) == Told.YES)
    return Answered(yes, no, tuple(each for each in every if each not in yes and each not in no))


def each_says(item: str, entries: Sequence[Entry], field: str, no: str, yes: str) -> Proposal | None:
    """A rule on one field: one *no* makes it deficient, else one *unknown* leaves it open; None where there is no record."""
    told = answered(entries, field)
    if told.no:
        return deficient(item, f"{no}: {named(told.no)}.", refs(told.no))
    if told.unknown:
        label = called(told.unknown[0], field)
        return unknown(item, f"The record does not say: “{label}”: {named(told.unknown)}.", refs(told.unknown))
    return adequate(item, f"{yes}: {named(entries)}.", refs(entries)) if entries else None


def called(entry: Entry, field: str) -> str:
    """How a field of a record is called."""
    found = kind(entry.kind).field(field)
    return found.label if found else field


def named(entries: Iterable[Entry]) -> str:
    """Records as people name them."""
    return listed(f"{kind(each.kind).label} {each.number}" for each in entries)


def listed(names: Iterable[str]) -> str:
    """a, b and c."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def later(day: date, *, days: int = 0, months: int = 0) -> date:
    """A day so many days or months later; a month ends on the day of the same number, or on its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=days)


def surely_after(one: Period, other: Period) -> bool:
    """Whether one date is later than another, whatever days both may mean."""
    return bool(one.first and other.last and one.first > other.last)


def surely_within(begins: Period, ends: Period, *, days: int = 0, months: int = 0) -> bool | None:
    """Whether a time was kept, whatever days both may mean; None where that cannot be told.

    Nor can it be told of what ended before it began: one of the dates is wrong.
    """
    if not (begins.first and begins.last and ends.first and ends.last) or surely_after(begins, ends):
        return None
    if ends.first > later(begins.last, days=days, months=months):
        return False
    return True if ends.last <= later(begins.first, days=days, months=months) else None


def under_pact(lodged: Period | None) -> bool | None:
    """Whether the application was lodged from 12 June 2026 on; None where that cannot be told."""
    if lodged is None or lodged.first is None or lodged.last is None:
        return None
    if lodged.first >= PACT:
        return True
    return False if lodged.last < PACT else None


def on(day: date) -> Period:
    """A day that is known."""
    return Period(day, day)
