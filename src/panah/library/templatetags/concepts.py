"""What pages need of the thesaurus."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from panah.library.calling import language_called
from panah.library.concepts.asking import thesaurus
from panah.library.thesauri import Concept

register = template.Library()
register.filter(language_called)


@register.filter
def called(concept: Concept) -> str:
    """A concept, in the reader's language where it has a label in that."""
    return concept.called(get_language() or "en")


@register.simple_tag
def concept_labels() -> SafeString:
    """The list from which a browser offers concepts for the field `concepts` of a document."""
    labels = sorted({called(concept) for concept in thesaurus().concepts.values()})
    options = format_html_join("", '<option value="{}">', ((label,) for label in labels))
    return format_html('<datalist id="concept-labels">{}</datalist>', options)
