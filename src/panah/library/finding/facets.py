"""By what the documents of an answer are chosen and counted. Plain values in and out: nothing here knows Django."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from panah import text
from panah.errors import PanahError

UNSAID = "-"
"""The value of a document of which nobody has said anything."""
MOST_VALUES = 100
"""Values of one facet in one question."""
LONGEST_VALUE = 300
REMEMBERED = 10_000
"""Dates whose meaning is remembered: thousands of documents share a few hundred."""
LONGEST_PERIOD = 100
"""Years. Of what took longer, the last ones count."""


class FilterUnreadable(PanahError):
    """“{name}” cannot be “{value}”: {reason}."""


class Facet(StrEnum):
    """A property of documents by which they are told apart; its value is its name in addresses."""

    COLLECTION = "collection"
    SOURCE = "source"
    TYPE = "type"
    LANGUAGE = "language"
    PLACE = "place"
    YEAR = "year"
    """Of publication."""
    PERIOD = "period"
    """A year of which it tells."""
    CONCEPT = "concept"

    @property
    def is_manifold(self) -> bool:
        """Whether a document may have several values, so that it makes sense to ask for all of some."""
        return self in {Facet.PLACE, Facet.PERIOD, Facet.CONCEPT}


class Mode(StrEnum):
    """How the values of a facet are meant."""

    ANY = "any"
    ALL = "all"
    NONE = "none"


class Choice(NamedTuple):
    """What is asked of one facet: any, all or none of some values."""

    facet: Facet
    mode: Mode
    values: tuple[str, ...]

    def passes(self, traits: Traits) -> bool:
        """Whether a document with these traits is meant."""
        having = (_has(self.facet, traits[self.facet], value) for value in self.values)
        return not any(having) if self.mode is Mode.NONE else {Mode.ANY: any, Mode.ALL: all}[self.mode](having)


Traits = Mapping[Facet, frozenset[str]]
"""The values that a document has of each facet; where nobody has said any, that is `UNSAID`."""


@dataclass(frozen=True)
class Filters:
    """Which documents an answer may come from: those that pass every choice. Each facet stands in one choice at most."""

    choices: tuple[Choice, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.choices)

    def passes(self, traits: Traits) -> bool:
        """Whether a document with these traits is meant."""
        return all(choice.passes(traits) for choice in self.choices)

    def of(self, facet: Facet) -> Choice:
        """What is asked of a facet; where nothing is, any of no values."""
        return next((choice for choice in self.choices if choice.facet is facet), Choice(facet, Mode.ANY, ()))

    def beside(self, facet: Facet) -> Filters:
        """What is asked of the other facets."""
        return Filters(tuple(choice for choice in self.choices if choice.facet is not facet))

    def without(self, facet: Facet, value: str) -> Filters:
        """The same with one value less."""
        return self._with(self.of(facet)._replace(values=tuple(v for v in self.of(facet).values if v != value)))

    def plus(self, facet: Facet, value: str) -> Filters:
        """The same with one value more."""
        chosen = self.of(facet)
        return self._with(chosen._replace(values=tuple(dict.fromkeys([*chosen.values, value]))))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """As names and values of an address; `read` reads them."""
        for facet, mode, values in self.choices:
            yield from ((facet.value, value) for value in values)
            if mode is not Mode.ANY:
                yield f"{facet}-is", mode.value

    def _with(self, chosen: Choice) -> Filters:
        choices = {choice.facet: choice for choice in self.choices} | {chosen.facet: chosen}
        return Filters(tuple(choices[facet] for facet in Facet if facet in choices and choices[facet].values))


NO_FILTERS = Filters()


def read(values_of: Callable[[str], Iterable[str]]) -> Filters:
    """The filters of an address, of which `values_of` gives the values of a name. Raises `FilterUnreadable`."""
    found = []
    for facet in Facet:
        values = tuple(dict.fromkeys(value.strip() for value in values_of(facet) if value.strip()))
        mode = _mode(f"{facet}-is", [value for value in values_of(f"{facet}-is") if value])
        if values:
            found.append(Choice(facet, mode, tuple(_checked(facet, values))))
    return Filters(tuple(found))


def counts(documents: Mapping[int, Traits], weights: Mapping[int, int], filters: Filters) -> dict[Facet, Counter[str]]:
    """How much there is of each value of each facet: the weights of documents that pass what is asked of the others.

    What is asked of the facet itself limits its counts only where all of its values are asked for: so they tell what one
    more of them would find.
    """
    sets: dict[Facet, Counter[frozenset[str]]] = {facet: Counter() for facet in Facet}
    for group, traits in documents.items():
        failed = [choice for choice in filters.choices if not choice.passes(traits)]
        if not failed:
            counted: Iterable[Facet] = Facet
        elif len(failed) == 1 and failed[0].mode is not Mode.ALL:
            counted = (failed[0].facet,)
        else:
            continue
        for facet in counted:
            sets[facet][traits[facet]] += weights[group]
    return {facet: _by_value(facet, sets[facet], filters.of(facet).values) for facet in Facet}


@lru_cache(maxsize=REMEMBERED)
def years(written: str, *, until: int) -> frozenset[str]:
    """The years that a date or a time may mean, none where it cannot be read; what goes on, goes on to the year `until`."""
    bounds = days(written)
    if bounds is None:
        return frozenset()
    first = bounds.first.year if bounds.first else None
    last = bounds.last.year if bounds.last else max(until, first or 0)
    first = last if first is None else max(first, last - LONGEST_PERIOD + 1)
    return frozenset(f"{year:04}" for year in range(first, last + 1))


@lru_cache(maxsize=REMEMBERED)
def days(written: str) -> text.Period | None:
    """The first and the last day that a date may mean, the time of day aside; None where it cannot be read."""
    day, between, _ = written.strip().replace("T", " ", 1).partition(" ")
    for attempt in (written.strip(), day if between else ""):
        try:
            return text.period(attempt) if attempt else None
        except text.DateUnreadable:
            continue
    return None


def sorting_day(written: str, *, newest: bool) -> tuple[bool, int]:
    """What documents are sorted by: the last day that their date may mean, or the first; without one they come last."""
    bounds = days(written)
    day: date | None = (bounds.last or bounds.first if newest else bounds.first or bounds.last) if bounds else None
    if day is None:
        return True, 0
    return False, -day.toordinal() if newest else day.toordinal()


def _by_value(facet: Facet, sets: Mapping[frozenset[str], int], chosen: tuple[str, ...]) -> Counter[str]:
    found: Counter[str] = Counter()
    for values, weight in sets.items():
        for value in values.union(value for value in chosen if _has(facet, values, value)):
            found[value] += weight
    return found


def _has(facet: Facet, values: frozenset[str], value: str) -> bool:
    """Whether a document with these values has one; `zh` is a value of every document in zh-Hant, too."""
    if facet is not Facet.LANGUAGE:
        return value in values
    wanted = value.lower()
    return any(tag.lower() == wanted or tag.lower().startswith(f"{wanted}-") for tag in values)


def _mode(name: str, said: list[str]) -> Mode:
    modes = {mode.value: mode for mode in Mode}
    if not said:
        return Mode.ANY
    if said[-1] not in modes:
        raise FilterUnreadable(name=name, value=said[-1][:LONGEST_VALUE], reason="it is one of any, all, none")
    return modes[said[-1]]


def _checked(facet: Facet, values: tuple[str, ...]) -> Iterator[str]:
    if len(values) > MOST_VALUES:
        raise FilterUnreadable(name=facet, value=values[0], reason=f"a question has at most {MOST_VALUES} of them")
    for value in values:
        if len(value) > LONGEST_VALUE:
            raise FilterUnreadable(name=facet, value=value[:50] + "…", reason="it is too long")
        yield value
