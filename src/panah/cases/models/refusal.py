"""What was marked in a decision that refuses, and what a human made of each fault that the audit proposed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from panah.cases.models.cases import Case, Fact, Support
from panah.cases.models.procedure import ProcedureRecord
from panah.cases.models.telling import Contradiction
from panah.law import Acceptance as Accepted
from panah.library.models import Document, Quotation
from panah.vault.fields import SealedText


class Reason(models.Model):
    """A reason of a decision, as its words stand there, and what a human says it is about.

    What replaces it bears its number; it stays itself.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reasons")
    decision = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reasons")
    """The paper in which the decision stands."""
    number = models.PositiveIntegerField()
    quotation = models.ForeignKey(Quotation, on_delete=models.PROTECT, related_name="reasons")
    note = SealedText(compartment="case.compartment_id")
    concludes = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Accepted])
    """What it concludes on its facts; empty where it concludes nothing."""
    bare = models.BooleanField(default=False)
    """Whether it only concludes, and no reasons stand in it."""
    facts = models.ManyToManyField(Fact, related_name="reasons")
    contradictions = models.ManyToManyField(Contradiction, related_name="reasons")
    """The differences on which it relies against the applicant."""
    supports = models.ManyToManyField(Support, related_name="reasons")
    """What contradicts a fact, and on which it relies so."""
    papers = models.ManyToManyField(Document, through="ReasonPaper", related_name="cited_in_reasons")
    """The papers and the country information that it cites."""
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"], condition=Q(current=True), name="one_reason_of_a_number_stands"
            ),
        ]

    def __str__(self) -> str:
        return f"Reason {self.number}"


class ReasonElement(models.Model):
    """That a reason answers a question of the law."""

    reason = models.ForeignKey(Reason, on_delete=models.CASCADE, related_name="elements")
    framework = models.CharField(max_length=60)
    element = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reason", "framework", "element"], name="a_reason_answers_an_element_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reason}: {self.element}"


class ReasonPaper(models.Model):
    """That a reason cites a paper, which therefore stays."""

    reason = models.ForeignKey(Reason, on_delete=models.CASCADE, related_name="+")
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reason", "paper"], name="a_reason_cites_a_paper_once")]

    def __str__(self) -> str:
        return f"{self.reason} cites a paper"


class Verdict(models.Model):
    """What a human made of a fault that the audit of a decision proposed. A new verdict replaces the old one, which stays."""

    class Outcome(models.TextChoices):
        """Whether it is a ground of appeal: as it was proposed, in other words, or not."""

        ACCEPTED = "accepted"
        CORRECTED = "corrected"
        DISMISSED = "dismissed"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="verdicts")
    decision = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="verdicts")
    """The paper in which the decision stands."""
    defect = models.CharField(max_length=400)
    """The id of what was proposed."""
    proposed = SealedText(compartment="case.compartment_id")
    """The sentence of the proposal, as it was."""
    authority = models.TextField()
    """Where the law says so, as it was."""
    outcome = models.CharField(max_length=10, choices=Outcome)
    words = SealedText(compartment="case.compartment_id")
    """The ground in the human's own words, where it was corrected."""
    sought = SealedText(compartment="case.compartment_id")
    """What is asked of the court for it."""
    reason = SealedText(compartment="case.compartment_id")
    place = models.PositiveIntegerField(null=True)
    """Which ground it is, from 1; None where it is none."""
    quotations = models.ManyToManyField(Quotation, through="VerdictQuotation", related_name="verdicts")
    """The passages of the decision, and other words on which the ground rests."""
    records = models.ManyToManyField(ProcedureRecord, related_name="verdicts")
    facts = models.ManyToManyField(Fact, related_name="verdicts")
    papers = models.ManyToManyField(Document, through="VerdictPaper", related_name="rested_on_by_verdicts")
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "decision", "defect"], condition=Q(current=True), name="one_verdict_stands"
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(proposed=""), name="a_verdict_has_a_reason"),
            models.CheckConstraint(condition=~Q(outcome="corrected") | ~Q(words=""), name="a_correction_has_words"),
            models.CheckConstraint(
                condition=Q(outcome="dismissed", place__isnull=True)
                | (~Q(outcome="dismissed") & Q(place__isnull=False)),
                name="a_ground_has_a_place_and_nothing_else_has",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.defect}"

    @property
    def ground(self) -> str:
        """The ground as it is argued: in a human's words where it was corrected."""
        return str(self.words or self.proposed)


class VerdictQuotation(models.Model):
    """That a verdict rests on a quotation, which therefore stays."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="+")
    quotation = models.ForeignKey(Quotation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["verdict", "quotation"], name="a_verdict_rests_on_a_quotation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} rests on words"


class VerdictPaper(models.Model):
    """That a verdict rests on a whole paper, which therefore stays."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="+")
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["verdict", "paper"], name="a_verdict_rests_on_a_paper_once")]

    def __str__(self) -> str:
        return f"{self.verdict} rests on a paper"
