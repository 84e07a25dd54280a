"""How facts were established, where places differ, and how interviews were held, as `case.yaml` says it."""

from __future__ import annotations

from panah.cases.folder.naming import Naming
from panah.cases.folder.values import Value, said, standing
from panah.cases.models import Case, Contradiction, Fact, Interview


def of_fact(fact: Fact, names: Naming) -> dict[str, Value]:
    """What was done to establish a fact."""
    assessments = fact.assessments.select_related("fact__case").prefetch_related(
        "statements", "quotations__document", "quotations__reading__original"
    )
    explanations = fact.explanations.select_related("fact__case").order_by("at", "pk")
    acceptances = fact.acceptances.select_related("fact__case").order_by("written_at", "pk")
    return {
        "assessments": [
            standing(said({
                "indicator": each.indicator,
                "words": each.words,
                "quotes": [names.quote(quotation) for quotation in names.quotes(each.quotations.all())],
                "statements": [*sorted(statement.number for statement in each.statements.all())],
                "by": each.by,
                "written_at": each.written_at.isoformat(),
            }), stands=each.current)
            for each in assessments.order_by("written_at", "pk")
        ],
        "explanations": [
            said({
                "put_at": each.put_at, "asked": each.asked, "her_answer": each.her_answer, "by": each.by,
                "at": each.at.isoformat(),
            })
            for each in explanations
        ],
        "acceptances": [
            standing(said({
                "accepted": each.accepted, "reasons": each.reasons, "past_harm": each.past_harm, "by": each.by,
                "written_at": each.written_at.isoformat(),
            }), stands=each.current)
            for each in acceptances
        ],
    }  # fmt: skip


def of_case(case: Case, names: Naming) -> dict[str, Value]:
    """The rest: factors, the inventory, places that differ, interviews."""
    distortions = case.distortions.select_related("case", "statement").order_by("number")
    inventory = case.inventory.select_related("case").prefetch_related("papers").order_by("pk")
    differing = case.contradictions.select_related(
        "case", "a_statement", "b_statement", "fact", "b_quotation__document", "b_quotation__reading__original"
    )
    interviews = case.interviews.select_related("case", "statement", "recording", "transcript").order_by("number")
    return {
        "distortions": [
            said({
                "factor": each.factor, "words": each.words,
                "statement": each.statement.number if each.statement else 0, "by": each.by, "at": each.at.isoformat(),
            })
            for each in distortions
        ],
        "inventory": [
            said({
                "slot": each.slot, "presence": each.presence, "words": each.words,
                "papers": [*sorted(names.paper(paper) for paper in each.papers.all())], "by": each.by,
                "written_at": each.written_at.isoformat(),
            })
            for each in inventory
        ],
        "contradictions": [_contradiction(each, names) for each in differing.order_by("number")],
        "interviews": [_interview(each, names) for each in interviews],
    }  # fmt: skip


def _contradiction(row: Contradiction, names: Naming) -> Value:
    b: dict[str, Value] = {"quote": names.quote(row.b_quotation)} if row.b_quotation else {}
    if row.b_statement:
        b = names.place(row.b_statement, row.b_start, row.b_end)
    entry: dict[str, Value] = {"a": names.place(row.a_statement, row.a_start, row.a_end), "b": b, "judged": row.judged}
    if row.material is not None:
        entry["material"] = row.material
    return entry | said(
        {
            "material_reason": row.material_reason,
            "fact": row.fact.number if row.fact else 0,
            "put_at": row.put_at,
            "her_answer": row.her_answer,
            "by": row.by,
            "at": row.at.isoformat(),
        }
    )


def _interview(row: Interview, names: Naming) -> Value:
    fields = (
        "held_on", "place", "mode", "preferred_language", "preferred_dialect", "interpreter_language",
        "interpreter_dialect", "interpreter_sex", "objection", "interviewer", "present", "corrections",
    )  # fmt: skip
    entry: dict[str, Value] = {field: getattr(row, field) for field in fields}
    entry |= {"statement": row.statement.number if row.statement else 0}
    entry |= {"recording": names.paper(row.recording), "transcript": names.paper(row.transcript)}
    return said(entry) | ({} if row.read_back is None else {"read_back": row.read_back})
