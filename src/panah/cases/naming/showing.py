"""How two spellings are shown side by side: steps of one reason together, so that the unusual ones are seen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from panah.names import Grade, Part

NOTHING = "∅"


class Together(NamedTuple):
    """Steps that follow one another for the same reason: their letters on each side, parted by strokes."""

    left: str
    right: str
    reason: str


def together(part: Part) -> Iterator[Together]:
    """The steps of a part, those of one reason together; none where it is spelled alike."""
    if part.grade is Grade.SAME_SPELLING:
        return
    for reason, steps in groupby(part.steps, key=lambda step: step.reason):
        left, right = zip(*((step.left or NOTHING, step.right or NOTHING) for step in steps), strict=True)
        yield Together("|".join(left), "|".join(right), reason)
