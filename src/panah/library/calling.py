"""What languages are called on pages, in the reader's language where that has a word for them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.library.extractors.languages import TAGS
from panah.text import language_name

OURS = (
    gettext_lazy("Chinese"), gettext_lazy("Uyghur"), gettext_lazy("simplified"), gettext_lazy("traditional"),
    gettext_lazy("Arabic script"), gettext_lazy("Cyrillic script"), gettext_lazy("Latin script"),
)  # fmt: skip
"""What Django has no words for in every language of ours; names of other languages it translates itself."""


def language_called(tag: str) -> str:
    """`ug-Arab` is Uyghur (Arabic script)."""
    language, _bracket, script = language_name(tag).partition(" (")
    return f"{_(language)} ({_(script[:-1])})" if script else _(language)


def models_called(models: str) -> str:
    """`uig+chi_sim`, Tesseract's models, is Uyghur, Chinese (simplified); those of other pages may follow a comma."""
    known = dict.fromkeys(filter(None, models.replace(", ", "+").split("+")))
    return ", ".join(language_called(TAGS.get(model, model)) for model in known)
