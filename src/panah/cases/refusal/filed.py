"""A refusal beside what is on file, as the audit reads it: one function for each source."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from panah import law
from panah.cases import queries as cases
from panah.cases.models import Case, ProcedureRecord, Reason
from panah.cases.procedure.filed import on_file, text_of
from panah.cases.refusal.quoting import quoted_in
from panah.cases.refusal.sources import sources_of
from panah.cases.regime import queries as regime
from panah.law import refusal
from panah.law.checklist import Found, OnFile, Ref
from panah.law.checklist.finding import language_of
from panah.law.checklist.onfile import Decision, Entry
from panah.law.refusal import Paragraph, Refusal, Submitted
from panah.law.refusal.record import SUPPORT
from panah.library.models import Document
from panah.team.models import Member

NO_RECORD = Entry("decision", 0)
"""Stands for the record of a decision of which nobody has kept one yet."""
_NUMBERED = re.compile(r"(\d{1,3})(?!\d)[-_. ]")


def refusal_of(asker: Member, asked: Case, paper: Document, marks: Sequence[Reason], *, today: date) -> Refusal:
    """The decision that stands in a paper of the case, with the reasons that were marked in it. Raises `SealBroken`."""
    file = on_file(asked, today=today)
    row = asked.procedure_records.filter(kind="decision", paper=paper, current=True).order_by("-number").first()
    entry = next((each for each in file.of("decision") if row and each.number == row.number), NO_RECORD)
    read = (each.text for each in file.decisions if each.record is entry)
    text = next(read, None) or text_of(paper)
    names = (asked.called, *asked.names.filter(out_at=None).order_by("pk").values_list("name", flat=True))
    paragraphs = refusal.paragraphs(text)
    return Refusal(
        decision=entry,
        text=text,
        language=language_of(text),
        paragraphs=paragraphs,
        reasons=tuple(_reason(each, paragraphs) for each in marks),
        record=cases.record(asked),
        file=_with(file, asked, entry, text),
        frameworks=tuple(each.framework for each in cases.chosen_laws(asked)),
        raised=_raised(asked),
        submitted=_submitted(asked, paper, entry, names),
        sources=sources_of(asker, asked, text, paragraphs, marks, entry),
        quoted=quoted_in(asker, asked, paper, text, entry.number),
        names=names,
        origin=_origin(file),
    )


def _with(file: OnFile, asked: Case, entry: Entry, text: str) -> OnFile:
    """What is on file, with a decision that no record names yet, and with the day of lodging, where only the law has it."""
    standing = regime.proceedings(asked)
    if standing and standing.lodged_on and not file.step("lodged"):
        lodged = Entry("event", 0, {"what": "lodged", "day": standing.lodged_on.isoformat()})
        file = replace(file, records=(*file.records, lodged))
    if entry is NO_RECORD:
        file = replace(file, records=(*file.records, entry), decisions=(*file.decisions, Decision(entry, text)))
    return file


def _reason(row: Reason, paragraphs: Sequence[Paragraph]) -> refusal.Reason:
    quotation = row.quotation
    inside = (each.number for each in paragraphs if each.start <= quotation.start < each.end)
    differences = [str(each.number) for each in row.contradictions.all()]
    return refusal.Reason(
        id=str(row.number),
        paragraph=next(inside, 0),
        start=quotation.start,
        end=quotation.end,
        words=quotation.words,
        elements=tuple(dict.fromkeys(each.element for each in row.elements.all())),
        facts=tuple(str(each.number) for each in row.facts.all()),
        concludes=law.Acceptance(row.concludes) if row.concludes else None,
        contradictions=(*differences, *(f"{SUPPORT}{each.pk}" for each in row.supports.all())),
        bare=row.bare,
        cites=tuple(str(each.pk) for each in row.papers.all()),
    )


def _raised(asked: Case) -> frozenset[str]:
    """The questions that a finding answers, or beside which a passage was laid."""
    found = asked.findings.filter(current=True).values_list("element", flat=True)
    return frozenset([*found, *asked.laid_beside.values_list("element", flat=True)])


def _submitted(asked: Case, decision: Document, entry: Entry, names: Collection[str]) -> tuple[Submitted, ...]:
    """The papers that records say were submitted; where no record names one, those of the case from before the decision.

    Each has the number with which the name of its file begins, as people number exhibits; else it is counted as it was
    taken in.
    """
    papers = cases.papers(asked).order_by("added_at", "path", "pk")
    rows = list(papers.prefetch_related("procedure_records").defer("reading__paragraphs"))
    numbers = {row.pk: _exhibit(row.path) or number for number, row in enumerate(rows, start=1)}
    records = asked.procedure_records.filter(kind="submission", current=True).exclude(paper=None)
    handed = {row.paper_id: row for row in records.order_by("-number")}
    if handed:
        wanted = [row for row in rows if row.pk in handed and row != decision]
    else:
        wanted = [row for row in rows if row != decision and not _is_later(row, entry) and not _is_decision(row)]
    return tuple(_paper(row, numbers[row.pk], handed.get(row.pk), names) for row in wanted)


def _exhibit(path: str) -> int:
    """The number with which the name of a file begins; 0 where it begins with none."""
    begins = _NUMBERED.match(path.rpartition("/")[2])
    return int(begins[1]) if begins else 0


def _paper(row: Document, number: int, record: ProcedureRecord | None, names: Collection[str]) -> Submitted:
    """A paper, with who made it where that is not the applicant, who is named everywhere."""
    made_by = (row.author, row.source.name if row.source else "")
    others = tuple(each for each in made_by if each and each not in names)
    ref = Ref(record.kind, str(record.number)) if record else None
    return Submitted(str(row.pk), number, row.title, row.date, others, ref)


def _is_later(row: Document, entry: Entry) -> bool:
    """Whether a paper is certainly not from before the decision."""
    written, decided = law.latest(row.date), entry.days("day")
    return bool(written and decided and decided.last and written > decided.last)


def _is_decision(row: Document) -> bool:
    return any(each.kind == "decision" and each.current for each in row.procedure_records.all())


def _origin(file: OnFile) -> frozenset[str]:
    """The countries that records name as hers: whose authority was asked, and which was held to be safe for her."""
    asked = [*(each.said("country") for each in file.of("consular-contact"))]
    asked += [each.said("country") for each in file.of("verification") if each.yes("persecutor")]
    asked += [each.said("country") for each in file.of("safe-country") if each.said("concept") == "origin"]
    return frozenset(filter(None, asked))


def places(found: Iterable[Found]) -> list[tuple[int, int]]:
    """The bytes of places that were found, in their order, none inside another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted({(each.start, each.end) for each in found}):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
