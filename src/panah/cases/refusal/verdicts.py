"""What people made of the faults that an audit proposed. Whoever only prints them need not know how an audit is made."""

from __future__ import annotations

from django.db.models import QuerySet

from panah.cases.models import Case, Verdict


def verdicts_of(asked: Case) -> QuerySet[Verdict]:
    """Those that stand and those that were replaced, of a case that a query gave which looks who asks; in no order."""
    rows = asked.verdicts.select_related("case__compartment", "decision")
    return rows.prefetch_related(
        "records", "facts", "papers__source", "papers__original", "papers__reading", "quotations__document__source",
        "quotations__document__original", "quotations__document__reading", "quotations__reading",
    )  # fmt: skip
