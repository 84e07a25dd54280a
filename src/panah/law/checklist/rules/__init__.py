"""The rules of the checklist, one function for each item that has one. They propose; a human confirms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from panah.law.checklist.loading import checklist
from panah.law.checklist.model import Proposal
from panah.law.checklist.onfile import OnFile
from panah.law.checklist.rules import a, b, c, d, e, f

Rule = Callable[[OnFile], Proposal | None]

_GROUPS = {"A": a, "B": b, "C": c, "D": d, "E": e, "F": f}


@cache
def rules() -> Mapping[str, Rule]:
    """The rules by the ids of their items, in the order of the checklist."""
    return MappingProxyType(
        {item.id: getattr(_GROUPS[item.group], item.id.lower()) for item in checklist().items if item.rule}
    )


def proposals(file: OnFile) -> tuple[Proposal, ...]:
    """What the rules propose on what is on file, in the order of the checklist; an item on which none does stays open."""
    found = (rule(file) for rule in rules().values())
    return tuple(proposal for proposal in found if proposal is not None)
