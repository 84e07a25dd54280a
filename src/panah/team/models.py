"""Members, and the ledger."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from panah import proof

LONGEST_NAME = 100


class Member(AbstractBaseUser):
    """Someone on the team."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    joined_at = models.DateTimeField()

    objects = BaseUserManager["Member"]()

    USERNAME_FIELD = "name"

    def __str__(self) -> str:
        return self.name


class LedgerLine(models.Model):
    """One act: who did what, to what, when. Append-only and chained: no line can change without breaking the next.

    The database itself refuses to change or delete a line (triggers in migrations 0002 and 0003).
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    """ISO 8601, UTC, as it stands in the digest."""
    by = models.CharField(max_length=100)
    """The member's name as it was; `panah` for what the program did by itself."""
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    details = models.JSONField()
    salt = models.CharField(max_length=32)
    """Random: nobody who knows what a line might say can tell from its digest alone that it says so."""
    body_digest = models.CharField(max_length=71)
    link = models.CharField(max_length=71, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "subject", "seq"], name="custody_of_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.at} {self.by} {self.verb} {self.kind} {self.subject}"

    def body(self) -> dict[str, proof.Canonical]:
        """What is digested: everything but the digest and the link."""
        return {
            "seq": self.seq,
            "at": self.at,
            "by": self.by,
            "verb": self.verb,
            "kind": self.kind,
            "subject": self.subject,
            "details": self.details,
            "salt": self.salt,
        }
