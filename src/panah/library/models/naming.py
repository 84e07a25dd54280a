"""The names that stand in readings, so that one is found in whichever spelling."""

from __future__ import annotations

from django.db import models

from panah.library.models.documents import Document, Reading
from panah.vault.fields import SealedText


class Mentions(models.Model):
    """The names in some passages of a reading, and the bytes at which each stands.

    Names of people are personal data: they are sealed with the key of the compartment, and gone with it. Nobody can ask the
    database for one; they are opened into memory for whoever may see the documents.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="mentions")
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="mentions")
    number = models.PositiveIntegerField()
    """Which passages of the reading: the first thousand have 0."""
    edition = models.PositiveSmallIntegerField()
    """By which edition of the rules they were found: what an older one found is found again."""
    box = SealedText(compartment="document.collection.compartment_id")
    """As `naming.packing` has it; empty where no name stands there."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="names_in_passages_are_kept_once"),
        ]
        verbose_name_plural = "mentions"

    def __str__(self) -> str:
        return f"names in {self.document_id}, {self.number}"
