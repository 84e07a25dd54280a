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
    """Not a shelf: all entries there are."""
    EVER = (1 << 63) - 1
    """Not a shelf either: all entries there ever were. FTS5 counts no deletion, and its own weights rest on that."""

    number = models.PositiveBigIntegerField(primary_key=True)
    entries = models.PositiveBigIntegerField()
    tokens = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"shelf {self.number}: {self.entries}"


class Change(models.Model):
    """An entry that is gone, or says something else than when it was indexed: an engine that follows learns it from here."""

    ALL = 0
    """Not an entry: whatever there is must be made anew, and nothing of what was before may be left."""

    number = models.BigAutoField(primary_key=True)
    entry = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"change {self.number}"


class Sealed(models.Model):
    """An index that was put away when the workspace was locked. Without this row nobody opens it."""

    key = models.CharField(max_length=64)
    """Of this one alone, in hexadecimal digits."""
    version = models.CharField(max_length=100)
    """Of its form: what has another one makes its own anew."""
    entry = models.PositiveBigIntegerField()
    """The last entry that it has seen."""
    change = models.PositiveBigIntegerField()
    """The last change that it has seen."""

    def __str__(self) -> str:
        return f"sealed at entry {self.entry}"
