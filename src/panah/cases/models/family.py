"""Which cases are of one family."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from panah.cases.models.cases import Case
from panah.vault.fields import SealedText


class FamilyTie(models.Model):
    """What the person of another case is to the person of this one. Each of two cases has a tie of its own.

    Whoever may see one of them alone sees neither tie.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ties")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    relation = SealedText(max_length=200, compartment="case.compartment_id")
    """Husband, daughter, as a member wrote it."""
    tied_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="two_cases_are_tied_once"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="a_case_is_not_tied_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.case.reference} and {self.other.reference}"
