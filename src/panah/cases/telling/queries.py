"""Tellings beside each other, where places differ, and interviews. The first argument is who asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import QuerySet

from panah import law, text
from panah.cases import queries as cases
from panah.cases.method.recorded import interview as as_value
from panah.cases.models import Case, Contradiction, Interview, Statement
from panah.cases.telling.comparing import Beside, Comparison, comparison
from panah.cases.telling.rules import of_one_language
from panah.cases.telling.times import span_of
from panah.errors import PanahError
from panah.library import queries as library
from panah.library.models import Quotation
from panah.team import queries as team
from panah.team.models import Member
from panah.team.rules import May


class ContradictionUnknown(PanahError):
    """This case has no difference {number}."""

    status = 404


class InterviewUnknown(PanahError):
    """This case has no interview {number}."""

    status = 404


class NotTyped(PanahError):
    """The words of statement {number} stand in its paper alone: record them as a statement of their own to compare them."""

    status = 409


class SameTelling(PanahError):
    """Choose two different statements: statement {number} was named twice."""


class Tellings(NamedTuple):
    """Two tellings beside each other, and what was marked in which row already."""

    one: Statement
    other: Statement
    comparison: Comparison
    marked: Mapping[int, Contradiction]

    @property
    def both(self) -> tuple[Statement, Statement]:
        """The one and the other."""
        return self.one, self.other

    @property
    def rows(self) -> list[tuple[Beside, Contradiction | None]]:
        """Each row, with what was marked there."""
        return [(row, self.marked.get(row.number)) for row in self.comparison.rows]


class Differing(NamedTuple):
    """Two places that differ, each with its time in the recording, where the transcript marks it."""

    row: Contradiction
    a_time: str
    b_time: str


def compared(asker: Member, asked: Case, number: int, beside: int) -> Tellings:
    """Two tellings of a case beside each other.

    Raises `StatementUnknown`, `SameTelling`, `NotTyped`, `NotAllowed`.
    """
    team.require(asker, asked.compartment, May.SEE)
    if number == beside:
        raise SameTelling(number=number)
    one, other = cases.statement(asked, number), cases.statement(asked, beside)
    for told in (one, other):
        if not told.words:
            raise NotTyped(number=told.number)
    languages = [told.language or text.language(told.words) for told in (one, other)]
    found = comparison(one.words, other.words, aligned=of_one_language(*languages))
    marked = {
        frozenset({(row.a_statement_id, row.a_start, row.a_end), (row.b_statement_id, row.b_start, row.b_end)}): row
        for row in asked.contradictions.select_related("case").order_by("number")
    }
    places = {row.number: _places(row, one, other) for row in found.rows}
    return Tellings(one, other, found, {number: marked[each] for number, each in places.items() if each in marked})


def contradictions(asker: Member, asked: Case) -> list[Differing]:
    """The places of a case that differ, in the order in which they were marked. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    transcripts: dict[object, str] = {}
    return [_timed(row, transcripts) for row in _contradictions(asked).order_by("number")]


def contradiction(asker: Member, asked: Case, number: int) -> Differing:
    """One of them by its number. Raises `ContradictionUnknown`, `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    found = _contradictions(asked).filter(number=number).first()
    if found is None:
        raise ContradictionUnknown(number=number)
    return _timed(found, {})


def interviews(asker: Member, asked: Case) -> list[law.Interview]:
    """The interviews of a case as plain values, in their order. Raises `NotAllowed`."""
    return [as_value(row) for row in interview_rows(asker, asked)]


def interview_rows(asker: Member, asked: Case) -> QuerySet[Interview]:
    """The same as rows. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    rows = asked.interviews.select_related(
        "case__compartment", "statement", "recording__original", "transcript__original"
    )
    return rows.order_by("number")


def interview(asker: Member, asked: Case, number: int) -> Interview:
    """One of them by its number. Raises `InterviewUnknown`, `NotAllowed`."""
    found = interview_rows(asker, asked).filter(number=number).first()
    if found is None:
        raise InterviewUnknown(number=number)
    return found


def times(asker: Member, asked: Case, quotations: Iterable[Quotation]) -> dict[object, str]:
    """At which time of a recording quoted words were said, by the quotation, where they stand in a transcript of the case.

    Raises `NotAllowed`.
    """
    known = {row.transcript_id for row in interview_rows(asker, asked)}
    transcripts: dict[object, str] = {}
    return {each.pk: _time_of(each, transcripts) for each in quotations if each.document_id in known}


def _contradictions(asked: Case) -> QuerySet[Contradiction]:
    return asked.contradictions.select_related(
        "case__compartment", "a_statement", "b_statement", "fact", "b_quotation__document",
        "b_quotation__reading__original",
    )  # fmt: skip


def _timed(row: Contradiction, transcripts: dict[object, str]) -> Differing:
    a = span_of(row.a_statement.words, row.a_start, row.a_end)
    if row.b_quotation:
        return Differing(row, a, _time_of(row.b_quotation, transcripts))
    return Differing(row, a, span_of(row.b_statement.words, row.b_start, row.b_end) if row.b_statement else "")


def _time_of(quotation: Quotation, transcripts: dict[object, str]) -> str:
    reading = quotation.reading
    if reading.pk not in transcripts:
        transcripts[reading.pk] = library.content(reading).decode()
    transcript = transcripts[reading.pk]
    start = len(transcript.encode()[: quotation.start].decode())
    return span_of(transcript, start, start + len(quotation.words))


def _places(row: Beside, one: Statement, other: Statement) -> frozenset[tuple[int | None, int, int]]:
    left = (row.one.start, row.one.end) if row.one else (row.gap_in_one, row.gap_in_one)
    right = (row.other.start, row.other.end) if row.other else (row.gap_in_other, row.gap_in_other)
    return frozenset({(one.pk, *left), (other.pk, *right)})
