"""How a telling came about, and where two places of the file differ."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from panah.cases.models.cases import Case, Fact, Statement
from panah.law import Judged, Mode
from panah.library.models import Document, Quotation
from panah.vault.fields import SealedText


class Contradiction(models.Model):
    """Two places of the file that differ, what a human takes that for, and whether the applicant was asked.

    A place in a statement is a range of characters of its words; it may be empty where that telling says nothing. Which
    of the two is right is not said here.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contradictions")
    number = models.PositiveIntegerField()
    a_statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    a_start = models.PositiveIntegerField()
    a_end = models.PositiveIntegerField()
    b_statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="+")
    b_start = models.PositiveIntegerField(default=0)
    b_end = models.PositiveIntegerField(default=0)
    b_quotation = models.ForeignKey(Quotation, on_delete=models.PROTECT, null=True, related_name="contradictions")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, null=True, related_name="contradictions")
    judged = models.CharField(max_length=14, choices=[(each.value, each.value) for each in Judged])
    material = models.BooleanField(null=True)
    """Whether it bears on what must be decided; None where nobody said."""
    material_reason = SealedText(compartment="case.compartment_id")
    put_at = models.CharField(max_length=300)
    """Where and when it was put to the applicant; empty where it was not."""
    her_answer = SealedText(compartment="case.compartment_id")
    by = models.CharField(max_length=100)
    """Who wrote something of it last, and when."""
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="contradictions_are_numbered"),
            models.CheckConstraint(
                condition=Q(b_statement__isnull=True) ^ Q(b_quotation__isnull=True),
                name="the_other_place_is_a_statement_or_a_quotation",
            ),
            models.CheckConstraint(
                condition=Q(a_end__gte=F("a_start")) & Q(b_end__gte=F("b_start")), name="places_begin_before_they_end"
            ),
            models.CheckConstraint(
                condition=Q(a_end__gt=F("a_start")) | Q(b_end__gt=F("b_start")) | Q(b_quotation__isnull=False),
                name="one_of_two_places_has_words",
            ),
            models.CheckConstraint(
                condition=Q(material__isnull=True, material_reason="")
                | (Q(material__isnull=False) & ~Q(material_reason="")),
                name="materiality_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(her_answer="") | ~Q(put_at=""), name="an_answer_to_a_contradiction_was_asked_for"
            ),
        ]

    def __str__(self) -> str:
        return f"Contradiction {self.number}"

    @property
    def a_words(self) -> str:
        """The words at the first place."""
        return str(self.a_statement.words)[self.a_start : self.a_end]

    @property
    def b_words(self) -> str:
        """The words at the other place."""
        if self.b_quotation:
            return str(self.b_quotation.words)
        return str(self.b_statement.words)[self.b_start : self.b_end] if self.b_statement else ""


class Interview(models.Model):
    """How an interview was held: who was there, in which languages, and what was kept of it."""

    class Sex(models.TextChoices):
        """Of the interpreter, as the file says."""

        FEMALE = "female"
        MALE = "male"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="interviews")
    number = models.PositiveIntegerField()
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, null=True, related_name="interview")
    """What was told there."""
    held_on = models.CharField(max_length=64)
    """EDTF; empty where nobody knows."""
    place = SealedText(max_length=300, compartment="case.compartment_id")
    mode = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Mode])
    """Empty where nobody knows."""
    preferred_language = models.CharField(max_length=35)
    """What the applicant asked for: BCP 47, or a name."""
    preferred_dialect = models.CharField(max_length=100)
    interpreter_language = models.CharField(max_length=35)
    interpreter_dialect = models.CharField(max_length=100)
    interpreter_sex = models.CharField(max_length=6, choices=Sex)
    objection = SealedText(compartment="case.compartment_id")
    """What the applicant said against the interpreter."""
    interviewer = SealedText(max_length=300, compartment="case.compartment_id")
    present = SealedText(max_length=300, compartment="case.compartment_id")
    """Who else was there."""
    recording = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    transcript = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    corrections = SealedText(compartment="case.compartment_id")
    """What the applicant corrected in the record."""
    read_back = models.BooleanField(null=True)
    """Whether the record was read back; None where nobody knows."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="interviews_are_numbered")]

    def __str__(self) -> str:
        return f"Interview {self.number}"
