"""The account in a dossier: each telling, and how it came about."""

from __future__ import annotations

from collections.abc import Iterator

from panah import law
from panah.cases import queries
from panah.cases.method.recorded import interview
from panah.cases.models import Case, Contradiction, Interview, Statement
from panah.cases.outlining.papers import citation_of, paper_of
from panah.dossier.exporters.wording import isolated
from panah.dossier.outline import Block, Citation, Kind, Section
from panah.text import language_name

JUDGED = {
    law.Judged.OPEN: "nobody has said yet what it is",
    law.Judged.CONTRADICTION: "a contradiction",
    law.Judged.CLARIFICATION: "a clarification",
    law.Judged.INTERPRETER: "it comes from interpreting or translating",
    law.Judged.IRRELEVANT: "irrelevant",
}
ASKED_ABOUT = {law.Judged.OPEN, law.Judged.CONTRADICTION}
"""What has to be put to the applicant before it is relied on: Regulation (EU) 2024/1348, art. 12(2)."""


def account(case: Case) -> Section:
    """Every telling in its order, and where two places differ."""
    held = {
        row.statement_id: row
        for row in case.interviews.select_related(
            "statement", "case__compartment", "recording__original", "transcript__original"
        )
    }
    told = tuple(_statement(row, held.get(row.pk)) for row in queries.statements(case))
    differing = _differing(case)
    silent = () if told else (Block(Kind.SILENCE, "No statement is on file."),)
    return Section("The account", silent, (*told, *differing))


def _statement(statement: Statement, held: Interview | None) -> Section:
    circumstances = [
        statement.occasion,
        f"told {statement.told_on}" if statement.told_on else "",
        f"in {language_name(statement.language)}" if statement.language else "",
        f"through an interpreter ({statement.interpreter})" if statement.interpreter else "",
    ]
    cites = (Citation(paper_of(statement.paper)),) if statement.paper else ()
    text = [Block(Kind.TEXT, paragraph) for paragraph in statement.words.split("\n\n") if paragraph.strip()]
    told = ", ".join(part for part in circumstances if part) or ("In a paper" if cites else "")
    label = [Block(Kind.LABEL, told, cites=cites)] if told else []
    mismatch = law.mismatch(interview(held)) if held else None
    noted = [Block(Kind.LABEL, str(mismatch))] if mismatch else []
    return Section(f"Statement {statement.number}", (*label, *noted, *text))


def _differing(case: Case) -> tuple[Section, ...]:
    """Where two places of the file differ, what a human takes that for, and whether the applicant was asked."""
    rows = case.contradictions.select_related(
        "case__compartment", "a_statement__case", "b_statement__case", "b_quotation__document__source",
        "b_quotation__document__original", "b_quotation__document__reading", "b_quotation__reading",
    )  # fmt: skip
    blocks = [block for row in rows.order_by("number") for block in _difference(row)]
    return (Section("Where tellings differ", tuple(blocks)),) if blocks else ()


def _difference(row: Contradiction) -> Iterator[Block]:
    yield Block(Kind.LABEL, f"Difference {row.number}: {JUDGED[law.Judged(row.judged)]}")
    yield Block(Kind.TEXT, _said(row.a_words, row.a_statement))
    if row.b_quotation:
        yield Block(Kind.QUOTE, row.b_words, cites=(citation_of(row.b_quotation),))
    elif row.b_statement:
        yield Block(Kind.TEXT, _said(row.b_words, row.b_statement))
    if row.put_at:
        yield Block(Kind.LABEL, f"Put to the applicant: {row.put_at}")
        yield Block(Kind.TEXT, row.her_answer) if row.her_answer else Block(Kind.SILENCE, "No answer is on file.")
    elif row.judged in ASKED_ABOUT:
        yield Block(Kind.SILENCE, "Not put to the applicant.")


def _said(words: str, statement: Statement) -> str:
    said = f"“{isolated(words)}”" if words else "Nothing about it"
    return f"{said} (statement {statement.number})"
