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
    length = models.PositiveIntegerField()
    """How many terms the engine has of it."""
    group = models.PositiveBigIntegerField()
    """What it is a part of: a passage is of a document. Things are counted, folded and chosen by it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="a_thing_is_indexed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Shelf(models.Model):
    """How much stands on a shelf: a question weighs its words by the shelves that it is asked on, and no others."""

    EVERYWHERE = 0
    """Not a shelf: the whole index, counted for the engine, whose own weights rest on that."""

    number = models.PositiveBigIntegerField(primary_key=True)
    entries = models.PositiveBigIntegerField()
    tokens = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"shelf {self.number}: {self.entries}"
