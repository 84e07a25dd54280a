"""What in the cases rests on a document: asked by the library, which does not know what a case is."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from panah.cases import queries
from panah.cases.models import Finding, LaidBeside, Support
from panah.library.citing import Citation
from panah.library.models import Document
from panah.team.models import Member

MOST = 100


def citing(asker: Member, document: Document) -> Iterator[Citation]:
    """Facts, questions and findings of cases that the asker may see, beside which the document or words of it were put."""
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
