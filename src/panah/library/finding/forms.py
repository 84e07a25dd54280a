"""Forms by which questions are limited, kept, and asked many at once."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.library.finding import batch
from panah.team import queries as team
from panah.team.asking import Asking
from panah.team.models import Compartment, Member
from panah.team.rules import May


class Save(Asking):
    """A name for a search, and whose it shall be."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput({"dir": "auto"}))
    compartment = forms.ChoiceField(
        label=_("Whose it is"),
        required=False,
        help_text=_("The members of a compartment see what it is called and what it asks, and each what she may see."),
    )
    question = forms.CharField(max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args: object, asker: Member, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        places = [(str(place.pk), place.name) for place in team.compartments(asker, May.WORK)]
        self.fields["compartment"].choices = [("", _("mine alone")), *places]  # type: ignore[attr-defined]
        self._asker = asker

    def place(self) -> Compartment | None:
        """The compartment that shares it; None where it is the member's own."""
        name = self.cleaned_data["compartment"]
        return team.compartment(self._asker, name) if name else None


class Batch(Asking):
    """A table of questions."""

    table = forms.FileField(label=_("Table of questions (CSV)"), allow_empty_file=True)
    form = forms.ChoiceField(
        label=_("Answers"),
        choices=[("", _("on a page")), ("csv", _("table (CSV)")), ("jsonl", _("JSON lines"))],
        required=False,
    )

    def questions(self) -> list[batch.Asked]:
        """The questions of the table. Raises `BatchUnreadable`, `BatchTooLarge`."""
        upload = self.cleaned_data["table"]
        if upload.size > batch.LARGEST:
            raise batch.BatchTooLarge(most=batch.MOST_QUESTIONS, bytes=batch.LARGEST)
        return batch.questions(b"".join(upload.pieces()))
