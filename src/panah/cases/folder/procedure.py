"""The procedure of a case to and from a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from panah.cases.folder.naming import Naming
from panah.cases.folder.parts import QuoteEntry
from panah.cases.folder.proceeding import AnswerEntry, ProcedureEntry, RecordEntry
from panah.cases.folder.values import Value, said, standing
from panah.cases.models import Answer, Case, Fact, ProcedureRecord, Search
from panah.cases.procedure import actions, queries
from panah.cases.procedure.actions import Came, Citing
from panah.law import checklist
from panah.law.checklist import Proposal
from panah.law.checklist.filling import from_json
from panah.library.models import Document, Quotation
from panah.team.models import Member


class Here(NamedTuple):
    """What an imported procedure refers to, as it is here."""

    documents: Mapping[str, Document]
    facts: Sequence[Fact]
    searches: Sequence[Search]
    quote: Callable[[QuoteEntry], Quotation]


def of_procedure(by: Member, case: Case, names: Naming) -> Value:
    """Records, answers and what was set aside, as `case.yaml` says them."""
    records = list(queries.all_records(by, case))
    places = {row.pk: place for place, row in enumerate(records, start=1)}
    answers = queries.all_answers(by, case).prefetch_related("quotations__reading", "quotations__document__reading")
    return said(
        {
            "records": [_record(row, names) for row in records],
            "answers": [_answer(row, names, places) for row in answers],
            "dismissals": [
                {
                    "item": row.item,
                    "proposed": row.proposed,
                    "reason": row.reason,
                    "by": row.by,
                    "at": row.at.isoformat(),
                }
                for row in queries.dismissals(by, case)
            ],
        }
    )


def take_over(
    case: Case, entry: ProcedureEntry, here: Here, *, by: Member, clock: Callable[[], datetime]
) -> list[ProcedureRecord]:
    """Keep the procedure that came with a folder; its records, in their order."""
    records = [_keep(case, each, here, by, clock()) for each in entry.records]
    for each in entry.answers:
        _answer_over(case, each, here, records, by, clock())
    for one in entry.dismissals:
        now = clock()
        actions.keep_dismissal(
            case=case, item=one.item, proposed=one.proposed, reason=one.reason,
            came=Came(one.by or by.name, one.at or now), by=by, now=now,
        )  # fmt: skip
    return records


def _record(row: ProcedureRecord, names: Naming) -> Value:
    entry: dict[str, Value] = {"kind": row.kind, "number": row.number, "said": dict(from_json(row.said))}
    entry |= {"paper": names.paper(row.paper), "by": row.by, "at": row.at.isoformat()}
    return standing(said(entry), stands=row.current)


def _answer(row: Answer, names: Naming, places: Mapping[int, int]) -> Value:
    searches = [names.searches[each.pk] for each in row.searches.all() if each.pk in names.searches]
    entry: dict[str, Value] = {
        "item": row.item,
        "status": row.status,
        **{name: getattr(row, name) for name in ("words", "reason", "nothing_found", "proposed")},
        "quotes": [names.quote(each) for each in names.quotes(row.quotations.all())],
        "records": [*sorted(places[each.pk] for each in row.records.all())],
        "facts": [*sorted(each.number for each in row.facts.all())],
        "papers": [*sorted(names.paper(each) for each in row.papers.all())],
        "searches": [*sorted(searches)],
        "by": row.by,
        "written_at": row.written_at.isoformat(),
    }
    return standing(said(entry), stands=row.current)


def _keep(case: Case, entry: RecordEntry, here: Here, by: Member, now: datetime) -> ProcedureRecord:
    return actions.keep_record(
        case=case, kind=entry.kind, said=entry.said, paper=here.documents.get(entry.paper), number=entry.number,
        came=Came(entry.by or by.name, entry.at or now, entry.current), by=by, now=now,
    )  # fmt: skip


def _answer_over(
    case: Case, entry: AnswerEntry, here: Here, records: Sequence[ProcedureRecord], by: Member, now: datetime
) -> None:
    citing = Citing(
        quotations=[here.quote(each) for each in entry.quotes],
        records=[records[place - 1] for place in entry.records],
        facts=[here.facts[number - 1] for number in entry.facts],
        papers=[here.documents[each] for each in entry.papers],
        searches=[here.searches[place - 1] for place in entry.searches],
    )
    words, proposed = entry.words, entry.words["proposed"]
    actions.answer(
        case=case, item=entry.item, status=entry.status, words=words["words"], reason=words["reason"],
        nothing_found=words["nothing_found"], citing=citing,
        proposal=Proposal(checklist.item(entry.item).id, entry.status, proposed) if proposed else None,
        came=Came(entry.by or by.name, entry.written_at or now, entry.current), by=by, now=now,
    )  # fmt: skip
