"""Pages of the web that were asked for, and what they left."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from panah.library.models.documents import Collection, Document
from panah.team.models import Compartment, Member


class Capture(models.Model):
    """A page of the web that somebody asked to have captured, and what came of it; also where nothing came.

    One that waits *is* the work of capturing it: whoever does it takes a lease.
    """

    class State(models.TextChoices):
        """How far it is. A page that the site answered with an error is captured: that was its answer."""

        WAITING = "waiting"
        CAPTURED = "captured"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="captures")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked = models.CharField(max_length=2000)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    code = models.CharField(max_length=60)
    reason = models.CharField(max_length=500)
    parts = models.JSONField(default=list)
    """The reason taken apart (`errors.Parts`); empty where it does not know its parts."""
    exit = models.CharField(max_length=20)
    reached = models.CharField(max_length=2000)
    """Where the way ended."""
    status = models.PositiveSmallIntegerField(default=0)
    """What the site answered there; 0 where no answer came."""
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    found = models.JSONField(default=dict)
    """The steps on the way, the certificates, what robots.txt says, why there is no picture or no time-stamp, and
    what each calendar answered."""
    token = models.BinaryField(null=True)
    """An authority's time-stamp (RFC 3161) over the WARC."""
    stamped_at = models.DateTimeField(null=True)
    timestamp = models.BinaryField(null=True)
    """What calendars say of the WARC (OpenTimestamps, .ots). It only grows: what was pending stays beside what it became."""
    block = models.PositiveIntegerField(null=True)
    """The lowest block of Bitcoin that it leads to; null as long as all of it is pending."""
    followed_at = models.DateTimeField(null=True)
    """When the calendars were last asked, by the workbench itself, what became of it."""
    lease_holder = models.CharField(max_length=60)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state="failed") ^ Q(code=""), name="failed_means_there_is_a_reason"),
            models.CheckConstraint(
                condition=Q(state="waiting") ^ Q(ended_at__isnull=False), name="done_means_it_ended"
            ),
            models.CheckConstraint(
                condition=Q(token=None, stamped_at=None) | Q(token__isnull=False, stamped_at__isnull=False),
                name="stamped_means_there_is_a_stamp",
            ),
            models.CheckConstraint(
                condition=Q(block=None) | Q(timestamp__isnull=False), name="a_block_is_reached_by_a_timestamp"
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="captures_waiting")]

    def __str__(self) -> str:
        return self.asked

    @property
    def timestamped(self) -> bool:
        """Whether any calendar gave a timestamp."""
        return any(not answer["code"] for answer in self.found.get("calendars", []))

    @property
    def compartment(self) -> Compartment:
        """Whose work it is."""
        return self.collection.compartment


class Captured(models.Model):
    """A document that a capture left: the record of everything, the page itself, its picture, its print."""

    class What(models.TextChoices):
        """What a document is of a capture."""

        RECORD = "record"
        PAGE = "page"
        PICTURE = "picture"
        PRINT = "print"

    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="captured")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="captured")
    what = models.CharField(max_length=10, choices=What)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["capture", "what"], name="a_capture_leaves_one_of_each")]

    def __str__(self) -> str:
        return f"{self.what} of {self.capture}"
