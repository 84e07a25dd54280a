"""The checklist of a procedure, the kinds of record that it is answered from, and what a rule proposes, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from panah.law.model import Authority


class Status(StrEnum):
    """How an item stands. It is said of the examination, never of the person."""

    NOT_EXAMINED = "not_examined"
    ADEQUATE = "adequate"
    DEFICIENT = "deficient"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    """A paper that would show it is missing."""


class Type(StrEnum):
    """What a field of a record holds."""

    TEXT = "text"
    DAY = "day"
    """A date that may be uncertain (EDTF)."""
    CHOICE = "choice"
    TOLD = "yes-no-unknown"
    LANGUAGE = "language"
    """BCP 47: ug, ug-Arab."""
    COUNTRY = "country"
    """ISO 3166-1, two letters."""
    PAPER = "paper"
    """The paper in which it stands. A kind has one at most."""
    FACT = "fact"
    """The number of a fact."""
    STATEMENT = "statement"
    """The number of a statement."""


@dataclass(frozen=True)
class Field:
    """One thing that a record of a kind says."""

    name: str
    label: str
    type: Type
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    """What may be said, and how it is called. Only of a choice."""


@dataclass(frozen=True)
class Kind:
    """A kind of record: what can be kept of a procedure, and where the law speaks of it."""

    id: str
    label: str
    source: Authority
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """One of its fields."""
        return next((each for each in self.fields if each.name == name), None)


@dataclass(frozen=True)
class Law:
    """Where the law asks for an item: the Pact of 2024, what applied before, and what binds beside both."""

    new: tuple[Authority, ...] = ()
    old: tuple[Authority, ...] = ()
    international: tuple[Authority, ...] = ()

    @property
    def all(self) -> tuple[Authority, ...]:
        """All of it, the newest first."""
        return (*self.new, *self.old, *self.international)

    def __str__(self) -> str:
        return "; ".join(map(str, self.all))


@dataclass(frozen=True)
class Item:
    """One guarantee that a full and fair examination has to show. Its id is for ever: supersede, do not edit."""

    id: str
    group: str
    requires: str
    """What must have been done, in our words."""
    asks: str
    """The question that is shown to a human."""
    law: Law
    question: bool
    """Whether it is a question for a human alone, or besides its rule."""
    rule: bool
    """Whether a rule looks at the record."""
    records: tuple[str, ...]
    """The kinds of record in which it is stored."""
    parallel: tuple[str, ...]
    """Ids of elements of bodies of law that ask alike."""


@dataclass(frozen=True)
class Group:
    """A part of the checklist."""

    id: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Topic:
    """Items and kinds of record that are looked at together: one page."""

    id: str
    title: str
    items: tuple[str, ...]
    records: tuple[str, ...]
    elements: tuple[str, ...]


@dataclass(frozen=True)
class Checklist:
    """All of it, in its order."""

    groups: tuple[Group, ...]
    topics: tuple[Topic, ...]
    kinds: Mapping[str, Kind]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item in order."""
        return tuple(item for group in self.groups for item in group.items)

    def item(self, item_id: str) -> Item | None:
        """One of its items."""
        return next((item for item in self.items if item.id == item_id), None)


class Ref(NamedTuple):
    """Something on file that a proposal rests on."""

    kind: str
    """The kind of a record, or `fact`, `statement`, `support`, `interview`."""
    number: str


class Found(NamedTuple):
    """Words that a finder found in a decision, and where: bytes of its text."""

    decision: int
    """The number of the record of the decision."""
    start: int
    end: int
    words: str
    phrase: str


@dataclass(frozen=True)
class Proposal:
    """What a rule proposes. Nothing comes of it that a human does not confirm.

    With the status *not examined* it proposes no answer: it shows what it found, or says why it did not look.
    """

    item: str
    status: Status
    reason: str
    rests_on: tuple[Ref, ...] = ()
    words: tuple[Found, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether it proposes a status, or only shows and asks."""
        return self.status is not Status.NOT_EXAMINED
