"""What in the cases rests on a document: asked by the library, which does not know what a case is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.urls import reverse

from panah.cases import queries
from panah.cases.models import Answer, Case, Finding, Identification, LaidBeside, Name, Reason, Support, Verdict
from panah.cases.procedure.words import record_named
from panah.library.citing import Citation
from panah.library.models import Document
from panah.team.models import Member

MOST = 100


def citing(asker: Member, document: Document) -> Iterator[Citation]:
    """What in cases that the asker may see rests on the document, or on words of it."""
    cases = {case.pk: case for case in queries.cases(asker)}
    about = Q(quotation__document=document) | Q(paper=document)
    supports = Support.objects.filter(about, fact__case__in=cases).select_related("fact", "quotation")
    for support in supports.order_by("fact__case__reference", "fact__number", "added_at")[:MOST]:
        case = cases[support.fact.case_id]
        yield Citation(
            f"{case.reference} · {support.fact.number}",
            support.fact.words,
            support.quotation.words if support.quotation else "",
            reverse("cases:fact", args=[case.address, support.fact.number]),
        )
    findings = Finding.objects.filter(quotations__document=document, case__in=cases, current=True).distinct()
    for finding in findings.order_by("case__reference", "element")[:MOST]:
        case = cases[finding.case_id]
        yield Citation(
            f"{case.reference} · {finding.element}",
            finding.words,
            "",
            reverse("cases:element", args=[case.address, finding.framework, finding.element]),
        )
    laid = LaidBeside.objects.filter(quotation__document=document, case__in=cases).select_related("quotation")
    for one in laid.order_by("case__reference", "element", "laid_at")[:MOST]:
        case = cases[one.case_id]
        yield Citation(
            f"{case.reference} · {one.element}",
            "",
            one.quotation.words,
            reverse("cases:element", args=[case.address, one.framework, one.element]),
        )
    yield from _in_procedures(document, cases)
    yield from _in_refusals(document, cases)
    yield from _in_names(document, cases)


def _in_procedures(document: Document, cases: Mapping[int, Case]) -> Iterator[Citation]:
    """Records of the procedure that stand in the document, and answers that rest on it."""
    records = document.procedure_records.filter(case__in=cases, current=True)
    for record in records.order_by("case__reference", "kind", "number")[:MOST]:
        case = cases[record.case_id]
        address = reverse("cases:record", args=[case.address, record.kind, record.number])
        yield Citation(f"{case.reference} · {record_named(record.kind, record.number)}", "", "", address)
    about = Q(quotations__document=document) | Q(papers=document)
    for answer in (
        Answer.objects.filter(about, case__in=cases, current=True).distinct().order_by("case__reference", "item")[:MOST]
    ):
        case = cases[answer.case_id]
        address = reverse("cases:procedure-item", args=[case.address, answer.item])
        yield Citation(f"{case.reference} · {answer.item}", answer.words, "", address)


def _in_refusals(document: Document, cases: Mapping[int, Case]) -> Iterator[Citation]:
    """Reasons of decisions that stand in the document or cite it, and verdicts that rest on it."""
    about = Q(quotation__document=document) | Q(papers=document)
    reasons = Reason.objects.filter(about, case__in=cases, current=True).distinct().select_related("quotation", "case")
    for reason in reasons.order_by("case__reference", "number")[:MOST]:
        case = cases[reason.case_id]
        address = reverse("cases:reason", args=[case.address, reason.number])
        words = reason.quotation.words if reason.quotation.document_id == document.pk else ""
        yield Citation(f"{case.reference} · {reason}", reason.note, words, address)
    about = Q(quotations__document=document) | Q(papers=document)
    verdicts = Verdict.objects.filter(about, case__in=cases, current=True).distinct().select_related("case")
    for verdict in verdicts.order_by("case__reference", "pk")[:MOST]:
        case = cases[verdict.case_id]
        address = reverse("cases:decision", args=[case.address])
        yield Citation(f"{case.reference} · {verdict.defect.partition(':')[0]}", verdict.ground, "", address)


def _in_names(document: Document, cases: Mapping[int, Case]) -> Iterator[Citation]:
    """Spellings of applicants' names that stand in the document, and names in it of which somebody said whose they are."""
    spellings = Name.objects.filter(quotation__document=document, case__in=cases).select_related("case", "quotation")
    said = Identification.objects.filter(quotation__document=document, case__in=cases, current=True)
    rows: list[Name | Identification] = [*spellings.order_by("pk")[:MOST]]
    rows += said.select_related("case", "quotation").order_by("at")[:MOST]
    for row in rows:
        if row.case and row.quotation:
            case = cases[row.case.pk]
            yield Citation(case.reference, "", row.quotation.words, reverse("cases:names", args=[case.address]))
