"""What is done to establish the facts of a case, and what an applicant has to show."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from panah.cases.models.cases import Case, Fact, Statement
from panah.law import Acceptance as Accepted
from panah.law import Presence
from panah.library.models import Document, Quotation
from panah.vault.fields import SealedText


class Assessment(models.Model):
    """A credibility indicator, assessed on a fact in a human's words. A new one replaces the old one, which stays."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="assessments")
    indicator = models.CharField(max_length=20)
    """Its id in `law/method.yaml`."""
    words = SealedText(compartment="fact.case.compartment_id")
    quotations = models.ManyToManyField(Quotation, through="AssessmentQuotation", related_name="assessments")
    statements = models.ManyToManyField(Statement, related_name="assessments")
    by = models.CharField(max_length=100)
    written_at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fact", "indicator"], condition=Q(current=True), name="one_assessment_stands"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="an_assessment_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of fact {self.fact.number}"


class AssessmentQuotation(models.Model):
    """That an assessment rests on a quotation, which therefore stays."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="+")
    quotation = models.ForeignKey(Quotation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "quotation"], name="an_assessment_rests_on_a_quotation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment} rests on words"


class Acceptance(models.Model):
    """What a human concludes on a fact, with reasons. A new conclusion replaces the old one, which stays."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="acceptances")
    accepted = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Accepted])
    reasons = SealedText(compartment="fact.case.compartment_id")
    past_harm = models.BooleanField(default=False)
    """Whether it is past persecution, past serious harm or a direct threat: Regulation (EU) 2024/1347, art. 4(4)."""
    by = models.CharField(max_length=100)
    written_at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact"], condition=Q(current=True), name="one_acceptance_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.accepted}: fact {self.fact.number}"


class Explanation(models.Model):
    """That the applicant was asked about what seems to speak against a fact, where, and the answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="explanations")
    put_at = models.CharField(max_length=300)
    """Where and when: an interview, and the place in its transcript."""
    asked = SealedText(compartment="fact.case.compartment_id")
    """What was put."""
    her_answer = SealedText(compartment="fact.case.compartment_id")
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(put_at=""), name="an_explanation_was_asked_for_somewhere")]

    def __str__(self) -> str:
        return f"Explanation of fact {self.fact.number}"


class Distortion(models.Model):
    """A factor that can distort a telling or how it is heard, of which somebody took account."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="distortions")
    number = models.PositiveIntegerField()
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="distortions")
    """The telling it concerns; None where it concerns the person."""
    factor = models.CharField(max_length=40)
    """Its id in `law/method.yaml`."""
    words = SealedText(compartment="case.compartment_id")
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="distortions_are_numbered"),
            models.CheckConstraint(condition=~Q(words=""), name="a_distortion_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.factor}: {self.statement or 'the person'}"


class Inventoried(models.Model):
    """Whether one of the ten things that an applicant has to show is on file: Regulation (EU) 2024/1347, art. 4(2)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="inventory")
    slot = models.CharField(max_length=40)
    """Its id in `law/method.yaml`."""
    presence = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Presence])
    words = SealedText(compartment="case.compartment_id")
    papers = models.ManyToManyField(Document, related_name="inventoried")
    by = models.CharField(max_length=100)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "slot"], name="a_slot_is_inventoried_once"),
            models.CheckConstraint(
                condition=~Q(presence=Presence.EXPLAINED.value) | ~Q(words=""), name="an_explained_absence_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot}: {self.presence}"
