"""Paragraphs that stand word for word in decisions of several cases of one member. The first argument is who asks.

They are shown side by side, and nothing is concluded from it. A case that she may not see is neither shown nor counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from panah.cases import queries as cases
from panah.cases.models import Case, ProcedureRecord
from panah.cases.procedure.filed import text_of
from panah.law.checklist.finding import ALIKE
from panah.law.refusal import Paragraph, paragraphs
from panah.team.models import Member

MOST = 200
"""So many are shown, those in most files first."""


class Standing(NamedTuple):
    """Where a paragraph stands: in which decision of which case."""

    case: Case
    record: ProcedureRecord
    paragraph: Paragraph


class Recurring(NamedTuple):
    """A paragraph that stands in decisions of several cases."""

    words: str
    places: list[Standing]

    @property
    def files(self) -> int:
        """In how many of the cases that the member sees."""
        return len({each.case.pk for each in self.places})


class Found(NamedTuple):
    """What recurs, and in how many decisions of how many cases it was looked for."""

    recurring: list[Recurring]
    decisions: int
    cases: int


def recurring(asker: Member) -> Found:
    """The paragraphs that recur in decisions of at least two cases which the asker may see. Raises `SealBroken`."""
    seen = {case.pk: case for case in cases.cases(asker)}
    rows = ProcedureRecord.objects.filter(case__in=seen, kind="decision", current=True).exclude(paper=None)
    decisions = list(rows.select_related("paper__reading__original").order_by("case__reference", "number"))
    alike: dict[str, list[Standing]] = defaultdict(list)
    for row in decisions:
        for flat, paragraph in _long(row):
            alike[flat].append(Standing(seen[row.case_id], row, paragraph))
    found = [Recurring(flat, places) for flat, places in alike.items()]
    several = sorted((each for each in found if each.files > 1), key=lambda each: -each.files)
    return Found(several[:MOST], len(decisions), len({row.case_id for row in decisions}))


def _long(row: ProcedureRecord) -> Iterator[tuple[str, Paragraph]]:
    """The paragraphs of some length of a decision, each with its words on one line; one that it has twice, once."""
    known = set()
    for paragraph in paragraphs(text_of(row.paper)) if row.paper else ():
        flat = " ".join(paragraph.words.split())
        if len(flat) >= ALIKE and flat not in known:
            known.add(flat)
            yield flat, paragraph
