"""The rule on papers that were submitted and that a decision never mentions."""

from __future__ import annotations

from collections.abc import Iterator

from panah.law.checklist.rules.deciding import listed
from panah.law.refusal.loading import Fault, wordings
from panah.law.refusal.mentions import mentions
from panah.law.refusal.model import Defect, Refusal
from panah.law.refusal.proposing import fault


def paper_not_mentioned(refusal: Refusal) -> Iterator[Defect]:
    """A paper that is found in it by nothing, and that no reason cites."""
    if not refusal.language:
        return
    cited = {paper for reason in refusal.reasons for paper in reason.cites}
    sentence = wordings()[Fault.PAPER_NOT_MENTIONED].sentence
    for each in mentions(refusal):
        paper = each.paper
        if not each.by and paper.id not in cited:
            said = sentence.format(number=paper.number, title=paper.title, looked=listed(each.looked))
            rests_on = [paper.record] if paper.record else []
            yield fault(refusal, Fault.PAPER_NOT_MENTIONED, paper.id, sentence=said, rests_on=rests_on)
