"""What a body of law asks, and what a record of an examination holds, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
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


class Of(StrEnum):
    """What a question of the law is about: whether protection is due, or whether the procedure is fair."""

    CLAIM = "claim"
    """An element of the claim: it is examined, and a finding answers it."""
    PROCEDURE = "procedure"
    """A guarantee of the procedure."""


class Order(StrEnum):
    """The legal order to which a body of law belongs."""

    INTERNATIONAL = "international"
    UNION = "union"
    NATIONAL = "national"


class Trigger(StrEnum):
    """The day of a case by which it is told whether a body of law governs it."""

    LODGED = "lodged"
    REGISTERED = "registered"
    NOTIFIED = "notified"
    DECIDED = "decided"
    ALWAYS = "always"
    """No day of the case matters: it has applied to every case that reaches us."""
    UNSETTLED = "unsettled"
    """The law does not say which: what was begun before and is decided after is a question for the lawyer."""


@dataclass(frozen=True)
class Element:
    """One question that a body of law asks. Its id is for ever: supersede, do not edit."""

    id: str
    asks: str
    """A question to the examination."""
    says: str
    """What the provision says, in our words."""
    authority: Authority
    of: Of = Of.CLAIM
    in_force_from: str = ""
    """ISO date, its own or that of its framework; empty where it has always applied to the cases that reach us."""
    in_force_until: str = ""
    """The last day on which it applies; empty where none is known."""
    trigger: Trigger = Trigger.ALWAYS
    apart: str = ""
    """Why its days are not those of its framework; empty where they are."""
    evidence: tuple[str, ...] = ()
    """What usually bears on it."""
    concepts: tuple[str, ...] = ()
    """Ids of concepts of the thesaurus: by what they are called in every language, evidence on it is looked for."""
    parallel: tuple[str, ...] = ()
    """Ids of elements that ask the same. It is enough that one of two says so: `law.parallels` shows it of both."""
    see: tuple[str, ...] = ()
    """Citations of what asks the same and is not among the bodies of law here."""


@dataclass(frozen=True)
class Framework:
    """A body of law."""

    id: str
    title: str
    short: str
    order: Order
    applies: str
    """When it applies, in words."""
    in_force_from: str
    """ISO date, or empty where it has always applied to the cases that reach us."""
    in_force_until: str
    """The last day on which it applies; empty where none is known."""
    trigger: Trigger
    follows: str
    """The id of the body of law whose place it took; empty where it took none."""
    elements: tuple[Element, ...]
    """In the law's order."""

    def element(self, element_id: str) -> Element | None:
        """One of its elements."""
        return next((element for element in self.elements if element.id == element_id), None)

    @property
    def claims(self) -> tuple[Element, ...]:
        """Its elements of the claim: what an examination answers."""
        return tuple(element for element in self.elements if element.of is Of.CLAIM)

    @property
    def guarantees(self) -> tuple[Element, ...]:
        """Its guarantees of the procedure."""
        return tuple(element for element in self.elements if element.of is Of.PROCEDURE)


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


class Acceptance(StrEnum):
    """What a human concludes on a material fact."""

    ACCEPTED = "accepted"
    BY_DOUBT = "by_doubt"
    """By benefit of the doubt: Qualification Regulation, art. 4(5)."""
    NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True)
class Assessed:
    """A credibility indicator that somebody assessed on a fact."""

    indicator: str
    rests: bool = False
    """Whether words of the file are named on which the assessment rests."""


@dataclass(frozen=True)
class Fact:
    """A material fact, what bears on it, and what was done to establish it."""

    id: str
    words: str
    supports: tuple[Support, ...] = ()
    boxes: frozenset[Box] = frozenset()
    """The conditions of the benefit of the doubt that are reasoned."""
    statement: str = ""
    """The id of the statement it is taken from."""
    assessed: tuple[Assessed, ...] = ()
    explanation_sought: bool = False
    """Whether the applicant was asked about what seems to speak against it."""
    acceptance: Acceptance | None = None
    reasons: str = ""
    """Of the acceptance."""
    past_harm: bool = False
    """Whether a human says that it is past persecution, past serious harm, or a direct threat of it: art. 4(4)."""
    used_in: tuple[str, ...] = ()
    """The elements whose findings rest on it."""


