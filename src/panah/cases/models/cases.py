"""One person's claim, and its examination."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from panah.law import Stance
from panah.library.models import Collection, Document, Quotation
from panah.team.models import Compartment, Member
from panah.vault.fields import SealedText
from panah.vault.models import Original


class Case(models.Model):
    """One person, one examination."""

    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=40)
    called = SealedText(max_length=200)
    """How the applicant wishes to be named: a working name, an initial, a pseudonym."""
    papers = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="case")
    """The collection in which the papers of the case stand."""
    note = SealedText()
    opened_at = models.DateTimeField()
    two_pairs_of_eyes = models.BooleanField(default=False)
    """Whether nothing may leave it that another member has not approved."""
    retain_until = models.CharField(max_length=10, default="")
    """The last day (EDTF) on which it must be there; from the next on it shall be erased. Empty where nobody said."""
    retain_reason = SealedText(default="")
    held_since = models.DateTimeField(null=True)
    hold_reason = SealedText(default="")
    """Why it may not be erased whatever day it is: a court, an inquiry."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compartment", "reference"], name="a_reference_names_one_case"),
            models.CheckConstraint(
                condition=Q(retain_until="", retain_reason="") | (~Q(retain_until="") & ~Q(retain_reason="")),
                name="how_long_it_is_kept_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(held_since=None, hold_reason="") | (Q(held_since__isnull=False) & ~Q(hold_reason="")),
                name="a_hold_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.called}"

    @property
    def address(self) -> str:
        """What its pages are asked for by: the reference, and more where who asks sees another case of that reference.

        `cases.queries.cases` knows, and says so in `has_namesake`.
        """
        namesake: bool = getattr(self, "has_namesake", False)
        return f"{self.reference}~{self.compartment.pk.hex[:8]}" if namesake else str(self.reference)


class Name(models.Model):
    """A spelling of the applicant's name, in one script, from one paper or from herself.

    One that was entered by mistake is taken out, and stays with the reason; entered again, it is a row of its own.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="names")
    name = SealedText(max_length=200, compartment="case.compartment_id")
    script = models.CharField(max_length=4)
    """ISO 15924: Arab, Latn, Cyrl, Hans, Hant."""
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    quotation = models.ForeignKey(Quotation, on_delete=models.PROTECT, null=True, related_name="spellings")
    """Where in the paper it stands so; None where nobody showed it."""
    earlier = models.BooleanField(default=False)
    """Whether it is a name that the applicant bore before: before a marriage, or before it was changed."""
    since = SealedText(max_length=100, default="", compartment="case.compartment_id")
    """Since when an earlier name was borne, in people's words; empty where nobody said."""
    until = SealedText(max_length=100, default="", compartment="case.compartment_id")
    """Until when it was."""
    out_reason = SealedText(default="", compartment="case.compartment_id")
    """Why it was taken out; empty where it stands."""
    out_by = models.CharField(max_length=100, default="")
    out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_name_is_not_empty"),
            models.CheckConstraint(
                condition=Q(earlier=True) | Q(since="", until=""),
                name="only_an_earlier_name_says_since_when_and_until_when",
            ),
            models.CheckConstraint(
                condition=Q(out_at=None, out_reason="", out_by="")
                | (Q(out_at__isnull=False) & ~Q(out_reason="") & ~Q(out_by="")),
                name="a_spelling_is_taken_out_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Relative(models.Model):
    """Somebody who belongs to the applicant, and whom it may endanger to be named.

    Shown on demand alone; in no dossier, in no search, in no title of a page.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="relatives")
    number = models.PositiveIntegerField()
    name = SealedText(max_length=200, compartment="case.compartment_id")
    relation = SealedText(max_length=200, compartment="case.compartment_id")
    """What they are to the applicant."""
    whereabouts = SealedText(max_length=300, compartment="case.compartment_id")
    note = SealedText(compartment="case.compartment_id")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="relatives_are_numbered"),
            models.CheckConstraint(condition=~Q(name="") | ~Q(relation=""), name="a_relative_is_told_from_others"),
        ]

    def __str__(self) -> str:
        return f"Relative {self.number}"


class AppliedFramework(models.Model):
    """A body of law under which the case is examined, in the edition that was chosen."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="frameworks")
    framework = models.CharField(max_length=60)
    digest = models.CharField(max_length=71)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "framework"], name="a_framework_is_chosen_once"),
        ]

    def __str__(self) -> str:
        return self.framework


