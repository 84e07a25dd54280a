"""Members, compartments, and the ledger."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from panah import proof
from panah.team.rules import Role

LONGEST_NAME = 100


class Member(AbstractBaseUser):
    """Someone on the team. One who left stays, so that the ledger's names stay true, and may do nothing."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    administers = models.BooleanField(default=False)
    """Invites members, backs up, checks fixity. It opens no compartment."""

    objects = BaseUserManager["Member"]()

    USERNAME_FIELD = "name"

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django asks for it by this name
        """Whether they are still on the team."""
        return self.left_at is None


class Compartment(models.Model):
    """Work that only its members see. A case, a collection, a letter points to one; it points to none of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    """From then on there is nothing of it but this row, without its name, and its lines in the ledger."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(erased_at=None) ^ Q(name=""), name="what_is_erased_has_no_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A member's role in a compartment, from when until when."""

    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="memberships")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=[(role.value, role.value) for role in Role])
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compartment", "member"], condition=Q(until=None), name="one_role_in_a_compartment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.role} of {self.compartment}"


class Invitation(models.Model):
    """An address that makes whoever opens it a member, once. Its token was shown once, and only a digest is here."""

    name = models.CharField(max_length=LONGEST_NAME)
    digest = models.CharField(max_length=71, unique=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="invitations")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When it was taken up or withdrawn."""

    def __str__(self) -> str:
        return self.name


class CodeSecret(models.Model):
    """What a member's telephone and the workspace share: the second factor that is a code of six digits."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="code_secret")
    secret = models.BinaryField()
    made_at = models.DateTimeField()
    last_step = models.PositiveBigIntegerField()
    """No code of this step or an earlier one is taken: one that was overseen is of no use."""

    def __str__(self) -> str:
        return f"telephone of {self.member}"


class Passkey(models.Model):
    """A key in a member's machine, telephone or token. What is here is its public half."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="passkeys")
    called = models.CharField(max_length=LONGEST_NAME)
    host = models.CharField(max_length=253)
    """Of which address of the workbench it is; browsers show it at no other."""
    key_id = models.BinaryField(unique=True, max_length=1023)
    credential = models.BinaryField()
    uses = models.PositiveBigIntegerField()
    """As it counts them itself. Fewer than before tell of a copy."""
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.called


class RecoveryCode(models.Model):
    """A code on paper that takes the place of a second factor once. Only a digest is here."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=71, unique=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"recovery code of {self.member}"


class Sitting(models.Model):
    """A browser in which a member is signed in, from when, and when it was last heard of."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="sittings")
    session = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=200)
    """As it calls itself."""
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member} in {self.browser}"


class Knocking(models.Model):
    """How often somebody was refused under one name, or from one address, and when last: what makes them wait."""

    whose = models.CharField(max_length=71, primary_key=True)
    """A digest: a name that was typed may be a password in the wrong field."""
    refusals = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.refusals} refusals"


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
