"""The map of a case."""

from __future__ import annotations

from panah.cases import queries
from panah.cases.mapping.rules import Plan, laid_out
from panah.cases.models import Case, Support
from panah.law import Stance


def plan(asked: Case) -> Plan:
    """The examination of a case on one page."""
    against = Support.objects.filter(fact__case=asked, stance=Stance.CONTRADICTS)
    contradicted = frozenset(against.values_list("fact__number", flat=True))
    return laid_out(queries.examination(asked, queries.frameworks(asked)), contradicted)
