"""The form that takes a draft."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.library.checking import drafts, queries
from panah.library.checking.drafts import Draft
from panah.library.checking.results import Checked
from panah.team.asking import Asking
from panah.team.models import Member


class CheckDraft(Asking):
    """A draft, and the day whose law counts."""

    draft = forms.FileField(
        label=_("Draft"), allow_empty_file=True, help_text=_("A Word document, a PDF or a text of at most 64 MB.")
    )
    on = forms.DateField(
        label=_("The day whose law counts"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("Empty means today."),
    )

    def checked(self, asker: Member, today: date) -> tuple[Draft, Checked]:
        """The draft's words, and what came of checking them. Raises as `drafts.read` and `queries.check`."""
        upload = self.cleaned_data["draft"]
        draft = drafts.read(head=upload.head, tail=upload.tail, size=upload.size, pieces=upload.pieces())
        return draft, queries.check(asker, draft.words, on=self.cleaned_data["on"] or today)
