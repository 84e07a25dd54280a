"""What is kept of a search: plain values, written as JSON and read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Put:
    """One question of a search, and how many passages there were."""

    words: tuple[str, ...]
    passages: int
    kind: str = ""
    """As `evidence.questions.Kind` has it; empty for words that somebody typed."""
    concepts: tuple[str, ...] = ()
    """The ids of the concepts by whose names it was widened."""
    facts: tuple[int, ...] = ()
    elements: tuple[str, ...] = ()
    """The ids of the elements for which it was asked."""


@dataclass(frozen=True)
class Added:
    """A concept of the thesaurus, as it was when it was asked for: what it is called in English, and all its labels."""

    called: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A search: its questions, the concepts that were added to them, and what limited it."""

    puts: tuple[Put, ...]
    concepts: Mapping[str, Added] = field(default_factory=dict)
    collections: tuple[str, ...] = ()
    """The names of those that were asked; empty where all were that she sees."""
    limits: str = ""
    """Filters and order, in words."""
    address: str = ""
    """The part of the library's address behind the question mark, by which the same is asked again."""

    @property
    def passages(self) -> int:
        """How many passages its questions found, one after the other."""
        return sum(put.passages for put in self.puts)

    @property
    def nothing(self) -> tuple[Put, ...]:
        """The questions that found nothing."""
        return tuple(put for put in self.puts if not put.passages)

    def written(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def read(written: str) -> Asked:
    """What was written. Raises `ValueError`, `KeyError` or `TypeError` for what was not written so."""
    said: dict[str, Any] = json.loads(written)
    concepts = {str(each): Added(str(one["called"]), _texts(one["labels"])) for each, one in said["concepts"].items()}
    return Asked(
        puts=tuple(_put(one) for one in said["puts"]),
        concepts=concepts,
        collections=_texts(said["collections"]),
        limits=str(said["limits"]),
        address=str(said["address"]),
    )


def _put(said: Mapping[str, Any]) -> Put:
    return Put(
        words=_texts(said["words"]),
        passages=int(said["passages"]),
        kind=str(said["kind"]),
        concepts=_texts(said["concepts"]),
        facts=tuple(int(number) for number in said["facts"]),
        elements=_texts(said["elements"]),
    )


def _texts(said: object) -> tuple[str, ...]:
    if not isinstance(said, list):
        raise TypeError
    return tuple(str(each) for each in said)
