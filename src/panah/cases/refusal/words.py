"""How the interface calls what stands in the audit of a refusal."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panah.cases.models import Verdict
from panah.law import Acceptance
from panah.law.refusal import Part

OUTCOMES: dict[str, Promise] = {
    Verdict.Outcome.ACCEPTED: _("Accepted as a ground"),
    Verdict.Outcome.CORRECTED: _("A ground in other words"),
    Verdict.Outcome.DISMISSED: _("Set aside"),
}
CONCLUDES = {
    Acceptance.ACCEPTED: _("that the fact is accepted"),
    Acceptance.BY_DOUBT: _("that the fact is accepted by benefit of the doubt"),
    Acceptance.NOT_ACCEPTED: _("that the fact is not accepted"),
}
PARTS = {
    Part.HEAD: _("Head"),
    Part.ORDER: _("What is decided"),
    Part.ACCOUNT: _("What was told, and what happened"),
    Part.LAW: _("Provisions"),
    Part.COUNTRY: _("The country"),
    Part.REASONS: _("Reasons"),
    Part.REMEDY: _("How to challenge it"),
}
FILED = {
    "fact": _("Fact"),
    "contradiction": _("Difference"),
    "interview": _("Interview"),
    "statement": _("Statement"),
    "support": _("What contradicts a fact"),
}
"""What is on file beside records."""
LOOKED = {
    "paragraphs": _("paragraphs"),
    "reasons": _("reasons that were marked"),
    "papers": _("papers that were submitted"),
    "sources": _("sources that it cites"),
    "quotations": _("quotations in it"),
    "questions": _("questions of the law"),
    "facts": _("facts"),
    "differences": _("differences"),
}
"""What an audit counts, where there is a word for it."""


class Group(NamedTuple):
    """Proposals that are shown together, and the rules that make them."""

    id: str
    title: Promise
    rules: frozenset[str]


GROUPS = (
    Group("never-addressed", _("Never addressed"), frozenset({"element-not-addressed", "presumption-not-applied"})),
    Group("papers", _("Papers"), frozenset({"paper-not-mentioned"})),
    Group(
        "contradictions", _("Contradictions and explanations"),
        frozenset({"contradiction-not-put", "explanation-not-sought", "not-accepted-without-reasons"}),
    ),
    Group(
        "country-information", _("Country information"),
        frozenset({
            "coi-before-turning-point", "coi-superseded", "coi-one-root", "quotation-differs", "quotation-not-found",
        }),
    ),
    Group(
        "law", _("Law"),
        frozenset({
            "relocation-state-actor", "discretion", "balancing", "persecutor-label", "exit-with-own-passport",
            "no-destination", "wrong-regime",
        }),
    ),
    Group("procedure", _("Procedure"), frozenset({"embassy-check", "authority-late", "guarantee-deficient"})),
)  # fmt: skip


def group_of(rule: str) -> Group:
    """Where the proposals of a rule are shown: with the procedure, where no group names it."""
    return next((group for group in GROUPS if rule in group.rules), GROUPS[-1])
