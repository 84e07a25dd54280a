"""Filters for the record of a document and the assessment of a source."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from panah.library.places import name_of
from panah.library.record import Sensitivity, SourceType
from panah.library.words import FIELDS, SENSITIVITIES, SOURCE_TYPES

register = template.Library()


@register.filter
def field_called(name: str) -> str:
    """A field of the record, in the reader's language."""
    return str(FIELDS[name])


@register.filter
def source_type_called(kind: str) -> str:
    """A kind of source, in the reader's language."""
    return str(SOURCE_TYPES[SourceType(kind)])


@register.filter
def sensitivity_called(degree: str) -> str:
    """Who may be harmed if others read it, in the reader's language."""
    return str(SENSITIVITIES[Sensitivity(degree)])


@register.filter
def places_called(codes: str) -> str:
    """`CN, CN-XJ` as the reader's language calls them."""
    return ", ".join(name_of(code, get_language() or "en") for code in codes.split(", "))
