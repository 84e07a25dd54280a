"""The refusals of the invented cases: each as the audit reads it, built from its folder and from what a lawyer marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import docx
import yaml

from panah import law
from panah.cases.folder.refusing import SupportPlace
from panah.law import Acceptance, Judged, Stance
from panah.law.checklist.model import Found
from panah.law.checklist.onfile import Contradiction, Decision, Entry, OnFile, Stated, Telling
from panah.law.citations import Outcome
from panah.law.refusal import (
    Defect,
    Fault,
    Paragraph,
    Quoted,
    Reason,
    Refusal,
    Source,
    Submitted,
    paragraphs,
)
from panah.law.refusal.record import SUPPORT
from panah.library.extractors import loaded
from panah.library.extractors.kinds import HEAD, media_type
from panah.site.settings import EXTRACTORS
from support.three import SITE, TABLES, entries_of

TODAY = date(2026, 11, 23)
INVENTED = (" (invented)", " (erfunden)")


class Planted(NamedTuple):
    """A fault that was put into a decision: the rule that proposes it, and what it is about or where it stands."""

    rule: str
    about: str = ""
    words: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.about or self.words or 'the decision'}"


class Table:
    """What a careful lawyer marked in a decision, and which faults were put into it."""

    def __init__(self, file: Path, folder: Path | None = None) -> None:
        self._said: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
        self.folder = folder or SITE / self._said["folder"]
        self.planted = [Planted(**each) for each in self._said["planted"]]
        self.again = [Planted(**each) for each in self._said.get("again", [])]
        self.raised = frozenset[str](self._said["raised"])
        self.harm: list[int] = self._said.get("harm", [])
        self.roots: dict[str, str] = {each["paper"]: each["root"] for each in self._said["sources"] if "root" in each}

    def of(self, decision: str = "") -> Marked:
        """The decision with all that is said of it; `decision` where the folder has it in several languages."""
        return Marked(self._said | (self._said["decisions"][decision] if decision else {}), self.folder)


class Marked:
    """A decision, read, with the marks of a table, and the file of its folder."""

    def __init__(self, said: dict[str, Any], folder: Path) -> None:
        self._said, self._folder = said, folder
        self._own = entries_of(folder)
        self._number: int = said["decision"]["number"]

    @cached_property
    def refusal(self) -> Refusal:
        """As the audit reads it."""
        own, chosen = self._own, [law.framework(each) for each in self._own.frameworks]
        return Refusal(
            decision=next(each for each in self._records if (each.kind, each.number) == ("decision", self._number)),
            text=self.text, language=self._said["decision"]["language"], paragraphs=self._paragraphs,
            reasons=tuple(self._reasons()), record=self._record, file=self._file,
            frameworks=tuple(each for each in chosen if each.claims), raised=frozenset(self._said["raised"]),
            submitted=tuple(self._submitted()), sources=tuple(self._sources()), quoted=tuple(self._quoted()),
            names=(own.called, *(each.name for each in own.names)), origin=frozenset(self._said["origin"]),
        )  # fmt: skip

    @cached_property
    def text(self) -> str:
        """The words of the decision, as they are read from its paper."""
        return reading(self._folder / self._said["decision"]["paper"])

    def place(self, words: str) -> tuple[int, int]:
        """The bytes at which words stand, which is once."""
        assert self.text.count(words) == 1, words
        start = len(self.text[: self.text.index(words)].encode())
        return start, start + len(words.encode())

    @cached_property
    def _paragraphs(self) -> tuple[Paragraph, ...]:
        return paragraphs(self.text)

    def _reasons(self) -> Iterator[Reason]:
        """Those of the folder; where it has none, those of the table, by the numbers that the paragraphs bear."""
        for entry in self._own.refusal.reasons:
            start, end = self.place(entry.quote.words)
            differences = (against({"difference": number}) for number in entry.contradictions)
            yield Reason(
                str(entry.number), self._paragraph(start).number, start, end, entry.quote.words,
                elements=tuple(place.element for place in entry.elements), facts=tuple(map(str, entry.facts)),
                concludes=entry.concludes, bare=entry.bare, contradictions=(*differences, *map(self._support_at, entry.supports)),
                cites=tuple(entry.papers),
            )  # fmt: skip
        for number, said in enumerate(self._said.get("marks", ()), start=1):
            start, end = self._numbered(said["at"])
            yield Reason(
                str(number), self._paragraph(start).number, start, end, self.text.encode()[start:end].decode(),
                elements=tuple(said.get("elements", ())), facts=tuple(map(str, said.get("facts", ()))),
                concludes=Acceptance(said["concludes"]) if "concludes" in said else None,
                contradictions=tuple(map(against, said.get("contradictions", ()))), cites=tuple(said.get("cites", ())),
            )  # fmt: skip

    def _support_at(self, place: SupportPlace) -> str:
        return against(
            {"fact": place.fact, "paper": paper_of(self._own.facts[place.fact - 1].supports[place.place - 1])}
        )

    def _numbered(self, number: int) -> tuple[int, int]:
        """The bytes of the paragraph that bears a printed number."""
        found = next(each for each in self._paragraphs if each.words.startswith(f"{number}. "))
        return found.start, found.end

    def _paragraph(self, start: int) -> Paragraph:
        return next(each for each in self._paragraphs if each.start <= start < each.end)

    def _submitted(self) -> Iterator[Submitted]:
        numbers = {paper.file: number for number, paper in enumerate(self._own.papers, start=1)}
        details = {paper.file: paper.details for paper in self._own.papers}
        for entry in self._own.procedure.records:
            if entry.kind == "submission":
                own = details[entry.paper]
                yield Submitted(
                    entry.paper, numbers[entry.paper], own.title, own.date, self._makers(own.source),
                    law.checklist.Ref("submission", str(entry.number)),
                )  # fmt: skip

    def _makers(self, source: str) -> tuple[str, ...]:
        for mark in INVENTED:
            source = source.replace(mark, "")
        return (source,) if source and source != self._own.called else ()

    def _sources(self) -> Iterator[Source]:
        details = {paper.file: paper.details for paper in self._own.papers}
        for said in self._said["sources"]:
            own, (start, end) = details[said["paper"]], self.place(said["words"])
            yield Source(
                said["paper"], own.title, own.source, own.date, root=said.get("root", said["paper"]),
                superseded_by=said.get("superseded_by", ""), concepts=frozenset(said.get("concepts", ())),
                words=(Found(self._number, start, end, said["words"], own.title),),
            )  # fmt: skip

    def _quoted(self) -> Iterator[Quoted]:
        for said in self._said["quoted"]:
            start, end = self.place(said["words"])
            found = Found(self._number, start, end, said["words"], "quotation")
            yield Quoted(found, Outcome(said["outcome"]), said.get("sentence", "Compared word for word."))

    @cached_property
    def _records(self) -> tuple[Entry, ...]:
        rows = self._own.procedure.records
        return tuple(Entry(each.kind, each.number, each.said, bool(each.paper)) for each in rows)

    @cached_property
    def _file(self) -> OnFile:
        own = self._own
        return OnFile(
            facts=tuple(
                Stated(number, fact.words, any(each.stance == Stance.SUPPORTS for each in fact.supports), frozenset(fact.doubt))
                for number, fact in enumerate(own.facts, start=1)
            ),
            tellings=tuple(
                Telling(number, each.told_on, each.language, each.interpreter)
                for number, each in enumerate(own.statements, start=1)
            ),
            interviews=tuple(self._interviews()),
            contradictions=tuple(self._contradictions()),
            inventory={each.slot: each.presence for each in own.inventory},
            records=self._records,
            decisions=tuple(Decision(each, self._text_of(each)) for each in self._records if each.kind == "decision"),
            today=TODAY,
        )  # fmt: skip

    def _text_of(self, decision: Entry) -> str:
        if decision.number == self._number:
            return self.text
        rows = self._own.procedure.records
        entry = next(each for each in rows if (each.kind, each.number) == ("decision", decision.number))
        return reading(self._folder / entry.paper)

    def _interviews(self) -> Iterator[law.Interview]:
        for number, held in enumerate(self._own.interviews, start=1):
            yield law.Interview(
                str(number), mode=held.mode, interpreter_sex=held.interpreter_sex, recording=held.recording,
                transcript=held.transcript, read_back=held.read_back, statement=str(held.statement or ""), **held.said,
            )  # fmt: skip

    def _contradictions(self) -> Iterator[Contradiction]:
        for number, each in enumerate(self._own.contradictions, start=1):
            if each.judged is Judged.CONTRADICTION:
                yield Contradiction(
                    against({"difference": number}), f"difference {number}", material=each.material,
                    put_at=each.put_at, answer=each.her_answer,
                )  # fmt: skip
        for fact, said in self._against():
            yield Contradiction(
                against({"fact": fact, "paper": paper_of(said)}),
                said.note,
                "support",
                None,
                said.put_at,
                said.her_answer,
            )

    def _against(self) -> Iterator[tuple[int, Any]]:
        """What contradicts a fact, with the number of the fact."""
        for number, fact in enumerate(self._own.facts, start=1):
            yield from ((number, said) for said in fact.supports if said.stance == Stance.CONTRADICTS)

    @cached_property
    def _record(self) -> law.Record:
        """The examination, as counsel has it."""
        return law.Record(
            facts=tuple(self._fact(number) for number in range(1, len(self._own.facts) + 1)),
            findings=tuple(law.Finding(each.element, each.words, each.reasons) for each in self._own.findings if each.current),
            contradictions=tuple(
                law.Contradiction(
                    against({"difference": number}), f"difference {number}", each.judged, each.material,
                    bool(each.put_at), str(each.fact or ""),
                )
                for number, each in enumerate(self._own.contradictions, start=1)
            ),
            inventory=tuple(law.Inventoried(each.slot, each.presence) for each in self._own.inventory),
            distortions=tuple(law.Distorted(each.factor, str(each.statement or "")) for each in self._own.distortions),
        )  # fmt: skip

    def _fact(self, number: int) -> law.Fact:
        own = self._own.facts[number - 1]
        concluded = next((each for each in own.established.acceptances if each.current), None)
        return law.Fact(
            str(number), own.words, tuple(self._supports(number)), frozenset(own.doubt), str(own.statement or ""),
            tuple(law.Assessed(each.indicator, bool(each.quotes)) for each in own.established.assessments),
            bool(own.established.explanations), concluded.accepted if concluded else None,
            concluded.reasons if concluded else "",
            past_harm=(concluded is not None and concluded.past_harm) or number in self._said.get("harm", ()),
            used_in=tuple(each.element for each in self._own.findings if each.current and number in each.facts),
        )  # fmt: skip

    def _supports(self, fact: int) -> Iterator[law.Support]:
        for said in self._own.facts[fact - 1].supports:
            paper = paper_of(said)
            yield law.Support(
                against({"fact": fact, "paper": paper}), said.stance, said.note or paper, put_to_her=bool(said.put_at)
            )


def against(said: Mapping[str, Any]) -> str:
    """What a table calls a difference, or what contradicts a fact."""
    return f"difference {said['difference']}" if "difference" in said else f"fact {said['fact']}, {said['paper']}"


def paper_of(said: Any) -> str:
    """The paper in which something stands that bears on a fact."""
    return str(said.quote.paper if said.quote else said.paper)


def reading(paper: Path) -> str:
    """The text that Panah's own extractor takes from a paper."""
    content = paper.read_bytes()
    return loaded(EXTRACTORS)[media_type(content[:HEAD], content[-HEAD:])].read(content).text


