"""What is kept of stored bytes, and of the keys to them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from panah.team.models import Compartment


def _new_id() -> str:
    return uuid.uuid4().hex


class DataKey(models.Model):
    """The key of a compartment, wrapped under the workspace's. Of several, those of lower numbers are being replaced.

    Nothing of the compartment opens without it: to destroy it is to erase what it sealed, also in what is found later.
    """

    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="keys")
    number = models.PositiveIntegerField()
    wrapped = models.CharField(max_length=200)
    """Hexadecimal."""
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compartment", "number"], name="keys_of_a_compartment_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"key {self.number} of {self.compartment_id}"


class Stored(models.Model):
    """A content in the store of a compartment: its digest, its size in bytes, and the key that opens it."""

    digest = models.CharField(max_length=71)
    size = models.PositiveBigIntegerField()
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Original(Stored):
    """Bytes exactly as received. Never changed, never deleted while anything cites them.

    The same bytes received in two compartments are two Originals: neither tells of the other. Custody is the ledger's
    lines about the digest.
    """

    id = models.CharField(max_length=71, primary_key=True, default=_new_id)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="originals")
    media_type = models.CharField(max_length=100)
    """By content, not by name; `application/octet-stream` for what is not recognised."""
    first_received = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compartment", "digest"], name="an_original_is_kept_once_in_a_compartment"),
        ]

    def __str__(self) -> str:
        return self.digest


class FixityPass(models.Model):
    """One time that every stored content was digested again. Until it is finished, its place says where it goes on."""

    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=71)
    key = models.PositiveBigIntegerField(default=0)
    """With the digest, the last content that was looked at: they go in the order of both."""
    checked = models.PositiveBigIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    """Bytes of all that were looked at."""

    class Meta:
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(finished_at=None), name="one_fixity_check_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"fixity check of {self.began_at:%Y-%m-%d}: {self.checked} contents"


class BrokenContent(models.Model):
    """A content that a fixity check found changed or gone."""

    found_by = models.ForeignKey(FixityPass, on_delete=models.CASCADE, related_name="broken")
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=71)
    path = models.CharField(max_length=100)
    """Its object, as the home names it: it tells nothing of the content."""
    code = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.path}: {self.code}"
