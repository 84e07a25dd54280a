"""The questions of the law as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from panah import law
from panah.law import Element, Framework, Placed
from panah.library import saving


class Listed(NamedTuple):
    """A question of the law; every field is a text, and empty where there is nothing to say."""

    id: str
    framework: str
    of: str
    asks: str
    says: str
    instrument: str
    provision: str
    address: str
    verified: str
    """`yes` or `no`."""
    in_force_from: str
    in_force_until: str
    trigger: str
    apart: str
    evidence: str
    concepts: str
    parallel: str
    """Ids of elements, whichever of the two says so."""
    see: str
    edition: str
    """The digest of the file of the body of law."""

    def cells(self) -> list[str]:
        """As a row of a table."""
        return saving.cells(self)


class Counted(NamedTuple):
    """A body of law, how many questions it has, and how many of them nobody compared with their text."""

    framework: Framework
    questions: int
    unverified: int


def counted() -> list[Counted]:
    """Every body of law."""
    return [
        Counted(each, len(each.elements), len(elements(each, unverified=True))) for each in law.frameworks().values()
    ]


def elements(framework: Framework, *, unverified: bool = False) -> list[Element]:
    """Its questions, or those of them that nobody compared with their text."""
    return [each for each in framework.elements if not (unverified and each.authority.verified)]


def listed(frameworks: Iterable[Framework], *, unverified: bool = False) -> Iterator[Listed]:
    """The questions of bodies of law."""
    for framework in frameworks:
        for element in elements(framework, unverified=unverified):
            yield line(Placed(framework, element))


def line(place: Placed) -> Listed:
    """One question."""
    framework, element = place
    return Listed(
        id=element.id,
        framework=framework.id,
        of=element.of,
        asks=element.asks,
        says=element.says,
        instrument=element.authority.instrument,
        provision=element.authority.provision,
        address=element.authority.address,
        verified="yes" if element.authority.verified else "no",
        in_force_from=element.in_force_from,
        in_force_until=element.in_force_until,
        trigger=element.trigger,
        apart=element.apart,
        evidence="; ".join(element.evidence),
        concepts=" ".join(element.concepts),
        parallel=" ".join(each.element.id for each in law.parallels(element)),
        see="; ".join(element.see),
        edition=law.edition(framework.id),
    )
