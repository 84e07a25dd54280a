"""How far a question of the law is examined, and where its square stands on the map."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from panah.cases.queries import Examined
from panah.law import Framework

ACROSS = 8
"""Squares in a line."""
WIDTH, HEIGHT, BETWEEN, HEADING = 96, 40, 8, 34


class Examination(StrEnum):
    """How far a question is examined. It says what the file holds, and nothing of what would be the right answer."""

    OPEN = "open"
    UNREASONED = "unreasoned"
    """It has a finding with a gap: without reasons, or resting on what is superseded."""
    CONTRADICTED = "contradicted"
    """It has a finding, and something on file contradicts a fact on which it rests."""
    ANSWERED = "answered"


class Square(NamedTuple):
    """A question on the map, and where it stands: units of the picture from its upper left corner."""

    item: Examined
    state: Examination
    left: int
    top: int


class Strip(NamedTuple):
    """A body of law on the map."""

    framework: Framework
    top: int
    squares: list[Square]

    def of(self, state: Examination) -> list[Square]:
        """Those of its questions that are so far examined."""
        return [square for square in self.squares if square.state is state]


class Plan(NamedTuple):
    """The map of an examination."""

    strips: list[Strip]

    @property
    def width(self) -> int:
        """Units of the picture."""
        return ACROSS * (WIDTH + BETWEEN) - BETWEEN

    @property
    def height(self) -> int:
        """Units of the picture."""
        return self.strips[-1].squares[-1].top + HEIGHT if self.strips else 0


def state_of(item: Examined, contradicted: frozenset[int]) -> Examination:
    """How far a question is examined; `contradicted` are the numbers of facts that something on file contradicts."""
    if item.finding is None:
        return Examination.OPEN
    if item.gaps:
        return Examination.UNREASONED
    rests_on = {fact.number for fact in item.finding.facts.all()}
    return Examination.CONTRADICTED if rests_on & contradicted else Examination.ANSWERED


def laid_out(laws: Sequence[tuple[Framework, Sequence[Examined]]], contradicted: frozenset[int]) -> Plan:
    """The map: body of law by body of law, each question in the law's order, line by line."""
    strips, top = list[Strip](), 0
    for framework, items in laws:
        squares = [
            Square(
                item,
                state_of(item, contradicted),
                number % ACROSS * (WIDTH + BETWEEN),
                top + HEADING + number // ACROSS * (HEIGHT + BETWEEN),
            )
            for number, item in enumerate(items)
        ]
        strips.append(Strip(framework, top, squares))
        top = squares[-1].top + HEIGHT + 2 * BETWEEN
    return Plan(strips)
