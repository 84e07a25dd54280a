"""Pages of a case."""

from panah.cases.views.account import account, add_relative, cases, relative, relatives, remove_relative
from panah.cases.views.examining import (
    bundle,
    dossier,
    element,
    examination,
    frameworks,
    seal,
)
from panah.cases.views.facts import (
    assess,
    conclude,
    explain,
    fact,
    facts,
    put,
    support_by_paper,
    weigh,
    withdraw,
    withdraw_explanation,
)
from panah.cases.views.keeping import hold, keeping, lift_hold, retain

__all__ = [
    "account",
    "add_relative",
    "assess",
    "bundle",
    "cases",
    "conclude",
    "dossier",
    "element",
    "examination",
    "explain",
    "fact",
    "facts",
    "frameworks",
    "hold",
    "keeping",
    "lift_hold",
    "put",
    "relative",
    "relatives",
    "remove_relative",
    "retain",
    "seal",
    "support_by_paper",
    "weigh",
    "withdraw",
    "withdraw_explanation",
]
