"""The grounds of appeal against a decision: what people accepted or wrote, with what each rests on, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from panah.cases.models import Case, Verdict
from panah.cases.outlining.papers import citation_of, paper_of
from panah.cases.outlining.wording import heading
from panah.cases.refusal.verdicts import verdicts_of
from panah.dossier.exporters.wording import isolated
from panah.dossier.outline import Block, Citation, Kind, Section
from panah.law.checklist import kind
from panah.library.models import Quotation

TITLE = "Grounds of appeal"


def grounds(case: Case) -> Iterator[Section]:
    """For each decision the grounds that stand against it, in their order; none where there are none."""
    rows = (
        verdicts_of(case).filter(current=True).exclude(place=None).order_by("decision__added_at", "decision", "place")
    )
    for decision, of_decision in groupby(rows, key=lambda row: row.decision):
        yield Section(f"{TITLE}: {isolated(decision.title)}", (), tuple(sections_of(list(of_decision))))


def sections_of(rows: Sequence[Verdict]) -> Iterator[Section]:
    """Each ground in its order: the ground, its authority, the passages of the decision, the evidence, what is asked for."""
    for number, row in enumerate(rows, start=1):
        yield Section(heading(f"Ground {number}", row.ground), tuple(_ground(row)))


def _ground(row: Verdict) -> Iterator[Block]:
    yield Block(Kind.TEXT, row.ground, note=row.authority)
    passages = [each for each in row.quotations.all() if each.document_id == row.decision_id]
    others = [each for each in row.quotations.all() if each.document_id != row.decision_id]
    yield from _quoted("The decision says", passages)
    yield from _quoted("Evidence", others)
    for paper in row.papers.all():
        yield Block(Kind.LABEL, f"Evidence: {isolated(paper.title)}", cites=(Citation(paper_of(paper)),))
    for fact in sorted(row.facts.all(), key=lambda each: each.number):
        yield Block(Kind.LABEL, f"Fact {fact.number}")
        yield Block(Kind.TEXT, fact.words)
    if named := [f"{kind(each.kind).label} {each.number}" for each in row.records.all()]:
        yield Block(Kind.LABEL, f"On file: {'; '.join(named)}")
    if row.sought:
        yield Block(Kind.LABEL, "What is asked for")
        yield Block(Kind.TEXT, row.sought)


def _quoted(label: str, quotations: Sequence[Quotation]) -> Iterator[Block]:
    if quotations:
        yield Block(Kind.LABEL, label)
    for each in sorted(quotations, key=lambda each: (str(each.document_id), each.start)):
        yield Block(Kind.QUOTE, each.words, cites=(citation_of(each),))
