"""The procedure of a case: what is on file, what the rules propose, and how each item stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext

from panah.cases.models import Answer, Case, Dismissal, Fact, ProcedureRecord, Support
from panah.cases.procedure.filed import on_file
from panah.cases.procedure.words import said_in
from panah.errors import PanahError
from panah.law import checklist, framework, frameworks
from panah.law.checklist import Item, Kind, Proposal, Ref, Status, Topic
from panah.law.checklist.filling import from_json
from panah.law.model import Element
from panah.library import saving
from panah.library.models import Document
from panah.team import queries as team
from panah.team.models import Member
from panah.team.rules import May

CITED = ("quotations", "records", "facts", "papers", "searches")


class RecordUnknown(PanahError):
    """This case has no record {kind} {number}."""

    status = 404


@dataclass(frozen=True)
class Standing:
    """An item in its place: the answer that stands, what its rule proposes, and what was set aside."""

    item: Item
    answer: Answer | None = None
    proposal: Proposal | None = None
    """None too where it was set aside."""
    dismissed: Sequence[Dismissal] = ()

    @property
    def status(self) -> Status:
        """How it stands, by a human alone."""
        return Status(self.answer.status) if self.answer else Status.NOT_EXAMINED

    @property
    def seen(self) -> int:
        """The id of the answer that stands; 0 where there is none."""
        return self.answer.pk if self.answer else 0

    @property
    def cited(self) -> list[str]:
        """What the answer rests on beside quotations, each in a few words of the interface."""
        return list(cites(self.answer, quotations=False, say=gettext)) if self.answer else []

    @property
    def confirmable(self) -> bool:
        """Whether the proposal is an answer that rests on something which can be cited."""
        return self.proposal is not None and self.proposal.answers and bool(self.proposal.rests_on)


class Told(NamedTuple):
    """A record as people read it: what each field is called, and what it says."""

    record: ProcedureRecord
    kind: Kind
    lines: list[tuple[str, str]]


class ProcedureGap(NamedTuple):
    """What the procedure left open or did wrong, as a dossier prints it."""

    item: str
    sentence: str
    authority: str


class Listed(NamedTuple):
    """An item as a line of a list; every field is a text, and empty where there is nothing to say."""

    id: str
    group: str
    asks: str
    authority: str
    status: str
    words: str
    reason: str
    cites: str
    nothing_found: str
    by: str
    written_at: str
    proposes: str
    because: str

    def cells(self) -> list[str]:
        """As a row of a table: no cell that a spreadsheet would take for a formula."""
        return saving.cells(self)


def proposals(asker: Member, asked: Case, *, now: datetime) -> tuple[Proposal, ...]:
    """What the rules propose on what is on file. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    return checklist.proposals(on_file(asked, today=now.date()))


def standing(asker: Member, asked: Case, *, now: datetime) -> list[Standing]:
    """Every item of the checklist in its order, answered or not. Raises `NotAllowed`."""
    written = {row.item: row for row in answers(asker, asked)}
    proposed = {each.item: each for each in proposals(asker, asked, now=now)}
    dismissed = defaultdict[str, list[Dismissal]](list)
    for row in dismissals(asker, asked):
        dismissed[row.item].append(row)
    return [
        Standing(
            item,
            written.get(item.id),
            _not_set_aside(proposed.get(item.id), dismissed[item.id]),
            dismissed[item.id],
        )
        for item in checklist.checklist().items
    ]


def standing_of(asker: Member, asked: Case, item: Item, *, now: datetime) -> Standing:
    """One item. Raises `NotAllowed`."""
    return next(each for each in standing(asker, asked, now=now) if each.item.id == item.id)


def answers(asker: Member, asked: Case) -> QuerySet[Answer]:
    """The answers that stand, each with what it rests on. Raises `NotAllowed`."""
    return all_answers(asker, asked).filter(current=True)


