"""What is kept of stored bytes."""

from __future__ import annotations

from django.db import models


class Original(models.Model):
    """Bytes exactly as received. Never changed, never deleted while anything cites them.

    Its custody is the ledger's lines about its digest.
    """

    digest = models.CharField(max_length=71, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    """By content, not by name; `application/octet-stream` for what is not recognised."""
    first_received = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest
