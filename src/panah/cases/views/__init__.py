"""Pages of a case."""

from panah.cases.views.account import account, add_relative, cases, name, relative, relatives, remove_relative
from panah.cases.views.examining import (
    bundle,
    dossier,
    element,
    examination,
    fact,
    facts,
    frameworks,
    put,
    seal,
    support_by_paper,
    use_quotation,
    weigh,
    withdraw,
)
from panah.cases.views.keeping import hold, keeping, lift_hold, retain

__all__ = [
    "account",
    "add_relative",
    "bundle",
    "cases",
    "dossier",
    "element",
    "examination",
    "fact",
    "facts",
    "frameworks",
    "hold",
    "keeping",
    "lift_hold",
    "name",
    "put",
    "relative",
    "relatives",
    "remove_relative",
    "retain",
    "seal",
    "support_by_paper",
    "use_quotation",
    "weigh",
    "withdraw",
]
