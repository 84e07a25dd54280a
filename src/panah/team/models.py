"""Members, compartments, and the ledger."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.functional import cached_property

from panah import proof
from panah.errors import PanahError
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


class Look(models.Model):
    """When the ledger last said that a member looked at a thing. It says so once an hour, not at every page."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="looks")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["compartment", "member", "kind", "subject"], name="one_last_look_of_a_member_at_a_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} at {self.kind} {self.subject}"


class LineWithheld(PanahError):
    """What line {seq} of the ledger is about was erased."""

    status = 410


def _from(text: str, name: str, kind: models.Field[Any, Any]) -> models.GeneratedField:
    """What stands in a text. The database computes it whenever it is asked for: it cannot say anything else."""
    extracted = Func(F(text), Value(f"$.{name}"), function="json_extract")
    return models.GeneratedField(expression=extracted, output_field=kind, db_persist=False)


class LedgerLine(models.Model):
    """One act: who did what, when. Append-only and chained: no line can change without breaking the next.

    The database itself refuses to change or delete a line, and one that is not the next (triggers in migration 0006).
    What the line is about stands in its `Particulars`; lines that an older Panah wrote say it themselves.
    """

    seq = models.IntegerField(primary_key=True)
    body = models.TextField()
    """Canonical JSON, exactly as it was digested."""
    link = models.CharField(max_length=71, unique=True)

    at = _from("body", "at", models.CharField(max_length=32))
    """ISO 8601, UTC."""
    by = _from("body", "by", models.CharField(max_length=100))
    """The member's name as it was; `panah` for what the program did by itself."""
    verb = _from("body", "verb", models.CharField(max_length=40))
    compartment = _from("body", "compartment", models.UUIDField(null=True))
    """Whose members may see what the line is about; None where everybody may."""
    flat_kind = _from("body", "kind", models.CharField(max_length=20, null=True))
    flat_subject = _from("body", "subject", models.CharField(max_length=200, null=True))

    class Meta:
        indexes = [
            models.Index(fields=["compartment", "seq"], name="lines_of_a_compartment"),
            models.Index(fields=["flat_kind", "flat_subject"], name="custody_in_older_lines"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.at} {self.by} {self.verb}"

    @property
    def record(self) -> str | None:
        """The text of what it is about, of which the body has the digest; None where there is none, or none any more."""
        return self.particulars.record if hasattr(self, "particulars") else None

    @cached_property
    def said(self) -> dict[str, proof.Canonical]:
        """All that the line says: its body, and what it is about. Raises `NotCanonical`."""
        record = _members(self.record) if self.record else {}
        return {**record, **_members(self.body)}

    @property
    def kind(self) -> str:
        """What kind of thing it is about. Raises `LineWithheld`."""
        return str(self._about("kind"))

    @property
    def subject(self) -> str:
        """Which one. Raises `LineWithheld`."""
        return str(self._about("subject"))

    @property
    def details(self) -> dict[str, proof.Canonical]:
        """What else there is to say of it. Raises `LineWithheld`."""
        return dict(self._about("details"))

    def _about(self, name: str) -> Any:
        if name not in self.said:
            raise LineWithheld(seq=self.seq)
        return self.said[name]


def _members(text: str) -> dict[str, proof.Canonical]:
    found = proof.read_canonical(text.encode())
    return found if isinstance(found, dict) else {}


class Particulars(models.Model):
    """What a line of the ledger is about. Never changed; gone where the line's compartment was erased."""

    line = models.OneToOneField(LedgerLine, on_delete=models.PROTECT, primary_key=True, related_name="particulars")
    record = models.TextField()
    """Canonical JSON, exactly as it was digested."""

    kind = _from("record", "kind", models.CharField(max_length=20))
    subject = _from("record", "subject", models.CharField(max_length=200))

    class Meta:
        indexes = [
            models.Index(fields=["kind", "subject", "line"], name="custody_of_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.kind} {self.subject}"


class LedgerBlock(models.Model):
    """A stretch of the ledger that the workspace signed; blocks follow one another without a hole. Append-only."""

    last = models.IntegerField(primary_key=True)
    first = models.IntegerField(unique=True)
    link = models.CharField(max_length=71)
    """That of its last line."""
    at = models.CharField(max_length=32)
    """ISO 8601, UTC."""
    signature = models.CharField(max_length=128)
    token = models.BinaryField(null=True)
    """An authority's time-stamp (RFC 3161) over the signature; it may be added once."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="block_has_a_line"),
        ]

    def __str__(self) -> str:
        return f"{self.first} to {self.last}, signed {self.at}"
