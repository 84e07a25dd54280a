"""What a rule of the checklist looks at: what is on file of a procedure, as plain values. No database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from panah import text
from panah.law.checklist.model import Ref
from panah.law.model import Interview


class Told(StrEnum):
    """What a field of the type yes-no-unknown says."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Entry:
    """A record: its kind, its number, and what it says. A field that says nothing is not there."""

    kind: str
    number: int
    values: Mapping[str, str] = field(default_factory=dict)
    paper: bool = False
    """Whether the paper that shows it is on file."""

    @property
    def ref(self) -> Ref:
        """By what a proposal names it."""
        return Ref(self.kind, str(self.number))

    def said(self, name: str) -> str:
        """What a field says; empty where it says nothing."""
        return self.values.get(name, "")

    def yes(self, name: str) -> bool:
        """Whether a field says yes."""
        return self.said(name) == Told.YES

    def no(self, name: str) -> bool:
        """Whether a field says no: what is not known is not no."""
        return self.said(name) == Told.NO

    def days(self, name: str) -> text.Period | None:
        """The days that a date may mean; None where there is none, or where it has no bound."""
        try:
            found = text.period(self.said(name)) if self.said(name) else None
        except text.DateUnreadable:
            return None
        return found if found and found.first and found.last else None


@dataclass(frozen=True)
class Stated:
    """A material fact with what bears on it, and which conditions of the benefit of the doubt are reasoned."""

    number: int
    words: str
    supported: bool = False
    """Whether something supports it."""
    boxes: frozenset[str] = frozenset()

    @property
    def ref(self) -> Ref:
        """By what a proposal names it."""
        return Ref("fact", str(self.number))


@dataclass(frozen=True)
class Telling:
    """A statement: when, in which language, through which interpreter."""

    number: int
    told_on: str = ""
    language: str = ""
    interpreter: str = ""


@dataclass(frozen=True)
class Contradiction:
    """Two places of the file that differ, and whether it was put to her."""

    id: str
    label: str
    kind: str = "contradiction"
    """`contradiction`, or `support` where something beside a fact contradicts it."""
    material: bool | None = None
    put_at: str = ""
    answer: str = ""

    @property
    def ref(self) -> Ref:
        """By what a proposal names it."""
        return Ref(self.kind, self.id)


@dataclass(frozen=True)
class Decision:
    """The text of a decision that a record names."""

    record: Entry
    text: str = ""
    """Empty where the paper has no text."""


@dataclass(frozen=True)
class OnFile:
    """Everything that the rules may look at."""

    facts: tuple[Stated, ...] = ()
    tellings: tuple[Telling, ...] = ()
    interviews: tuple[Interview, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    inventory: Mapping[str, str] = field(default_factory=dict)
    """Slot of QR art. 4(2) to `present`, `absent` or `explained`."""
    records: tuple[Entry, ...] = ()
    decisions: tuple[Decision, ...] = ()
    today: date | None = None

    def of(self, kind: str) -> tuple[Entry, ...]:
        """The records of a kind, in their order."""
        return tuple(entry for entry in self.records if entry.kind == kind)

    def refused(self) -> tuple[Entry, ...]:
        """The decisions that refuse."""
        return tuple(entry for entry in self.of("decision") if entry.said("outcome") in {"refused", "inadmissible"})

    def step(self, what: str) -> Entry | None:
        """The first step of the application of this kind."""
        return next((entry for entry in self.of("event") if entry.said("what") == what), None)


def refs(entries: Iterable[Entry]) -> tuple[Ref, ...]:
    """By what a proposal names them."""
    return tuple(entry.ref for entry in entries)
