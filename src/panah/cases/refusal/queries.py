"""The audit of a refusal: what was marked in it, what is proposed, and what a human made of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from panah.cases.cited import citable as citable_in
from panah.cases.models import Case, ProcedureRecord, Reason, Support, Verdict
from panah.cases.procedure import queries as procedure
from panah.cases.refusal.filed import refusal_of
from panah.cases.refusal.verdicts import verdicts_of
from panah.cases.refusal.words import group_of
from panah.errors import PanahError
from panah.law import Stance
from panah.law.checklist import Found
from panah.law.refusal import Audit, Defect, Refusal, audit, in_sentences
from panah.library import queries as library
from panah.library import saving, sight
from panah.library.models import Document
from panah.team import queries as team
from panah.team.models import Member
from panah.team.rules import May


class ProposalGone(PanahError):
    """The audit of this decision no longer proposes that: look at it again."""

    status = 409


class DecisionUnknown(PanahError):
    """This case has no decision {number} with a paper."""

    status = 404


class ReasonUnknown(PanahError):
    """This case has no reason {number}."""

    status = 404


class GroundUnknown(PanahError):
    """This decision has no such ground."""

    status = 404


@dataclass(frozen=True)
class Ruling:
    """A fault that is proposed, and the verdict that stands on it; without the fault, a verdict on what is proposed no more."""

    defect: Defect | None
    verdict: Verdict | None = None
    earlier: Sequence[Verdict] = ()

    @property
    def id(self) -> str:
        """Stable as long as the fault is there."""
        return self.defect.id if self.defect else self.verdict.defect if self.verdict else ""

    @property
    def sentence(self) -> str:
        """What is proposed, or was."""
        return self.defect.sentence if self.defect else self.verdict.proposed if self.verdict else ""

    @property
    def authority(self) -> str:
        """Where the law says so."""
        return self.defect.authority if self.defect else self.verdict.authority if self.verdict else ""

    @property
    def rule(self) -> str:
        """Which rule proposes it."""
        return self.id.partition(":")[0]

    @property
    def seen(self) -> int:
        """The id of the verdict that stands; 0 where there is none."""
        return self.verdict.pk if self.verdict else 0

    @property
    def says_other(self) -> bool:
        """Whether the rule says something else by now than when the verdict was given."""
        return bool(self.defect and self.verdict and self.defect.sentence != self.verdict.proposed)


@dataclass(frozen=True)
class Audited:
    """A decision, what was marked in it, what its audit proposes, and how each proposal stands."""

    case: Case
    paper: Document
    refusal: Refusal
    marks: Sequence[Reason]
    audit: Audit
    rulings: Sequence[Ruling]

    def ruling(self, defect: str) -> Ruling:
        """What is proposed under an id. Raises `ProposalGone`."""
        found = next((each for each in self.rulings if each.defect and each.id == defect), None)
        if found is None:
            raise ProposalGone
        return found

    @property
    def open(self) -> int:
        """How many proposals nobody has decided on."""
        return sum(each.verdict is None for each in self.rulings)

    def passages(self, defect: Defect) -> tuple[Found, ...]:
        """The places of a fault as a ground quotes them: a reason as it was marked, words of a rule in their sentences."""
        found = (in_sentences(each, self.refusal.paragraphs) if each.phrase else each for each in defect.words)
        return tuple({(each.start, each.end): each for each in found}.values())


class Listed(NamedTuple):
    """A proposal as a line of a list; every field is a text, and empty where there is nothing to say."""

    id: str
    rule: str
    group: str
    asks: str
    sentence: str
    authority: str
    sought: str
    words: str
    verdict: str
    ground: str
    reason: str
    by: str
    proposed: str
    """`yes`, or `no` where it is proposed no more."""

    def cells(self) -> list[str]:
        """As a row of a table: no cell that a spreadsheet would take for a formula."""
        return saving.cells(self)


def decisions(asker: Member, asked: Case) -> QuerySet[ProcedureRecord]:
    """The decisions that stand in a paper, the newest first. Raises `NotAllowed`."""
    rows = procedure.records(asker, asked, ["decision"]).exclude(paper=None)
    return rows.select_related("paper__reading__original", "paper__source", "paper__original").order_by("-number")


def decision(asker: Member, asked: Case, number: int = 0) -> ProcedureRecord:
    """A decision by its number, or the last. Raises `NotAllowed`, `DecisionUnknown`."""
    rows = decisions(asker, asked)
    found = (rows.filter(number=number) if number else rows).first()
    if found is None:
        raise DecisionUnknown(number=number or 1)
    return found


def paper(asker: Member, asked: Case, number: int = 0) -> Document:
    """The paper in which a decision stands. Raises `NotAllowed`, `DecisionUnknown`."""
    found = decision(asker, asked, number).paper
    if found is None:
        raise DecisionUnknown(number=number)
    return found


def marks(asker: Member, asked: Case, paper: Document) -> list[Reason]:
    """The reasons that were marked in a decision, in the order of its words. Raises `NotAllowed`."""
    return list(all_marks(asker, asked).filter(decision=paper, current=True).order_by("quotation__start", "number"))


def all_marks(asker: Member, asked: Case) -> QuerySet[Reason]:
    """The reasons that stand and those that were replaced, oldest first. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    rows = asked.reasons.select_related("case__compartment", "decision", "quotation__document")
    rows = rows.prefetch_related(
        "elements", "facts", "contradictions", "supports__quotation", "supports__paper", "papers"
    )
    return rows.order_by("at", "pk")


