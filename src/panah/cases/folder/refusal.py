"""The audit of a refusal to and from a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from panah.cases import queries as cases
from panah.cases.folder.naming import Naming
from panah.cases.folder.parts import QuoteEntry
from panah.cases.folder.refusing import WORDS, ReasonEntry, RefusalEntry, SupportPlace, VerdictEntry
from panah.cases.folder.values import Value, said, standing
from panah.cases.models import Case, Contradiction, Fact, ProcedureRecord, Reason, Support, Verdict
from panah.cases.procedure import queries as procedure
from panah.cases.procedure.actions import Came
from panah.cases.refusal import actions, queries
from panah.cases.refusal.actions import About, RestsOn, Ruled
from panah.library.models import Document, Quotation
from panah.team.models import Member


class Here(NamedTuple):
    """What an imported audit refers to, as it is here."""

    documents: Mapping[str, Document]
    facts: Sequence[Fact]
    records: Sequence[ProcedureRecord]
    quote: Callable[[QuoteEntry], Quotation]


def of_refusal(by: Member, case: Case, names: Naming) -> Value:
    """The reasons that were marked and the verdicts, as `case.yaml` says them."""
    records = {row.pk: place for place, row in enumerate(procedure.all_records(by, case), start=1)}
    differences = {row: place for place, row in enumerate(_differences(case), start=1)}
    beside = _beside(case)
    reasons = queries.all_marks(by, case).prefetch_related("quotation__reading", "quotation__document__reading")
    return said(
        {
            "reasons": [_reason(row, names, differences, beside) for row in reasons],
            "verdicts": [_verdict(row, names, records, beside) for row in queries.verdicts(by, case)],
        }
    )


def take_over(case: Case, entry: RefusalEntry, here: Here, *, by: Member, clock: Callable[[], datetime]) -> None:
    """Keep the reasons and verdicts that came with a folder."""
    differences, beside = _differences(case), {place: pk for pk, place in _beside(case).items()}
    for reason in entry.reasons:
        _keep_reason(case, reason, here, differences, beside, by, clock())
    for verdict in entry.verdicts:
        _keep_verdict(case, verdict, here, beside, by, clock())


def _differences(case: Case) -> list[Contradiction]:
    return list(case.contradictions.order_by("number"))


def _beside(case: Case) -> dict[UUID, SupportPlace]:
    """Where each thing stands that stands beside a fact, as the facts are listed."""
    return {
        support.pk: SupportPlace(fact.number, place)
        for fact in cases.facts(case)
        for place, support in enumerate(fact.supports.all(), start=1)
    }


def _reason(
    row: Reason, names: Naming, differences: Mapping[Contradiction, int], beside: Mapping[UUID, SupportPlace]
) -> Value:
    elements = [(each.framework, each.element) for each in row.elements.all()]
    entry: dict[str, Value] = {
        "decision": names.paper(row.decision),
        "number": row.number,
        "quote": names.quote(row.quotation),
        "note": row.note,
        "concludes": row.concludes,
        "bare": row.bare,
        "elements": [{"framework": framework, "element": element} for framework, element in sorted(elements)],
        "facts": [*sorted(each.number for each in row.facts.all())],
        "contradictions": [*sorted(differences[each] for each in row.contradictions.all())],
        "supports": [{**place._asdict()} for place in sorted(beside[each.pk] for each in row.supports.all())],
        "papers": [*sorted(names.paper(each) for each in row.papers.all())],
        "by": row.by,
        "at": row.at.isoformat(),
    }
    return standing(said(entry), stands=row.current)


def _verdict(row: Verdict, names: Naming, records: Mapping[int, int], beside: Mapping[UUID, SupportPlace]) -> Value:
    rule, *about = row.defect.split(":")
    supports = {str(pk): f"{place.fact}/{place.place}" for pk, place in beside.items()}
    entry: dict[str, Value] = {
        "decision": names.paper(row.decision),
        "rule": rule,
        "about": [*filter(None, (names.part(supports.get(each, each)) for each in about))],
        "outcome": row.outcome,
        **{name: getattr(row, name) for name in WORDS},
        "place": row.place or 0,
        "quotes": [names.quote(each) for each in names.quotes(row.quotations.all())],
        "records": [*sorted(records[each.pk] for each in row.records.all())],
        "facts": [*sorted(each.number for each in row.facts.all())],
        "papers": [*sorted(names.paper(each) for each in row.papers.all())],
        "by": row.by,
        "at": row.at.isoformat(),
    }
    return standing(said(entry), stands=row.current)


def _keep_reason(
    case: Case, entry: ReasonEntry, here: Here, differences: Sequence[Contradiction],
    beside: Mapping[SupportPlace, UUID], by: Member, now: datetime,
) -> None:  # fmt: skip
    about = About(
        note=entry.note,
        concludes=entry.concludes,
        bare=entry.bare,
        elements=entry.elements,
        facts=[here.facts[number - 1] for number in entry.facts],
        contradictions=[differences[place - 1] for place in entry.contradictions],
        supports=list(Support.objects.filter(pk__in=[beside[each] for each in entry.supports]).select_related("fact")),
        papers=[here.documents[each] for each in entry.papers],
    )
    actions.keep_reason(
        case=case, decision=here.documents[entry.decision], quotation=here.quote(entry.quote), about=about,
        number=entry.number, came=Came(entry.by or by.name, entry.at or now, entry.current), by=by, now=now,
    )  # fmt: skip


def _keep_verdict(
    case: Case, entry: VerdictEntry, here: Here, beside: Mapping[SupportPlace, UUID], by: Member, now: datetime
) -> None:
    parts = {file: str(document.pk) for file, document in here.documents.items()}
    parts |= {f"{place.fact}/{place.place}": str(pk) for place, pk in beside.items()}
    defect = ":".join([entry.rule, *(parts.get(each, each) for each in entry.about)])
    words = {name: entry.words[name] for name in WORDS}
    rests_on = RestsOn(
        [here.quote(each) for each in entry.quotes],
        [here.records[place - 1] for place in entry.records],
        [here.facts[number - 1] for number in entry.facts],
        [here.documents[each] for each in entry.papers],
    )
    actions.keep_verdict(
        case=case, decision=here.documents[entry.decision],
        ruled=Ruled(defect=defect, outcome=entry.outcome, place=entry.place, **words), rests_on=rests_on,
        came=Came(entry.by or by.name, entry.at or now, entry.current), by=by, now=now,
    )  # fmt: skip
