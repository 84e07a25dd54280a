"""Sealed dossiers."""

from __future__ import annotations

import uuid

from django.db import models

from panah.vault.models import Original


class Dossier(models.Model):
    """A sealed bundle, preserved like any Original. What it is about, only its reference tells."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.CharField(max_length=40)
    bundle = models.OneToOneField(Original, on_delete=models.PROTECT, related_name="dossier")
    sealed_at = models.DateTimeField()
    by = models.CharField(max_length=100)
    footnotes = models.PositiveIntegerField()
    exhibits = models.PositiveIntegerField()
    gaps = models.PositiveIntegerField()
    timestamped = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["reference", "sealed_at"], name="dossiers_of_a_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, sealed {self.sealed_at:%Y-%m-%d %H:%M}"

    @property
    def file_name(self) -> str:
        """The name under which the bundle is handed out."""
        return f"panah-{self.reference}-{self.sealed_at:%Y%m%dT%H%M%S}.zip"
