"""What people say of where a text has its words from."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from panah.library.models.documents import Document
from panah.team.models import Member


class Trace(models.Model):
    """That a document has what it says from another, or from somebody who is not here: a witness, an agency, a list."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="traces")
    to = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="traced")
    root = models.CharField(max_length=300)
    """What it comes from that is not here; empty where `to` is."""
    because = models.CharField(max_length=2000)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to__isnull=True) ^ Q(root=""), name="a_trace_leads_to_a_document_or_to_a_named_root"
            ),
            models.CheckConstraint(condition=~Q(document=F("to")), name="nothing_traces_to_itself"),
            models.CheckConstraint(condition=~Q(because=""), name="a_trace_has_a_reason"),
            models.UniqueConstraint(fields=["document", "to"], name="a_document_traces_to_another_once"),
            models.UniqueConstraint(
                fields=["document", "root"], condition=~Q(root=""), name="a_document_traces_to_a_root_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} traces to {self.to or self.root}"


class Apart(models.Model):
    """That two documents do not have the same root, though they share wording."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="apart")
    other = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="apart_from")
    because = models.CharField(max_length=2000)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(document=F("other")), name="nothing_is_apart_from_itself"),
            models.CheckConstraint(condition=~Q(because=""), name="what_is_apart_has_a_reason"),
            models.UniqueConstraint(fields=["document", "other"], name="two_documents_are_told_apart_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document} is apart from {self.other}"