class Statement(models.Model):
    """One telling of the account, as it was told. Each telling is kept."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    told_on = models.CharField(max_length=64)
    """EDTF: a day, a month, or `2024-05~` for about then; empty where nobody knows."""
    occasion = models.CharField(max_length=300)
    """Where and to whom: screening, first interview, a letter."""
    language = models.CharField(max_length=35)
    interpreter = models.CharField(max_length=300)
    """Language and dialect of the interpreter; empty where there was none."""
    words = SealedText(compartment="case.compartment_id")
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    """The paper in which it stands, where there is one."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="statements_are_numbered"),
            models.CheckConstraint(
                condition=~Q(words="") | Q(paper__isnull=False), name="a_statement_has_words_or_a_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"Statement {self.number}"


class Fact(models.Model):
    """A material fact, and the reasons of benefit of the doubt where nothing else supports it.

    The four boxes are the conditions of art. 4(5)(a)-(d) of Regulation (EU) 2024/1347; each holds a human's reason.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="facts")
    number = models.PositiveIntegerField()
    words = models.TextField()
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="facts")
    shared_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="shared")
    """The fact of another case of the family that it was taken from: what is concluded on it here is of this person."""
    genuine_effort = models.TextField()
    elements_submitted = models.TextField()
    coherent = models.TextField()
    credible = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="facts_are_numbered"),
            models.CheckConstraint(condition=~Q(words=""), name="a_fact_has_words"),
        ]

    def __str__(self) -> str:
        return f"Fact {self.number}: {self.words}"


class Support(models.Model):
    """A quotation, or a whole paper, that supports a fact, contradicts it, or is silent on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="supports")
    stance = models.CharField(max_length=12, choices=[(stance.value, stance.value) for stance in Stance])
    quotation = models.ForeignKey(Quotation, on_delete=models.PROTECT, null=True, related_name="supports")
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="supports")
    note = models.TextField()
    put_at = models.CharField(max_length=300)
    """Where and when a contradiction was put to the applicant; empty where it was not."""
    her_answer = models.TextField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quotation__isnull=True) ^ Q(paper__isnull=True), name="support_is_a_quotation_or_a_paper"
            ),
            models.CheckConstraint(condition=Q(her_answer="") | ~Q(put_at=""), name="an_answer_was_asked_for"),
            models.UniqueConstraint(fields=["fact", "quotation"], name="a_quotation_supports_a_fact_once"),
            models.UniqueConstraint(fields=["fact", "paper"], name="a_paper_supports_a_fact_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stance}: {self.quotation or self.paper}"


class Finding(models.Model):
    """A human's answer to an element, with reasons. A new answer replaces the old one, which stays."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="findings")
    framework = models.CharField(max_length=60)
    element = models.CharField(max_length=60)
    words = models.TextField()
    reasons = models.TextField()
    facts = models.ManyToManyField(Fact, related_name="findings")
    quotations = models.ManyToManyField(Quotation, through="FindingQuotation", related_name="findings")
    by = models.CharField(max_length=100)
    written_at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "framework", "element"], condition=Q(current=True), name="one_finding_stands"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_finding_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.element}: {self.words}"


class FindingQuotation(models.Model):
    """That a finding rests on a quotation, which therefore stays."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="+")
    quotation = models.ForeignKey(Quotation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "quotation"], name="a_finding_rests_on_a_quotation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.finding} rests on words"


class LaidBeside(models.Model):
    """A quotation that a human laid beside an element, for its finding to weigh. It is no finding."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="laid_beside")
    framework = models.CharField(max_length=60)
    element = models.CharField(max_length=60)
    quotation = models.ForeignKey(Quotation, on_delete=models.PROTECT, related_name="laid_beside")
    laid_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "framework", "element", "quotation"], name="a_quotation_lies_beside_an_element_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element}: {self.quotation}"


class RedactionProfile(models.Model):
    """What a member wants replaced in copies of a case, and by what: the key of the placeholders. It never leaves."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="profiles")
    number = models.PositiveIntegerField()
    called = SealedText(compartment="case.compartment_id")
    """For whom it is: the court, the press."""
    entries = SealedText(compartment="case.compartment_id")
    """JSON: kind, number and spellings of each."""
    pictures = models.BooleanField(default=False)
    """Somebody looked through every picture: they may go along."""
    changed_at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="profiles_of_a_case_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.called}"


class HandOver(models.Model):
    """One content for certain recipients: asked for, approved where the case demands it, and handed over once."""

    class What(models.TextChoices):
        """What is handed over."""

        DOSSIER = "dossier"
        EXPORT = "export"
        REDACTED = "redacted"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="hand_overs")
    what = models.CharField(max_length=10, choices=What)
    content = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="+")
    """Exactly what leaves, as it was when it was asked for."""
    profile = models.ForeignKey(RedactionProfile, on_delete=models.PROTECT, null=True, related_name="+")
    recipients = SealedText(compartment="case.compartment_id")
    """Public keys, one on a line; empty where it goes under a passphrase, which is kept nowhere."""
    reason = SealedText(compartment="case.compartment_id")
    report = SealedText(compartment="case.compartment_id")
    """What was replaced and what was left out, where it is a redacted copy."""
    needs_approval = models.BooleanField()
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    why = SealedText(compartment="case.compartment_id")
    """The reason of the decision."""
    handed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, approved=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, approved__isnull=False),
                name="who_decided_and_when_is_known",
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="nobody_approves_what_they_asked_for"),
            models.CheckConstraint(
                condition=Q(handed_at=None) | Q(needs_approval=False) | Q(approved=True),
                name="what_needs_approval_leaves_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.case.reference}"
