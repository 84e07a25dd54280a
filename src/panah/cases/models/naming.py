"""What people said about names: whose they are, and that one was not found."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from panah.cases.models.cases import Case
from panah.library.models import Document, Quotation
from panah.team.models import Compartment, Member
from panah.vault.fields import SealedText


class Identification(models.Model):
    """What a human said of a name that stands in a document: that of the person who is looked for, of another, or unclear.

    A later one about the same name stands in its place; both stay. Nothing makes one but a human.
    """

    class Outcome(models.TextChoices):
        """Whether it is the same person. That nobody can tell is an answer as good as the others."""

        SAME = "same"
        DIFFERENT = "different"
        UNCLEAR = "unclear"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="+")
    """Whose members see it."""
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="identifications")
    """For whose examination it was said; None where for no case."""
    sought = SealedText(max_length=200)
    """The name that was looked for, as it was typed."""
    quotation = models.ForeignKey(Quotation, on_delete=models.PROTECT, related_name="identifications")
    """The name as it stands in the document."""
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = SealedText()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(sought="") & ~Q(reason=""), name="an_identification_has_a_reason"),
        ]
        indexes = [models.Index(fields=["quotation", "compartment"], name="identifications_of_a_name")]

    def __str__(self) -> str:
        return f"{self.outcome}, {self.by}"


class Absence(models.Model):
    """A human's statement that a name was looked for, and that none of what was found is it. It is kept as it was made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="absences")
    sought = SealedText(max_length=200)
    asked = SealedText()
    """JSON, as `naming.record.Asked` writes it: the spellings that were tried, in which collections, and what was put aside."""
    reason = SealedText()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    """Where it stands among the papers of the case, so that it can be quoted."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(sought="") & ~Q(asked="") & ~Q(reason=""), name="an_absence_says_what_was_asked_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"absence of {self.at:%Y-%m-%d}"


class Beside(models.Model):
    """What is shown beside the names of an applicant, to tell namesakes apart. No name is found by it."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="beside_names")
    born = SealedText(max_length=64, compartment="case.compartment_id")
    """EDTF; empty where nobody said."""
    county = SealedText(max_length=200, compartment="case.compartment_id")
    father = SealedText(max_length=200, compartment="case.compartment_id")
    """The father's name."""

    class Meta:
        verbose_name_plural = "beside names"

    def __str__(self) -> str:
        return f"beside the names of case {self.case_id}"


class NameAsked(models.Model):
    """That a member looked for a name a moment ago, and not for which: one person asks for a handful in a minute."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["member", "at"], name="names_asked_a_moment_ago")]
        verbose_name_plural = "names asked"

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S}"
