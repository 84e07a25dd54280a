"""The procedure in a dossier: each item of the checklist that somebody answered, with what the answer rests on."""

from __future__ import annotations

from collections.abc import Iterator

from panah.cases.models import Answer, Case
from panah.cases.outlining.papers import citation_of, paper_of
from panah.cases.outlining.wording import day, heading
from panah.cases.procedure.queries import cites, open_items
from panah.dossier.exporters.wording import in_words, isolated
from panah.dossier.outline import Block, Citation, Kind, Section
from panah.law.checklist import Item, Status, checklist

TITLE = "The procedure"
NONE = "None of the {items} guarantees of the checklist has been examined in this file."
STATUSES = {
    Status.NOT_EXAMINED: "Not examined",
    Status.ADEQUATE: "Examined: adequate",
    Status.DEFICIENT: "Examined: deficient",
    Status.NOT_APPLICABLE: "Not applicable",
    Status.UNKNOWN: "Unknown: the paper that would show it is missing",
}


def procedure(case: Case) -> Section:
    """Group by group, what was answered; where nothing was, that alone."""
    rows = case.answers.filter(current=True).select_related("case__compartment").prefetch_related(
        "quotations__document__source", "quotations__document__original", "quotations__document__reading",
        "quotations__reading", "records", "facts", "papers__source", "papers__original", "papers__reading", "searches",
    )  # fmt: skip
    written = {row.item: row for row in rows}
    if not written:
        return Section(TITLE, (Block(Kind.SILENCE, NONE.format(items=len(checklist().items))),))
    groups = tuple(
        Section(group.title, (), tuple(_item(item, written[item.id]) for item in group.items if item.id in written))
        for group in checklist().groups
        if any(item.id in written for item in group.items)
    )
    return Section(TITLE, (), groups)


def unexamined(case: Case) -> Iterator[str]:
    """What is open in the procedure, in sentences; where nobody began, that in one."""
    if not case.answers.filter(current=True).exists():
        yield NONE.format(items=len(checklist().items))
        return
    for gap in open_items(case):
        yield f"{gap.item}: {gap.sentence} ({gap.authority})"


def _item(item: Item, answer: Answer) -> Section:
    return Section(heading(item.id, item.asks), tuple(_answered(item, answer)))


def _answered(item: Item, answer: Answer) -> Iterator[Block]:
    yield Block(Kind.QUESTION, item.asks, note=str(item.law))
    said = STATUSES[Status(answer.status)]
    yield Block(Kind.LABEL, f"{said}. {isolated(answer.by)}, {in_words(day(answer.written_at))}")
    for words in (answer.words, answer.reason, answer.nothing_found):
        if words:
            yield Block(Kind.TEXT, words)
    for quotation in answer.quotations.all():
        yield Block(Kind.QUOTE, quotation.words, cites=(citation_of(quotation),))
    for paper in answer.papers.all():
        yield Block(Kind.LABEL, f"Rests on {isolated(paper.title)}", cites=(Citation(paper_of(paper)),))
    if named := [
        each for each in cites(answer, quotations=False) if each not in {paper.title for paper in answer.papers.all()}
    ]:
        yield Block(Kind.LABEL, f"Rests on {'; '.join(named)}")
