"""The questions of the law in a dossier, in the law's order, each with its finding or its silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from panah.cases import queries
from panah.cases.models import Case, Finding
from panah.cases.outlining.papers import citation_of
from panah.cases.outlining.wording import day, heading
from panah.cases.queries import ChosenLaw, Examined
from panah.dossier.exporters.wording import grouped, in_words, isolated
from panah.dossier.outline import AppliedLaw, Block, Kind, Section

EDITED = (
    "This body of law was edited after it was chosen for this case, and nobody has chosen it again since. The questions "
    "below are those of the later edition; a finding may have been written when a question read otherwise."
)
_WITH = re.compile(":|,? with ")


def applied(law: ChosenLaw) -> AppliedLaw:
    """A body of law as the first page names it."""
    return AppliedLaw(law.framework.title, law.edition, law.chosen, day(law.chosen_at))


def examination(case: Case, laws: Iterable[ChosenLaw]) -> Iterator[Section]:
    """Every question of the bodies of law that were chosen, one section for each body."""
    asking = {law.framework.id: law for law in laws if law.framework.claims}
    for framework, items in queries.examination(case, [law.framework for law in asking.values()]):
        edition = _edition(applied(asking[framework.id]))
        yield Section(framework.title, tuple(edition), tuple(_element(item) for item in items))


def _edition(law: AppliedLaw) -> Iterator[Block]:
    """Which edition was chosen, and when; and where another one was examined under, that one too."""
    chosen = f"Chosen in the edition sha256: {grouped(law.chosen)}, on {in_words(law.chosen_on)}."
    if not law.edited:
        yield Block(Kind.LABEL, "Examined under the edition that was chosen", note=chosen)
        return
    yield Block(Kind.LABEL, "Examined under another edition than the one that was chosen", note=chosen)
    yield Block(Kind.TEXT, EDITED, note=f"Examined under the edition sha256: {grouped(law.edition)}.")


def _element(item: Examined) -> Section:
    element = item.element
    question = Block(Kind.QUESTION, element.asks, note=str(element.authority))
    answer = tuple(_finding(item.finding)) if item.finding else (Block(Kind.SILENCE),)
    beside = [Block(Kind.QUOTE, one.quotation.words, cites=(citation_of(one.quotation),)) for one in item.waiting]
    label = [Block(Kind.LABEL, "Laid beside the question, and weighed in no finding")] if beside else []
    provision = _WITH.split(element.authority.provision)[0]  # all of it stands below the question
    return Section(heading(f"{provision} ({element.id})", element.asks), (question, *answer, *label, *beside))


def _finding(finding: Finding) -> Iterator[Block]:
    yield Block(Kind.LABEL, f"Finding of {isolated(finding.by)}, {in_words(day(finding.written_at))}")
    yield Block(Kind.TEXT, finding.words)
    if finding.reasons:
        yield Block(Kind.LABEL, "Reasons")
        for paragraph in finding.reasons.split("\n\n"):
            yield Block(Kind.TEXT, paragraph)
    if numbers := sorted(fact.number for fact in finding.facts.all()):
        yield Block(Kind.LABEL, "Rests on " + ", ".join(f"fact {number}" for number in numbers))
    for quotation in finding.quotations.all():
        yield Block(Kind.QUOTE, quotation.words, cites=(citation_of(quotation),))
