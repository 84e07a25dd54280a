"""A question with all that limits it, as an address has it. Plain values in and out: nothing here knows Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import parse_qs, urlencode

from panah.library.finding import facets
from panah.library.finding.facets import NO_FILTERS, Facet, Filters, FilterUnreadable

LONGEST_MATTER = 60
"""Characters by which a matter is named."""


class Order(StrEnum):
    """What comes first."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Question:
    """Words, which documents they are looked for in, and in which order what is found comes.

    Without words, it asks for the documents themselves.
    """

    words: str = ""
    filters: Filters = NO_FILTERS
    order: Order = Order.RELEVANCE
    exactly: bool = False
    """Whether the words alone are looked for, and nothing of the thesaurus."""
    any_word: bool = False
    """Whether any of the words is enough, as of a question in plain words; then they are looked for alone."""
    without: frozenset[str] = frozenset()
    """The concepts of the thesaurus by which nothing is looked for."""
    tongue: str = ""
    """A language (BCP 47) that the passages themselves are in, whatever is said of their documents. No address has it."""
    matter: str = ""
    """For what it is asked, so that it is kept there; empty where it is kept nowhere."""

    def __bool__(self) -> bool:
        return bool(self.words or self.filters)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """As names and values of an address; `read` reads them. Alike questions have the same."""
        if self.words:
            yield "q", self.words
        yield from self.filters.pairs()
        if self.order is not Order.RELEVANCE:
            yield "order", self.order.value
        if self.exactly:
            yield "exactly", "on"
        if self.any_word:
            yield "any", "on"
        if self.matter:
            yield "for", self.matter
        yield from (("without", concept) for concept in sorted(self.without))

    def address(self, **more: object) -> str:
        """The part of an address behind the question mark, with what else stands there."""
        return urlencode([*self.pairs(), *((name, str(value)) for name, value in more.items())])

    def leaving(self, facet: Facet, value: str) -> Question:
        """The same question without one value of a filter."""
        return replace(self, filters=self.filters.without(facet, value))

    def taking(self, facet: Facet, value: str) -> Question:
        """The same question with one value of a filter more."""
        return replace(self, filters=self.filters.plus(facet, value))

    def ordered(self, order: Order) -> Question:
        """The same question in another order."""
        return replace(self, order=order)

    def of_any_word(self) -> Question:
        """The same words, of which any is enough: what has most of them, and the rarest, comes first."""
        return replace(self, any_word=True, order=Order.RELEVANCE)

    def of_all_words(self) -> Question:
        """The same words, of which all are wanted."""
        return replace(self, any_word=False)

    def for_nothing(self) -> Question:
        """The same question, kept nowhere."""
        return replace(self, matter="")

    def everywhere(self) -> Question:
        """The same words, looked for in all documents."""
        return replace(self, filters=NO_FILTERS)


def read(values_of: Callable[[str], Sequence[str]]) -> Question:
    """The question of an address, of which `values_of` gives the values of a name. Raises `FilterUnreadable`."""

    def last(name: str) -> str:
        return next((value.strip() for value in reversed(values_of(name)) if value.strip()), "")

    said = last("order") or Order.RELEVANCE
    if said not in set(Order):
        raise FilterUnreadable(name="order", value=said[:50], reason=f"it is one of {', '.join(Order)}")
    return Question(
        words=last("q"),
        filters=facets.read(values_of),
        order=Order(said),
        exactly=bool(last("exactly")),
        any_word=bool(last("any")),
        without=frozenset(_few(values_of("without"))),
        matter=last("for")[:LONGEST_MATTER],
    )


def of_address(address: str) -> Question:
    """The question of the part of an address behind the question mark, for nothing. Raises `FilterUnreadable`."""
    try:
        values = parse_qs(address, max_num_fields=1_000)
    except ValueError:
        raise FilterUnreadable(name="filter", value=address[:50], reason="no address is so long") from None
    return read(lambda name: values.get(name, [])).for_nothing()


def of_pairs(pairs: Iterable[tuple[str, str]]) -> Question:
    """The question of names and values. Raises `FilterUnreadable`."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return read(lambda name: values.get(name, []))


def _few(values: Sequence[str]) -> list[str]:
    if len(values) > facets.MOST_VALUES or any(len(value) > facets.LONGEST_VALUE for value in values):
        raise FilterUnreadable(name="without", value=values[0][:50], reason="no question has so many concepts")
    return [value for value in values if value]
