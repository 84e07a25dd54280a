"""Whether country information may have been overtaken: turning points as data, and the rule that compares dates with them.

What is proposed here is a look at newer information. Whether things have changed is for a human to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812  a field is called date
from functools import cache

from panah import text
from panah.law.loading import FrameworkBroken, authority_of, shipped_page
from panah.law.model import Authority

FILE = "turning_points.yaml"


@dataclass(frozen=True)
class TurningPoint:
    """A day from which on what was written before may no longer tell how things are."""

    id: str
    date: str
    """EDTF."""
    words: str
    concepts: tuple[str, ...]
    """Ids of concepts of the thesaurus: what it is about."""
    authority: Authority

    @property
    def last(self) -> Day:
        """The last day that it may be."""
        found = text.period(self.date).last
        if found is None:
            raise FrameworkBroken(file=FILE, where=self.id, reason="a turning point has an end")
        return found


@cache
def turning_points() -> tuple[TurningPoint, ...]:
    """The turning points that are shipped, the oldest first. Raises `FrameworkBroken`."""
    return read_turning_points(*shipped_page(FILE))


def read_turning_points(name: str, source: bytes) -> tuple[TurningPoint, ...]:
    """Turning points from the bytes of their file, which is called `name`. Raises `FrameworkBroken`."""
    from panah.text.strict_yaml import Page

    page, found = Page(name, FrameworkBroken), dict[str, TurningPoint]()
    root = page.entries(page.opened(source), ("turning_points",))
    for node in page.items(root["turning_points"]):
        own = page.entries(node, ("id", "date", "words", "concepts", "authority"))
        authority = page.entries(own["authority"], ("instrument", "provision", "address", "verified"))
        point = TurningPoint(
            page.text(own["id"]), page.text(own["date"]), page.text(own["words"]), page.texts(own["concepts"]),
            authority_of(page, authority),
        )  # fmt: skip
        if point.id in found:
            raise page.refused(node, f"there are two turning points {point.id}")
        if latest(point.date) is None:
            raise page.refused(own["date"], f"“{point.date}” is no date with an end")
        found[point.id] = point
    return tuple(sorted(found.values(), key=lambda point: point.last))


def latest(written: str) -> Day | None:
    """The last day that a date may mean (EDTF); None where it says none, or cannot be read."""
    try:
        return text.period(written).last
    except text.DateUnreadable:
        return None


def overtaken(
    written: str, concepts: Collection[str], points: Iterable[TurningPoint] | None = None
) -> tuple[TurningPoint, ...]:
    """The turning points after a date on what it speaks about, the oldest first; none where the date cannot be read.

    What may be of the same day or of a later one is not overtaken.
    """
    day = latest(written)
    if day is None:
        return ()
    known = turning_points() if points is None else points
    return tuple(point for point in known if day < point.last and set(point.concepts) & set(concepts))


def all_before(dates: Sequence[str], points: Iterable[TurningPoint] | None = None) -> TurningPoint | None:
    """The newest turning point before which all of these dates lie; None where one of them does not, or cannot be read."""
    days = [latest(each) for each in dates]
    newest = max((day for day in days if day), default=None)
    if newest is None or None in days:
        return None
    known = turning_points() if points is None else points
    return next((point for point in reversed(tuple(known)) if newest < point.last), None)
