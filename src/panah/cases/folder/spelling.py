"""What was said of names to and from a folder: spellings, whose names are, what is absent, and what is shown beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import yaml

from panah.cases.folder.naming import Naming
from panah.cases.folder.parts import Parts, QuoteEntry
from panah.cases.folder.values import Value, said, standing
from panah.cases.models import Absence, Case, Identification, Name
from panah.cases.naming import actions as naming
from panah.cases.naming import queries, record
from panah.cases.naming.actions import Earlier, Identified, Stated, TakenOut
from panah.library.models import Document, Quotation
from panah.team.models import Member

BESIDE = ("born", "county", "father")


class NameEntry(NamedTuple):
    """A spelling of the applicant's name; `quote` where it stands in its paper."""

    name: str
    script: str
    paper: str
    quote: QuoteEntry | None
    when: Earlier
    out: TakenOut | None


class IdentifiedEntry(NamedTuple):
    """What was said of a name in a document."""

    sought: str
    quote: QuoteEntry
    outcome: Identification.Outcome
    reason: str
    by: str
    at: datetime
    current: bool


class AbsenceEntry(NamedTuple):
    """A statement of absence; `asked` as `naming.record` writes it."""

    sought: str
    asked: str
    reason: str
    by: str
    at: datetime
    paper: str


class NamingEntry(NamedTuple):
    """All of it but the spellings."""

    beside: dict[str, str]
    identified: list[IdentifiedEntry]
    absences: list[AbsenceEntry]


class Here(NamedTuple):
    """What an imported case refers to, as it is here."""

    documents: Mapping[str, Document]
    quote: Callable[[QuoteEntry], Quotation]


class Spelling(Parts):
    """Reads these entries."""

    def _name(self, node: yaml.Node) -> NameEntry:
        own = self._page.entries(node, ("name", "script"), ("paper", "quote", "earlier", "out"))
        entry = NameEntry(
            name=self._line(own["name"]),
            script=self._page.text(own["script"]),
            paper=self._of_paper(own, "paper"),
            quote=self._quote(own["quote"]) if "quote" in own else None,
            when=self._earlier(own["earlier"]) if "earlier" in own else Earlier(),
            out=self._out(own["out"]) if "out" in own else None,
        )
        if entry.quote and entry.quote.paper != entry.paper:
            raise self._page.refused(own["quote"], "words of its paper are expected")
        return entry

    def _earlier(self, node: yaml.Node) -> Earlier:
        own = self._page.entries(node, (), ("since", "until"))
        return Earlier(earlier=True, since=self._line_of(own, "since"), until=self._line_of(own, "until"))

    def _out(self, node: yaml.Node) -> TakenOut:
        own = self._page.entries(node, ("reason", "by", "at"))
        return TakenOut(self._reason_for(own["reason"]), self._line(own["by"]), self._at(own["at"]))

    def _naming(self, node: yaml.Node | None) -> NamingEntry:
        if node is None:
            return NamingEntry({}, [], [])
        own = self._page.entries(node, (), NamingEntry._fields)
        beside = self._page.entries(own["beside"], (), BESIDE) if "beside" in own else {}
        return NamingEntry(
            {key: self._line_of(beside, key) for key in beside},
            [self._identified(each) for each in self._page.items(own.get("identified"))],
            [self._absence(each) for each in self._page.items(own.get("absences"))],
        )

    def _identified(self, node: yaml.Node) -> IdentifiedEntry:
        own = self._page.entries(node, ("sought", "quote", "outcome", "reason", "by", "at"), ("current",))
        return IdentifiedEntry(
            sought=self._line(own["sought"]),
            quote=self._quote(own["quote"]),
            outcome=self._page.one_of(own["outcome"], Identification.Outcome),
            reason=self._reason_for(own["reason"]),
            by=self._line(own["by"]),
            at=self._at(own["at"]),
            current=self._stands(own),
        )

    def _absence(self, node: yaml.Node) -> AbsenceEntry:
        own = self._page.entries(node, ("sought", "asked", "reason", "by", "at"), ("paper",))
        asked = self._page.verbatim(own["asked"])
        try:
            record.read(asked)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise self._page.refused(own["asked"], "this is not what was asked for a name") from None
        return AbsenceEntry(
            sought=self._line(own["sought"]),
            asked=asked,
            reason=self._reason_for(own["reason"]),
            by=self._line(own["by"]),
            at=self._at(own["at"]),
            paper=self._of_paper(own, "paper"),
        )

    def _reason_for(self, node: yaml.Node) -> str:
        if reason := self._page.verbatim(node).strip():
            return reason
        raise self._page.refused(node, "a reason is expected")


def of_spellings(rows: Iterable[Name], names: Naming) -> list[Value]:
    """The spellings of the applicant's name, as `case.yaml` says them."""
    return [_spelling(row, names) for row in rows]


def of_naming(by: Member, case: Case, names: Naming) -> Value:
    """All that was said of names, as `case.yaml` says it, the oldest first."""
    beside = getattr(case, "beside_names", None)
    identified = queries.identifications(by, case).order_by("at", "pk")
    absences = queries.absences(by, case).order_by("at", "pk")
    return said(
        {
            "beside": said({field: getattr(beside, field) for field in BESIDE}) if beside else {},
            "identified": [_identified(row, names) for row in identified],
            "absences": [said({**_told(row), "asked": row.asked, "paper": names.paper(row.paper)}) for row in absences],
        }
    )


def take_over(
    case: Case, spellings: list[NameEntry], entry: NamingEntry, here: Here, *, by: Member, clock: Callable[[], datetime]
) -> None:
    """Keep what came with a folder."""
    for name in spellings:
        quotation = here.quote(name.quote) if name.quote else None
        spelling = naming.Spelling(name.name, name.script, here.documents.get(name.paper), quotation)
        naming.take_over_spelling(case=case, spelling=spelling, when=name.when, out=name.out, by=by, now=clock())
    if entry.beside:
        naming.write_beside(case=case, said=entry.beside, by=by, now=clock())
    for each in entry.identified:
        naming.take_over(case=case, said=Identified(**each._asdict() | {"quote": here.quote(each.quote)}), by=by)
    for one in entry.absences:
        paper = here.documents.get(one.paper)
        naming.take_over_absence(case=case, said=Stated(**one._asdict() | {"paper": paper}), by=by)


def _spelling(row: Name, names: Naming) -> Value:
    quote = names.quote(row.quotation) if row.quotation else ""
    entry = said({"name": row.name, "script": row.script, "paper": names.paper(row.paper), "quote": quote})
    if row.earlier:
        entry["earlier"] = said({"since": row.since, "until": row.until})
    if row.out_at:
        entry["out"] = {"reason": row.out_reason, "by": row.out_by, "at": row.out_at.isoformat()}
    return entry


def _identified(row: Identification, names: Naming) -> Value:
    entry: dict[str, Value] = {**_told(row), "quote": names.quote(row.quotation), "outcome": row.outcome}
    return standing(said(entry), stands=row.current)


def _told(row: Identification | Absence) -> dict[str, Value]:
    return {"sought": row.sought, "reason": row.reason, "by": row.by, "at": row.at.isoformat()}
