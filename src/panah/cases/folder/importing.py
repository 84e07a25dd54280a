"""From a folder to a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.db import transaction

from panah.cases import actions
from panah.cases.entering import line
from panah.cases.evidence.actions import describe, lay
from panah.cases.folder.parts import QuoteEntry
from panah.cases.folder.procedure import Here
from panah.cases.folder.procedure import take_over as take_over_procedure
from panah.cases.folder.reading import (
    FILE,
    CaseFile,
    FactEntry,
    FindingEntry,
    PaperEntry,
    SearchEntry,
    read_case_file,
)
from panah.cases.folder.refusal import Here as Refused
from panah.cases.folder.refusal import take_over as take_over_refusal
from panah.cases.folder.spelling import Here as Named
from panah.cases.folder.spelling import take_over as take_over_names
from panah.cases.folder.taking_over import TakingOver
from panah.cases.folder.texts import read_text
from panah.cases.models import Case, Fact, Search
from panah.cases.regime import actions as regime
from panah.cases.research.actions import CameAlong, take_over
from panah.errors import PanahError
from panah.library import actions as library
from panah.library.bulk import Readers, preserved
from panah.library.models import Document, Quotation
from panah.library.queries import Shelf, shelf
from panah.team.actions import Verb
from panah.team.models import Compartment, Member
from panah.vault.data_keys import store_of

LARGEST_CASE_FILE = 32 << 20


class PaperMissing(PanahError):
    """{paper} cannot be read in the folder. Nothing was imported."""


class PaperOutside(PanahError):
    """{paper} does not lie in the folder, or is a link. Nothing was imported."""


class CaseFileTooLarge(PanahError):
    """The case.yaml of a case has at most {largest} bytes. Nothing was imported."""


def import_case(
    folder: Path,
    *,
    reference: str = "",
    compartment: Compartment | None = None,
    by: Member,
    clock: Callable[[], datetime],
) -> Case:
    """Make a case of a folder. Raises `CaseFileBroken`, `PaperMissing`, `PaperOutside`, `ReferenceTaken`, `WordsDiffer`.

    The papers are taken in first, as `panah ingest` does, and stay if something is wrong with the rest; the case itself
    comes whole or not at all.
    """
    source = _inside(folder, FILE)
    if source.stat().st_size > LARGEST_CASE_FILE:
        raise CaseFileTooLarge(largest=LARGEST_CASE_FILE)
    entries = read_case_file(source.read_bytes())
    for entry in entries.papers:
        _inside(folder, entry.file)
    wanted = actions.free_reference(wanted=reference or entries.reference, by=by, now=clock())
    place = compartment or actions.own_compartment(reference=wanted, by=by, now=clock())
    run = _Import(folder, entries, wanted, place, by, clock)
    run.take_in_papers()
    with transaction.atomic():
        return run.write_case()


def _inside(folder: Path, name: str) -> Path:
    """A regular file of the folder, reached through no link. Raises `PaperOutside`, `PaperMissing`."""
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts:
        raise PaperOutside(paper=name)
    path = folder
    try:
        for part in relative.parts:
            path /= part
            if path.is_symlink():
                raise PaperOutside(paper=name)
        found = path.is_file()
    except OSError:  # a name that no file system has
        found = False
    if not found:
        raise PaperMissing(paper=name)
    return path


class _Import:
    def __init__(
        self,
        folder: Path,
        entries: CaseFile,
        reference: str,
        compartment: Compartment,
        by: Member,
        clock: Callable[[], datetime],
    ) -> None:
        self._folder = folder
        self._entries = entries
        self._reference = reference
        self._compartment = compartment
        self._by = by
        self._clock = clock
        self._documents: dict[str, Document] = {}

    def take_in_papers(self) -> None:
        readers = Readers(1)
        try:
            for entry in self._entries.papers:
                self._documents[entry.file] = self._take_in(entry, readers)
        finally:
            readers.stop()
        for entry in self._entries.papers:
            older, newer = self._documents.get(entry.supersedes), self._documents[entry.file]
            if older is not None:
                library.supersede(older=older, newer=newer, by=self._by, now=self._clock())

    def _take_in(self, entry: PaperEntry, readers: Readers) -> Document:
        place = self._shelf(entry.collection)
        kept, kind = preserved(_inside(self._folder, entry.file), store_of(place.compartment.pk))
        document = library.shelve(
            kept=kept,
            media_type=kind,
            path=entry.path,
            shelf=place,
            details=entry.details,
            by=self._by,
            now=self._clock(),
        ).document
        extractor = readers.extractors.get(document.original.media_type)
        waits = document.state == Document.State.WAITING
        if waits and library.take_on(document=document, extractor=extractor, by=self._by, now=self._clock()):
            readers.record(document, readers.read(document), by=self._by, now=self._clock())
        return document

    def _shelf(self, collection: str) -> Shelf:
        """Where a paper goes: with those of the case, or into a collection that the folder names."""
        if collection:
            return shelf(self._by, collection)
        return Shelf(self._compartment, actions.shelf_of(reference=self._reference))

    def write_case(self) -> Case:
        """Write everything that the folder says of the case, in the order in which one thing rests on another."""
        entries = self._entries
        case = self._opened()
        for told in entries.statements:
            said = told._asdict() | {"paper": self._documents.get(told.paper)}
            actions.record_statement(case=case, **said, by=self._by, now=self._clock())
        told_all = list(case.statements.order_by("number"))
        over = TakingOver(case, told_all, self._documents, self._quote, self._by, self._clock)
        facts = [self._state(case, entry, over) for entry in entries.facts]
        for entry in entries.findings:
            self._find(case, entry, [facts[number - 1] for number in entry.facts])
        for laid in entries.beside:
            quotation = self._quote(laid.quote)
            lay(case=case, place=laid.place, quotation=quotation, laid_at=laid.laid_at, by=self._by, now=self._clock())
        self._take_over_the_telling(over, facts)
        if entries.profile:
            describe(case=case, words=entries.profile, by=self._by, now=self._clock())
        searches = [self._take_over(case, search) for search in entries.research]
        here = Here(self._documents, facts, searches, self._quote)
        records = take_over_procedure(case, entries.procedure, here, by=self._by, clock=self._clock)
        refused = Refused(self._documents, facts, records, self._quote)
        take_over_refusal(case, entries.refusal, refused, by=self._by, clock=self._clock)
        line(Verb.IMPORTED, case, {"papers": len(entries.papers)}, by=self._by, now=self._clock())
        return case

    def _opened(self) -> Case:
        """The case with its law, and with who the applicant is and who belongs to them."""
        entries = self._entries
        case = actions.open_case(
            called=entries.called, reference=self._reference, compartment=self._compartment, note=entries.note,
            opened_at=entries.opened_at, by=self._by, now=self._clock(),
        )  # fmt: skip
        actions.choose_frameworks(case=case, framework_ids=entries.frameworks, by=self._by, now=self._clock())
        if came := entries.proceedings:
            regime.take_over(
                case=case, state=came.state, dates=came.dates, choice=came.choice, reason=came.reason,
                author=came.by, written_at=came.at, by=self._by, now=self._clock(),
            )  # fmt: skip
        named = Named(self._documents, self._quote)
        take_over_names(case, entries.names, entries.naming, named, by=self._by, clock=self._clock)
        for relative in entries.relatives:
            actions.add_relative(case=case, **relative._asdict(), by=self._by, now=self._clock())
        return case

    def _take_over_the_telling(self, over: TakingOver, facts: list[Fact]) -> None:
        for factor in self._entries.distortions:
            over.distortion(factor)
        for slot in self._entries.inventory:
            over.inventoried(slot)
        for difference in self._entries.contradictions:
            over.contradiction(difference, facts)
        for held in self._entries.interviews:
            over.interview(held)

    def _state(self, case: Case, entry: FactEntry, over: TakingOver) -> Fact:
        statement = case.statements.get(number=entry.statement) if entry.statement else None
        fact = actions.state_fact(case=case, words=entry.words, statement=statement, by=self._by, now=self._clock())
        for support in entry.supports:
            kept = actions.support(
                fact=fact, stance=support.stance, quotation=self._quote(support.quote) if support.quote else None,
                paper=self._documents.get(support.paper), note=support.note, by=self._by, now=self._clock(),
            )  # fmt: skip
            if support.put_at or support.her_answer:
                actions.put_to_applicant(
                    support=kept, put_at=support.put_at, her_answer=support.her_answer, by=self._by, now=self._clock()
                )
        if entry.doubt:
            actions.weigh(fact=fact, boxes=entry.doubt, by=self._by, now=self._clock())
        over.established(fact, entry.established)
        return fact

    def _take_over(self, case: Case, entry: SearchEntry) -> Search:
        outcomes = [
            CameAlong(self._documents.get(each.paper), each.title, each.words, each.at, each.by)
            for each in entry.outcomes
        ]
        return take_over(
            case=case, through=entry.through, asked=entry.asked, made_at=entry.made_at, author=entry.by,
            outcomes=outcomes, by=self._by,
        )  # fmt: skip

    def _find(self, case: Case, entry: FindingEntry, facts: list[Fact]) -> None:
        actions.find(
            case=case, framework_id=entry.framework, element_id=entry.element, words=entry.words,
            reasons=entry.reasons, facts=facts, quotations=[self._quote(quote) for quote in entry.quotes],
            author=entry.by, written_at=entry.written_at, stands=entry.current, by=self._by, now=self._clock(),
        )  # fmt: skip

    def _quote(self, entry: QuoteEntry) -> Quotation:
        document = self._documents[entry.paper]
        file = entry.reading or next(paper.reading for paper in self._entries.papers if paper.file == entry.paper)
        reading = None
        if file:
            came = read_text(_inside(self._folder, file), _inside(self._folder, str(Path(file).with_suffix(".txt"))))
            if document.reading is None or document.reading.digest != came.digest:
                reading = library.take_over_reading(
                    document=document, extractor=came.extractor, version=came.version, text=came.text,
                    by=self._by, now=self._clock(),
                )  # fmt: skip
        return library.quote(
            document=document, words=entry.words, start=entry.start, reading=reading, by=self._by, now=self._clock()
        )