def mark(asker: Member, asked: Case, number: int) -> Reason:
    """A reason that stands. Raises `NotAllowed`, `ReasonUnknown`."""
    found = all_marks(asker, asked).filter(number=number, current=True).first()
    if found is None:
        raise ReasonUnknown(number=number)
    return found


def verdicts(asker: Member, asked: Case) -> QuerySet[Verdict]:
    """The verdicts that stand and those that were replaced, oldest first, each with what it rests on. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    return verdicts_of(asked).order_by("at", "pk")


def grounds(asker: Member, asked: Case, paper: Document) -> list[Verdict]:
    """The grounds of appeal against a decision, in their order: what was accepted or corrected. Raises `NotAllowed`."""
    return list(verdicts(asker, asked).filter(decision=paper, current=True).exclude(place=None).order_by("place", "pk"))


def ground(asker: Member, asked: Case, paper: Document, number: int) -> Verdict:
    """A ground by its id. Raises `NotAllowed`, `GroundUnknown`."""
    found = next((each for each in grounds(asker, asked, paper) if each.pk == number), None)
    if found is None:
        raise GroundUnknown
    return found


def audited(asker: Member, asked: Case, paper: Document, *, now: datetime) -> Audited:
    """The audit of a decision, with the verdict on each proposal; those on what is proposed no more come last.

    Raises `NotAllowed`, `SealBroken`.
    """
    marked = marks(asker, asked, paper)
    with sight.once(asker):
        refused = refusal_of(asker, asked, paper, marked, today=now.date())
    found = audit(refused)
    written: dict[str, list[Verdict]] = {}
    for row in verdicts(asker, asked).filter(decision=paper):
        written.setdefault(row.defect, []).append(row)
    rulings = [_ruling(each, written.pop(each.id, [])) for each in found.defects]
    gone = [ruling for rows in written.values() if (ruling := _ruling(None, rows)).verdict]
    return Audited(asked, paper, refused, marked, found, [*rulings, *gone])


def against(asker: Member, asked: Case) -> QuerySet[Support]:
    """What contradicts the facts of a case. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.SEE)
    rows = Support.objects.filter(fact__case=asked, stance=Stance.CONTRADICTS)
    return rows.select_related("fact", "quotation", "paper").order_by("fact__number", "added_at", "pk")


def citable(asker: Member, asked: Case, found: Audited) -> QuerySet[Document]:
    """What a reason may be said to cite: what the case cites itself, and the sources that the decision names."""
    named = [UUID(each.id) for each in found.refusal.sources]
    about = Q(pk__in=citable_in(asker, asked).values("pk")) | Q(pk__in=named)
    return library.documents(asker).filter(about).exclude(pk=found.paper.pk).order_by("title", "pk")


def rests_on(asker: Member, asked: Case, defect: Defect) -> dict[str, list[Any]]:
    """What of the file shows a fault, as a verdict cites it: what it rests on, and the papers it is about.

    Raises `NotAllowed`.
    """
    cited = procedure.rests_on(asker, asked, defect.rests_on)
    named = [*defect.about, *(each.number for each in defect.rests_on)]
    wanted = {found for each in named if (found := _as_uuid(each))}
    cited["papers"] += [row.paper for row in cited["records"] if row.paper and row.paper.pk in wanted]
    cited["papers"] += list(library.documents(asker).filter(pk__in=wanted).order_by("added_at", "path"))
    return cited


def listed(found: Audited) -> Iterator[Listed]:
    """The proposals in the order of the audit, to be saved."""
    for each in found.rulings:
        defect, verdict = each.defect, each.verdict
        yield Listed(
            id=each.id,
            rule=each.rule,
            group=group_of(each.rule).id,
            asks="yes" if defect and defect.asks else "no",
            sentence=each.sentence,
            authority=each.authority,
            sought=verdict.sought if verdict else defect.sought if defect else "",
            words="; ".join(f"“{place.words}”" for place in defect.words) if defect else "",
            verdict=verdict.outcome if verdict else "",
            ground=verdict.ground if verdict and verdict.place else "",
            reason=verdict.reason if verdict else "",
            by=verdict.by if verdict else "",
            proposed="yes" if defect else "no",
        )


def _ruling(defect: Defect | None, written: Sequence[Verdict]) -> Ruling:
    standing = next((each for each in written if each.current), None)
    return Ruling(defect, standing, [each for each in reversed(written) if not each.current])


def _as_uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
