"""Every read of a case. The first argument is who asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from panah import law, proof
from panah.cases import rules
from panah.cases.evidence.laid import Place, laid_beside
from panah.cases.method.recorded import found_in, record_of
from panah.cases.models import (
    AppliedFramework,
    Assessment,
    Case,
    Fact,
    Finding,
    LaidBeside,
    Relative,
    Statement,
    Support,
)
from panah.errors import PanahError
from panah.law import Element, Framework, Gap, Of, Record
from panah.library.models import Document, Quotation
from panah.team import queries as team
from panah.team.actions import Verb
from panah.team.models import LedgerLine, Member
from panah.team.rules import May


class CaseUnknown(PanahError):
    """There is no case {reference}."""

    status = 404


class CaseAmbiguous(PanahError):
    """You see two cases {reference}; ask for one of them as {first} or {second}."""

    status = 409


class FactUnknown(PanahError):
    """This case has no fact {number}."""

    status = 404


class SupportUnknown(PanahError):
    """This does not stand beside any fact of the case."""

    status = 404


class StatementUnknown(PanahError):
    """This case has no statement {number}."""

    status = 404


class RelativeUnknown(PanahError):
    """This case has no relative {number}."""

    status = 404


class ElementUnknown(PanahError):
    """{framework} has no element {element}."""

    status = 404


class ApprovalNeeded(PanahError):
    """Nothing leaves this case that another member has not approved: hand it over instead, which asks for approval."""

    status = 403


class ChosenLaw(NamedTuple):
    """A body of law as it is now, and in which edition it was chosen for a case. An edition is the digest of its file."""

    framework: Framework
    chosen: proof.Digest
    chosen_at: datetime

    @property
    def edition(self) -> proof.Digest:
        """The edition of now: the one whose questions are asked."""
        return proof.Digest(law.edition(self.framework.id))

    @property
    def edited(self) -> bool:
        """Whether it was edited since it was chosen: then somebody must look, and choose it again."""
        return self.edition != self.chosen


class Examined(NamedTuple):
    """An element in its place: its question, the finding if there is one, and what is missing."""

    element: Element
    finding: Finding | None
    gaps: Sequence[Gap]
    laid: Sequence[LaidBeside] = ()
    """What was laid beside it."""

    @property
    def waiting(self) -> list[LaidBeside]:
        """What lies beside it and stands under no finding yet."""
        taken = {quotation.pk for quotation in self.finding.quotations.all()} if self.finding else set()
        return [one for one in self.laid if one.quotation_id not in taken]


def cases(asker: Member, may: May = May.SEE) -> QuerySet[Case]:
    """The cases in which the asker may do something, newest first."""
    rows = Case.objects.filter(compartment__in=team.compartments(asker).order_by().values("pk"))
    namesakes = rows.filter(reference=OuterRef("reference")).exclude(pk=OuterRef("pk"))
    counted = rows.annotate(fact_count=Count("facts", distinct=True), has_namesake=Exists(namesakes))
    if may is not May.SEE:
        counted = counted.filter(compartment__in=team.compartments(asker, may).order_by().values("pk"))
    return counted.select_related("compartment").order_by("-opened_at")


def case(asker: Member, reference: str) -> Case:
    """A case by its reference. Raises `CaseUnknown`, `CaseAmbiguous`.

    A reference is its compartment's own, for nobody may learn from one that is taken what stands elsewhere. Who sees two
    of the same asks for one with a tilde and the beginning of its compartment's id.
    """
    name, _, which = reference.partition("~")
    rows = cases(asker).filter(reference=name).select_related("papers", "compartment")
    found = [row for row in rows if row.compartment_id.hex.startswith(which)]
    if not found:
        raise CaseUnknown(reference=reference)
    if len(found) > 1:
        raise CaseAmbiguous(reference=reference, first=found[0].address, second=found[1].address)
    return found[0]


def require_free(asked: Case) -> None:
    """Raises `ApprovalNeeded` for a case of which nothing leaves without another member's approval."""
    if asked.two_pairs_of_eyes:
        raise ApprovalNeeded


def kept(asked: Case, on: date) -> str:
    """Why a case may not be erased on a day, in a sentence; empty where nothing forbids it."""
    why = rules.kept(until=asked.retain_until, held=asked.held_since is not None, on=on)
    return f"Case {asked.reference}: {why}." if why else ""


