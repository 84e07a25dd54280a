"""Forms of the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from panah.library.actions import GENERAL
from panah.library.calling import models_called
from panah.library.extractors.ocr import installed
from panah.library.record import LENGTHS, Details, refused
from panah.library.words import FIELDS, SENSITIVITIES
from panah.team import queries as team
from panah.team.asking import Asking
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.uploads import StagedUpload

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Search(forms.Form):
    """Words, and how far one has come in what they find; what limits it reads `finding.question` from the address."""

    q = forms.CharField(label=_("Words"), required=False, strip=True)
    first = forms.IntegerField(label=_("From"), required=False, min_value=1, max_value=100_000)
    last = forms.IntegerField(label=_("To"), required=False, min_value=1, max_value=100_000)


class Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class UploadedFiles(forms.FileField):
    """At least one file; an empty one is a document too, and will say that it is empty."""

    widget = Files

    def clean(self, data: object, initial: object = None) -> list[StagedUpload]:
        """Each file as the upload handler stored it."""
        single = super().clean
        files = data if isinstance(data, Sequence) and not isinstance(data, str) else [data]
        return cast("list[StagedUpload]", [single(file, initial) for file in files] if files else single(None, initial))


def _line(
    name: str, *, direction: str = "auto", offered: str = "", help_text: str | _StrPromise = ""
) -> forms.CharField:
    """A field of the record that is one line; addresses and codes run from left to right in every language.

    `offered` is the id of the list of words, on the page, that a browser offers for it.
    """
    return forms.CharField(
        label=FIELDS[name],
        max_length=LENGTHS[name],
        required=False,
        widget=forms.TextInput({"dir": direction, **({"list": offered} if offered else {})}),
        help_text=help_text,
    )


class Described(Asking):
    """What is known of a document."""

    title = _line("title")
    author = _line("author")
    source = _line("source")
    date = _line("date", help_text=_("2024, 2024-05, 2024-05-17, or as the source writes it."))
    period = _line(
        "period",
        direction="ltr",
        help_text=_("Of what it tells: 2017, 2017-04/2019 for a time, 2017/.. if it goes on."),
    )
    places = _line("places", help_text=_("Names or codes, with commas between them: China, CN-XJ, Kazakhstan."))
    concepts = _line("concepts", offered="concept-labels", help_text=_("In your words, with semicolons between them."))
    language = _line("language", direction="ltr", help_text=_("A language tag: en, zh, ug-Arab."))
    url = _line("url", direction="ltr")
    accessed = _line("accessed", direction="ltr", help_text=_("The day on which it was fetched: 2024-05-17."))
    archive_url = _line("archive_url", direction="ltr", help_text=_("Where somebody else keeps a copy."))
    licence = _line("licence")
    sensitivity = forms.ChoiceField(
        label=FIELDS["sensitivity"], required=False, choices=[("", _("not said")), *SENSITIVITIES.items()]
    )

    def clean(self) -> dict[str, object]:
        """What can be wrong in a record is said beside the field in which it is."""
        said = {name: self.cleaned_data.get(name, "") for name in Details._fields}
        for name, error in refused(Details(**said)):
            if name in self.cleaned_data:
                self.add_error(name, forms.ValidationError(error.sentence, code=error.code))
        return self.cleaned_data

    def details(self) -> Details:
        """What was said."""
        return Details(**{field: self.cleaned_data[field] for field in Details._fields})


class OntoShelf(Asking):
    """The collection that something is to stand in, and where that is open its compartment."""

    collection = forms.CharField(
        label=_("Collection"),
        max_length=200,
        initial=GENERAL,
        widget=forms.TextInput({"list": "collections", "dir": "auto"}),
    )
    compartment = forms.ChoiceField(
        label=_("Compartment"), required=False, help_text=_("Only its members see what stands in the collection.")
    )

    def __init__(self, *args: object, asker: Member, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        places = [(str(place.pk), place.name) for place in team.compartments(asker, May.WORK)]
        self.fields["compartment"].choices = [("", _("where the collection stands")), *places]  # type: ignore[attr-defined]
        if len(places) < 2:
            self.fields["compartment"].widget = forms.HiddenInput()


class Add(OntoShelf, Described):
    """Papers to take in, and what is known of them. A title is one paper's."""

    field_order = ("papers", "collection", "compartment")

    papers = UploadedFiles(label=_("Files"), allow_empty_file=True)

    def of_it(self) -> list[forms.BoundField]:
        """The fields that say what is known of a paper."""
        return [self[name] for name in Described.base_fields]

    def details(self) -> Details:
        """What was said; several papers keep their own titles."""
        said = super().details()
        return said if len(self.cleaned_data["papers"]) == 1 else said._replace(title="")


class Reread(Asking):
    """How to read a document once more."""

    languages = forms.MultipleChoiceField(
        label=_("Languages of its pictures"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without any, the document’s own language is taken, or what the letters look like."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = sorted((models_called(model), model) for model in installed())
        self.fields["languages"].choices = [(model, name) for name, model in choices]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["languages"]

    def languages_chosen(self) -> str:
        """Tesseract's models, joined by `+`."""
        return "+".join(self.cleaned_data.get("languages", []))


class Quote(Asking):
    """Words to quote: typed exactly, or selected on the page, which knows the bytes at which they stand."""

    words = forms.CharField(
        label=_("Words"), strip=False, required=False, widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_words(self) -> str:
        """Browsers send line ends as CR LF; readings have LF."""
        return str(self.cleaned_data["words"]).replace("\r\n", "\n")
