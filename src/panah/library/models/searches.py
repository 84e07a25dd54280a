"""Searches that somebody keeps, and how far each member has looked through what they find."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from panah.team.models import Compartment, Member


class SavedSearch(models.Model):
    """A question that is asked again: a member's own, or that of a compartment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, null=True, related_name="+")
    """Whose members share it; None where it is the member's own."""
    name = models.CharField(max_length=200)
    question = models.TextField()
    """As an address has it: `finding.question` reads it."""
    saved_at = models.DateTimeField()
    found = models.PositiveIntegerField()
    """How many passages it found for the one who saved it, then."""
    up_to = models.PositiveBigIntegerField()
    """The number of the last passage that there was then: what is new has a higher one."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(question=""), name="a_saved_search_asks_something"),
        ]
        verbose_name_plural = "saved searches"

    def __str__(self) -> str:
        return self.name


class LookedThrough(models.Model):
    """Up to which passage a member has looked through what a saved search finds."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="looked_through")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    up_to = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["search", "member"], name="a_member_looks_through_a_search_up_to_one_passage"
            ),
        ]
        verbose_name_plural = "looked through"

    def __str__(self) -> str:
        return f"{self.search} up to {self.up_to}"
