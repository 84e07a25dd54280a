"""Filters as pages and commands show them: what facets and their values are called, and which of them are offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from panah.library.calling import language_called
from panah.library.finding.facets import UNSAID, Facet, Filters, Mode
from panah.library.finding.question import Order, Question
from panah.library.places import name_of
from panah.library.record import SourceType
from panah.library.words import FIELDS, SOURCE_TYPES

FACETS: Mapping[Facet, str | Promise] = {
    Facet.COLLECTION: _("Collection"),
    Facet.SOURCE: FIELDS["source"],
    Facet.TYPE: FIELDS["source_type"],
    Facet.LANGUAGE: FIELDS["language"],
    Facet.PLACE: FIELDS["places"],
    Facet.YEAR: _("Year of publication"),
    Facet.PERIOD: _("Year in which it happened"),
    Facet.CONCEPT: FIELDS["concepts"],
}
MODES = {Mode.ANY: _("any of"), Mode.ALL: _("all of"), Mode.NONE: _("none of")}
ORDERS = {Order.RELEVANCE: _("what fits best"), Order.NEWEST: _("newest first"), Order.OLDEST: _("oldest first")}
AT_FIRST = 6
"""Values of a facet that are shown without being asked for."""
MOST = 200
"""Values of a facet that are shown at all."""


class Value(NamedTuple):
    """A value of a facet, how much there is of it, and whether it is chosen."""

    value: str
    called: str
    amount: int
    chosen: bool


class Offered(NamedTuple):
    """A facet with its values, the chosen ones and those with most first; years from the newest."""

    facet: Facet
    called: str
    mode: Mode
    modes: list[tuple[Mode, str]]
    first: list[Value]
    rest: list[Value]


class Chosen(NamedTuple):
    """A value that limits a question, and the question without it."""

    facet: str
    mode: str
    called: str
    leaving: Question


def offered(counts: Mapping[Facet, Counter[str]], filters: Filters) -> Iterator[Offered]:
    """What a page offers to choose: each facet of which anything was said, or asked."""
    for facet in Facet:
        choice, counter = filters.of(facet), counts.get(facet, Counter())
        if not (set(counter) - {UNSAID} or choice.values):
            continue
        values = [
            Value(value, value_called(facet, value), counter[value], value in choice.values)
            for value in {**dict.fromkeys(choice.values), **counter}
        ]
        values.sort(key=_years_first if facet in {Facet.YEAR, Facet.PERIOD} else _most_first)
        at_first = max(AT_FIRST, len(choice.values))
        modes = [
            (mode, str(MODES[mode])) for mode in Mode if facet.is_manifold or mode in {Mode.ANY, Mode.NONE, choice.mode}
        ]
        yield Offered(facet, str(FACETS[facet]), choice.mode, modes, values[:at_first], values[at_first:MOST])


def chosen(question: Question) -> list[Chosen]:
    """What limits a question, value by value."""
    return [
        Chosen(str(FACETS[facet]), str(MODES[mode]), value_called(facet, value), question.leaving(facet, value))
        for facet, mode, values in question.filters.choices
        for value in values
    ]


def value_called(facet: Facet, value: str) -> str:
    """A value in the reader's language, where that has a word for it."""
    if value == UNSAID:
        return gettext("not said")
    if facet is Facet.LANGUAGE:
        return language_called(value)
    if facet is Facet.PLACE:
        return name_of(value, get_language() or "en")
    if facet is Facet.TYPE and value in set(SourceType):
        return str(SOURCE_TYPES[SourceType(value)])
    return value


def in_words(question: Question) -> str:
    """A question on one line: its words, and what limits it."""
    limits = [
        f"{FACETS[facet]}: {MODES[mode]} {', '.join(value_called(facet, value) for value in values)}"
        for facet, mode, values in question.filters.choices
    ]
    words = gettext("any of the words: {words}").format(words=question.words) if question.any_word else question.words
    return "; ".join(filter(None, [words, *limits]))


def _most_first(value: Value) -> tuple[bool, bool, int, str]:
    return not value.chosen, value.value == UNSAID, -value.amount, value.called.casefold()


def _years_first(value: Value) -> tuple[bool, bool, int]:
    return not value.chosen, value.value == UNSAID, -int(value.value) if value.value.isdecimal() else 0
