"""A refusal beside the examination that it refuses, and what its audit proposes, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from panah.law.checklist.model import Found, Ref
from panah.law.checklist.onfile import Entry, OnFile
from panah.law.citations import Outcome
from panah.law.model import Acceptance, Framework, Record


class Part(StrEnum):
    """What a stretch of a decision is, by the heading it stands under."""

    HEAD = "head"
    ORDER = "order"
    """What is decided: the operative part."""
    ACCOUNT = "account"
    """What the applicant told, and what happened in the procedure."""
    LAW = "law"
    """The provisions that are set out."""
    COUNTRY = "country"
    """What is set out of the country."""
    REASONS = "reasons"
    REMEDY = "remedy"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a decision, numbered in the order of its text."""

    number: int
    start: int
    """The first byte of the reading that belongs to it."""
    end: int
    words: str
    part: Part


@dataclass(frozen=True)
class Reason:
    """A reason of the decision that a human marked, and what they say it is about. Nothing of it is guessed."""

    id: str
    paragraph: int
    start: int
    end: int
    words: str
    elements: tuple[str, ...] = ()
    """The questions of the law that it answers."""
    facts: tuple[str, ...] = ()
    concludes: Acceptance | None = None
    """What it concludes on these facts; None where it concludes nothing."""
    contradictions: tuple[str, ...] = ()
    """The differences on which it relies against her, by their ids; `support:` before that of a support that contradicts."""
    cites: tuple[str, ...] = ()
    """Ids of the papers and sources that it cites."""
    bare: bool = False
    """Whether a human says that it only concludes, and no reasons stand in it."""


@dataclass(frozen=True)
class Submitted:
    """A paper that was before the authority when it decided."""

    id: str
    number: int
    """Its number among the papers of the case: the exhibit that people call it by."""
    title: str
    date: str = ""
    """EDTF."""
    names: tuple[str, ...] = ()
    """Who made it: persons and offices, in every script that is on file."""
    record: Ref | None = None
    """The record of its submission."""


@dataclass(frozen=True)
class Source:
    """Country information that the decision cites and the library holds."""

    id: str
    title: str
    publisher: str = ""
    date: str = ""
    """EDTF."""
    root: str = ""
    """From whom it has what it says, as a human traced it; itself where nobody did."""
    superseded_by: str = ""
    """What a newer version is called."""
    concepts: frozenset[str] = frozenset()
    """Ids of concepts of the thesaurus that it is about."""
    words: tuple[Found, ...] = ()
    """Where the decision cites it."""


@dataclass(frozen=True)
class Quoted:
    """Words that the decision gives as those of somebody else, compared word for word."""

    words: Found
    outcome: Outcome
    sentence: str
    """Where they stand, or from which word on they differ."""


@dataclass(frozen=True)
class Refusal:
    """A decision that refuses, what was marked in it, and what was on file when it was taken."""

    decision: Entry
    """The record of the decision: its day, when it was notified, its outcome."""
    text: str
    language: str
    """Empty where it is in no language of which phrases are known."""
    paragraphs: tuple[Paragraph, ...] = ()
    reasons: tuple[Reason, ...] = ()
    record: Record = field(default_factory=Record)
    """The examination as the case has it: facts, differences, findings."""
    file: OnFile = field(default_factory=OnFile)
    """The procedure as the case has it."""
    frameworks: tuple[Framework, ...] = ()
    """The bodies of law that a human chose for the case."""
    raised: frozenset[str] = frozenset()
    """The questions of the law that something on file bears on: a finding, a fact, a passage laid beside."""
    submitted: tuple[Submitted, ...] = ()
    sources: tuple[Source, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    names: tuple[str, ...] = ()
    """The applicant's names in every spelling on file, and how she is called."""
    origin: frozenset[str] = frozenset()
    """The countries she must not be sent to, as ISO 3166-1 codes of two letters."""


@dataclass(frozen=True)
class Defect:
    """What a rule proposes as a fault of a decision. Nothing comes of it that a human does not accept."""

    rule: str
    sentence: str
    """What is wrong, from a template with slots."""
    authority: str
    """Where the law says that it must not be so."""
    sought: str
    """What is asked of the court for it, from a template."""
    about: tuple[str, ...] = ()
    """What it is about: an element, a fact, a paper, a difference; and so what tells it from others of its rule."""
    asks: bool = False
    """Whether it only shows words, and asks a human what they mean."""
    item: str = ""
    """The item of the checklist that it bears on."""
    words: tuple[Found, ...] = ()
    """The places of the decision."""
    rests_on: tuple[Ref, ...] = ()
    """What of the file shows it: the evidence of a ground."""

    @property
    def id(self) -> str:
        """Stable as long as the fault is there."""
        return ":".join([self.rule, *self.about])


@dataclass(frozen=True)
class Audit:
    """What an audit looked at, what it proposes, and what it could not look at."""

    defects: tuple[Defect, ...]
    looked: Mapping[str, int]
    """How many of each kind were looked at: paragraphs, papers, sources, quotations, questions."""
    not_looked: tuple[str, ...] = ()
    """What could not be looked at and why, in sentences: a check that did not run has not passed."""
