"""What a body of law asks, and what a record of an examination holds, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Authority:
    """Where the law says so."""

    instrument: str
    provision: str
    """Article and paragraph, or the name of a principle and the judgment it comes from."""
    address: str
    verified: bool
    """Whether somebody compared the provision with its text. What is not verified is shown as such."""

    def __str__(self) -> str:
        mark = "" if self.verified else " [not verified]"
        return f"{self.instrument}, {self.provision}{mark}"


@dataclass(frozen=True)
class Element:
    """One question that a body of law asks of the facts. Its id is for ever: supersede, do not edit."""

    id: str
    asks: str
    says: str
    """What the provision says, in our words."""
    authority: Authority
    evidence: tuple[str, ...] = ()
    """What usually bears on it."""
    concepts: tuple[str, ...] = ()
    """Ids of concepts of the thesaurus: by what they are called in every language, evidence on it is looked for."""
    parallel: tuple[str, ...] = ()
    """Ids or citations of provisions that ask the same."""


@dataclass(frozen=True)
class Framework:
    """A body of law."""

    id: str
    title: str
    short: str
    applies: str
    """When it applies, in words."""
    applies_from: str
    """ISO date, or empty where it has always applied to the cases that reach us."""
    applies_until: str
    elements: tuple[Element, ...]
    """In the law's order."""
    source: bytes = field(repr=False)
    """The file it was read from, byte for byte; its digest says under which edition a case was examined."""

    def element(self, element_id: str) -> Element | None:
        """One of its elements."""
        return next((element for element in self.elements if element.id == element_id), None)


class Stance(StrEnum):
    """How a quotation or a paper bears on a fact."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    SILENT = "silent"


class Box(StrEnum):
    """The conditions under which a fact needs no further evidence: Qualification Regulation, art. 4(5)."""

    GENUINE_EFFORT = "genuine_effort"
    ELEMENTS_SUBMITTED = "elements_submitted"
    COHERENT = "coherent"
    CREDIBLE = "credible"


@dataclass(frozen=True)
class Support:
    """Something that bears on a fact."""

    id: str
    stance: Stance
    label: str
    superseded: bool = False
    """Whether it rests on a version of a document that a newer one has replaced."""
    put_to_her: bool = False
    """Whether a contradiction was put to the applicant, so that she could explain it."""


@dataclass(frozen=True)
class Fact:
    """A material fact, what bears on it, and the conditions of the benefit of the doubt that are reasoned."""

    id: str
    words: str
    supports: tuple[Support, ...] = ()
    boxes: frozenset[Box] = frozenset()


@dataclass(frozen=True)
class Finding:
    """A human's answer to an element, and the reasons for it."""

    element: str
    words: str
    reasons: str
    superseded: tuple[str, ...] = ()
    """The quotations it rests on whose document a newer version has replaced, as people name them."""


@dataclass(frozen=True)
class Record:
    """What an examination has on file."""

    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()


class Rule(StrEnum):
    """What can be missing. `rules.yaml` has the sentence and the authority of each."""

    ELEMENT_UNANSWERED = "element-unanswered"
    FINDING_WITHOUT_REASONS = "finding-without-reasons"
    FACT_WITHOUT_SUPPORT = "fact-without-support"
    CONTRADICTION_NOT_PUT = "contradiction-not-put"
    QUOTATION_SUPERSEDED = "quotation-superseded"


@dataclass(frozen=True)
class Wording:
    """How a rule says that something is missing, and where the law says that it must not be.

    A sentence is about an element, a fact or a support, and empty where the rule says nothing about these.
    """

    authority: Authority
    element: str = ""
    fact: str = ""
    support: str = ""


@dataclass(frozen=True)
class Gap:
    """What the examination left unexamined, uncorroborated or unfairly treated, and why that is a gap."""

    rule: Rule
    reason: str
    authority: str
    element: str = ""
    fact: str = ""
    support: str = ""

    @property
    def id(self) -> str:
        """Stable as long as the gap is there."""
        about = [part for part in (self.element, self.fact, self.support) if part]
        return ":".join([self.rule, *about])
