"""What was looked for on behalf of a case, and what came of it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from panah.cases.models.cases import Case
from panah.library.models import Document
from panah.vault.fields import SealedText


class ProfileWords(models.Model):
    """Words by which evidence is looked for, as a caseworker entered them. Nothing puts any here by itself."""

    class About(models.TextChoices):
        """What they are about."""

        GROUP = "group"
        RELIGION = "religion"
        OCCUPATION = "occupation"
        PLACE = "place"
        EVENTS = "events"
        OTHER = "other"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="profile_words")
    about = models.CharField(max_length=12, choices=About)
    words = SealedText(compartment="case.compartment_id")
    """Each line is looked for by itself."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "about"], name="words_of_a_profile_stand_once"),
            models.CheckConstraint(condition=~Q(words=""), name="a_profile_has_words"),
        ]

    def __str__(self) -> str:
        return self.about


class Search(models.Model):
    """A search that was made for a case: what was asked, of what, by whom, and how much there was."""

    class Through(models.TextChoices):
        """Where it was made."""

        FINDER = "finder"
        LIBRARY = "library"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="searches")
    through = models.CharField(max_length=10, choices=Through)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=100)
    asked = SealedText(compartment="case.compartment_id")
    """JSON, as `research.record.Asked` reads and writes it."""

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(asked=""), name="a_search_asked_something")]
        indexes = [models.Index(fields=["case", "made_at"], name="searches_of_a_case_by_time")]

    def __str__(self) -> str:
        return f"{self.through} {self.made_at:%Y-%m-%d %H:%M}"


class Outcome(models.Model):
    """What came of a search: a document that was opened from it, or words of one that were used."""

    search = models.ForeignKey(Search, on_delete=models.CASCADE, related_name="outcomes")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="+")
    """None where it was opened on another machine, and did not come along."""
    title = SealedText(compartment="search.case.compartment_id")
    words = SealedText(compartment="search.case.compartment_id")
    """The words that were used; empty where it was opened only."""
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="an_outcome_has_a_title")]

    def __str__(self) -> str:
        return f"{self.title}: {'used' if self.words else 'opened'}"