def all_answers(asker: Member, asked: Case) -> QuerySet[Answer]:
    """The answers that stand and those that were replaced, oldest first. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    rows = asked.answers.select_related("case").prefetch_related(
        "quotations__document", "records", "facts", "papers", "searches"
    )
    return rows.order_by("written_at", "pk")


def earlier(asker: Member, asked: Case, item: Item) -> QuerySet[Answer]:
    """The answers on an item that were replaced, the newest first. Raises `NotAllowed`."""
    return all_answers(asker, asked).filter(item=item.id, current=False).order_by("-written_at", "-pk")


def dismissals(asker: Member, asked: Case) -> QuerySet[Dismissal]:
    """The proposals that were set aside, oldest first. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    return asked.dismissals.select_related("case").order_by("at", "pk")


def records(asker: Member, asked: Case, kinds: Iterable[str] | None = None) -> QuerySet[ProcedureRecord]:
    """The records that stand, of these kinds or of all, in their order. Raises `NotAllowed`."""
    rows = all_records(asker, asked).filter(current=True)
    return rows if kinds is None else rows.filter(kind__in=list(kinds))


def all_records(asker: Member, asked: Case) -> QuerySet[ProcedureRecord]:
    """The records that stand and those that were replaced, oldest first. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    return asked.procedure_records.select_related("case__compartment", "paper").order_by("kind", "number", "at", "pk")


def record(asker: Member, asked: Case, kind: str, number: int) -> ProcedureRecord:
    """A record that stands. Raises `NotAllowed`, `RecordUnknown`, `checklist.RecordKindUnknown`."""
    checklist.kind(kind)
    found = records(asker, asked, [kind]).filter(number=number).first()
    if found is None:
        raise RecordUnknown(kind=kind, number=number)
    return found


def told(asker: Member, asked: Case, kinds: Iterable[str]) -> list[Told]:
    """Records of these kinds as people read them, kind by kind in this order. Raises `NotAllowed`."""
    order = {kind: place for place, kind in enumerate(kinds)}
    found = [_told(row) for row in records(asker, asked, order)]
    return sorted(found, key=lambda each: order[each.kind.id])


def rests_on(asker: Member, asked: Case, refs: Sequence[Ref]) -> dict[str, list[Any]]:
    """What a proposal rests on, as an answer cites it. Raises `NotAllowed`."""
    named = set(refs)
    rows = {(row.kind, str(row.number)): row for row in records(asker, asked)}
    cited: dict[str, list[Any]] = {"records": [rows[each] for each in refs if each in rows]}
    numbers = [int(each.number) for each in named if each.kind == "fact"]
    cited["facts"] = list(Fact.objects.filter(case=asked, number__in=numbers).order_by("number"))
    supports = Support.objects.filter(
        fact__case=asked, pk__in=[each.number for each in named if each.kind == "support"]
    ).select_related("quotation", "paper")
    cited["quotations"] = [each.quotation for each in supports if each.quotation]
    cited["papers"] = [each.paper for each in supports if each.paper]
    for row in asked.contradictions.filter(
        number__in=[int(each.number) for each in named if each.kind == "contradiction"]
    ).select_related("b_quotation", "a_statement__paper", "b_statement__paper", "fact"):
        cited["quotations"] += [row.b_quotation] if row.b_quotation else []
        cited["facts"] += [row.fact] if row.fact else []
        told = (row.a_statement, row.b_statement)
        cited["papers"] += [statement.paper for statement in told if statement and statement.paper]
    cited["papers"] += _papers_of_interviews(asked, [int(each.number) for each in named if each.kind == "interview"])
    return cited


def _papers_of_interviews(asked: Case, numbers: Sequence[int]) -> list[Document]:
    """What is kept of interviews: transcripts, recordings, and the papers of what was told there."""
    rows = asked.interviews.filter(number__in=numbers).select_related("recording", "transcript", "statement__paper")
    kept = [
        paper
        for row in rows.order_by("number")
        for paper in (row.transcript, row.recording, row.statement.paper if row.statement else None)
    ]
    return list(dict.fromkeys(paper for paper in kept if paper is not None))


def procedure_gaps(asker: Member, asked: Case) -> list[ProcedureGap]:
    """Every item that is not examined, deficient, or unknown, in the order of the checklist. Raises `NotAllowed`.

    Of what nobody answered the question itself stands there. What a rule proposes is none of it: nobody confirmed it.
    """
    team.require(asker, asked.compartment, May.SEE)
    return open_items(asked)


def open_items(asked: Case) -> list[ProcedureGap]:
    """The same, of a case that the caller was given by a query that looks."""
    written = {row.item: row for row in asked.answers.filter(current=True).select_related("case")}
    return [
        ProcedureGap(item.id, sentence, str(item.law))
        for item in checklist.checklist().items
        if (sentence := _gap(item, written.get(item.id)))
    ]


def bearing(topic: Topic) -> list[tuple[str, Element]]:
    """The elements of bodies of law that bear on a topic, each with the id of its body of law."""
    return [
        (law.id, element)
        for law in frameworks().values()
        for element in framework(law.id).elements
        if element.id in topic.elements
    ]


def listed(asker: Member, asked: Case, *, now: datetime) -> Iterator[Listed]:
    """The checklist item by item, to be saved. Raises `NotAllowed`."""
    for each in standing(asker, asked, now=now):
        answer, proposal = each.answer, each.proposal
        yield Listed(
            id=each.item.id,
            group=each.item.group,
            asks=each.item.asks,
            authority=str(each.item.law),
            status=each.status,
            words=answer.words if answer else "",
            reason=answer.reason if answer else "",
            cites="; ".join(cites(answer)) if answer else "",
            nothing_found=answer.nothing_found if answer else "",
            by=answer.by if answer else "",
            written_at=saving.moment(answer.written_at) if answer else "",
            proposes=proposal.status if proposal else "",
            because=proposal.reason if proposal else "",
        )


def cites(answer: Answer, *, quotations: bool = True, say: Callable[[str], str] = str) -> Iterator[str]:
    """What an answer rests on, each in a few words, in the language of the law or as `say` puts them into another."""
    if quotations:
        yield from (f"“{each.words}” ({each.document.title})" for each in answer.quotations.all())
    yield from (f"{say(checklist.kind(each.kind).label)} {each.number}" for each in answer.records.all())
    yield from (f"{say('Fact')} {each.number}" for each in answer.facts.all())
    yield from (each.title for each in answer.papers.all())


def as_initial(standing: Standing, cited: Mapping[str, Sequence[Any]] | None = None) -> dict[str, object]:
    """An item as the values that a form begins with; with what a proposal rests on, as the proposal has it."""
    answer, proposal = standing.answer, standing.proposal
    if cited is not None and proposal is not None:
        status = proposal.status if proposal.answers else ""
        return {"stands": status, "words": proposal.reason, "over": standing.seen, **cited}
    if answer is None:
        return {"over": 0}
    rows = {name: list(getattr(answer, name).all()) for name in CITED}
    said = {name: getattr(answer, name) for name in ("words", "reason", "nothing_found")}
    return {**said, **rows, "stands": answer.status, "over": standing.seen}


def _told(row: ProcedureRecord) -> Told:
    kind = checklist.kind(row.kind)
    said = from_json(row.said)
    lines = [(gettext(field.label), said_in(field, said[field.name])) for field in kind.fields if field.name in said]
    return Told(row, kind, lines)


def _not_set_aside(proposal: Proposal | None, dismissed: Iterable[Dismissal]) -> Proposal | None:
    """A proposal that nobody set aside as it is now."""
    return None if proposal and any(each.proposed == proposal.reason for each in dismissed) else proposal


def _gap(item: Item, answer: Answer | None) -> str:
    """What is open or wrong on an item, in a sentence; empty where nothing is."""
    if answer is None or answer.status == Status.NOT_EXAMINED:
        return f"Not examined: {item.asks}"
    said = answer.words or answer.nothing_found
    if answer.status == Status.DEFICIENT:
        return f"Deficient: {item.requires} {said}".strip()
    if answer.status == Status.UNKNOWN:
        return f"A paper that would show it is missing: {item.asks} {said}".strip()
    return ""
