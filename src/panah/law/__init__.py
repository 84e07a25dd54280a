"""What the law asks of an examination, as dated data, and what an examination has left open.

`frameworks` are the bodies of law, each with its elements in the law's order; `examine` compares a record
with one of them and returns the gaps, each with its reason and its authority. Plain values in and out: no
clock, no network.
"""

from panah.law.currency import TurningPoint, all_before, latest, overtaken, turning_points
from panah.law.examining import examine, shortened
from panah.law.loading import FrameworkBroken, FrameworkUnknown, boxes, framework, frameworks, read_framework, rules
from panah.law.model import (
    Authority,
    Box,
    Element,
    Fact,
    Finding,
    Framework,
    Gap,
    Record,
    Rule,
    Stance,
    Support,
    Wording,
)

__all__ = [
    "Authority",
    "Box",
    "Element",
    "Fact",
    "Finding",
    "Framework",
    "FrameworkBroken",
    "FrameworkUnknown",
    "Gap",
    "Record",
    "Rule",
    "Stance",
    "Support",
    "TurningPoint",
    "Wording",
    "all_before",
    "boxes",
    "examine",
    "framework",
    "frameworks",
    "latest",
    "overtaken",
    "read_framework",
    "rules",
    "shortened",
    "turning_points",
]
