"""What the index knows of a passage beside its words."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One indexed thing. Its tokens are in the engine under the same number; what they say is not kept twice."""

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    shelf = models.PositiveBigIntegerField()
    """The collection it stands in."""
    language = models.CharField(max_length=35)
    """BCP 47; empty where it is not known."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="a_thing_is_indexed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