def overdue(asker: Member, on: date) -> QuerySet[Case]:
    """The cases whose last day has passed, and that nothing holds, of compartments that the asker leads."""
    passed = cases(asker, May.RETAIN).filter(held_since=None, retain_until__lt=on.isoformat())
    return passed.exclude(retain_until="").order_by("retain_until", "pk")


def log(asker: Member, asked: Case) -> list[LedgerLine]:
    """What the ledger says of a case and its dossiers, newest first. Raises `NotAllowed`.

    What was entered before there were compartments is of the case that was there then, not of a later namesake.
    """
    kinds = ("case", "dossier")
    lines = list(team.lines_in(asker, asked.compartment, kinds, asked.reference))
    if any(line.verb == Verb.OPENED for line in lines):
        return lines
    return [*lines, *team.lines_before_compartments(kinds, asked.reference)]


def relatives(asker: Member, asked: Case) -> QuerySet[Relative]:
    """The relatives of the applicant. `actions.reveal` shows them, and tells the ledger. Raises `NotAllowed`."""
    team.require(asker, asked.compartment, May.REVEAL)
    return asked.relatives.select_related("case__compartment").order_by("number")


def relative(asker: Member, asked: Case, number: int) -> Relative:
    """A relative by their number. Raises `RelativeUnknown`, `NotAllowed`."""
    found = relatives(asker, asked).filter(number=number).first()
    if found is None:
        raise RelativeUnknown(number=number)
    return found


def statement(asked: Case, number: int) -> Statement:
    """A statement of a case by its number. Raises `StatementUnknown`."""
    found = asked.statements.filter(number=number).select_related("paper").first()
    if found is None:
        raise StatementUnknown(number=number)
    return found


def fact(asked: Case, number: int) -> Fact:
    """A fact of a case by its number. Raises `FactUnknown`."""
    found = facts(asked).filter(number=number).first()
    if found is None:
        raise FactUnknown(number=number)
    return found


def support(asked: Case, reference: UUID) -> Support:
    """Something that stands beside a fact of a case. Raises `SupportUnknown`."""
    found = _supports().filter(pk=reference, fact__case=asked).first()
    if found is None:
        raise SupportUnknown
    return found


def facts(asked: Case) -> QuerySet[Fact]:
    """The facts of a case in their order, each with what bears on it."""
    supports = Prefetch("supports", _supports().order_by("added_at", "pk"))
    return asked.facts.select_related("statement", "case__compartment").prefetch_related(supports).order_by("number")


def statements(asked: Case) -> QuerySet[Statement]:
    """The tellings of the account, in their order."""
    return asked.statements.select_related("paper__source", "paper__original", "paper__reading").order_by("number")


def papers(asked: Case) -> QuerySet[Document]:
    """The papers of a case."""
    rows = asked.papers.documents.select_related("source", "original", "reading", "collection__compartment")
    return rows.order_by("title")


def findings(asked: Case) -> QuerySet[Finding]:
    """The findings that stand, each with the facts and quotations it rests on."""
    return _findings(asked).filter(current=True)


def all_findings(asked: Case) -> QuerySet[Finding]:
    """The findings that stand and those that were replaced, oldest first."""
    return _findings(asked).order_by("written_at", "pk")


def frameworks(asked: Case) -> list[Framework]:
    """The bodies of law under which the case is examined, in the order of the law package.

    Those that hold guarantees of the procedure alone are not among them: `guarantees` has them.
    """
    return [each.framework for each in chosen_laws(asked) if each.framework.claims]


def guarantees(asked: Case) -> list[Framework]:
    """The bodies of law chosen for the case that hold guarantees of its procedure, in the order of the law package."""
    return [each.framework for each in chosen_laws(asked) if each.framework.guarantees]


def chosen_laws(asked: Case) -> list[ChosenLaw]:
    """Every body of law that was chosen for the case, with the edition in which it was, and when."""
    chosen = {row.framework: row for row in AppliedFramework.objects.filter(case=asked)}
    return [
        ChosenLaw(framework, proof.Digest(row.digest), row.chosen_at)
        for framework in law.frameworks().values()
        if (row := chosen.get(framework.id))
    ]


