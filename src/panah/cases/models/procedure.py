"""Whether the procedure was fair: what is on file of it, and how each item of the checklist stands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from panah.cases.models.cases import Case, Fact
from panah.cases.models.research import Search
from panah.law.checklist import Status
from panah.library.models import Document, Quotation
from panah.vault.fields import SealedText


class ProcedureRecord(models.Model):
    """Something that was done, or left undone, in the procedure. What replaces it bears its number; it stays itself.

    What a record of a kind says stands in `law/checklist/records.yaml`.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="procedure_records")
    kind = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    said = SealedText(compartment="case.compartment_id")
    """JSON: the names of its fields, and what each says."""
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="procedure_records")
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "number"], condition=Q(current=True), name="one_record_of_a_number_stands"
            ),
            models.CheckConstraint(condition=~Q(said=""), name="a_record_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Answer(models.Model):
    """How an item of the checklist stands, by a human. A new answer replaces the old one, which stays."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=10)
    status = models.CharField(max_length=14, choices=[(each.value, each.value) for each in Status])
    words = SealedText(compartment="case.compartment_id")
    reason = SealedText(compartment="case.compartment_id")
    """Why the item does not apply."""
    nothing_found = SealedText(compartment="case.compartment_id")
    """Where it was looked, in vain."""
    citations = models.PositiveIntegerField()
    """How many quotations, records, facts and papers it rests on."""
    quotations = models.ManyToManyField(Quotation, through="AnswerQuotation", related_name="answers")
    records = models.ManyToManyField(ProcedureRecord, related_name="answers")
    facts = models.ManyToManyField(Fact, related_name="answers")
    papers = models.ManyToManyField(Document, through="AnswerPaper", related_name="answers")
    searches = models.ManyToManyField(Search, related_name="answers")
    """Those that found nothing."""
    proposed_by = models.CharField(max_length=10)
    """The rule that proposed something when it was given; empty where none did."""
    proposed = SealedText(compartment="case.compartment_id")
    """What the rule said."""
    by = models.CharField(max_length=100)
    written_at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "item"], condition=Q(current=True), name="one_answer_stands"),
            models.CheckConstraint(
                condition=Q(status=Status.NOT_EXAMINED.value) | Q(citations__gt=0) | ~Q(nothing_found=""),
                name="an_answer_cites_or_says_where_it_was_looked",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.NOT_APPLICABLE.value) | ~Q(reason=""),
                name="what_does_not_apply_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by="", proposed="") | (~Q(proposed_by="") & ~Q(proposed="")),
                name="a_proposal_has_a_rule_and_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.status}"


class AnswerQuotation(models.Model):
    """That an answer rests on a quotation, which therefore stays."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="+")
    quotation = models.ForeignKey(Quotation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "quotation"], name="an_answer_rests_on_a_quotation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.answer} rests on words"


class AnswerPaper(models.Model):
    """That an answer rests on a whole paper, which therefore stays."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="+")
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "paper"], name="an_answer_rests_on_a_paper_once")]

    def __str__(self) -> str:
        return f"{self.answer} rests on a paper"


class Dismissal(models.Model):
    """That a human set a proposal of a rule aside, and why. The rule may propose something else later."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="dismissals")
    item = models.CharField(max_length=10)
    proposed = SealedText(compartment="case.compartment_id")
    """What the rule said."""
    reason = SealedText(compartment="case.compartment_id")
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(proposed=""), name="a_dismissal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Dismissed: {self.item}"
