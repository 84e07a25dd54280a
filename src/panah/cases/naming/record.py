"""What was tried where a name was not found: plain values, written as JSON and read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A name that was looked for: the spellings that were tried, where, and how much was put aside.

    What was put aside is counted and not named: those are names of other people.
    """

    tried: Mapping[str, tuple[str, ...]]
    """By the script or style of writing, as `names.Script` has it."""
    collections: tuple[str, ...]
    """What they were called then, papers of other cases not among them."""
    papers: bool
    """Whether papers of cases were asked too."""
    documents: int
    """How many documents stood there and were read."""
    unread: int
    """How many more could not be read, or waited."""
    put_aside: int
    """How many spellings were shown as compatible, and none of them is it."""

    def written(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def read(written: str) -> Asked:
    """What was written. Raises `ValueError`, `KeyError` or `TypeError` for what was not written so."""
    said: dict[str, Any] = json.loads(written)
    return Asked(
        tried={str(script): tuple(map(str, spellings)) for script, spellings in said["tried"].items()},
        collections=tuple(map(str, said["collections"])),
        papers=bool(said["papers"]),
        documents=int(said["documents"]),
        unread=int(said["unread"]),
        put_aside=int(said["put_aside"]),
    )
