"""The pages of a decision, put together: what stands on each, and the forms that keep what was typed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from panah.cases.models import Case, ProcedureRecord
from panah.cases.procedure.words import record_named
from panah.cases.refusal import queries
from panah.cases.refusal.forms import DecisionForm, MarkForm, SoughtForm, VerdictForm
from panah.cases.refusal.queries import Audited, Ruling
from panah.cases.refusal.showing import paragraph_at, shown
from panah.cases.refusal.words import CONCLUDES, FILED, GROUPS, LOOKED, OUTCOMES, PARTS, Group, group_of
from panah.cases.views.page import page
from panah.law import Acceptance, shortened
from panah.law.checklist import Ref, checklist
from panah.team.models import Member

NOT_KEPT = "0"
"""The number of what stands for a record that nobody has kept."""
LONGEST_WORDS = 400
"""Characters of a place of the decision that a page repeats."""


def none_page(request: HttpRequest, case: Case, form: DecisionForm) -> HttpResponse:
    """Where no decision is on file: what belongs here, and the papers among which it may be."""
    return page(request, "decision_none", case, {"form": form})


def decision_page(
    request: HttpRequest,
    member: Member,
    record: ProcedureRecord,
    found: Audited,
    *,
    mark_form: MarkForm | None = None,
) -> HttpResponse:
    """The decision beside its examination; a form that was refused keeps what was typed in it."""
    case = found.case
    context: dict[str, object] = {
        "record": record,
        "decisions": queries.decisions(member, case),
        "found": found,
        "paragraphs": [(each, PARTS.get(each.part) if each.part else None) for each in shown(found)],
        "looked": [(LOOKED.get(name, name), count) for name, count in found.audit.looked.items()],
        "marks": [(each, CONCLUDES.get(Acceptance(each.concludes)) if each.concludes else "") for each in found.marks],
        "groups": [(group, _rows(found, group)) for group in GROUPS],
        "gone": [
            (each, OUTCOMES.get(each.verdict.outcome)) for each in found.rulings if not each.defect and each.verdict
        ],
        "mark_form": mark_form or MarkForm(member, found),
        "grounds": sum(bool(each.verdict and each.verdict.place) for each in found.rulings),
    }
    return page(request, "decision", case, context)


def ruling_page(request: HttpRequest, record: ProcedureRecord, found: Audited, form: VerdictForm) -> HttpResponse:
    """One proposal with the form to decide on it, which keeps what was typed in it."""
    context = {"record": record, "paper": found.paper, "row": _row(found, form.ruling), "form": form}
    return page(request, "decision_rule", found.case, context)


def grounds_page(
    request: HttpRequest, member: Member, case: Case, record: ProcedureRecord, *, sought_form: SoughtForm | None = None
) -> HttpResponse:
    """The grounds of appeal in their order; a form that was refused keeps what was typed in it."""
    paper = queries.paper(member, case, record.number)
    given = sought_form.ground.pk if sought_form else 0
    rows = [
        (ground, sought_form if ground.pk == given else SoughtForm(ground))
        for ground in queries.grounds(member, case, paper)
    ]
    context = {"record": record, "rows": rows, "paper": paper, "sought_form": sought_form}
    return page(request, "decision_grounds", case, context)


def _rows(found: Audited, group: Group) -> list[dict[str, object]]:
    """The proposals of a group, each with what its fragment of the page shows."""
    rulings = [each for each in found.rulings if each.defect and group_of(each.rule) == group]
    return [_row(found, each) for each in rulings]


def _row(found: Audited, ruling: Ruling) -> dict[str, object]:
    return {
        "ruling": ruling,
        "outcome": OUTCOMES.get(ruling.verdict.outcome) if ruling.verdict else "",
        "words": _words(found, ruling),
        "evidence": _evidence(found, ruling),
    }


def _words(found: Audited, ruling: Ruling) -> list[dict[str, object]]:
    """The places of the decision: the words, the number of the paragraph, the address in the paper."""
    address = reverse("library:document", args=[found.paper.pk])
    return [
        {
            "said": shortened(each.words, LONGEST_WORDS),
            "paragraph": paragraph_at(found, each.start),
            "address": f"{address}?quoted={each.start}-{each.end}#hit-1",
        }
        for each in (ruling.defect.words if ruling.defect else ())
    ]


def _evidence(found: Audited, ruling: Ruling) -> list[tuple[str, str]]:
    """What of the file shows a fault, each by what it is called and its address."""
    defect = ruling.defect
    if defect is None:
        return []
    papers = {each.id: each.title for each in found.refusal.submitted}
    papers |= {each.id: each.title for each in found.refusal.sources}
    named = [_place_of(found.case, each) for each in defect.rests_on if each.number not in {*papers, NOT_KEPT}]
    cited = dict.fromkeys(each for each in (*defect.about, *(ref.number for ref in defect.rests_on)) if each in papers)
    return [*named, *((papers[each], reverse("library:document", args=[UUID(each)])) for each in cited)]


def _place_of(case: Case, ref: Ref) -> tuple[str, str]:
    """Something on file, as people call it, and its page; of what has no page of its own, the page of all of its kind."""
    if ref.kind in checklist().kinds:
        return record_named(ref.kind, ref.number), _address(case, "record", ref.kind, ref.number)
    if ref.kind == "support":
        return str(FILED[ref.kind]), _address(case, "facts")
    name = str(FILED.get(ref.kind, ref.kind))
    if ref.kind == "statement":
        return f"{name} {ref.number}", _address(case, "account")
    page_of_it = ref.kind if ref.kind in {"fact", "contradiction", "interview"} else ""
    return f"{name} {ref.number}", _address(case, page_of_it, ref.number) if page_of_it else _address(case, "account")


def _address(case: Case, name: str, *parts: object) -> str:
    return reverse(f"cases:{name}", args=[case.address, *parts])