def edited_laws(asked: Case) -> list[ChosenLaw]:
    """Those that were edited since they were chosen for this case."""
    return [each for each in chosen_laws(asked) if each.edited]


def record(asked: Case) -> Record:
    """What the examination has on file, as the law package reads it."""
    return record_of(asked, facts(asked), findings(asked))


def gaps(asked: Case) -> list[Gap]:
    """What the examination has left open, framework by framework; what concerns a fact is said once."""
    chosen = frameworks(asked)
    if not chosen:
        return []
    everything = record(asked)
    found = [gap for framework in chosen for gap in law.examine(everything, framework)]
    elements = [gap for gap in found if gap.element]
    return elements + [gap for gap in dict.fromkeys(found) if not gap.element]


def examination(asked: Case, chosen: Sequence[Framework]) -> list[tuple[Framework, list[Examined]]]:
    """Every element of these bodies of law in the law's order, answered or not."""
    written, beside = defaultdict[str, list[Finding]](list), defaultdict[Place, list[LaidBeside]](list)
    for row in findings(asked):
        written[row.framework].append(row)
    for one in laid_beside(asked):
        beside[Place(one.framework, one.element)].append(one)
    return [(framework, _examined(framework, written[framework.id], beside)) for framework in chosen]


def _examined(
    framework: Framework, written: Sequence[Finding], beside: Mapping[Place, Sequence[LaidBeside]]
) -> list[Examined]:
    standing = {row.element: row for row in written}
    missing = defaultdict[str, list[Gap]](list)
    for gap in law.examine_claims(found_in(written), framework):
        missing[gap.element].append(gap)
    return [
        Examined(
            element, standing.get(element.id), missing[element.id], beside.get(Place(framework.id, element.id), ())
        )
        for element in framework.claims
    ]


def element(framework_id: str, element_id: str) -> tuple[Framework, Element]:
    """A body of law and one of its elements of the claim. Raises `law.FrameworkUnknown`, `ElementUnknown`."""
    framework = law.framework(framework_id)
    asked = framework.element(element_id)
    if asked is None or asked.of is not Of.CLAIM:
        raise ElementUnknown(framework=framework.title, element=element_id)
    return framework, asked


def quotations(asked: Case) -> QuerySet[Quotation]:
    """The quotations that may be used in a case: those of its own papers, and those that something in it rests on."""
    beside = Q(supports__fact__case=asked) | Q(laid_beside__case=asked)
    resting = Q(findings__case=asked) | Q(answers__case=asked)
    own = Q(document__collection=asked.papers_id)
    named = [Quotation.objects.filter(each).values("pk") for each in (beside, resting, own)]
    return _quotations().filter(pk__in=named[0].union(*named[1:])).order_by("made_at")


def quotations_beside(fact: Fact, standing: Assessment | None) -> QuerySet[Quotation]:
    """The quotations on which an assessment of a fact may rest: beside it, of papers of its case beside no fact, or in use."""
    used = Q(supports__fact=fact) | Q(supports=None, document__collection=fact.case.papers_id)
    used |= Q(assessments=standing) if standing else Q()
    return _quotations().filter(used).distinct().order_by("made_at", "pk")


def _findings(asked: Case) -> QuerySet[Finding]:
    numbered = Prefetch("facts", Fact.objects.only("number"))  # their words are not needed, and would each be unsealed
    return asked.findings.prefetch_related(numbered, Prefetch("quotations", _in_reading_order()))


def _supports() -> QuerySet[Support]:
    return Support.objects.select_related(
        "fact__case__compartment", "paper__source", "paper__original", "paper__superseded_by",
        "quotation__document__source", "quotation__document__original", "quotation__document__superseded_by",
    ).prefetch_related("quotation__reading", "quotation__document__reading", "paper__reading")  # fmt: skip


def _quotations() -> QuerySet[Quotation]:
    return Quotation.objects.select_related(
        "document__source", "document__original", "document__superseded_by"
    ).prefetch_related("reading", "document__reading")  # each reading once, however often it is quoted


def _in_reading_order() -> QuerySet[Quotation]:
    """Document by document as they were taken in, and in each as the words stand in it."""
    return _quotations().order_by("document__added_at", "document__path", "start", "end", "pk")
