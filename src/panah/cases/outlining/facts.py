"""The analytical index of a dossier: each fact with what bears on it, and what was done to establish it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import inf

from panah import law
from panah.cases import queries
from panah.cases.models import Case, Fact, Support
from panah.cases.outlining.papers import citation_of, paper_of
from panah.cases.outlining.wording import day, heading
from panah.dossier.exporters.wording import in_words, isolated
from panah.dossier.outline import Block, Citation, Kind, Section
from panah.law import Box, Stance
from panah.library.finding.facets import sorting_day
from panah.library.models import Document

TITLE = "Analytical index: the facts, and what bears on each"
ESTABLISHED = (
    "shared", "acceptances__fact__case", "explanations__fact__case", "assessments__fact__case",
    "assessments__quotations__document__source", "assessments__quotations__document__original",
    "assessments__quotations__document__reading", "assessments__quotations__reading",
)  # fmt: skip
"""What the index says of a fact beyond what bears on it."""
CONCLUDED = {
    law.Acceptance.ACCEPTED: "Accepted",
    law.Acceptance.BY_DOUBT: "Accepted by benefit of the doubt",
    law.Acceptance.NOT_ACCEPTED: "Not accepted",
}

STANCES = {"supports": "Supports", "contradicts": "Contradicts", "silent": "Is silent on it"}

BOXES = {
    Box.GENUINE_EFFORT: "A genuine effort was made to substantiate it",
    Box.ELEMENTS_SUBMITTED: "What is available was submitted, and what is missing was explained",
    Box.COHERENT: "It is coherent and plausible, and does not run counter to available information",
    Box.CREDIBLE: "The applicant is credible in general",
}
"""The conditions of art. 4(5)(a)-(d) of Regulation (EU) 2024/1347, in our words."""

DOUBT = {
    box: f"Benefit of the doubt: Regulation (EU) 2024/1347, art. 4(5)({letter})"
    for box, letter in zip(BOXES, "abcd", strict=True)
}
"""Where the law says so."""

UNTOLD = "From no statement"
SHARED = "Stated in several cases of one family; what is said of it here concerns this applicant alone"


def facts(case: Case) -> Section:
    """Every fact under the telling it is taken from; those that are taken from none come last."""
    rows = list(queries.facts(case).prefetch_related(*ESTABLISHED))
    if not rows:
        return Section(TITLE, (Block(Kind.SILENCE, "No fact has been stated."),))
    by_statement: dict[float, list[Section]] = {}
    for row in rows:
        number = row.statement.number if row.statement else inf
        by_statement.setdefault(number, []).append(_fact(row, case.papers_id))
    if [*by_statement] == [inf]:
        return Section(TITLE, (), tuple(by_statement[inf]))
    told = [
        Section(UNTOLD if number == inf else f"From statement {number}", (), tuple(by_statement[number]))
        for number in sorted(by_statement)
    ]
    return Section(TITLE, (), tuple(told))


def _fact(fact: Fact, papers: int) -> Section:
    shared = [Block(Kind.LABEL, SHARED)] if fact.shared_from_id or fact.shared.all() else []
    supports = list(fact.supports.all())
    beside = list(_beside(supports, papers))
    established = [*_weighed(fact), *_established(fact)]
    silent = [] if beside or established else [Block(Kind.SILENCE, "Nothing on file bears on it.")]
    blocks = (Block(Kind.TEXT, fact.words), *shared, *beside, *silent, *established)
    return Section(heading(f"Fact {fact.number}", fact.words), blocks)


def _beside(supports: Sequence[Support], papers: int) -> Iterator[Block]:
    """What bears on a fact: first the papers of the case, then country information, the newest first."""
    own = [support for support in supports if _document(support).collection_id == papers]
    country = [support for support in supports if _document(support).collection_id != papers]
    country.sort(key=lambda support: sorting_day(_document(support).date, newest=True))
    for group, title in ((own, "From the papers of the case"), (country, "Country information, the newest first")):
        if own and country:
            yield Block(Kind.LABEL, title)
        for support in group:
            yield from _support(support)


def _document(support: Support) -> Document:
    found = support.quotation.document if support.quotation else support.paper
    assert found is not None
    return found


def _support(support: Support) -> Iterator[Block]:
    if support.quotation:
        yield Block(Kind.LABEL, STANCES[support.stance])
        yield Block(Kind.QUOTE, support.quotation.words, cites=(citation_of(support.quotation),))
    elif support.paper:
        yield Block(
            Kind.LABEL, f"{STANCES[support.stance]}: {support.paper.title}", cites=(Citation(paper_of(support.paper)),)
        )
    if support.note:
        yield Block(Kind.TEXT, support.note)
    if support.put_at:
        yield Block(Kind.LABEL, f"Put to the applicant: {support.put_at}")
        answered = Block(Kind.TEXT, support.her_answer) if support.her_answer else None
        yield answered or Block(Kind.SILENCE, "No answer is on file.")
    elif support.stance == Stance.CONTRADICTS:
        yield Block(Kind.SILENCE, "Not put to the applicant.")


def _weighed(fact: Fact) -> Iterator[Block]:
    for box, condition in BOXES.items():
        if reason := getattr(fact, box.value):
            yield Block(Kind.LABEL, condition, note=DOUBT[box])
            yield Block(Kind.TEXT, reason)


def _established(fact: Fact) -> Iterator[Block]:
    """What was assessed, what the applicant was asked, and what was concluded: each by whom, and when."""
    indicators = law.method().indicators
    for one in fact.assessments.all():
        if one.current:
            yield Block(Kind.LABEL, f"{indicators[one.indicator].name}, assessed by {_by(one.by, one.written_at)}")
            yield Block(Kind.TEXT, one.words)
            for quotation in one.quotations.all():
                yield Block(Kind.QUOTE, quotation.words, cites=(citation_of(quotation),))
    for asked in fact.explanations.all():
        yield Block(Kind.LABEL, f"The applicant was asked: {asked.put_at}")
        if asked.asked:
            yield Block(Kind.TEXT, asked.asked)
        answered = Block(Kind.TEXT, asked.her_answer) if asked.her_answer else None
        yield answered or Block(Kind.SILENCE, "No answer is on file.")
    for concluded in fact.acceptances.all():
        if concluded.current:
            said = CONCLUDED[law.Acceptance(concluded.accepted)]
            yield Block(Kind.LABEL, f"{said}, {_by(concluded.by, concluded.written_at)}")
            yield Block(Kind.TEXT, concluded.reasons) if concluded.reasons else Block(Kind.SILENCE, "No reasons.")


def _by(who: str, at: datetime) -> str:
    return f"{isolated(who)}, {in_words(day(at))}"