def as_word(words: str, to: Path) -> Path:
    """A document of a word processor with some words, a paragraph for each line."""
    document = docx.Document()
    for line in filter(str.strip, words.splitlines()):
        document.add_paragraph(line.strip())
    document.save(str(to))
    return to


class Audited(NamedTuple):
    """What an audit proposes on a decision, beside what was put into it."""

    table: Table
    marked: Marked
    defects: tuple[Defect, ...]
    named: Mapping[str, str] = MappingProxyType({})
    """What the table calls that which has another id in a workspace."""

    def unseen(self) -> list[str]:
        """The faults that were planted and that nothing proposes."""
        planted = self.table.planted
        return [str(each) for each in planted if not any(self._is(defect, each) for defect in self.defects)]

    def unfounded(self) -> list[str]:
        """What is proposed and is no fault of the decision."""
        known = [*self.table.planted, *self.table.again]
        wrong = (each for each in self.defects if not any(self._is(each, one) for one in known))
        return [f"{each.id}: {each.sentence}" for each in wrong]

    def _is(self, defect: Defect, planted: Planted) -> bool:
        """Whether a proposal is that of a fault that was planted."""
        if defect.rule != planted.rule:
            return False
        if planted.words:
            start, end = self.marked.place(planted.words)
            return any(found.start < end and start < found.end for found in defect.words)
        told = (each.removeprefix(SUPPORT) for each in defect.about)
        about = {self.named.get(each, each) for each in told}
        if defect.rule == Fault.CONTRADICTION_NOT_PUT:
            about |= {against({"difference": each}) for each in about if each.isdigit()}
        return not planted.about or planted.about in {*about, defect.item}


REFUSALS = TABLES / "refusals"
