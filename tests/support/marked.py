"""Passages of real documents in which every name of a person was marked by hand, and what a finder makes of them.

`names/marks.json` holds places and digests, never the words: those are read from ../shared/data/coi. What `either` marks, a
teaching or a movement that is called after somebody, counts neither when it is found nor when it is not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from panah.proof import digest_of

COI = Path(__file__).parents[3] / "shared" / "data" / "coi"
MARKS = Path(__file__).parents[1] / "names" / "marks.json"
LANGUAGES = ("zh", "en", "de")
HALVES = ("mend", "judge", "later")
"""To mend the finder on; to judge it by, chosen at the same time; chosen and marked after the finder was finished."""

Place = tuple[int, int]


class Marked(NamedTuple):
    """A passage, and the names in it, by characters from its beginning."""

    language: str
    half: str
    words: str
    names: frozenset[Place]
    either: tuple[Place, ...]


@dataclass
class Score:
    """How many names were marked and found. A name is found exactly, or partly where the place found only overlaps it."""

    marked: int = 0
    found: int = 0
    exact: int = 0
    partly: int = 0

    @property
    def precision(self) -> float:
        """How much of what was found is right. What is partly right counts half."""
        return (self.exact + self.partly / 2) / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """How much of what was marked was found. What is partly right counts half."""
        return (self.exact + self.partly / 2) / self.marked if self.marked else 1.0


def passages() -> Iterator[Marked]:
    """The marked passages. A document that has changed since it was marked is an error."""
    texts: dict[str, str] = {}
    for row in json.loads(MARKS.read_text()):
        if row["file"] not in texts:
            texts[row["file"]] = (COI / row["file"]).read_bytes().decode()
        words = texts[row["file"]][row["start"] : row["end"]]
        assert str(digest_of(words.encode())).endswith(row["digest"]), row["file"]
        names = frozenset((start, end) for start, end in row["names"])
        yield Marked(row["language"], row["half"], words, names, tuple((start, end) for start, end in row["either"]))


def scored(passages: Iterable[Marked], finder: Callable[[str], Iterable[Place]]) -> Score:
    """What `finder` makes of them."""
    score = Score()
    for passage in passages:
        found = [
            place for place in finder(passage.words) if not any(overlap(place, either) for either in passage.either)
        ]
        exact = passage.names.intersection(found)
        rest = set(passage.names - exact)
        score.marked += len(passage.names)
        score.found += len(found)
        score.exact += len(exact)
        for place in sorted(set(found) - exact):
            touched = next((name for name in sorted(rest) if overlap(place, name)), None)
            if touched:
                rest.remove(touched)
                score.partly += 1
    return score


def overlap(one: Place, other: Place) -> bool:
    """Whether two places have a character in common."""
    return one[0] < other[1] and other[0] < one[1]
