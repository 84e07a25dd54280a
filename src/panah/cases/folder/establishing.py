"""What `case.yaml` says of how facts were established, of differences, and of interviews."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import yaml

from panah import law
from panah.cases.folder.parts import Parts, QuoteEntry
from panah.cases.models import Interview
from panah.law import Acceptance, Judged, Mode, Presence


class AssessmentEntry(NamedTuple):
    """An indicator that was assessed."""

    indicator: str
    words: str
    quotes: list[QuoteEntry]
    statements: list[int]
    by: str
    written_at: datetime | None
    current: bool


class ExplanationEntry(NamedTuple):
    """What the applicant was asked about a fact."""

    put_at: str
    asked: str
    her_answer: str
    by: str
    at: datetime | None


class AcceptanceEntry(NamedTuple):
    """What was concluded on a fact."""

    accepted: Acceptance
    reasons: str
    past_harm: bool
    by: str
    written_at: datetime | None
    current: bool


class EstablishedEntry(NamedTuple):
    """What was done to establish a fact."""

    assessments: list[AssessmentEntry]
    explanations: list[ExplanationEntry]
    acceptances: list[AcceptanceEntry]


class DistortionEntry(NamedTuple):
    """A factor of which account was taken; `statement` is None where it concerns the person."""

    factor: str
    words: str
    statement: int | None
    by: str
    at: datetime | None


class InventoriedEntry(NamedTuple):
    """Whether something that an applicant has to show is on file."""

    slot: str
    presence: Presence
    words: str
    papers: list[str]
    by: str
    written_at: datetime | None


class PlaceEntry(NamedTuple):
    """A stretch of the words of a statement."""

    statement: int
    start: int
    end: int


class ContradictionEntry(NamedTuple):
    """Two places that differ; `material` is None where nobody said."""

    a: PlaceEntry
    b: PlaceEntry | QuoteEntry
    judged: Judged
    material: bool | None
    material_reason: str
    fact: int | None
    put_at: str
    her_answer: str
    by: str
    at: datetime | None


class InterviewEntry(NamedTuple):
    """How an interview was held."""

    statement: int | None
    mode: Mode | None
    interpreter_sex: str
    recording: str
    transcript: str
    read_back: bool | None
    said: dict[str, str]
    """The rest, by the names of the fields."""


class Establishing(Parts):
    """Reads these entries."""

    def _established(self, own: Mapping[str, yaml.Node]) -> EstablishedEntry:
        items = self._page.items
        return EstablishedEntry(
            assessments=[self._assessment(node) for node in items(own.get("assessments"))],
            explanations=[self._explanation(node) for node in items(own.get("explanations"))],
            acceptances=[self._acceptance(node) for node in items(own.get("acceptances"))],
        )

    def _assessment(self, node: yaml.Node) -> AssessmentEntry:
        may = ("quotes", "statements", "by", "written_at", "current")
        own = self._page.entries(node, ("indicator", "words"), may)
        told = self._page.items(own.get("statements"))
        return AssessmentEntry(
            indicator=self._known(own["indicator"], law.method().indicators),
            words=self._words(own, "words"),
            quotes=[self._quote(item) for item in self._page.items(own.get("quotes"))],
            statements=[self._counted(item, self._statements, "statement") for item in told],
            by=self._line_of(own, "by"),
            written_at=self._moment(own.get("written_at")),
            current=self._stands(own),
        )

    def _explanation(self, node: yaml.Node) -> ExplanationEntry:
        own = self._page.entries(node, ("put_at",), ("asked", "her_answer", "by", "at"))
        return ExplanationEntry(
            put_at=self._line(own["put_at"]),
            asked=self._words(own, "asked"),
            her_answer=self._words(own, "her_answer"),
            by=self._line_of(own, "by"),
            at=self._moment(own.get("at")),
        )

    def _acceptance(self, node: yaml.Node) -> AcceptanceEntry:
        own = self._page.entries(node, ("accepted",), ("reasons", "past_harm", "by", "written_at", "current"))
        return AcceptanceEntry(
            accepted=self._page.one_of(own["accepted"], Acceptance),
            reasons=self._words(own, "reasons"),
            past_harm=self._page.truth(own["past_harm"]) if "past_harm" in own else False,
            by=self._line_of(own, "by"),
            written_at=self._moment(own.get("written_at")),
            current=self._stands(own),
        )

    def _distortion(self, node: yaml.Node) -> DistortionEntry:
        own = self._page.entries(node, ("factor", "words"), ("statement", "by", "at"))
        return DistortionEntry(
            factor=self._known(own["factor"], law.method().factors),
            words=self._words(own, "words"),
            statement=self._numbered(own, "statement", self._statements),
            by=self._line_of(own, "by"),
            at=self._moment(own.get("at")),
        )

    def _inventory(self, node: yaml.Node | None) -> list[InventoriedEntry]:
        found: dict[str, InventoriedEntry] = {}
        for item in self._page.items(node):
            own = self._page.entries(item, ("slot", "presence"), ("words", "papers", "by", "written_at"))
            slot = self._known(own["slot"], law.method().slots)
            if slot in found:
                raise self._page.refused(item, f"the place {slot} stands here twice")
            found[slot] = InventoriedEntry(
                slot=slot,
                presence=self._page.one_of(own["presence"], Presence),
                words=self._words(own, "words"),
                papers=[self._listed(paper) for paper in self._page.items(own.get("papers"))],
                by=self._line_of(own, "by"),
                written_at=self._moment(own.get("written_at")),
            )
        return list(found.values())

    def _contradiction(self, node: yaml.Node) -> ContradictionEntry:
        may = ("material", "material_reason", "fact", "put_at", "her_answer", "by", "at")
        own = self._page.entries(node, ("a", "b", "judged"), may)
        return ContradictionEntry(
            a=self._place(own["a"]),
            b=self._other_place(own["b"]),
            judged=self._page.one_of(own["judged"], Judged),
            material=self._page.truth(own["material"]) if "material" in own else None,
            material_reason=self._words(own, "material_reason"),
            fact=self._numbered(own, "fact", self._facts),
            put_at=self._line_of(own, "put_at"),
            her_answer=self._words(own, "her_answer"),
            by=self._line_of(own, "by"),
            at=self._moment(own.get("at")),
        )

    def _other_place(self, node: yaml.Node) -> PlaceEntry | QuoteEntry:
        own = self._page.mapping(node)
        return self._quote(own["quote"]) if "quote" in own and len(own) == 1 else self._place(node)

    def _place(self, node: yaml.Node) -> PlaceEntry:
        own = self._page.entries(node, ("statement", "end"), ("start",))
        statement = self._counted(own["statement"], self._statements, "statement")
        start = self._page.number(own["start"]) if "start" in own else 0
        return PlaceEntry(statement, start, self._page.number(own["end"]))

    def _interview(self, node: yaml.Node) -> InterviewEntry:
        lines = (
            "held_on", "place", "preferred_language", "preferred_dialect", "interpreter_language",
            "interpreter_dialect", "interviewer", "present",
        )  # fmt: skip
        texts = ("objection", "corrections")
        may = (*lines, *texts, "statement", "mode", "interpreter_sex", "recording", "transcript", "read_back")
        own = self._page.entries(node, (), may)
        said = {key: self._line_of(own, key) for key in lines} | {key: self._words(own, key) for key in texts}
        sex = self._page.one_of(own["interpreter_sex"], Interview.Sex) if "interpreter_sex" in own else ""
        return InterviewEntry(
            statement=self._numbered(own, "statement", self._statements),
            mode=self._page.one_of(own["mode"], Mode) if "mode" in own else None,
            interpreter_sex=sex,
            recording=self._of_paper(own, "recording"),
            transcript=self._of_paper(own, "transcript"),
            read_back=self._page.truth(own["read_back"]) if "read_back" in own else None,
            said=said,
        )

    def _numbered(self, own: Mapping[str, yaml.Node], key: str, most: int) -> int | None:
        return self._counted(own[key], most, key) if key in own else None

    def _listed(self, node: yaml.Node) -> str:
        return self._of_paper({"paper": node}, "paper")

    def _known(self, node: yaml.Node, known: Mapping[str, object]) -> str:
        name = self._page.text(node)
        if name not in known:
            raise self._page.refused(node, f"the method knows no “{name}”")
        return name
