"""Forms that say how one document belongs to another."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panah import text
from panah.errors import PanahError
from panah.library import queries
from panah.library.models import Document
from panah.team.asking import Asking
from panah.team.models import Member

OFFERED = 200
"""Documents of the same collection that are offered by their titles."""


class DocumentField(forms.CharField):
    """A document that the asker may see, by its id or the beginning of it, or by its address."""

    asker: Member

    def clean(self, value: object) -> Document | None:
        """The document; None where none is named and none is needed."""
        written = str(super().clean(value)).strip()
        if not written:
            return None
        try:
            return queries.document(self.asker, written.partition("/documents/")[2].partition("?")[0] or written)
        except PanahError as error:
            raise ValidationError(error.sentence, code=error.code) from None


def document_field(label: object, *, required: bool) -> DocumentField:
    """A field for the title, the address or the id of a document."""
    lines = forms.TextInput({"list": "documents", "dir": "ltr", "autocomplete": "off"})
    help_text = _("Choose its title, or give its address or id.")
    return DocumentField(label=label, required=required, max_length=500, widget=lines, help_text=help_text)  # type: ignore[arg-type]


class Belongs(Asking):
    """A form that names other documents."""

    def __init__(self, *args: object, asker: Member, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            if isinstance(field, DocumentField):
                field.asker = asker


class Supersede(Belongs):
    """Which document this one takes the place of."""

    older = document_field(_("It takes the place of"), required=True)


class Translate(Belongs):
    """Of which document this one is the translation."""

    original = document_field(_("It is the translation of"), required=True)
    translator = forms.CharField(
        label=_("Translated by"), max_length=300, required=False, widget=forms.TextInput({"dir": "auto"})
    )
    certificate = document_field(_("The certificate"), required=False)
    certified_on = forms.CharField(
        label=_("Certified on"), max_length=text.LONGEST_DATE, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
