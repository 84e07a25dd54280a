"""Where and when protection was asked for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from panah.cases.models.cases import Case
from panah.vault.fields import SealedText


class Proceedings(models.Model):
    """Where and when protection was asked for, by which the law of a case is told. A newer one stands instead; this one stays."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="proceedings")
    state = models.CharField(max_length=2)
    made_on = models.DateField(null=True)
    registered_on = models.DateField(null=True)
    lodged_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    notified_on = models.DateField(null=True)
    regime_choice = models.CharField(max_length=300, default="")
    """Ids, with spaces between them, of what was chosen where the law leaves a question."""
    regime_reason = SealedText(default="", compartment="case.compartment_id")
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(current=True), name="one_of_the_proceedings_stands"),
            models.CheckConstraint(condition=Q(regime_choice="") | ~Q(regime_reason=""), name="a_choice_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.case.reference} in {self.state}"
