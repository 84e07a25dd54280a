"""Rows of a case as the values that the law package reads."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from panah import law
from panah.cases.models import (
    Case,
    Contradiction,
    Distortion,
    Fact,
    Finding,
    Interview,
    Inventoried,
    Statement,
    Support,
)
from panah.law import Acceptance, Box, Judged, Mode, Presence, Record, Stance
from panah.library.models import Document

LABEL = 80
"""Characters of a quotation by which people know it."""


def record_of(asked: Case, facts: QuerySet[Fact], findings: QuerySet[Finding]) -> Record:
    """What the examination of a case has on file; `facts` and `findings` are of this case."""
    return Record(
        facts=stated(facts),
        findings=found_in(findings),
        contradictions=differing(asked),
        inventory=tuple(
            law.Inventoried(row.slot, Presence(row.presence))
            for row in Inventoried.objects.filter(case=asked).defer("words").order_by("pk")
        ),
        distortions=tuple(
            law.Distorted(row.factor, str(row.statement.number) if row.statement else "")
            for row in Distortion.objects.filter(case=asked)
            .defer("words")
            .select_related("statement")
            .order_by("number")
        ),
    )


def found_in(findings: Iterable[Finding]) -> tuple[law.Finding, ...]:
    """Findings, each with what it rests on that a newer version has replaced."""
    return tuple(_finding(row) for row in findings)


def stated(facts: Iterable[Fact]) -> tuple[law.Fact, ...]:
    """Facts, each with what bears on it and what was done to establish it."""
    standing = Finding.objects.filter(current=True).only("element").order_by("framework", "element")
    rows = list(facts)
    prefetch_related_objects(
        rows, "assessments__quotations", "assessments__statements", "acceptances", "explanations",
        Prefetch("findings", standing, to_attr="used"),
    )  # fmt: skip
    return tuple(_fact(row) for row in rows)


def differing(asked: Case) -> tuple[law.Contradiction, ...]:
    """The places of a case that differ."""
    rows = Contradiction.objects.filter(case=asked).select_related(
        "a_statement", "b_statement", "b_quotation__document", "fact"
    )
    return tuple(contradiction(row) for row in rows.order_by("number"))


def contradiction(row: Contradiction) -> law.Contradiction:
    """Two places that differ."""
    return law.Contradiction(
        id=str(row.number),
        label=f"{_place(row.a_words, row.a_statement)} and {_other_place(row)}",
        judged=Judged(row.judged),
        material=row.material,
        put_to_her=bool(row.put_at),
        fact=str(row.fact.number) if row.fact else "",
    )


def interview(row: Interview) -> law.Interview:
    """An interview as the file knows it."""
    fields = (
        "held_on", "place", "preferred_language", "preferred_dialect", "interpreter_language", "interpreter_dialect",
        "interpreter_sex", "objection", "interviewer", "present", "corrections", "read_back",
    )  # fmt: skip
    return law.Interview(
        id=str(row.number),
        mode=Mode(row.mode) if row.mode else None,
        statement=str(row.statement.number) if row.statement else "",
        recording=row.recording.original.digest if row.recording else "",
        transcript=row.transcript.original.digest if row.transcript else "",
        **{field: getattr(row, field) for field in fields},
    )


def label_of(support: Support) -> str:
    """A few words by which a person knows what stands beside a fact."""
    document = support.quotation.document if support.quotation else support.paper
    title = document.title if document else ""
    return f"“{law.shortened(support.quotation.words, LABEL)}” ({title})" if support.quotation else title


def is_superseded(document: Document) -> bool:
    """Whether a newer version took its place."""
    return hasattr(document, "superseded_by")


def _place(words: str, statement: Statement) -> str:
    said = f"“{law.shortened(words, LABEL)}”" if words else "nothing about it"
    return f"{said} (statement {statement.number})"


def _other_place(row: Contradiction) -> str:
    if row.b_statement:
        return _place(row.b_words, row.b_statement)
    title = row.b_quotation.document.title if row.b_quotation else ""
    return f"“{law.shortened(row.b_words, LABEL)}” ({title})"


def _fact(row: Fact) -> law.Fact:
    concluded = next((each for each in row.acceptances.all() if each.current), None)
    return law.Fact(
        id=str(row.number),
        words=row.words,
        supports=tuple(_support(support) for support in row.supports.all()),
        boxes=frozenset(box for box in Box if getattr(row, box.value)),
        statement=str(row.statement.number) if row.statement else "",
        assessed=tuple(
            law.Assessed(each.indicator, rests=bool(each.quotations.all() or each.statements.all()))
            for each in row.assessments.all()
            if each.current
        ),
        explanation_sought=bool(row.explanations.all()),
        acceptance=Acceptance(concluded.accepted) if concluded else None,
        reasons=concluded.reasons if concluded else "",
        past_harm=concluded.past_harm if concluded else False,
        used_in=tuple(each.element for each in getattr(row, "used", ())),
    )


def _support(support: Support) -> law.Support:
    document = support.quotation.document if support.quotation else support.paper
    return law.Support(
        id=str(support.pk),
        stance=Stance(support.stance),
        label=label_of(support),
        superseded=document is not None and is_superseded(document),
        put_to_her=bool(support.put_at),
    )


def _finding(row: Finding) -> law.Finding:
    old = [quotation for quotation in row.quotations.all() if is_superseded(quotation.document)]
    return law.Finding(
        row.element, row.words, row.reasons, tuple(f"“{law.shortened(quotation.words, LABEL)}”" for quotation in old)
    )
