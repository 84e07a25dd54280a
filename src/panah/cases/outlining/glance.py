"""The map of the examination in a dossier: for each body of law, how far its questions are examined."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from panah.cases.mapping.queries import plan
from panah.cases.mapping.rules import Examination, Strip
from panah.cases.models import Case
from panah.dossier.outline import Block, Kind, Section

STATES = {
    Examination.ANSWERED: "Answered",
    Examination.CONTRADICTED: "Answered, and contradicted by something on file",
    Examination.UNREASONED: "Answered with a gap",
    Examination.OPEN: "Not examined",
}


def glance(case: Case, laws: Collection[str]) -> Section:
    """Every question of the claim in these bodies of law, by its id, under how far it is examined."""
    strips = [strip for strip in plan(case).strips if strip.framework.id in laws]
    return Section("The examination on one page", tuple(block for strip in strips for block in _of(strip)))


def _of(strip: Strip) -> Iterator[Block]:
    yield Block(Kind.LABEL, strip.framework.title)
    for state, words in STATES.items():
        if squares := strip.of(state):
            yield Block(Kind.TEXT, f"{words}: {', '.join(square.item.element.id for square in squares)}")