class Judged(StrEnum):
    """What a human takes a difference between two places of the file for."""

    OPEN = "open"
    CONTRADICTION = "contradiction"
    CLARIFICATION = "clarification"
    INTERPRETER = "interpreter"
    """It comes from interpreting or translating."""
    IRRELEVANT = "irrelevant"


@dataclass(frozen=True)
class Contradiction:
    """Two places of the file that differ, and what was done about it."""

    id: str
    label: str
    """The two places, as people name them."""
    judged: Judged = Judged.OPEN
    material: bool | None = None
    """Whether it bears on what must be decided; None where nobody said."""
    put_to_her: bool = False
    fact: str = ""
    """The fact it is about."""


class Presence(StrEnum):
    """Whether something that an applicant has to show is on file."""

    PRESENT = "present"
    ABSENT = "absent"
    EXPLAINED = "explained"
    """It is absent, and why is explained."""


@dataclass(frozen=True)
class Inventoried:
    """A slot of the inventory, and what somebody found."""

    slot: str
    presence: Presence


@dataclass(frozen=True)
class Distorted:
    """A factor that can distort a telling, or how it is heard, of which somebody took account."""

    factor: str
    statement: str = ""
    """Of one telling; empty where it concerns the person."""


class Mode(StrEnum):
    """How an interview is held."""

    IN_PERSON = "in_person"
    REMOTE = "remote"


@dataclass(frozen=True)
class Interview:
    """An interview as the file knows it; empty, or None, where it says nothing."""

    id: str
    held_on: str = ""
    """EDTF."""
    place: str = ""
    mode: Mode | None = None
    preferred_language: str = ""
    """BCP 47: the language that the applicant asked for."""
    preferred_dialect: str = ""
    interpreter_language: str = ""
    interpreter_dialect: str = ""
    interpreter_sex: str = ""
    objection: str = ""
    """What the applicant said against the interpreter."""
    interviewer: str = ""
    present: str = ""
    """Who else was there."""
    statement: str = ""
    """The id of the statement that was made there."""
    recording: str = ""
    """The digest of the recording."""
    transcript: str = ""
    """The digest of the transcript."""
    corrections: str = ""
    read_back: bool | None = None


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
    contradictions: tuple[Contradiction, ...] = ()
    inventory: tuple[Inventoried, ...] = ()
    distortions: tuple[Distorted, ...] = ()


class Rule(StrEnum):
    """What can be missing. `rules.yaml` has the sentence and the authority of each."""

    ELEMENT_UNANSWERED = "element-unanswered"
    FINDING_WITHOUT_REASONS = "finding-without-reasons"
    FACT_WITHOUT_SUPPORT = "fact-without-support"
    CONTRADICTION_NOT_PUT = "contradiction-not-put"
    QUOTATION_SUPERSEDED = "quotation-superseded"
    EXPLANATION_NOT_SOUGHT = "explanation-not-sought"
    DOUBT_NOT_REASONED = "doubt-not-reasoned"
    REFUSED_WITHOUT_REASONS = "refused-without-reasons"
    NO_INDICATOR_ASSESSED = "no-indicator-assessed"
    PLAUSIBILITY_WITHOUT_SOURCE = "plausibility-without-source"
    CIRCUMSTANCES_NOT_CONSIDERED = "circumstances-not-considered"
    PAST_HARM_NOT_WEIGHED = "past-harm-not-weighed"
    CONTRADICTION_NOT_JUDGED = "contradiction-not-judged"
    MATERIALITY_NOT_REASONED = "materiality-not-reasoned"
    INVENTORY_OPEN = "inventory-open"


@dataclass(frozen=True)
class Wording:
    """How a rule says that something is missing, and where the law says that it must not be.

    A sentence is about an element, a fact, a support, a contradiction or the inventory, and empty where the rule says
    nothing about these.
    """

    authority: Authority
    element: str = ""
    fact: str = ""
    support: str = ""
    contradiction: str = ""
    inventory: str = ""


@dataclass(frozen=True)
class Gap:
    """What the examination left unexamined, uncorroborated or unfairly treated, and why that is a gap."""

    rule: Rule
    reason: str
    authority: str
    element: str = ""
    fact: str = ""
    support: str = ""
    contradiction: str = ""

    @property
    def id(self) -> str:
        """Stable as long as the gap is there."""
        about = [part for part in (self.element, self.fact, self.support, self.contradiction) if part]
        return ":".join([self.rule, *about])
