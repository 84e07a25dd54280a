"""What is known of which law applies where and when, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import chain
from typing import Any

from panah.law.model import Authority

OTHERS = "others"
"""Every State of which nothing is said by its name."""


class Area(StrEnum):
    """What a body of law governs in a case."""

    PROCEDURE = "procedure"
    QUALIFICATION = "qualification"
    RESPONSIBILITY = "responsibility"
    TREATIES = "treaties"
    NATIONAL = "national"


@dataclass(frozen=True)
class Body:
    """A body of law that applies in certain States, whatever the days of a case."""

    area: Area
    states: tuple[str, ...]
    """ISO 3166, two letters; or `OTHERS` alone."""
    framework: str
    reason: str
    authority: Authority


@dataclass(frozen=True)
class Succession:
    """Two bodies of law of which one took the place of the other: the days of a case say which, or leave it open."""

    id: str
    area: Area
    states: tuple[str, ...]
    older: str
    newer: str
    before: str
    """Why the older one applies."""
    since: str
    """Why the newer one does."""
    missing: str
    """What is asked where a day that matters is not known."""
    unsettled: str
    """What is asked where the days are known, and the law does not say; empty where it does."""
    doubtful_day: str
    """A day (ISO) of which the law's words speak in neither direction; empty where there is none."""
    doubt: str
    """What is asked of that day."""
    authority: Authority


@dataclass(frozen=True)
class Doubt:
    """Bodies of law of which it has to be checked whether they bind certain States."""

    id: str
    area: Area
    states: tuple[str, ...]
    stands: tuple[str, ...]
    asks: str
    authority: Authority


@dataclass(frozen=True)
class Note:
    """What has to be known of an area in certain States, and names no body of law."""

    area: Area
    states: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Regimes:
    """Everything that is known of it, in the order in which it is said."""

    bodies: tuple[Body, ...] = ()
    successions: tuple[Succession, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def states(self) -> frozenset[str]:
        """The States of which something is said by their names."""
        each_of = (self.bodies, self.successions, self.doubts, self.notes)
        named = (each.states for lines in each_of for each in lines)
        return frozenset(chain.from_iterable(named)) - {OTHERS}

    @property
    def frameworks(self) -> frozenset[str]:
        """The ids of the bodies of law that are named."""
        return frozenset[str]().union(*map(self.governing, Area))

    def governing(self, area: Area) -> frozenset[str]:
        """The ids of the bodies of law that govern, or may govern, this part of a case."""
        bodies = {each.framework for each in self.bodies if each.area is area}
        doubtful = {one for each in self.doubts if each.area is area for one in each.stands}
        succeeding = {one for each in self.successions if each.area is area for one in (each.older, each.newer)}
        return frozenset(bodies | doubtful | succeeding)


def regimes_from(known: Mapping[str, Sequence[dict[str, Any]]]) -> Regimes:
    """The same from plain values, as `dataclasses.asdict` gives them."""
    kinds = {"bodies": Body, "successions": Succession, "doubts": Doubt, "notes": Note}
    return Regimes(**{name: tuple(_from(kind, each) for each in known[name]) for name, kind in kinds.items()})


def _from(kind: type[Any], plain: dict[str, Any]) -> Any:
    made = dict(plain)
    for field in fields(kind):
        if field.name == "authority":
            made["authority"] = Authority(**plain["authority"])
        elif field.name == "area":
            made["area"] = Area(plain["area"])
        elif field.name in {"states", "stands"}:
            made[field.name] = tuple(plain[field.name])
    return kind(**made)
