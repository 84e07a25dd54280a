"""Pages of a case: examination, dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah import law
from panah.cases import actions, forms, queries
from panah.cases.currency.queries import currency
from panah.cases.evidence.laid import laid_beside
from panah.cases.models import Case
from panah.cases.outlining.procedure import unexamined
from panah.cases.views.page import page
from panah.dossier import actions as dossiers
from panah.dossier import queries as sealed
from panah.team import stamping
from panah.team.acting import fresh, member_of, now


@require_GET
def examination(request: HttpRequest, reference: str) -> HttpResponse:
    """The law's questions in the law's order."""
    case = queries.case(member_of(request), reference)
    examined = queries.examination(case, queries.frameworks(case))
    chosen = [(framework, items, sum(item.finding is None for item in items)) for framework, items in examined]
    marks = currency(member_of(request), case, now=now())
    return page(request, "examination", case, {"chosen": chosen, "marks": marks})


@require_http_methods(["GET", "POST"])
def element(request: HttpRequest, reference: str, framework_id: str, element_id: str) -> HttpResponse:
    """One question of the law: its finding, or a form to write one."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    framework, asked = queries.element(framework_id, element_id)
    standing = queries.findings(case).filter(framework=framework_id, element=element_id).first()
    beside = laid_beside(case, framework_id, element_id)
    form = forms.FindingForm(case, request.POST or None, standing, beside)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            actions.find(
                case=case, framework_id=framework_id, element_id=element_id, **form.cleaned_data, by=member, now=now()
            )
            messages.success(request, _("The finding is written."))
            return redirect("cases:examination", reference)
    earlier = case.findings.filter(framework=framework_id, element=element_id, current=False).order_by("-written_at")
    context: dict[str, object] = {
        "framework": framework, "element": asked, "form": form, "finding": standing, "earlier": earlier,
        "parallels": law.parallels(asked), "beside": beside,
    }  # fmt: skip
    return page(request, "element", case, context)


@require_POST
def frameworks(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose the law to examine the case under; what governs its procedure alone is chosen elsewhere, and stays."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    kept = [framework.id for framework in queries.guarantees(case) if not framework.claims]
    chosen = [*request.POST.getlist("frameworks"), *kept]
    actions.choose_frameworks(case=case, framework_ids=chosen, by=member, now=now())
    return redirect("cases:dossier", reference)


@require_GET
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """What is still missing, the button that seals, and what was sealed."""
    return _dossier_page(request, queries.case(member_of(request), reference), forms.SealForm())


def _dossier_page(request: HttpRequest, case: Case, form: forms.SealForm) -> HttpResponse:
    """The page of the dossier, with the form that seals it."""
    member = member_of(request)
    context: dict[str, object] = {
        "form": form,
        "gaps": _with_places(case, queries.gaps(case)),
        "of_procedure": list(unexamined(case)),
        "frameworks": law.examinable(),
        "chosen": {framework.id for framework in queries.frameworks(case)},
        "sealed": sealed.of_reference(member, case.compartment, case.reference),
        "edited": queries.edited_laws(case),
        "signer": sealed.signer(),
        "authority": stamping.authority(),
        "marks": currency(member, case, now=now()),
    }
    return page(request, "dossier", case, context)


def _with_places(case: Case, gaps: Sequence[law.Gap]) -> list[tuple[law.Gap, str]]:
    """Gaps, each with the address of the page on which it is closed."""
    asked_by = {asked.id: framework.id for framework in queries.frameworks(case) for asked in framework.claims}
    return [(gap, _place_of(case, gap, asked_by)) for gap in gaps]


def _place_of(case: Case, gap: law.Gap, asked_by: Mapping[str, str]) -> str:
    if gap.fact:
        return reverse("cases:fact", args=[case.address, gap.fact])
    if gap.contradiction:
        return reverse("cases:contradiction", args=[case.address, gap.contradiction])
    if gap.element:
        return reverse("cases:element", args=[case.address, asked_by[gap.element], gap.element])
    return reverse("cases:inventory", args=[case.address])


@require_POST
@fresh
def seal(request: HttpRequest, reference: str) -> HttpResponse:
    """Press and seal."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    said = forms.SealForm(request.POST)
    if not said.is_valid():
        return _dossier_page(request, case, said)
    actions.seal(case=case, **said.cleaned_data, by=member, clock=now, authority=stamping.authority())
    messages.success(request, _("The dossier is sealed. Download it below and check it."))
    return redirect("cases:dossier", reference)


@require_GET
@fresh
def bundle(request: HttpRequest, reference: str, dossier_id: UUID) -> StreamingHttpResponse:
    """Hand out a sealed dossier."""
    member, case = member_of(request), queries.case(member_of(request), reference)
    queries.require_free(case)
    asked = sealed.one(member, case.compartment, case.reference, dossier_id)
    pieces = dossiers.hand_out(dossier=asked, by=member, now=now())
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    named = content_disposition_header(as_attachment=True, filename=asked.file_name)
    response.headers["Content-Disposition"] = named or "attachment"
    response.headers["Content-Length"] = str(asked.bundle.size)
    return response
